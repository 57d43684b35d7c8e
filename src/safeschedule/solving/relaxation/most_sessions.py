"""How many sessions no schedule exceeds: proven by a relaxation's multipliers, or by working time alone."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from safeschedule.model.index import Index
from safeschedule.solving.relaxation.linear_program import Floats, Linear

# How many multiples of the multipliers are tried, and by how much a bound is only proven to.
_SCALES, _TOLERANCE = 12, 1e-4


def by_multipliers(system: Linear, factors: Floats, duals: Floats, sessions: Iterable[int]) -> int:
    """Return what the number of sessions cannot exceed, by weak duality.

    Multipliers of any objective bound every other one, here the sum of the variables that count sessions.
    They are prices for what the objective is worth, so they are scaled down to what one session is worth;
    which scale is best is tried.

    Parameters
    ----------
    system
        A relaxation of the week.
    factors, duals
        The objective that was maximised, by variable, and the multipliers of the rows.
    sessions
        Numbers of the variables that count sessions.
    """
    counts = np.zeros(len(system.lower))
    counts[list(sessions)] = 1.0
    worth = factors[(counts > 0) & (factors > 0)]
    best = float(counts @ system.upper)
    if len(worth):
        scales = np.geomspace(1.0 / worth.max(), 1.0 / worth.min(), _SCALES)
        best = min(best, *(system.dual_bound(counts, scale * duals) for scale in scales))
    return int(np.floor(best + _TOLERANCE))


def by_time(index: Index) -> int:
    """Return what the number of sessions cannot exceed, by the clinicians' working time alone.

    The shortest sessions are counted until the time of all clinicians together is used up. What is asked
    of groups is counted whole.
    """
    away = index.settings.get("leave")
    spans = (
        index.free
        if away is not None and away.hard
        else [[(period.start, period.end) for period in periods] for periods in index.periods]
    )
    minutes = sum(end - start for own in spans for start, end in own)
    single = ~index.of_groups[: len(index.requests)]
    counts = index.counts[: len(index.requests)]
    lengths = np.sort(np.repeat(index.request_minutes[: len(single)][single], counts[single]))
    fit = int(np.searchsorted(np.cumsum(lengths), minutes, side="right"))
    return fit + int(counts[~single].sum())
