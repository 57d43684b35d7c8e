"""The operators that a search begins with."""

from __future__ import annotations

from safeschedule.solving.search.operators.operator import Destroy
from safeschedule.solving.search.operators.placements import Placements
from safeschedule.solving.search.operators.some_dates import SomeDates

# Clinicians, dates, and whether the team's blocks are free as well.
_SHAPES = ((1, 1, False), (1, 2, False), (2, 1, False), (2, 2, False), (1, 1, True), (3, 1, True))


def standard_operators(placements: Placements) -> list[Destroy]:
    """Return an operator of each standard shape."""
    return [SomeDates(placements, *shape) for shape in _SHAPES]
