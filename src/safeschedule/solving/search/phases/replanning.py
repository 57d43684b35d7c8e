"""Plans made again, where exact times cannot follow them."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.solving.parts import Improvement, Job, Solver, State
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.group_plans import Replanner
from safeschedule.solving.search.operators.regrouping import Regrouper


class Replanning:
    """Plans again for the groups in which a clinician's week cannot be timed as planned.

    Then, in teams of several groups, for other sets as long as that places more of what is left out.
    """

    def run(self, search: Search) -> None:
        """Plan again, until the share of the limit that is for it."""
        plan, current = search.plan, search.current
        if not search.pooled or current is None or plan is None or not plan.found:
            return
        search.enter("replan")
        again = _Again(search, plan)
        search.take(search.solver.stream(search.pool, current, again.draw, again.learn, search.threads))


class _Again:
    """Draws sets of clinicians, and learns what became of them."""

    def __init__(self, search: Search, plan: Plan) -> None:
        self._search, self._plan = search, plan
        groups = groups_of(search.index, search.parameters.size.group)
        self._size = int(np.bincount(groups).max())
        self._regrouper = Regrouper(
            search.index, search.rows, search.open, plan.worth[0], self._size, search.seed
        )
        self._ceilings = np.full(len(search.people), np.inf)
        self._made: dict[tuple[int, ...], tuple[Ints, Plan] | None] = {}
        self._lower(search.people)
        missing = np.isfinite(self._ceilings)
        self._waiting = deque(np.flatnonzero(groups == g).tolist() for g in np.unique(groups[missing]))

    def draw(self, state: State, busy: frozenset[int]) -> Job | None:
        """Return the planning of one more set."""
        search = self._search
        if search.budget.over or search.done():
            return None
        people = self._waiting.popleft() if self._waiting else self._regrouped(state, busy)
        if not people:
            return None
        limit = search.step(3)

        def work(state: State, solver: Solver) -> Improvement | None:
            replanner = Replanner(solver, self._plan, search.parameters.plan)
            change, self._made[tuple(people)] = replanner.improve(state, people, limit, self._ceilings)
            return change

        return Job(people, work)

    def _regrouped(self, state: State, busy: frozenset[int]) -> list[int]:
        search, replan = self._search, self._search.parameters.replan
        idle = self._regrouper.idle >= replan.idle * len(search.people) / self._size
        if idle or not search.wide or not search.before(replan.until):
            return []
        return self._regrouper.draw(state, busy)

    def learn(self, state: State, job: Job, change: Improvement | None) -> None:
        """Take the plan of a set whose weeks were timed after it."""
        search = self._search
        # Nothing was made where the work was interrupted.
        known = self._made.pop(tuple(job.people), None)
        gained = change is not None and search.solver.leading(change.gain) > 0
        self._regrouper.learn(job.people, gained=gained)
        if change is not None and known is not None:
            Replanner(search.solver, self._plan, search.parameters.plan).write(job.people, known)
        search.take(state)
        self._lower(job.people)

    def _lower(self, people: Sequence[int]) -> None:
        """Set the ceilings of those who miss their plan to what they have, and nobody's below it."""
        search = self._search
        assert search.current is not None
        some = np.array(people, dtype=np.int64)
        missing: Floats = self._plan.missing(search.rows, search.current.chosen)[0, some]
        held = self._plan.held(search.rows, search.current.chosen)[0, some]
        self._ceilings[some] = np.where(missing > 0, held, np.maximum(self._ceilings[some], held))
