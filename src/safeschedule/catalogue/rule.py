"""What a catalogue entry holds: the statement of a rule, and no logic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from safeschedule.catalogue.tier import Tier
from safeschedule.catalogue.trait import Trait

MOST = MappingProxyType(
    {
        "minutes": 240,
        "sessions": 288,
        "clinicians": 1_000,
        "dates": 60,
        "days": 60,
        "weeks": 520,
        "share": 1,
        "value": 10_000,
        "units": 1_000,
        "points": 1_000,
        "points at full time by role": 100_000,
        "clients at full time by role": 10_000,
    }
)
"""The largest number that can be meant, by unit; a parameter may state another.

Beyond it lies a slip of the pen (600 minutes for 60), with which a rule would ask for what nobody has
time for, and so exempt everybody.
"""

YES_OR_NO = "true or false"
"""The unit of what is either so or not."""

_LARGEST = 1_000_000
"""Of a unit that only rules of one's own have."""

Value = int | str | bool | tuple[str, ...] | Mapping[str, int | str]
"""A parameter's value: whole number, clock time or exact decimal (text), flag, names, or a table."""


@dataclass(frozen=True)
class Parameter:
    """One number, time or table of a rule that a rulebook may change.

    Parameters
    ----------
    name
        The parameter's name in a rulebook.
    default
        Its value when the rulebook is silent.
    unit
        ``minutes``, ``sessions``, ``clock``, ``share``, ``points`` and the like.
    meaning
        What it sets, in one sentence.
    source
        The text it comes from (TC, IG, CS, AB, CD), or ``assumption``.
    least, most
        Bounds for whole numbers and decimals, both included; ``most`` of ``None`` is that of the unit.
    tight
        Other values, at which the rule is often broken and often kept in a week of a few people and days: the
        test kit draws its weeks with them.
    """

    name: str
    default: Value
    unit: str
    meaning: str
    source: str = "assumption"
    least: int = 0
    most: int | None = None
    tight: tuple[Value, ...] = ()

    @property
    def bounded(self) -> bool:
        """Whether its values are numbers, with a least and a largest."""
        return self.unit not in ("clock", "kinds", "flags", YES_OR_NO)

    @property
    def largest(self) -> int:
        """The largest number allowed."""
        return MOST.get(self.unit, _LARGEST) if self.most is None else self.most


@dataclass(frozen=True)
class Rule:
    """The statement of one rule.

    Parameters
    ----------
    id
        The rule's name everywhere: catalogue, encoder, check, case file, rulebook.
    title
        A few words for people.
    tier
        The tier it stands in unless a rulebook says otherwise.
    hard
        Whether it must hold (``True``) or costs (``False``) unless a rulebook says otherwise.
    weight
        What one unit of ``amount`` costs when the rule is soft.
    statement
        What counts, precisely; encoder and check are both written from this text alone.
    amount
        What one unit of violation is, and how units add up.
    good, bad
        A week that keeps the rule, and one that breaks it.
    source
        The texts it comes from.
    parameters
        What a rulebook may change.
    retired
        Parameters that it had in earlier versions, each with what takes its place: a rulebook that still has
        one is read, and told.
    assumes
        Rules on whose validity the statement is judged (mostly ``no_overlap``).
    heeds
        Rules that change what this one asks where they are on.
    traits
        What is known of it, for those who ask about parts of a week.
    """

    id: str
    title: str
    tier: Tier
    hard: bool
    weight: int
    statement: str
    amount: str
    good: str
    bad: str
    source: str
    parameters: tuple[Parameter, ...] = ()
    retired: tuple[tuple[str, str], ...] = ()
    assumes: tuple[str, ...] = ()
    heeds: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()
