"""SafeSchedule's model as a mixed-integer programme, solved through OR-Tools MathOpt."""

from safeschedule_mathopt.backend import Gurobi, MathOpt, Scip
from safeschedule_mathopt.translate import UntranslatableError, translate

__all__ = ["Gurobi", "MathOpt", "Scip", "UntranslatableError", "translate"]
