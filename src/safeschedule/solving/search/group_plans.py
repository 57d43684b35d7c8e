"""The plan of a large team, made whole group by group once the team's blocks have their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Ints
from safeschedule.solving.neighbourhood import only_of, part_of, team_blocks
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.parts import Solver
from safeschedule.solving.relaxation.assignment_plan import make_part
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.states import State


@dataclass(frozen=True)
class GroupPlanner:
    """Makes whole plans of some clinicians, the rest of a schedule kept.

    Parameters
    ----------
    solver
        Of parts with exact times.
    plan
        Of the whole team; what is accepted is written into it.
    parameters
        What planning is tuned by.
    """

    solver: Solver
    plan: Plan
    parameters: PlanParameters

    def make(
        self,
        state: State,
        people: Sequence[int],
        limit: float,
        allowed: Bools,
    ) -> tuple[Ints, Plan] | None:
        """Return row numbers and a plan of them for `people`, whose team blocks stay; ``None`` without one.

        Parameters
        ----------
        limit
            In the budget's unit.
        allowed
            Rows that may be chosen.
        """
        solver, rows = self.solver, self.solver.rows
        free = only_of(rows, people) & ~team_blocks(rows) & allowed
        part = part_of(solver.index, rows, state.chosen, free, people)
        build = encode(
            solver.index, rows.take(part.numbers), exact=False, fixed=part.fixed, people=part.people
        )
        plan = make_part(build, solver.budget, limit, solver.seed, self.parameters)
        return (part.numbers, plan) if plan.found else None

    def write(self, people: Sequence[int], made: tuple[Ints, Plan]) -> None:
        """Take what was planned for some clinicians into the plan."""
        numbers, own = made
        rows, plan = self.solver.rows, self.plan
        sessions = rows.is_session[numbers]
        plan.mask[numbers[sessions]] = own.mask[sessions]
        plan.likely[numbers] = own.likely
        plan.planned[:, people] = own.planned[:, people]
