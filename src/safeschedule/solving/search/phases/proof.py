"""The last step of a search: all is free at once."""

from __future__ import annotations

import numpy as np

from safeschedule.solving.search.context import Search
from safeschedule.solving.states import Task


class Proof:
    """Frees everything: nothing smaller helps any more, so this does or the schedule is the best."""

    def run(self, search: Search, limit: float) -> None:
        """Improve the whole week at once within a limit, in the budget's unit."""
        assert search.plan is not None
        search.settle()
        if search.current is None:
            return
        everything = np.ones(len(search.rows), dtype=bool)
        slack = search.proofs.objective_slack(search.current)
        task = Task(search.people, everything, slack, limit)
        change = search.solver.improve(search.current, task)
        if change is None:
            return
        search.take(search.solver.accept(search.current, change))
        if change.optimal:
            search.plan.close(search.proofs.pursued, search.current.values)
