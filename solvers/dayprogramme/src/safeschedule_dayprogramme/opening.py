"""A day programme's week, arranged date by date before the library's search goes on."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.relaxation.bounding import Bounds
from safeschedule.solving.relaxation.mip import Programme
from safeschedule.solving.relaxation.plan import floor_to
from safeschedule_dayprogramme.arranging import Arranging
from safeschedule_dayprogramme.counting import Counting
from safeschedule_dayprogramme.week import ProgrammeWeek, programme_week


def opened(index: Index, rows: Rows, tiers: list[Tier]) -> ByDates | None:
    """Return how to arrange a week; ``None`` where it is not one of a day programme."""
    week = programme_week(index, rows, tiers)
    return None if week is None else ByDates(week)


class ByDates:
    """Arranges a week date by date, as only counts tie its dates together.

    Parameters
    ----------
    week
        What could be held.
    """

    phase = "dates"

    def __init__(self, week: ProgrammeWeek) -> None:
        self.week = week
        self._counting = Counting(week, dict.fromkeys(week.days, 1.0))

    def bounds(self, seconds: float, stop: threading.Event) -> Iterator[Bounds]:
        """Yield what no schedule is worth more than, by the linear relaxation of the counts."""
        counting = self._counting
        objective = [(value, variable.index) for value, variable in counting.valued]
        answer = Programme(counting.model, stop.is_set).solve(objective, seconds=seconds, whole=False)
        bound = floor_to(answer.bound, int(np.gcd.reduce(list(self.week.values.values()))))
        yield bound, bound

    def run(
        self,
        budget: Budget,
        seed: int,
        workers: int,
        enough: Callable[[], bool],
        take: Callable[[Bools], bool],
    ) -> None:
        """Arrange the week, then parts of it anew; see `Arranging`."""
        Arranging(self.week, budget, seed, workers, enough, take).run()
