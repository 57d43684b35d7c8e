"""Rules that forbid an option together, each with a week that shows what it asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.explaining.undecided import UndecidedError
from safeschedule.explaining.unplaced.rules_apart import BACKGROUND, RulesApart
from safeschedule.model.rows import Rows, join_rows


@dataclass(frozen=True)
class Core:
    """Rules of which none can be spared; ``no_overlap`` alone: what is fixed leaves no time.

    Parameters
    ----------
    examples
        By rule: a week with the session in which, of these rules, only this one is broken.
    """

    rules: tuple[str, ...]
    examples: tuple[tuple[str, Rows], ...] = ()


def core_with_examples(
    apart: RulesApart, option: int, rules: Sequence[str], rows: Rows, outside: Rows | None = None
) -> Core:
    """Return a core with an example of each rule, as far as they are found.

    Parameters
    ----------
    rules
        What forbids the option; nothing: the background alone does.
    rows
        The whole of which the rules' model has a part.
    outside
        Rows beside that part that are there as well.
    """
    examples = []
    for rule in rules:
        try:
            chosen = apart.breaking(option, [name for name in rules if name != rule], rule)
        except UndecidedError:
            continue
        if chosen is not None:
            week = rows.take(apart.numbers(chosen))
            examples.append((rule, week if outside is None else join_rows([outside, week])))
    return Core(tuple(rules) or BACKGROUND, tuple(examples))
