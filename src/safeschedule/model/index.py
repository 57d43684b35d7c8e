"""The problem as numbers and arrays: what encoders read."""

from __future__ import annotations

import copy
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from safeschedule.model.interrupting import InterruptedWorkError, Over, never
from safeschedule.model.spans import DAYS, Spans, cut, unreal, with_nights
from safeschedule.model.working_days import Shifts, Stretch
from safeschedule.problem import Client, Flag, Group, Intensity, Problem, Request, SessionType
from safeschedule.problem.clock import DAY, Window, minutes_after
from safeschedule.problem.people import PASSED

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

T = TypeVar("T")

HALVES = 2 * DAYS


@dataclass(frozen=True)
class DatedPeriod:
    """One working period on its date: wall-clock minutes of the week, and the site's number or -1.

    In one that is `remote` nobody is seen in person.
    """

    start: int
    end: int
    site: int
    remote: bool = False


class Index:
    """A problem, indexed: everything counted in wall-clock minutes from the week's first minute.

    Parameters
    ----------
    problem
        A problem without faults.
    pools
        Codes of requests that stand for those of many clients, in relaxations: rules of single clients say
        nothing of their sessions.
    over
        Asked as candidates and models are made of the problem: whether to end in the middle of it, by
        `InterruptedWorkError`.
    """

    def __init__(self, problem: Problem, pools: Collection[str] = (), over: Over = never) -> None:
        self.problem = problem
        self.over = over
        self._pools = frozenset(pools)
        self._made: dict[tuple[str, int], tuple[object, Any]] = {}
        self.grid = problem.grid
        self.session_grid = problem.session_grid
        self.midday = problem.rulebook.midday
        self.settings = problem.rulebook.settings()
        self.clinicians = problem.clinicians
        self.clients = problem.clients
        self.requests = problem.requests
        self.clinician_number = {c.id: n for n, c in enumerate(problem.clinicians)}
        self.client_number = {c.id: n for n, c in enumerate(problem.clients)}
        self.request_number = {r.id: n for n, r in enumerate(problem.requests)}
        self.groups = problem.groups
        self.group_number = {g.id: n for n, g in enumerate(problem.groups)}
        self.site_number = {s.id: n for n, s in enumerate(problem.sites)}
        self.types = problem.by_code.session_types
        self.bands = problem.by_code.bands

    def once(self, name: str, make: Callable[[], T], of: object = None) -> T:
        """Return what `make` gives; it is called once for each name and object (such as a setting)."""
        key = (name, id(of))
        if key not in self._made:
            # The object is kept, so that no other one gets its identity.
            self._made[key] = (of, make())
        found: T = self._made[key][1]
        return found

    def ask(self) -> None:
        """Raise `InterruptedWorkError` if whoever works with the index is to end."""
        if self.over():
            raise InterruptedWorkError

    def until(self, over: Over) -> Index:
        """Return the same index for work that has another end."""
        same = copy.copy(self)
        same.over = over
        return same

    @property
    def portable(self) -> Index:
        """The same index, to be sent to another process: what is known by an object's identity stays here."""
        same = self.patient
        same._made = {}
        return same

    @property
    def patient(self) -> Index:
        """The same index for work that must come to its end, such as that on the schedule that is kept."""
        return self.until(never)

    # Requests, and after them the groups: arrays "by request" have an entry for each of both.

    @cached_property
    def counts(self) -> Ints:
        """How many sessions each request asks for, and each group has at most."""
        most = [request.count for request in self.requests] + [group.sessions for group in self.groups]
        return np.array(most, dtype=np.int64)

    @cached_property
    def items(self) -> Ints:
        """The number of what is asked for: of the group where a request asks for one, else its own."""
        found = np.arange(len(self.requests) + len(self.groups))
        for number, request in enumerate(self.requests):
            if request.group is not None:
                found[number] = len(self.requests) + self.group_number[request.group]
        return found

    @cached_property
    def of_groups(self) -> Bools:
        """Whether each request is one for a group's sessions, or a group itself."""
        found: Bools = self.items >= len(self.requests)
        return found

    @cached_property
    def pools(self) -> Bools:
        """Whether each request stands for those of many clients."""
        many = [request.id in self._pools for request in self.requests] + [False] * len(self.groups)
        return np.array(many, dtype=bool)

    @property
    def asked(self) -> tuple[Request | Group, ...]:
        """Requests and groups, in the order of their numbers."""
        return (*self.requests, *self.groups)

    @cached_property
    def request_types(self) -> tuple[SessionType, ...]:
        """The session type of each request and group."""
        return tuple(self.types[entry.session_type] for entry in self.asked)

    @cached_property
    def request_client(self) -> Ints:
        """The client's number of each request, -1 for groups."""
        clients = [self.client_number[r.client] for r in self.requests] + [-1] * len(self.groups)
        return np.array(clients, dtype=np.int64)

    @property
    def asking_client(self) -> Ints:
        """The client's number of each request, groups left out."""
        return self.request_client[: len(self.requests)]

    @cached_property
    def request_minutes(self) -> Ints:
        """The length of each request's and group's sessions."""
        return np.array([t.minutes for t in self.request_types], dtype=np.int64)

    @cached_property
    def request_high(self) -> Bools:
        """Whether each request's and group's sessions are of high intensity, by type or by clients' flags.

        What flags do is said by parameters of the rule daily_intensity, whether or not it is on.
        """
        exempt = self.problem.rulebook.setting("daily_intensity").names("exempt")
        heavy = np.array([t.intensity is Intensity.HIGH for t in self.request_types], dtype=bool)
        raisable = np.array([t.kind not in exempt for t in self.request_types], dtype=bool)
        found: Bools = heavy | (raisable & self._flagged)
        return found

    @cached_property
    def _flagged(self) -> Bools:
        """Whether a client of each request carries a raising flag; of a group, any client who asks for it."""
        own = np.array([bool(flags) for flags in self.raising_flags], dtype=bool)[self.asking_client]
        found = np.zeros(len(self.asked), dtype=bool)
        np.logical_or.at(found, self.items[: len(own)], own)
        return found[self.items]

    @cached_property
    def raising_flags(self) -> tuple[tuple[Flag, ...], ...]:
        """Those flags of each client with which sessions are of high intensity."""
        names = self.problem.rulebook.setting("daily_intensity").names("flags")
        return tuple(tuple(sorted({f for f in c.flags if f in names})) for c in self.clients)

    def of_kind(self, *kinds: str) -> Bools:
        """Return for each request and group whether its type is of one of the kinds."""
        return np.array([t.kind in kinds for t in self.request_types], dtype=bool)

    # Time.

    @property
    def slots(self) -> int:
        """Grid steps of the week."""
        return DAYS * DAY // self.grid

    def minute(self, moment: datetime) -> int:
        """Return a local time in minutes of the week."""
        return minutes_after(self.problem.week_start, moment)

    def up(self, minutes: int) -> int:
        """Return minutes rounded up to the grid."""
        return -(-minutes // self.grid) * self.grid

    def weekday(self, day: int) -> int:
        """Return the weekday number (Monday 0) of the week's date number `day`."""
        return (self.problem.week_start.weekday() + day) % DAYS

    def half_of(self, start: Ints) -> Ints:
        """Return the half-day number (0 to 13) of start minutes."""
        return 2 * (start // DAY) + (start % DAY >= self.midday)

    def window_spans(self, windows: tuple[Window, ...]) -> Spans:
        """Return windows by weekday as spans of the week; those that meet at midnight also as one."""
        days = {self.weekday(day): day for day in range(DAYS)}
        origins = [days[w.day.number] * DAY for w in windows]
        return with_nights([(o + w.start, o + w.end) for o, w in zip(origins, windows, strict=True)])

    @cached_property
    def panels(self) -> tuple[tuple[Client, ...], ...]:
        """The clients of each clinician's own caseload."""
        found: list[list[Client]] = [[] for _ in self.clinicians]
        for client in self.clients:
            if client.clinician is not None:
                found[self.clinician_number[client.clinician]].append(client)
        return tuple(tuple(panel) for panel in found)

    @cached_property
    def unreal(self) -> Spans:
        """Spans of wall-clock minutes that a clock change skips or repeats."""
        return unreal(self.problem.week_start, ZoneInfo(self.problem.time_zone))

    @cached_property
    def closed(self) -> frozenset[int]:
        """Dates on which the service is closed, of any week; 0 is the week's first."""
        return self.problem.closed_days

    # Clinicians.

    @cached_property
    def shifts(self) -> tuple[Shifts, ...]:
        """The working days of each clinician, whatever the clock does."""
        apart = 60 * self.problem.rulebook.setting("rest").whole("apart")
        return tuple(Shifts(self._regular(n), self.closed, apart) for n in range(len(self.clinicians)))

    def _regular(self, clinician: int) -> list[list[Stretch]]:
        """Return the working periods of a clinician in any week, by date, in minutes of the date."""
        dates: list[list[Stretch]] = [[] for _ in range(DAYS)]
        first = self.weekday(0)
        for period in self.clinicians[clinician].working:
            site = -1 if period.site is None else self.site_number[period.site]
            remote = period.telehealth_only or site in self.remote_sites
            dates[(period.day.number - first) % DAYS].append(Stretch(period.start, period.end, site, remote))
        return dates

    def working_on(self, clinician: int, day: int) -> list[Stretch]:
        """Return the periods of a working day, as far as they lie in the week."""
        week = DAYS * DAY
        return [
            period._replace(start=max(period.start, 0), end=min(period.end, week))
            for period in self.shifts[clinician].on(day)
            if period.start < week and period.end > 0
        ]

    @cached_property
    def overnight(self) -> bool:
        """Whether anybody's working day goes on after midnight."""
        return any(shifts.overnight for shifts in self.shifts)

    @cached_property
    def _untils(self) -> Ints:
        """Up to which of its minutes each date belongs to the working day before; clinicians x dates."""
        found = [[shifts.until(date) for date in range(DAYS)] for shifts in self.shifts]
        return np.array(found, dtype=np.int64).reshape(-1, DAYS)

    def day_of(self, clinician: Ints, start: Ints) -> Ints:
        """Return the working days (-1 to 6) of clinicians to which start minutes belong."""
        date = start // DAY
        if not self.overnight:
            return date
        return date - (start % DAY < self._untils[clinician, date])

    @cached_property
    def day_edges(self) -> Ints:
        """Where each working day begins, and where the last ends: clinicians x 9, that of -1 first."""
        edges = np.zeros((len(self.clinicians), DAYS + 2), dtype=np.int64)
        edges[:, 1:-1] = self._untils + np.arange(DAYS) * DAY
        edges[:, -1] = DAYS * DAY
        return edges

    @cached_property
    def turns(self) -> Ints:
        """Minute with which the second half of each working day begins; clinicians x 8, that of -1 last.

        It is midday of its date, or twelve hours later where the working day goes on after midnight.
        """
        days = [*range(DAYS), -1]
        late = [[shifts.carried(day + 1) > 0 for day in days] for shifts in self.shifts]
        found: Ints = np.array(days) * DAY + self.midday + np.array(late).reshape(-1, DAYS + 1) * (DAY // 2)
        return found

    def working_half(self, clinician: Ints, start: Ints) -> Ints:
        """Return the halves of working days (-2 to 13) of clinicians to which start minutes belong."""
        if not self.overnight:
            return self.half_of(start)
        day = self.day_of(clinician, start)
        return 2 * day + (start >= self.turns[clinician, day])

    @cached_property
    def periods(self) -> tuple[tuple[DatedPeriod, ...], ...]:
        """Working periods of each clinician on open dates, clock-change time cut out."""
        return tuple(tuple(self._periods_of(n)) for n in range(len(self.clinicians)))

    def _periods_of(self, clinician: int) -> list[DatedPeriod]:
        periods = []
        for day in range(-1, DAYS):
            for start, end, site, remote in self.working_on(clinician, day):
                periods += [DatedPeriod(a, b, site, remote) for a, b in cut([(start, end)], self.unreal)]
        return sorted(periods, key=lambda period: period.start)

    @cached_property
    def leave(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Leave of each clinician, as spans."""
        return tuple(
            tuple(
                (self.minute(span.start), self.minute(span.end))
                for span in clinician.leave
                if span.kind != PASSED
            )
            for clinician in self.clinicians
        )

    @cached_property
    def free(self) -> tuple[Spans, ...]:
        """Working periods less leave of each clinician, as spans."""
        return tuple(
            cut([(p.start, p.end) for p in periods], list(leave))
            for periods, leave in zip(self.periods, self.leave, strict=True)
        )

    @cached_property
    def ahead(self) -> tuple[Spans, ...]:
        """What is free of leave and has not passed, as spans."""
        return tuple(self._ahead(number) for number in range(len(self.clinicians)))

    def _ahead(self, clinician: int) -> Spans:
        passed = [s for s in self.clinicians[clinician].leave if s.kind == PASSED]
        if not any(self.minute(span.start) <= 0 < self.minute(span.end) for span in passed):
            return self.free[clinician]
        return cut(self.free[clinician], [(0, max(self.minute(span.end) for span in passed))])

    @cached_property
    def period_end(self) -> Ints:
        """End of the working period that holds each slot's first minute, or 0; clinicians x slots."""
        return self._by_slot(0, lambda period: period.end)

    @cached_property
    def period_site(self) -> Ints:
        """Site of the working period that holds each slot's first minute, or -1; clinicians x slots."""
        return self._by_slot(-1, lambda period: period.site)

    @cached_property
    def period_remote(self) -> Bools:
        """Whether the working period that holds each slot's first minute is remote; clinicians x slots."""
        return self._by_slot(0, lambda period: int(period.remote)).astype(bool)

    def _by_slot(self, otherwise: int, value: Callable[[DatedPeriod], int]) -> Ints:
        found = np.full((len(self.clinicians), self.slots), otherwise, dtype=np.int64)
        starts = np.arange(self.slots) * self.grid
        for number, periods in enumerate(self.periods):
            for period in periods:
                found[number, (starts >= period.start) & (starts < period.end)] = value(period)
        return found

    @cached_property
    def remote_sites(self) -> frozenset[int]:
        """Numbers of the sites at which nobody is seen in person."""
        return frozenset(n for n, site in enumerate(self.problem.sites) if site.telehealth_only)

    @cached_property
    def meetings(self) -> tuple[tuple[tuple[int, int], ...], ...]:
        """Meetings of each clinician in this week, as spans."""
        found: list[Spans] = [[] for _ in self.clinicians]
        for meeting in self.problem.meetings:
            start = self.minute(meeting.start)
            if not 0 <= start < DAYS * DAY:
                continue
            for code in meeting.clinicians:
                found[self.clinician_number[code]].append((start, start + meeting.minutes))
        return tuple(tuple(spans) for spans in found)

    def fte_percent(self, clinician: int) -> int:
        """Return the FTE in whole hundredths."""
        return int(self.clinicians[clinician].fte * 100)


__all__ = ["DAY", "DAYS", "HALVES", "Bools", "DatedPeriod", "Index", "Ints"]
