"""TransferGoals one after the other: each is held at its best while the next is sought (lexicographic)."""

from __future__ import annotations

from ortools.sat.python import cp_model

from safeschedule.rebalancing.model import Counts, Terms, TransferModel, added
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, small_solver

LIMIT = 20.0
"""Deterministic limit of each solve; the seconds that it takes are the machine's."""

SHORT = 2.0
"""The same of a goal of which no proof is promised."""


class TransferGoals:
    """The goals of one model.

    Parameters
    ----------
    model
        What is solved.
    budget
        When to end.
    """

    def __init__(self, model: TransferModel, budget: Budget) -> None:
        self._model, self._budget = model, budget
        self.counts: Counts | None = None
        self.impossible = False
        """Whether it is proven that there is no solution."""
        self.proven = True
        """Whether each goal that was promised is proven to be at its best."""

    def least(self, goal: Terms, *, promised: bool = True) -> int | None:
        """Return the least value of a goal, and hold it; ``None``: no solution was found."""
        if self.impossible or (not self.proven and self.counts is None):
            return None
        model = self._model.model
        model.minimize(added(goal))
        solver = small_solver(LIMIT if promised else SHORT)
        status = run(solver, model, self._budget)
        self.impossible |= status == cp_model.INFEASIBLE
        self.proven &= status in (cp_model.OPTIMAL, cp_model.INFEASIBLE) or not promised
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        self._keep(solver)
        found = round(solver.objective_value)
        model.add(added(goal) <= found)
        return found

    def _keep(self, solver: cp_model.CpSolver) -> None:
        """Keep the solution, and begin the next solve from it."""
        model = self._model.model
        self.counts = Counts(
            {pool: solver.value(v) for pool, v in self._model.leaving.items()},
            {key: solver.value(v) for key, v in self._model.joining.items()},
            {profile: solver.value(v) for profile, v in self._model.new.items()},
        )
        model.clear_hints()  # type: ignore[no-untyped-call]
        for number in range(len(model.proto.variables)):
            variable = model.get_int_var_from_proto_index(number)
            model.add_hint(variable, solver.value(variable))
