"""Counts first, then each date's times; where times cannot be found, fewer sessions are put on the date."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from itertools import chain

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Bools, Ints
from safeschedule.model.room_names import assign_rooms
from safeschedule.model.rows import Role
from safeschedule.model.spans import DAYS
from safeschedule.problem.clock import DAY
from safeschedule.solving import cpsat
from safeschedule.solving.budget import Budget
from safeschedule_dayprogramme.counting import Counting, Counts
from safeschedule_dayprogramme.timing import TimedSession, Timing
from safeschedule_dayprogramme.week import ProgrammeWeek

# Shares of the clinicians' time that may be filled; a larger one where a smaller one is not enough.
_FILLED = (0.9, 0.95, 1.0)
# How much less a date may be filled when no times were found for it, and how often.
_LESS, _TRIES = 0.03, 3
# How many dates in a row are arranged anew at a time.
_SPANS = (1, 2, 3, 4)
# What the counts of a week, and the times of a date, may take of the whole limit; and what the times of a
# date may take of its part of what is left, while there are dates without. The last share is kept for dates
# that have to drop sessions: without it the first ones take all.
_COUNT_SHARE, _DATE_SHARE, _SOON, _KEPT = 0.2, 0.1, 0.5, 0.25


class Arranging:
    """Arranges a week of a day programme.

    Parameters
    ----------
    week
        What could be held.
    budget, seed, workers
        Of CP-SAT.
    enough
        Returns whether what is arranged is good enough.
    on_arranged
        Told the chosen rows, each time that there are better ones; returns whether they will do.
    """

    def __init__(
        self,
        week: ProgrammeWeek,
        budget: Budget,
        seed: int,
        workers: int,
        enough: Callable[[], bool],
        on_arranged: Callable[[Bools], bool],
    ) -> None:
        self.week, self.budget = week, budget
        self.seed, self.workers = seed, workers
        self.enough, self.on_arranged = enough, on_arranged
        self.days = sorted(set(week.days))
        self.filled = dict.fromkeys(self.days, 1.0)
        self.timed: dict[int, list[TimedSession]] = {}
        self.told = False

    def run(self) -> None:
        """Arrange the week, then one date after the other anew for as long as that places more."""
        counts = self._first_counts()
        while counts is not None and len(self.timed) < len(self.days) and not self.budget.over:
            counts = self._time(self._fullest(counts), counts)
        if len(self.timed) < len(self.days) or not self._tell():
            return
        spans = [self.days[n : n + size] for size in _SPANS for n in range(len(self.days) - size + 1)]
        waiting = deque(spans)
        while waiting and not self.budget.over and not self.enough():
            if self._anew(waiting.popleft()):
                if not self._tell():
                    return
                waiting = deque(spans)
            self.seed += 1

    def _tell(self) -> bool:
        self.told = True
        return self.on_arranged(self._rows(chain(*self.timed.values())))

    def _fullest(self, counts: Counts) -> int:
        """Return the date without times that has most visits."""
        waiting = [day for day in self.days if day not in self.timed]
        return max(waiting, key=lambda d: sum(counts.of(self.week.stretches_of(d)).visits.values()))

    # Counts.

    def _first_counts(self) -> Counts | None:
        """Return counts that leave time free, as far as there are such."""
        for share in _FILLED:
            self.filled = dict.fromkeys(self.days, share)
            counting = Counting(self.week, self.filled)
            counting.model.maximize(counting.worth)
            found = self._solved(counting, _COUNT_SHARE * self.budget.whole)
            if found is not None or self.budget.over:
                return found
        return None

    def _count_again(self, counts: Counts) -> Counts | None:
        """Return other counts for the dates without times, starting from some."""
        counting = self._counting(self.timed)
        counting.hint(counts)
        counting.model.maximize(counting.worth)
        return self._solved(counting, self._step())

    def _lessened(self, counts: Counts, day: int) -> Counts:
        """Return counts with fewer sessions on one date, as it may be filled now; the others keep theirs."""
        counting = self._counting(self.timed)
        others = [other for other in self.days if other != day and other not in self.timed]
        counting.fix([s for other in others for s in self.week.stretches_of(other)], counts)
        counting.model.maximize(counting.worth)
        return self._solved(counting, self._step()) or counts

    def _counting(self, kept: Iterable[int]) -> Counting:
        """Return a model of counts in which dates with times keep theirs."""
        # What has times fits, however full it is.
        counting = Counting(self.week, {**self.filled, **dict.fromkeys(kept, 1.0)})
        for day in kept:
            counting.fix(self.week.stretches_of(day), self._held(self.timed[day]))
        return counting

    def _step(self, *, last: bool = False) -> float:
        """Return what one run may use, so that there is time for every date; more for a date's `last` one."""
        untimed = len(self.days) - len(self.timed)
        most = _DATE_SHARE * self.budget.whole
        if not untimed:
            return most
        if last:
            return min(most, self.budget.left / untimed)
        kept = 0.0 if self.told else _KEPT * self.budget.whole
        return min(most, max(0.0, _SOON * (self.budget.left - kept) / untimed))

    def _solved(self, counting: Counting, limit: float) -> Counts | None:
        solver = self._solve(counting.model, limit)
        return None if solver is None else counting.read(solver)

    def _held(self, sessions: Iterable[TimedSession]) -> Counts:
        """Return the counts of sessions with times."""
        found = Counts()
        for session in sessions:
            stretch = self.week.stretch_at(session.start)
            keys = [(found.sessions, (session.sort, stretch))]
            keys += [(found.visits, (request, stretch)) for request in session.requests]
            for held, key in keys:
                held[key] = held.get(key, 0) + 1
        return found

    def _worth(self) -> int:
        """Return what all sessions with times are worth."""
        return self.week.worth_of(self._held(chain(*self.timed.values())).visits)

    # Times.

    def _time(self, day: int, counts: Counts) -> Counts | None:
        """Find times for a date; return counts for the others, which are new ones if it was too full."""
        for _ in range(_TRIES):
            sessions = self._times_of(day, counts)
            if sessions is not None:
                self.timed[day] = sessions
                return counts
            self.filled[day] -= _LESS
            fewer = self._count_again(self._lessened(counts, day))
            if fewer is None or self.budget.over:
                break
            counts = fewer
        sessions = self._times_of(day, counts, loose=True)
        if sessions is None:
            return None
        self.timed[day] = sessions
        return self._count_again(counts) or counts

    def _anew(self, days: list[int]) -> bool:
        """Arrange some dates anew, a little fuller; return whether that placed more. If not, all stays."""
        before, timed, filled = self._worth(), dict(self.timed), dict(self.filled)
        counts = self._solved(self._counting(self.days), self._step())
        if counts is None:
            return False
        for day in days:
            del self.timed[day]
            self.filled[day] = min(1.0, self.filled[day] + _LESS)
        counts = self._count_again(counts)
        while counts is not None and self.week.worth_of(counts.visits) > before:
            if len(self.timed) == len(self.days):
                return True
            if self.budget.over:
                break
            counts = self._time(self._fullest(counts), counts)
        self.timed, self.filled = timed, filled
        return False

    def _times_of(self, day: int, counts: Counts, *, loose: bool = False) -> list[TimedSession] | None:
        """Return sessions at times, each in a room that stays free until its end."""
        some = counts.of(self.week.stretches_of(day))
        for rooms in (False, True):
            timing = Timing(self.week, day, some, loose=loose, rooms=rooms)
            solver = self._solve(timing.model, self._step(last=loose)) if timing.possible else None
            if solver is None:
                return None
            sessions = timing.read(solver)
            if self._housed(sessions):
                return sessions
        return None

    def _housed(self, sessions: list[TimedSession]) -> bool:
        """Return whether each session can be given a room."""
        needing = sum(self.week.sorts[session.sort].rooms is not None for session in sessions)
        rows = self.week.rows.take(self._rows(sessions))
        return len(assign_rooms(self.week.index, rows)) == needing

    def _solve(self, model: cp_model.CpModel, limit: float) -> cp_model.CpSolver | None:
        """Return a solver with a solution, or ``None`` without one."""
        if self.budget.over or limit <= 0:
            return None
        solver = cpsat.solver_for(self.budget, limit, self.seed, self.workers)
        status = cpsat.run(solver, model, self.budget)
        return solver if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else None

    # Rows.

    def _rows(self, sessions: Iterable[TimedSession]) -> Bools:
        """Return which rows are those of sessions."""
        rows, grid = self.week.rows, self.week.grid
        wanted: list[tuple[int, int, int, int]] = []
        for session in sessions:
            sort, place = self.week.sorts[session.sort], (session.clinician, session.start * grid)
            role = Role.SOLO if sort.group < 0 else Role.SEAT
            wanted += [(request, *place, int(role)) for request in session.requests]
            if sort.group >= 0:
                wanted.append((sort.group, *place, int(Role.LEAD)))
        table = np.array(wanted, dtype=np.int64).reshape(len(wanted), 4)
        own = _keys(rows.request, rows.clinician, rows.start, rows.role)
        chosen: Bools = np.isin(own, _keys(*table.T))
        return chosen


def _keys(request: Ints, clinician: Ints, start: Ints, role: Ints) -> Ints:
    """Return one number for each row."""
    found: Ints = ((request * 2**12 + clinician) * (DAYS * DAY) + start) * 2**4 + role
    return found
