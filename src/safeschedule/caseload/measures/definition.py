"""What a measure is: one entry of the one table that calculates, prints and documents them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from safeschedule.actuals import Actuals
from safeschedule.caseload.measures.record import TeamRecord

Count = tuple[float, float]
"""Numerator and denominator."""

Counting = Callable[[TeamRecord, Actuals], Count | None]
"""Counts a week; ``None``: what it takes was not recorded."""


class Area(StrEnum):
    """The sides that are balanced (TC: volume alone would push people over safe limits)."""

    ACCESS = "access"
    ENGAGEMENT = "engagement"
    QUALITY = "quality"
    WORKFORCE = "workforce"
    CASELOAD = "caseload"


@dataclass(frozen=True)
class Definition:
    """A measure: numerator over denominator.

    Parameters
    ----------
    id
        Its name.
    area
        The side that it stands for.
    title
        What it says, in a few words.
    numerator, denominator
        What is counted, in words.
    unit
        Of the value; ``share`` is told in per cent.
    source
        Who asks for it.
    count
        Counts a week.
    personal
        Whether it can be told of one clinician; to that clinician and the supervisor alone.
    today
        Whether it is of today's caseloads; then the last week stands for it.
    """

    id: str
    area: Area
    title: str
    numerator: str
    denominator: str
    unit: str
    source: str
    count: Counting
    personal: bool = True
    today: bool = False
