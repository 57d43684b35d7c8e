"""What a preset is: choices of a rulebook, each with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from safeschedule.problem.rulebook import ParameterValue, Rulebook, RuleSetting

FIELDS = ("enabled", "hard", "weight")
"""What a choice may say of a rule as a whole; any other word is one of the rule's parameters."""


@dataclass(frozen=True)
class Choice:
    """One thing that a preset sets otherwise than the catalogue.

    Parameters
    ----------
    rule
        The rule's name.
    what
        A parameter of it, or one of `FIELDS`.
    value
        Its value.
    why
        The reason in a sentence, with its source where it has one (TC, IG, CS, AB, CD: see the catalogue).
    """

    rule: str
    what: str
    value: ParameterValue
    why: str


@dataclass(frozen=True)
class Preset:
    """A rulebook to start from.

    Parameters
    ----------
    name
        What it is called, also as a rulebook.
    version
        Of the rulebook.
    title
        For whom it is, in a few words.
    choices
        What it sets.
    notes
        What a team has to put into its problem, and what stays as it is on purpose; a sentence or two each.
    """

    name: str
    version: str
    title: str
    choices: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def rulebook(self) -> Rulebook:
        """The rulebook that the choices make."""
        said: dict[str, dict[str, Any]] = defaultdict(dict)
        for choice in self.choices:
            own = said[choice.rule]
            if choice.what in FIELDS:
                own[choice.what] = choice.value
            else:
                own.setdefault("parameters", {})[choice.what] = choice.value
        rules = {rule: RuleSetting(**own) for rule, own in said.items()}
        return Rulebook(name=self.name, version=self.version, rules=rules) if rules else _plain(self)


def _plain(preset: Preset) -> Rulebook:
    """Return a rulebook that says nothing of rules; what was not said is not written either."""
    return Rulebook(name=preset.name, version=preset.version)
