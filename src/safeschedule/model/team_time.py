"""Time of a week as numbers: minutes, half-days and working days, and when each clinician works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from safeschedule.model.spans import DAYS, Spans, cut, unreal, with_nights
from safeschedule.model.working_days import Shifts, Stretch
from safeschedule.problem import Problem
from safeschedule.problem.clock import DAY, Window, minutes_after
from safeschedule.problem.people import PASSED

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class DatedPeriod:
    """One working period on its date: wall-clock minutes of the week, and the site's number or -1.

    In one that is `remote` nobody is seen in person.
    """

    start: int
    end: int
    site: int
    remote: bool = False


class TeamTime:
    """The week and the team's time in it, in wall-clock minutes from the week's first minute.

    Parameters
    ----------
    problem
        A problem without faults.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = problem.grid
        self.session_grid = problem.session_grid
        self.midday = problem.rulebook.midday
        self.clinicians = problem.clinicians
        self.clinician_number = {c.id: n for n, c in enumerate(problem.clinicians)}
        self.site_number = {s.id: n for n, s in enumerate(problem.sites)}

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
    def unreal(self) -> Spans:
        """Spans of wall-clock minutes that a clock change skips or repeats."""
        return unreal(self.problem.week_start, ZoneInfo(self.problem.time_zone))

    @cached_property
    def closed(self) -> frozenset[int]:
        """Dates on which the service is closed, of any week; 0 is the week's first."""
        return self.problem.closed_days

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
