"""Rules that cost instead of forbidding, for one repair."""

from __future__ import annotations

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.repairs.levers import Levers
from safeschedule.problem import Problem, RuleSetting
from safeschedule.problem.rulebook import OFF


def soft_rules(levers: Levers) -> list[str]:
    """Return the rules that are to cost instead of forbidding."""
    return [str(lever.key[0]) for lever in levers if isinstance(lever, Condition) and lever.kind == "rule"]


def softened(problem: Problem, names: list[str], *, others_off: bool) -> Problem:
    """Return the problem in which some rules cost instead of forbidding; other soft rules may be off."""
    soft = [n for n, s in problem.rulebook.settings().items() if not s.hard] if others_off else []
    book = {**problem.rulebook.rules, **dict.fromkeys(soft, OFF)}
    told = {n: book.get(n, RuleSetting()).model_copy(update={"hard": False}) for n in names}
    return problem.with_settings({**book, **told})
