"""The operators that a search begins with."""

from __future__ import annotations

from safeschedule.solving.parameters import ImprovementParameters
from safeschedule.solving.search.operators.operator import Destroy
from safeschedule.solving.search.operators.placements import Placements
from safeschedule.solving.search.operators.some_dates import SomeDates


def standard_operators(placements: Placements, parameters: ImprovementParameters) -> list[Destroy]:
    """Return an operator of each shape that the parameters name."""
    relatedness = parameters.lacking, parameters.supervisor
    return [SomeDates(placements, *shape, *relatedness) for shape in parameters.shapes]
