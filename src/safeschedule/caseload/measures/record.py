"""What was recorded, as measures ask for it: of a team, or of one clinician alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from safeschedule.actuals import Actuals, ActualVisit, Attendance, ProtectedBlock, WorkedDay
from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.problem import Clinician, Problem, Weekday


class TeamRecord:
    """Weeks as they went, and the team.

    Parameters
    ----------
    problem
        The team today: its working hours, caseloads and bands.
    weeks
        In the order of their dates.
    person
        Whose record alone; ``None``: that of the team.
    """

    def __init__(self, problem: Problem, weeks: Sequence[Actuals], person: str | None = None) -> None:
        self.problem, self.weeks, self.person = problem, tuple(weeks), person
        self.clinicians = tuple(p for p in problem.clinicians if person in (None, p.id))

    @cached_property
    def facts(self) -> CaseloadFacts:
        """What is carried today."""
        return CaseloadFacts(self.problem)

    @property
    def fte(self) -> float:
        """Full-time equivalents together."""
        return float(sum(person.fte for person in self.clinicians))

    @property
    def clients(self) -> int:
        """Clients on the caseloads today."""
        return sum(len(self.facts.carried[person.id].clients) for person in self.clinicians)

    def visits(self, week: Actuals) -> list[ActualVisit] | None:
        """Return a week's visits; ``None`` where they are not recorded."""
        if week.visits is None:
            return None
        return [visit for visit in week.visits if self.person is None or self.person in visit.clinicians]

    def attended(self, week: Actuals) -> list[ActualVisit] | None:
        """Return those that took place."""
        visits = self.visits(week)
        return None if visits is None else [v for v in visits if v.outcome is Attendance.ATTENDED]

    def blocks(self, week: Actuals) -> list[ProtectedBlock] | None:
        """Return protected blocks of which it is known what became of them."""
        if week.blocks is None:
            return None
        return [b for b in week.blocks if b.fate is not None and self.person in (None, b.clinician)]

    def days(self, week: Actuals) -> list[WorkedDay] | None:
        """Return dates of clinicians."""
        if week.days is None:
            return None
        return [day for day in week.days if self.person in (None, day.clinician)]

    def first_attended_after(self, client: str, since: date) -> date | None:
        """Return the date of a client's first visit that took place on or after a date."""
        return next((day for day in self._attended.get(client, ()) if day >= since), None)

    def covers(self, first: date, days: int) -> bool:
        """Return whether visits are recorded from a date on for so many days."""
        starts = {week.week_start for week in self.weeks if week.visits is not None}
        mondays = (first + timedelta(days=number) for number in range(days + 1))
        return all(_start_of(day, starts) for day in mondays)

    def inside_hours(self, code: str, moment: datetime) -> bool | None:
        """Return whether a moment lies in somebody's working hours and outside leave; ``None``: not known."""
        person = self._people.get(code)
        if person is None:
            return None
        minute = moment.hour * 60 + moment.minute
        day = Weekday.of(moment.date())
        works = any(p.day is day and p.start <= minute <= p.end for p in person.working)
        return works and not any(leave.start <= moment < leave.end for leave in person.leave)

    @cached_property
    def _people(self) -> dict[str, Clinician]:
        return {person.id: person for person in self.problem.clinicians}

    @cached_property
    def _attended(self) -> dict[str, list[date]]:
        found: dict[str, list[date]] = {}
        for day, client in sorted(self._days_of_visits()):
            found.setdefault(client, []).append(day)
        return found

    def _days_of_visits(self) -> Iterator[tuple[date, str]]:
        for week in self.weeks:
            for visit in self.attended(week) or ():
                yield visit.planned.date(), visit.client


def _start_of(day: date, starts: set[date]) -> bool:
    return any(day - timedelta(days=back) in starts for back in range(7))
