"""What an adaptive large neighbourhood search frees: destroy operators, and the choice between them.

The search is that of S. Ropke and D. Pisinger, "An adaptive large neighborhood search heuristic for the
pickup and delivery problem with time windows", Transportation Science 40 (2006),
https://doi.org/10.1287/trsc.1050.0135. Repair is always the same: the best choice of what is free, by CP-SAT.
"""

from safeschedule.solving.search.operators.adaptive import Adaptive
from safeschedule.solving.search.operators.operator import Destroy, Freed
from safeschedule.solving.search.operators.placements import Placements
from safeschedule.solving.search.operators.some_dates import SomeDates
from safeschedule.solving.search.operators.standard import standard_operators

__all__ = ["Adaptive", "Destroy", "Freed", "Placements", "SomeDates", "standard_operators"]
