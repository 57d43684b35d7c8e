"""One weighted sum for objectives in their order of strength."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.solving.objective import ordered, weights_by_reach


def weights_of(factors: Ints, request: Ints, spans: Ints, counts: Ints) -> tuple[list[int], bool]:
    """Return a weight for each tier, and whether their weighted sum orders solutions as the tiers do.

    Parameters
    ----------
    factors
        By tier and variable.
    request, spans
        By variable: the request whose sessions it counts (-1: none), and what its values can differ by.
    counts
        By request: the most sessions.
    """
    reaches = [_reach(row, request, spans, counts) for row in factors]
    steps = [int(np.gcd.reduce(row[row != 0])) if row.any() else 1 for row in factors]
    weights = weights_by_reach(steps, reaches, None)
    return weights, ordered(steps, reaches, weights)


def _reach(factors: Ints, request: Ints, spans: Ints, counts: Ints) -> int:
    """Return what an objective's values can differ by.

    Of a request no more sessions are held than are asked for, each worth what the best is at most.
    """
    visits = request >= 0
    highest = np.zeros(len(counts), dtype=np.int64)
    lowest = np.zeros(len(counts), dtype=np.int64)
    np.maximum.at(highest, request[visits], factors[visits])
    np.minimum.at(lowest, request[visits], factors[visits])
    held = int((highest - lowest) @ counts)
    return held + int(np.abs(factors[~visits]) @ spans[~visits])
