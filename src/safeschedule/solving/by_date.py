"""Weeks of day programmes: their dates are arranged one by one, before anything else is tried."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.solving.beginning import Beginning
from safeschedule.solving.dates.arranging import Arranging
from safeschedule.solving.dates.counting import Counting
from safeschedule.solving.dates.week import Week, programme_week
from safeschedule.solving.milp import Programme
from safeschedule.solving.plan import Plan, floor_to

_LONGEST = 3600.0


class ByDate(Beginning):
    """Arranges a week date by date, where only counts tie its dates together."""

    def _by_date(self) -> bool:
        """Return whether the week was arranged date by date; then there is a schedule."""
        week = None if self.wide else programme_week(self.index, self.rows, self.tiers)
        if week is None:
            return False
        self._enter("dates")
        self.plan = _no_plan(len(self.rows), len(self.index.clinicians))
        with ThreadPoolExecutor(max_workers=1) as pool:
            proving = pool.submit(self._most, week)
            enough = partial(self._enough, proving)
            Arranging(week, self.budget, self.seed, self._threads(), enough, self._arranged).run()
            self._bound(proving.result())
        return self.state is not None

    def _most(self, week: Week) -> float:
        """Return what no schedule is worth more than, by the linear relaxation of the counts."""
        counting = Counting(week, dict.fromkeys(week.days, 1.0))
        seconds = _LONGEST if self.budget.repeatable else self.budget.left
        objective = [(value, variable.index) for value, variable in counting.valued]
        answer = Programme(counting.model, self.budget.stop).solve(objective, seconds=seconds, whole=False)
        return floor_to(answer.bound, int(np.gcd.reduce(list(week.values.values()))))

    def _enough(self, proving: Future[float]) -> bool:
        """Return whether the schedule is as good as is asked for; what is repeatable waits for the bound."""
        if self.budget.repeatable or proving.done():
            self._bound(proving.result())
        return self._done()

    def _bound(self, bound: float) -> None:
        """Note what is proven of the only tier."""
        assert self.plan is not None
        self.plan.bounds, self.plan.total = [bound], bound
        self._tell()

    def _arranged(self, chosen: Bools) -> None:
        """Take a schedule, if the whole model allows it."""
        state = self.solver.look(chosen)
        if state is not None:
            self._take(state)


def _no_plan(rows: int, clinicians: int) -> Plan:
    """Return a plan that says nothing but a bound."""
    nothing = np.zeros(rows, dtype=bool)
    worth, planned = np.zeros((1, rows)), np.zeros((1, clinicians))
    return Plan(~nothing, nothing, worth, planned, likely=nothing, weights=[1])
