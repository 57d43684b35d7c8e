"""How much of today's staff was there in recorded weeks, and will be in those ahead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from safeschedule.actuals import Actuals, StaffChange, StaffMove
from safeschedule.caseload.panels.ahead import share_of_caps
from safeschedule.caseload.panels.expected import ExpectedChanges
from safeschedule.problem import Clinician, Problem, Weekday

LONG_LEAVE = timedelta(days=15)
"""Leave that lasts as long changes what a team can take; shorter leave is part of every recorded quarter."""


class Staffing:
    """The staff of weeks, as parts of today's.

    Parameters
    ----------
    problem
        Today's team, with leave.
    actuals
        Recorded weeks: who joined and who left in them.
    expected
        Who is going to start and to leave.
    """

    def __init__(self, problem: Problem, actuals: Sequence[Actuals], expected: ExpectedChanges) -> None:
        self._people, self._expected = problem.clinicians, expected
        self._today = problem.week_start
        self._moves = [move for week in actuals for move in week.staff or () if move.on < self._today]
        self._fte = float(sum(person.fte for person in self._people))

    def parts(self, mondays: Sequence[date]) -> list[float]:
        """Return the part of today's staff that is there in each week; 1 where there is nobody today."""
        return [self._part(monday) if self._fte else 1.0 for monday in mondays]

    def _part(self, monday: date) -> float:
        there = sum(float(person.fte) * self._present(person, monday) for person in self._people)
        if monday >= self._today:
            there += sum(
                float(start.clinician.fte) * float(share_of_caps(start, monday) or 0)
                for start in self._expected.starts
            )
        else:
            there += self._since_then(monday)
        return max(0.0, there / self._fte)

    def _present(self, person: Clinician, monday: date) -> float:
        """Return for which part of a week's working time somebody is there: not gone, not away for long."""
        leaving = next((each.on for each in self._expected.leavers if each.clinician == person.id), None)
        long = [leave for leave in person.leave if leave.end - leave.start >= LONG_LEAVE]
        dates = [monday + timedelta(days=number) for number in range(7)]
        working = [day for day in dates if any(p.day is Weekday.of(day) for p in person.working)]
        there = [
            day
            for day in working
            if (leaving is None or day < leaving)
            and not any(leave.start <= datetime.combine(day, time(12)) < leave.end for leave in long)
        ]
        return len(there) / len(working) if working else 0.0

    def _since_then(self, monday: date) -> float:
        """Return the full-time equivalents that were there in a recorded week more than today."""
        return sum(self._change(move) for move in self._moves if move.on >= monday + timedelta(days=3))

    def _change(self, move: StaffChange) -> float:
        """Return by how much earlier weeks had more; of whoever left, the team's usual share is taken."""
        own = {person.id: float(person.fte) for person in self._people}
        usual = self._fte / len(self._people)
        return -own.get(move.clinician, 0.0) if move.move is StaffMove.JOINED else usual
