"""Control limits of a series of weeks: an individuals chart (XmR), made safe for rare counts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

XMR = 2.66
"""3 / 1.128: the limits of an individuals chart lie so many mean moving ranges from the mean."""

RUN = 9
"""Weeks in a row on the worse side of the mean that are no chance (Nelson's second rule)."""

WITHIN, BEYOND = 3, 2
"""Of so many known weeks in a row, so many beyond the limit are a trigger: one alone may be chance."""

_TAIL = 0.00135
"""What lies beyond three standard deviations of a normal variable, on one side."""


@dataclass(frozen=True)
class ControlLimits:
    """What a series of weeks has been like.

    Parameters
    ----------
    mean
        Of the values.
    worst
        The limit beyond which a week is no chance.
    """

    mean: float
    worst: float


def limits(values: Sequence[float], *, rising: bool) -> ControlLimits:
    """Return mean and limit of values; `rising`: the higher the worse."""
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in pairwise(values)]
    reach = XMR * sum(ranges) / max(1, len(ranges))
    return ControlLimits(mean, mean + reach if rising else mean - reach)


def rare_limit(events: float, exposure: float, next_exposure: float) -> float:
    """Return the rate beyond which a week's count is no chance, by what the events so far leave open.

    Weeks without an event give a moving range of 0, and the first one would be an alarm. The count of the
    next week is negative binomial when the rate is gamma with Jeffreys' prior; 0.00135 lie above its limit.
    """
    shape, odds = events + 0.5, exposure / (exposure + next_exposure)
    log_start = shape * math.log(odds)
    total, count, term = 0.0, 0, math.exp(log_start)
    while True:
        total += term
        if total >= 1 - _TAIL or count > 100_000:
            return count / next_exposure
        term *= (shape + count) / (count + 1) * (1 - odds)
        count += 1
