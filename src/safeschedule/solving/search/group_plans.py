"""The plan of a large team, made whole group by group once the team's blocks have their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import HALVES, Bools, Ints
from safeschedule.solving.neighbourhood import only_of, part_of, team_blocks
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.parts import Improvement, Solver, State, Task
from safeschedule.solving.relaxation.assignment_plan import make_part
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.plan import Plan


@dataclass(frozen=True)
class Replanner:
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
        ceilings: Floats | None = None,
    ) -> tuple[Ints, Plan] | None:
        """Return row numbers and a plan of them for `people`, whose team blocks stay; ``None`` without one.

        Parameters
        ----------
        limit
            In the budget's unit.
        allowed
            Rows that may be chosen.
        ceilings
            By clinician what their sessions can be worth in the strongest tier; then the plan stays near
            the schedule.
        """
        solver, rows = self.solver, self.solver.rows
        free = only_of(rows, people) & ~team_blocks(rows) & allowed
        part = part_of(solver.index, rows, state.chosen, free, people)
        build = encode(
            solver.index, rows.take(part.numbers), exact=False, fixed=part.fixed, people=part.people
        )
        kept = None
        if ceilings is not None:
            self._cap(build, part.numbers, people, ceilings)
            kept = state.chosen[part.numbers]
        plan = make_part(build, solver.budget, limit, solver.seed, kept, self.parameters)
        return (part.numbers, plan) if plan.found else None

    def _cap(self, build: Build, numbers: Ints, people: Sequence[int], ceilings: Floats) -> None:
        heads = numbers[[members[0] for members in build.plan_rows]]
        worth = self.plan.worth[0, heads].astype(np.int64)
        for person in people:
            if np.isfinite(ceilings[person]):
                mine = np.flatnonzero(build.plan.is_session & (build.plan.clinician == person))
                variables = [build.plan_vars[m] for m in mine]
                total = cp_model.LinearExpr.weighted_sum(variables, worth[mine].tolist())
                build.model.add(total <= int(ceilings[person]))

    def write(self, people: Sequence[int], made: tuple[Ints, Plan]) -> None:
        """Take what was planned for some clinicians into the plan."""
        numbers, own = made
        rows, plan = self.solver.rows, self.plan
        sessions = rows.is_session[numbers]
        plan.mask[numbers[sessions]] = own.mask[sessions]
        plan.likely[numbers] = own.likely
        plan.planned[:, people] = own.planned[:, people]

    def improve(
        self, state: State, people: Sequence[int], limit: float, ceilings: Floats
    ) -> tuple[Improvement | None, tuple[Ints, Plan] | None]:
        """Return the change to the times of a new plan for `people`, and the plan."""
        rows = self.solver.rows
        made = self.make(state, people, limit, np.ones(len(rows), dtype=bool), ceilings)
        if made is None:
            return None, None
        numbers, own = made
        likely = np.zeros(len(rows), dtype=bool)
        likely[numbers[own.likely]] = True
        weights = np.array(self.plan.weights)
        lacking = (weights @ (own.planned - self.plan.held(rows, state.chosen)))[people]
        moved = self._moved(state, people, likely)
        if lacking.sum() <= 0 or not moved:
            return None, made
        free = only_of(rows, moved) & (likely | state.chosen | ~rows.is_session)
        return self.solver.improve(state, Task(moved, free, limit=limit)), made

    def _moved(self, state: State, people: Sequence[int], likely: Bools) -> list[int]:
        """Return those of `people` for whom the likely rows are not where their sessions are now."""
        rows = self.solver.rows
        place = rows.request * HALVES + self.solver.index.half_of(rows.start)
        found = []
        for person in people:
            mine = np.flatnonzero((rows.clinician == person) & rows.is_session)
            now, then = (np.unique(place[mine[mask[mine]]]) for mask in (state.chosen, likely))
            if not np.array_equal(now, then):
                found.append(person)
        return found
