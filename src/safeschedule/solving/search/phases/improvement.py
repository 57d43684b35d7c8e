"""Adaptive large neighbourhood search over some dates of a few clinicians."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.operators import Adaptive, Freed, Placements, standard_operators
from safeschedule.solving.search.phases.bounding import bound_beside, bound_weaker_beside
from safeschedule.solving.search.phases.proof import Proof
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import PLAIN


@dataclass(frozen=True)
class Improvements:
    """Frees some dates of a few clinicians at a time, until nothing helps any more; then all at once.

    What is better is accepted, as is what is as good.
    """

    proof: Proof

    def run(self, search: Search) -> None:
        """Improve until the share of the limit that is for it."""
        plan = search.plan
        if plan is None or search.current is None:
            return
        search.enter("improve")
        placements = Placements(search.index, search.rows)
        parameters = search.parameters.improvement
        operators = Adaptive(
            standard_operators(placements, parameters), placements.clinicians, search.seed, parameters
        )
        later = search.proofs.pursued != search.proofs.tiers
        until = parameters.fairness_at if later else parameters.until
        if not search.pooled and not search.done():
            bound_beside(search, plan)
        bound_weaker_beside(search, plan)
        drawing = _Drawing(search, plan, placements, operators, until, later=later)
        search.stream(drawing.draw, drawing.learn)
        left = until * search.budget.limit - search.budget.used
        if operators.exhausted and left > 0 and not search.wide and not search.ended():
            self.proof.run(search, left)
        search.settle()


class _Drawing:
    """Draws neighbourhoods, and learns what they gained for their time."""

    def __init__(
        self,
        search: Search,
        plan: Plan,
        placements: Placements,
        operators: Adaptive,
        until: float,
        *,
        later: bool,
    ) -> None:
        self._search, self._plan = search, plan
        self._placements, self._operators = placements, operators
        self._until, self._later = until * search.budget.limit, later
        self._booked = search.budget.spent
        # Answers come in the order of drawing.
        self._under_way: deque[Freed] = deque()

    def draw(self, state: State, busy: frozenset[int]) -> Task | None:
        """Return one more neighbourhood to be improved."""
        search = self._search
        if search.budget.over or search.budget.used >= self._until or search.done():
            return None
        search.proofs.tighten()
        assert search.current is not None
        slack = search.proofs.objective_slack(search.current)
        if self._later and len(slack) > 1:
            # The strongest level is at its bound, and fairness comes before what is left.
            return None
        freed = self._operators.draw(_lacking(search, self._plan, state, len(slack) - 1), busy)
        if freed is None:
            return None
        share = search.parameters.improvement.dates_of_a_week
        limit = min(search.step(freed.size) / share, self._until - search.budget.used)
        self._under_way.append(freed)
        return Task(freed.people, self._placements.mask(freed), slack, limit, PLAIN)

    def learn(self, state: State, _: Task, change: Improvement | None) -> None:
        """Note what a neighbourhood gained."""
        spent = self._search.budget.spent
        work, self._booked = spent - self._booked, spent
        gain = 0 if change is None else sum(change.gain)
        self._operators.learn(
            self._under_way.popleft(), gain, work, better=change is not None and any(change.gain)
        )
        self._search.take(state)


def _lacking(search: Search, plan: Plan, state: State, level: int) -> Floats:
    """Return by clinician how much the schedule lacks of what was planned in a level (negative: more)."""
    missing = plan.missing(search.rows, state.chosen)
    level = min(level, len(missing) - 1)
    if (missing[level] > 0).any():
        own: Floats = missing[level]
        return own
    weighted: Floats = np.array(plan.weights) @ missing
    return weighted
