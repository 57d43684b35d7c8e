"""Everything the page shows, ready for the template, which then only lays it out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from typing import Any

from safeschedule.problem import Mode, Problem
from safeschedule.reports.clients import client_lines
from safeschedule.reports.compliance import rule_lines
from safeschedule.reports.grid import DayColumn, attendant_columns, block_kinds, columns, room_columns
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.load import LoadRow, load
from safeschedule.reports.marks import marked
from safeschedule.reports.messages import messages
from safeschedule.reports.provenance import provenance_lines, stamp
from safeschedule.reports.unplaced import unplaced
from safeschedule.reports.verdict import verdict
from safeschedule.reports.words import long_date, week_title, weekday
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.verifier.finding import Finding, Verification

_MOST_OPEN = 15
"""Up to so many clinicians, all of their weeks are open from the start."""

_LONG = 14 * 60
"""Where a team is at work for longer than that from the first to the last, each grid has hours of its own."""

_ACROSS = 10
"""Most clinicians side by side in the view of a day; as many as stay readable on A4."""


@dataclass(frozen=True)
class Axis:
    """The hours that grids show, in minutes since midnight."""

    first: int
    last: int

    @property
    def span(self) -> int:
        """How many minutes it shows."""
        return self.last - self.first

    @property
    def hours(self) -> range:
        """The full hours, in minutes since midnight."""
        return range(self.first, self.last, 60)


@dataclass(frozen=True)
class Person:
    """One clinician's week, with the numbers of the findings about all of it."""

    load: LoadRow
    days: tuple[DayColumn, ...]
    axis: Axis
    breaks: tuple[int, ...] = ()


@dataclass(frozen=True)
class RoomWeek:
    """One room's week."""

    code: str
    kind: str
    sessions: int
    days: tuple[DayColumn, ...]
    axis: Axis


@dataclass(frozen=True)
class AttendantWeek:
    """One attendant's week."""

    code: str
    skills: str
    sessions: int
    minutes: int
    most: int | None
    days: tuple[DayColumn, ...]
    axis: Axis


def view(
    problem: Problem, schedule: Schedule, verification: Verification, result: Result | None
) -> dict[str, Any]:
    """Return the variables of the template."""
    lines = rule_lines(problem, verification)
    # Findings are numbered as they are told under the rules, so that grid and rules link to each other.
    counter = itertools.count(1)
    broken = [
        (line, [(next(counter), finding) for finding in line.findings if finding.hard])
        for line in lines
        if line.state == "broken"
    ]
    hard = [finding for _, told in broken for _, finding in told]
    found = marked(columns(problem, schedule), hard)
    table, rooms = found.table, room_columns(problem, schedule)
    closed = _closed(problem)
    days = days_shown(table.values(), closed, problem.week_start)
    axis = axis_of([*table.values(), *_busy(rooms.values())], days)
    people = tuple(
        Person(row, own, _own_axis(axis, own, days), found.people.get(row.clinician, ()))
        for row in load(problem, schedule)
        for own in [tuple(table[row.clinician, day] for day in days)]
    )
    left_out = unplaced(problem, schedule)
    return {
        "problem": problem,
        "title": week_title(schedule.week_start),
        "iso_week": schedule.week_start.isocalendar(),
        "time_zone": schedule.time_zone,
        "axis": axis,
        "closed": closed,
        "days": [(day, weekday(day), long_date(day)) for day in days],
        "people": people,
        "boards": [(day, _boards(people, number)) for number, day in enumerate(days)],
        "rooms": _rooms(problem, marked(rooms, hard).table, days, axis),
        "attendants": _attendants(problem, schedule, hard, days, axis),
        "clients": client_lines(problem, schedule),
        "messages": messages(problem, schedule),
        "open": len(people) <= _MOST_OPEN,
        "kinds": [(kind, LOOKS[kind]) for kind in block_kinds(schedule)],
        "broken": broken,
        "costs": [line for line in lines if line.state == "cost"],
        "excused": verification.excused,
        "kept": [line for line in lines if line.state == "kept"],
        "broken_by": {n: (line.title, finding.sentence) for line, told in broken for n, finding in told},
        "places": _places(people, days),
        "verdict": verdict(verification, left_out),
        "notices": verification.notices,
        "penalty": sum(verification.penalties.values()),
        "unplaced": left_out,
        "sessions": len(schedule.appointments),
        "sessions_out": sum(entry.sessions for entry in schedule.left_out),
        "unnamed": sum(s.room is None and s.mode is Mode.IN_PERSON for s in schedule.appointments),
        "high": sum(row.high_sessions for row in (person.load for person in people)),
        "client_minutes": sum(person.load.client_minutes for person in people),
        "protected_minutes": sum(person.load.protected_minutes for person in people),
        "meetings": bool(problem.meetings),
        "result": result,
        "provenance": provenance_lines(problem, schedule),
        "stamp": stamp(problem, schedule),
    }


def _busy(table: Iterable[DayColumn]) -> list[DayColumn]:
    """Return columns without their working time, which stretches no axis: a room is there all day."""
    return [replace(column, work=()) for column in table]


def _rooms(
    problem: Problem, table: Mapping[tuple[str, date], DayColumn], days: Sequence[date], axis: Axis
) -> tuple[RoomWeek, ...]:
    return tuple(
        RoomWeek(
            room.id,
            room.kind,
            sum(len(column.items) for column in own),
            own,
            _own_axis(axis, _busy(own), days),
        )
        for room in problem.rooms
        for own in [tuple(table[room.id, day] for day in days)]
    )


def _attendants(
    problem: Problem, schedule: Schedule, hard: Sequence[Finding], days: Sequence[date], axis: Axis
) -> tuple[AttendantWeek, ...]:
    table = marked(attendant_columns(problem, schedule), hard).table
    attended = {
        person.id: [s for s in schedule.appointments if person.id in s.attendants]
        for person in problem.attendants
    }
    return tuple(
        AttendantWeek(
            person.id,
            ", ".join(person.skills),
            len(attended[person.id]),
            sum(session.minutes for session in attended[person.id]),
            person.weekly_minutes,
            own,
            _own_axis(axis, _busy(own), days),
        )
        for person in problem.attendants
        for own in [tuple(table[person.id, day] for day in days)]
    )


def _places(people: Sequence[Person], days: Sequence[date]) -> dict[int, list[tuple[int, str]]]:
    """Return where in the grids each finding is marked: number of the person, and words."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, person in enumerate(people, start=1):
        marks: dict[int, str] = dict.fromkeys(person.breaks, person.load.clinician)
        for day, column in zip(days, person.days, strict=True):
            for mark in (*column.breaks, *(m for item in column.items for m in item.breaks)):
                marks.setdefault(mark, f"{person.load.clinician} {weekday(day)}")
        for mark, words in marks.items():
            found.setdefault(mark, []).append((number, words))
    return found


def _closed(problem: Problem) -> dict[date, str]:
    """Return the names of the week's closures on dates on which somebody would work otherwise."""
    worked = {period.day.number for person in problem.clinicians for period in person.working}
    return {
        closure.date: closure.name
        for closure in problem.closures
        if 0 <= (closure.date - problem.week_start).days < 7 and closure.date.weekday() in worked
    }


def days_shown(table: Iterable[DayColumn], closed: Iterable[date], week_start: date) -> list[date]:
    """Return the dates from the first to the last on which anybody works or would, or something happens."""
    used = {column.day for column in table if column.items or column.work} | set(closed)
    first, last = min(used, default=week_start), max(used, default=week_start)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def axis_of(table: Iterable[DayColumn], days: Sequence[date]) -> Axis:
    """Return full hours around all working hours and items of the dates shown."""
    starts, ends = [], []
    for column in table:
        if column.day in days:
            # Leave often lasts from midnight to midnight; it stretches nothing.
            timed = [item for item in column.items if item.look != "leave"]
            starts += [item.start for item in timed]
            ends += [item.start + item.minutes for item in timed]
            starts += [start for start, _ in column.work]
            ends += [end for _, end in column.work]
    first, last = min(starts, default=480) // 60 * 60, ceil(max(ends, default=1020) / 60) * 60
    return Axis(first, max(last, first + 60))


def _own_axis(team: Axis, columns: Iterable[DayColumn], days: Sequence[date]) -> Axis:
    """Return the hours of one grid: those of the team, so that grids can be compared, or its own."""
    return team if team.span <= _LONG else axis_of(columns, days)


def _boards(people: Sequence[Person], number: int) -> list[list[DayColumn]]:
    """Return a date's columns, in boards of about equal size."""
    count = ceil(len(people) / _ACROSS) or 1
    size = ceil(len(people) / count) or 1
    row = [person.days[number] for person in people]
    return [row[at : at + size] for at in range(0, len(row), size)]
