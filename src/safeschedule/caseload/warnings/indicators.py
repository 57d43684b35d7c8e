"""Which measures are watched, from when each is too much, and what a review of it asks."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Literal, TextIO

from pydantic import Field

from safeschedule.errors import Fault
from safeschedule.problem import Rulebook
from safeschedule.problem.entity import SHORT, Code, Entity, PointsOrNone
from safeschedule.problem.reading.json_entity import read_entity
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.problem.taking import usual
from safeschedule.problem.watching import WATCHABLE, ReviewDays, WatchedWeeks


class Threshold(Entity):
    """From when a measure is too much, whatever it has been like: its mean over some weeks.

    Parameters
    ----------
    most
        Where more is worse: the largest mean that is no trigger. Shares are told from 0 to 1.
    least
        Where less is worse: the smallest.
    weeks
        Over how many weeks.
    """

    most: PointsOrNone = usual(None)
    least: PointsOrNone = usual(None)
    weeks: WatchedWeeks = 4


class WarningRules(Entity):
    """What a service watches: thresholds by measure, and the review that follows.

    Parameters
    ----------
    thresholds
        Beside the default ones, or instead of them.
    off
        Indicators that are not watched.
    review_days
        Days from the end of a week to the date by which its triggers are reviewed.
    reviewer
        Who sees to it, by role.

    Examples
    --------
    >>> from safeschedule import WarningRules
    >>> WarningRules(thresholds={"missed_breaks": {"most": 0.1, "weeks": 2}}).review_days
    7
    """

    schema_version: Literal["1"] = "1"
    thresholds: dict[Code, Threshold] = Field(default_factory=dict, max_length=SHORT)
    off: tuple[Code, ...] = Field(default=(), max_length=SHORT)
    review_days: ReviewDays = 7
    reviewer: Code = "team lead"


class Indicator(Entity):
    """A measure that is watched.

    Parameters
    ----------
    rising
        Whether more is worse.
    threshold
        By default; an assumption.
    questions
        What a review of it asks.
    source
        Who asks for it.
    """

    rising: bool
    threshold: Threshold
    questions: tuple[str, ...]
    source: str


def _rising(most: str, source: str, *questions: str) -> Indicator:
    return Indicator(rising=True, threshold=Threshold(most=Decimal(most)), questions=questions, source=source)


def _falling(least: str, source: str, *questions: str) -> Indicator:
    return Indicator(
        rising=False, threshold=Threshold(least=Decimal(least)), questions=questions, source=source
    )


INDICATORS: Mapping[str, Indicator] = MappingProxyType(
    {
        "missed_breaks": _rising("0.2", "TC", "On which days are breaks missed?", "What fills their time?"),
        "documentation_outside": _rising(
            "20", "TC", "Is documentation time kept, or booked over?", "Has a form or a demand been added?"
        ),
        "minutes_outside": _rising(
            "30", "TC, CD", "Whose caseload is over its cap?", "Which work could stop for some weeks?"
        ),
        "notes_same_day": _falling(
            "0.5", "CD", "Which sessions have late notes?", "Is time planned after them?"
        ),
        "no_show": _rising(
            "0.25", "CD", "Who was missed, and who asked why?", "How long ahead are they booked?"
        ),
        "escalation_rate": _rising(
            "0.3", "CD", "Which clients escalate?", "Is the band of each still right?"
        ),
        "sickness": _rising("0.1", "IG", "Is cover planned?", "What is asked of those who are left?"),
        "supervision_attended": _falling(
            "0.8", "IG", "Why is it missed?", "Is it planned when people are there?"
        ),
        "near_miss_rate": _rising(
            "0.2", "IG", "What do they have in common?", "What would have stopped them?"
        ),
    }
)
"""By measure. All thresholds are assumptions: a service sets its own."""


def read_warning_rules(source: str | Path | TextIO) -> WarningRules:
    """Return the rules of a JSON file.

    Raises
    ------
    InputError
        The file cannot be read, or has faults of shape; with all of them.

    Examples
    --------
    >>> from safeschedule import WarningRules, read_warning_rules
    >>> written = (folder / "rules.json").write_text("{}", encoding="utf-8")
    >>> read_warning_rules(folder / "rules.json") == WarningRules()
    True
    """
    return read_entity(WarningRules, source, "rules of early warnings")


def rules_of(rulebook: Rulebook) -> WarningRules:
    """Return what a rulebook says of early warnings, as rules."""
    thresholds = {
        own.indicator: _threshold(own.indicator, own.most, own.least, own.weeks)
        for own in rulebook.watched
        if not own.off
    }
    return WarningRules(
        thresholds=thresholds,
        off=tuple(own.indicator for own in rulebook.watched if own.off),
        review_days=rulebook.warning_review_days,
        reviewer=rulebook.warning_reviewer,
    )


def _threshold(name: str, most: Decimal | None, least: Decimal | None, weeks: int) -> Threshold:
    """Return a threshold; where only the window is said, the default figure stays."""
    usual_one = INDICATORS[name].threshold if name in INDICATORS else Threshold()
    said = (most, least) if (most, least) != (None, None) else (usual_one.most, usual_one.least)
    return Threshold(most=said[0], least=said[1], weeks=weeks)


def rule_faults(rules: WarningRules) -> list[Fault]:
    """Return what in a service's rules is no indicator, or a threshold on the wrong side."""
    faults = []
    named = [("thresholds", name) for name in rules.thresholds] + [("off", name) for name in rules.off]
    for place, name in named:
        if name not in INDICATORS:
            hint = did_you_mean(name, list(INDICATORS))
            expected = f"one of {', '.join(INDICATORS)}{hint}"
            faults.append(Fault("unknown_name", f"{place}.{show(name)[1:-1]}", show(name), expected))
    for name, own in rules.thresholds.items():
        side = "most" if name in INDICATORS and INDICATORS[name].rising else "least"
        if name in INDICATORS and getattr(own, side) is None:
            expected = f"{side}: {'more' if side == 'most' else 'less'} of it is worse"
            faults.append(Fault("missing_field", f"thresholds.{name}.{side}", "", expected))
        bound = getattr(own, side)
        if name in WATCHABLE and WATCHABLE[name].share and bound is not None and bound > 1:
            expected = "0 to 1: it is a share"
            faults.append(Fault("out_of_range", f"thresholds.{name}.{side}", str(bound), expected))
    return faults
