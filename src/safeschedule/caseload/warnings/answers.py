"""What early warnings answer: triggers, and each indicator over the weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from safeschedule.returned import Returned

LEAST_WEEKS = 8
"""Known weeks before a week without which its limits are not known; an assumption."""


class TriggerKind(StrEnum):
    """Why a week is a trigger."""

    BEYOND_LIMIT = "beyond_limit"
    RUN = "run"
    THRESHOLD = "threshold"


@dataclass(frozen=True)
class WarningTrigger(Returned):
    """A week in which something begins to be too much; it opens a review (CD).

    Parameters
    ----------
    indicator
        The measure.
    week_start
        The first week of it. While it goes on there is no other trigger, and a run or a threshold within
        eight weeks of any other trigger is none: the review is open.
    kind
        ``beyond_limit``: the second of three weeks beyond the control limit; ``run``: the ninth week in a row
        on the worse side of the mean; ``threshold``: the mean of some weeks beyond the threshold that the
        service has set.
    value, limit
        The figure, and what it was held against.
    reviewer, review_by
        Who sees to the review, and by when.
    questions
        What it asks.
    sentence
        The same in words.
    """

    indicator: str
    week_start: date
    kind: TriggerKind
    value: Decimal
    limit: Decimal
    reviewer: str
    review_by: date
    questions: tuple[str, ...]
    sentence: str


@dataclass(frozen=True)
class WatchedWeek(Returned):
    """A week of an indicator.

    Parameters
    ----------
    week_start, value
        ``None``: not known.
    mean, limit
        By the weeks before it; ``None``: too few are known.
    """

    week_start: date
    value: Decimal | None
    mean: Decimal | None
    limit: Decimal | None


@dataclass(frozen=True)
class Watched(Returned):
    """An indicator over the weeks.

    Parameters
    ----------
    indicator, title, unit
        The measure.
    weeks
        Each with its control limit.
    known
        How many weeks are known.
    now
        The kinds of triggers in which the last week is.
    """

    indicator: str
    title: str
    unit: str
    weeks: tuple[WatchedWeek, ...]
    known: int
    now: tuple[TriggerKind, ...]


@dataclass(frozen=True)
class WarningReport(Returned):
    """Early warnings of recorded weeks.

    Parameters
    ----------
    indicators
        What is watched.
    triggers
        In the order of weeks.
    """

    indicators: tuple[Watched, ...]
    triggers: tuple[WarningTrigger, ...]

    def __str__(self) -> str:
        short = [w.title for w in self.indicators if w.known <= LEAST_WEEKS]
        lines = [trigger.sentence for trigger in self.triggers] or ["No trigger."]
        return "\n".join([*lines, *([f"Too few weeks for limits: {', '.join(short)}."] if short else [])])
