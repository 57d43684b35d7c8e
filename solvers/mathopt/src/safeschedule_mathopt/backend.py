"""The back-ends: the model of the rules as one mixed-integer programme, solved tier by tier."""

from __future__ import annotations

import time
from typing import ClassVar

from ortools.math_opt.python import mathopt

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits, SolverUnavailableError
from safeschedule_mathopt.tiers import Tiers
from safeschedule_mathopt.translate import UntranslatableError, translate

_CLOCK = (
    "The engine has no units of work of its own: the deterministic limit was taken as seconds, and another "
    "machine may find another schedule."
)


class MathOpt:
    """Solved by HiGHS, which comes with OR-Tools.

    Raises
    ------
    SolverUnavailableError
        This OR-Tools cannot run the engine.
    """

    name: ClassVar[str] = "mathopt"
    repeatable: ClassVar[bool] = False
    engine: ClassVar[mathopt.SolverType] = mathopt.SolverType.HIGHS
    listens: ClassVar[bool] = False
    missing: ClassVar[str] = "the installed OR-Tools was built without it."

    def __init__(self) -> None:
        probe = mathopt.Model()
        probe.maximize(probe.add_binary_variable())
        try:
            mathopt.solve(probe, self.engine)
        except Exception as error:
            reason = f"MathOpt cannot run {self.engine.name}; {self.missing} ({error})"
            raise SolverUnavailableError(self.name, reason) from error

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Maximise tier after tier, the stronger ones held at what they reached.

        Raises
        ------
        SolverUnavailableError
            The model has constraints that are not linear; each kind is named.
        """
        began = time.monotonic()
        seconds = limits.time_limit if limits.deterministic_limit is None else limits.deterministic_limit
        index = Index(problem)
        build = encode(index, candidates(index))
        try:
            linear = translate(build.model)
        except UntranslatableError as error:
            raise SolverUnavailableError(self.name, f"{error}.") from error
        until = None if seconds is None else began + seconds
        tiers = Tiers(build, linear, self.engine, limits, listens=self.listens, began=began, until=until)
        found = tiers.run()
        notes = () if limits.deterministic_limit is None else (_CLOCK,)
        return Found(**{**vars(found), "explanation": (*notes, *found.explanation)})


class Scip(MathOpt):
    """Solved by SCIP, which comes with OR-Tools and can be interrupted."""

    name: ClassVar[str] = "mathopt-scip"
    engine: ClassVar[mathopt.SolverType] = mathopt.SolverType.GSCIP
    listens: ClassVar[bool] = True


class Gurobi(MathOpt):
    """Solved by Gurobi, where it is installed and licensed."""

    name: ClassVar[str] = "mathopt-gurobi"
    engine: ClassVar[mathopt.SolverType] = mathopt.SolverType.GUROBI
    listens: ClassVar[bool] = True
    missing: ClassVar[str] = "install Gurobi and its licence, and set GUROBI_HOME."
