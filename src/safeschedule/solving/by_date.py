"""Weeks of day programmes: their dates are arranged one by one, before anything else is tried."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools
from safeschedule.solving.beginning import Beginning
from safeschedule.solving.bounding import Bounding, Bounds
from safeschedule.solving.dates.arranging import Arranging
from safeschedule.solving.dates.counting import Counting
from safeschedule.solving.dates.week import programme_week
from safeschedule.solving.milp import Programme
from safeschedule.solving.plan import Plan, floor_to
from safeschedule.solving.tiers import levels_of

# Seconds for a proof that must not depend on the clock; the relaxation ends long before.
_LONGEST = 3600.0


class ByDate(Beginning):
    """Arranges a week date by date, where only counts tie its dates together."""

    def _by_date(self) -> bool:
        """Return whether the week was arranged date by date; then there is a schedule."""
        week = None if self.wide else programme_week(self.index, self.rows, self.tiers)
        if week is None:
            return False
        self._enter("dates")
        self.plan = _no_plan(len(self.rows), len(self.index.clinicians), self.tiers)
        counting = Counting(week, dict.fromkeys(week.days, 1.0))
        bounding = Bounding(lambda stop: self._most(counting, stop))
        bounding.start()
        self.bounding = bounding
        if self.budget.repeatable:
            bounding.wait(self.budget.stop.is_set)
        Arranging(week, self.budget, self.seed, self._threads(), self._enough, self._arranged).run()
        if self.state is not None:
            bounding.wait(lambda: self.budget.over)
            self._tighten()
            return True
        # Whatever is tried now needs the time, and looks for bounds of its own.
        bounding.finish()
        self.bounding = None
        return False

    def _most(self, counting: Counting, stop: threading.Event) -> Iterator[Bounds]:
        """Yield what no schedule is worth more than, by the linear relaxation of the counts."""
        seconds = _LONGEST if self.budget.repeatable else min(_LONGEST, self.budget.left)
        objective = [(value, variable.index) for value, variable in counting.valued]
        answer = Programme(counting.model, stop.is_set).solve(objective, seconds=seconds, whole=False)
        bound = floor_to(answer.bound, int(np.gcd.reduce(list(counting.week.values.values()))))
        yield bound, bound

    def _enough(self) -> bool:
        """Return whether the schedule is as good as is asked for, as far as is known."""
        self._tighten()
        return self._done()

    def _arranged(self, chosen: Bools) -> bool:
        """Take a schedule; return whether the whole model allows it."""
        state = self.solver.look(chosen)
        if state is not None:
            self._take(state)
            self.settled = state
        return state is not None


def _no_plan(rows: int, clinicians: int, tiers: list[Tier]) -> Plan:
    """Return a plan that says nothing, for one tier."""
    nothing = np.zeros(rows, dtype=bool)
    worth, planned = np.zeros((1, rows)), np.zeros((1, clinicians))
    unknown = float("inf")
    return Plan(
        ~nothing,
        nothing,
        worth,
        planned,
        likely=nothing,
        weights=[1],
        bounds=[unknown],
        levels_of_tiers=levels_of(tiers),
    )
