"""Fairness, once the stronger tiers are as good as they get in their time."""

from __future__ import annotations

from dataclasses import dataclass

from safeschedule.solving.neighbourhood import only_of
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.operators.load_pairs import Pairs
from safeschedule.solving.search.phases.bounding import bound_weaker_beside
from safeschedule.solving.search.phases.phase import SearchPhase
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import PLAIN


@dataclass(frozen=True)
class Fairness:
    """Pursues fairness as well: two clinicians at a time, who has much with who has little.

    Sessions that only one of them could give stay as they are. Then all tiers are improved.
    """

    then: SearchPhase

    def run(self, search: Search) -> None:
        """Spread what was found more evenly, where fairness was not pursued yet."""
        proofs, until = search.proofs, search.parameters.improvement.until
        if search.current is None or proofs.pursued == proofs.tiers:
            return
        if search.budget.over or not search.before(until):
            return
        search.enter("fairness")
        if search.pursue_all() is None or search.plan is None:
            return
        bound_weaker_beside(search, search.plan)
        _even_out(search, until * search.budget.limit)
        search.settle()
        if not search.ended():
            self.then.run(search)


def _even_out(search: Search, until: float) -> None:
    pairs = Pairs(search.index, search.rows, search.open)
    free = search.open | (search.rows.is_block & ~search.team)

    def draw(state: State, busy: frozenset[int]) -> Task | None:
        if search.budget.over or search.budget.used >= until or search.done():
            return None
        people = pairs.draw(state, busy)
        if not people:
            return None
        assert search.current is not None
        limit = min(search.step(2), until - search.budget.used)
        slack = search.proofs.objective_slack(search.current)
        return Task(people, only_of(search.rows, people) & free, slack, limit, PLAIN)

    def learn(state: State, task: Task, change: Improvement | None) -> None:
        pairs.learn(task.people, helped=change is not None and any(change.gain))
        search.take(state)

    search.stream(draw, learn)
