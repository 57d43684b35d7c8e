"""What a service watches in recorded weeks: thresholds and windows of its early warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated

from pydantic import Field, StrictBool

from safeschedule.problem.entity import Code, Entity, PointsOrNone
from safeschedule.problem.taking import usual

WatchedWeeks = Annotated[int, Field(ge=1, le=52, strict=True)]
"""Over how many weeks a mean is taken."""

ReviewDays = Annotated[int, Field(ge=0, le=60, strict=True)]
"""Days from the end of a week to a review."""


@dataclass(frozen=True)
class Watchable:
    """A measure that can be watched.

    Parameters
    ----------
    rising
        Whether more of it is worse.
    share
        Whether it lies between 0 and 1.
    """

    rising: bool
    share: bool


WATCHABLE: Mapping[str, Watchable] = MappingProxyType(
    {
        "missed_breaks": Watchable(rising=True, share=True),
        "documentation_outside": Watchable(rising=True, share=False),
        "minutes_outside": Watchable(rising=True, share=False),
        "notes_same_day": Watchable(rising=False, share=True),
        "no_show": Watchable(rising=True, share=True),
        "escalation_rate": Watchable(rising=True, share=False),
        "sickness": Watchable(rising=True, share=True),
        "supervision_attended": Watchable(rising=False, share=True),
        "near_miss_rate": Watchable(rising=True, share=False),
    }
)
"""By measure: on which side it gets worse."""


class WatchedIndicator(Entity):
    """What a service says of one early warning; what it leaves out stays as it is by default.

    Parameters
    ----------
    indicator
        The measure.
    most
        Where more is worse: the largest mean that is no trigger. Shares are told from 0 to 1.
    least
        Where less is worse: the smallest.
    weeks
        Over how many weeks the mean is taken.
    off
        Whether it is not watched.

    Examples
    --------
    >>> from safeschedule import Rulebook
    >>> book = Rulebook(watched=[{"indicator": "missed_breaks", "most": 0.1, "weeks": 2}])
    >>> book.watched[0].weeks
    2
    """

    indicator: Code
    most: PointsOrNone = usual(None)
    least: PointsOrNone = usual(None)
    weeks: WatchedWeeks = 4
    off: StrictBool = False
