"""A problem with the look-ups that checks share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Protocol, TypeVar

from safeschedule.errors import Fault
from safeschedule.problem.clock import DAY, minutes_after
from safeschedule.problem.people import PASSED, Client, Clinician
from safeschedule.problem.problem import Problem
from safeschedule.problem.work import Group, Request, SessionType

Interval = tuple[int, int]
"""Start and end in wall-clock minutes after the first minute of the week."""

WEEK = 7 * DAY


class _Named(Protocol):
    @property
    def id(self) -> str: ...


T = TypeVar("T", bound=_Named)


class View:
    """A problem with look-ups by code; of entries with the same id, the first counts."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem

    @cached_property
    def clinicians(self) -> dict[str, Clinician]:
        """Clinicians by code."""
        return _by_id(self.problem.clinicians)

    @cached_property
    def clients(self) -> dict[str, Client]:
        """Clients by code."""
        return _by_id(self.problem.clients)

    @cached_property
    def session_types(self) -> dict[str, SessionType]:
        """Session types by code."""
        return _by_id(self.problem.session_types)

    @cached_property
    def requests(self) -> dict[str, Request]:
        """Requests by code."""
        return _by_id(self.problem.requests)

    @cached_property
    def groups(self) -> dict[str, Group]:
        """Groups by code."""
        return _by_id(self.problem.groups)

    @cached_property
    def asking(self) -> dict[str, list[Request]]:
        """Requests by the group for whose sessions they ask."""
        found: dict[str, list[Request]] = {code: [] for code in self.groups}
        for request in self.problem.requests:
            if request.group is not None:
                found.setdefault(request.group, []).append(request)
        return found

    @cached_property
    def regular(self) -> dict[str, list[Interval]]:
        """Working periods of each clinician in this week, as if the service were never closed."""
        return {code: sorted(self._periods(person)) for code, person in self.clinicians.items()}

    @cached_property
    def working(self) -> dict[str, list[Interval]]:
        """Working periods of each clinician on open dates of this week, leave not taken off."""
        return {code: self._open(spans) for code, spans in self.regular.items()}

    @cached_property
    def seeing(self) -> dict[str, list[Interval]]:
        """Those of them in which clients are seen in person: that are not for telehealth only."""
        return {
            code: self._open(sorted(self._periods(person, in_person=True)))
            for code, person in self.clinicians.items()
        }

    def seeing_at(self, code: str, site: str) -> list[Interval]:
        """Return a clinician's periods in which clients can be seen in person at a site."""
        return self._open(sorted(self._periods(self.clinicians[code], in_person=True, site=site)))

    def _open(self, spans: list[Interval]) -> list[Interval]:
        return [span for span in spans if span[0] // DAY not in self.closed]

    @cached_property
    def leave(self) -> dict[str, list[Interval]]:
        """Time off of each clinician, this week's and other weeks': leave of the kind passed is none."""
        return {code: self._absences(person, passed=False) for code, person in self.clinicians.items()}

    @cached_property
    def passed(self) -> dict[str, list[Interval]]:
        """Time of each clinician that is gone: leave of the kind passed."""
        return {code: self._absences(person, passed=True) for code, person in self.clinicians.items()}

    def ahead_from(self, code: str) -> int:
        """Return the minute before which all of a clinician's week has passed."""
        passed = self.passed[code]
        return max(end for _, end in passed) if any(start <= 0 < end for start, end in passed) else 0

    @cached_property
    def meetings(self) -> dict[str, list[Interval]]:
        """Meetings of each clinician."""
        found: dict[str, list[Interval]] = {}
        for meeting in self.problem.meetings:
            start = self.minute(meeting.start)
            for code in meeting.clinicians:
                found.setdefault(code, []).append((start, start + meeting.minutes))
        return found

    def minute(self, moment: datetime) -> int:
        """Return a local time in minutes after the first minute of the week."""
        return minutes_after(self.problem.week_start, moment)

    def day(self, when: date) -> int:
        """Return a date in days after the first of the week."""
        return (when - self.problem.week_start).days

    def free_minutes(self, code: str) -> int:
        """Return a clinician's working minutes that are neither leave nor gone, closed or not."""
        away = merged([*self.leave[code], *self.passed[code]])
        total = 0
        for start, end in merged(self.regular[code]):
            total += end - start - sum(max(0, min(end, b) - max(start, a)) for a, b in away)
        return total

    def _absences(self, person: Clinician, *, passed: bool) -> list[Interval]:
        return [
            (self.minute(span.start), self.minute(span.end))
            for span in person.leave
            if (span.kind == PASSED) is passed
        ]

    def _periods(
        self, person: Clinician, *, in_person: bool = False, site: str | None = None
    ) -> Iterator[Interval]:
        first = self.problem.week_start.weekday()
        remote = {site.id for site in self.problem.sites if site.telehealth_only} if in_person else ()
        for period in person.working:
            day = (period.day.number - first) % 7 * DAY
            if in_person and (period.telehealth_only or period.site in remote):
                continue
            where = person.sites if period.site is None else (period.site,)
            if site is not None and where and site not in where:
                continue
            if period.end > period.start:
                yield day + period.start, day + period.end

    @cached_property
    def closed(self) -> frozenset[int]:
        """Dates on which the service is closed, in days after the first of the week."""
        return self.problem.closed_days


def _by_id(entries: tuple[T, ...]) -> dict[str, T]:
    return {entry.id: entry for entry in reversed(entries)}


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """Return the same minutes as spans that neither overlap nor touch."""
    found: list[Interval] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def overlaps(one: Interval, other: Interval) -> bool:
    """Whether two spans share a minute."""
    return one[0] < other[1] and other[0] < one[1]


Check = Callable[[View], Iterator[Fault]]
"""One idea of what can be wrong."""


def over_midnight(spans: Sequence[Interval]) -> Iterator[Interval]:
    """Yield spans in order, those that meet at midnight as one: a night may be written down in two."""
    night: dict[int, int] = {}
    for start, end in reversed(spans):
        whole = night.get(end, end) if end % DAY == 0 else end
        if start % DAY == 0:
            night[start] = max(whole, night.get(start, whole))
        yield start, whole


def inside(span: Interval, spans: Sequence[Interval]) -> bool:
    """Return whether a span lies in one of several, those that meet at midnight taken as one."""
    return any(start <= span[0] and span[1] <= end for start, end in over_midnight(sorted(spans)))
