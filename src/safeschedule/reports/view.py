"""Everything the page shows, ready for the template, which then only lays it out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import Any

from safeschedule.problem import Problem
from safeschedule.reports.compliance import RuleLine, rule_lines
from safeschedule.reports.grid import Column, block_kinds, columns
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.load import LoadRow, load
from safeschedule.reports.words import long_date, week_title, weekday
from safeschedule.result import Result
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.verifier.finding import Verification

_MOST_OPEN = 15
"""Up to so many clinicians, all of their weeks are open from the start."""

_ACROSS = 10
"""Most clinicians side by side in the view of a day; as many as stay readable on A4."""


@dataclass(frozen=True)
class Axis:
    """The hours that all grids show, in minutes since midnight."""

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
    """One clinician's week."""

    load: LoadRow
    days: tuple[Column, ...]


@dataclass(frozen=True)
class Unplaced:
    """One request with sessions left out."""

    entry: LeftOut
    client: str
    session_type: str
    priority: int | None
    rules: tuple[str, ...]


def view(
    problem: Problem, schedule: Schedule, verification: Verification, result: Result | None
) -> dict[str, Any]:
    """Return the variables of the template."""
    table = columns(problem, schedule)
    days = _days(table.values(), problem.week_start)
    people = tuple(
        Person(row, tuple(table[row.clinician, day] for day in days)) for row in load(problem, schedule)
    )
    lines = rule_lines(problem, verification)
    return {
        "problem": problem,
        "title": week_title(schedule.week_start),
        "iso_week": schedule.week_start.isocalendar(),
        "time_zone": schedule.time_zone,
        "axis": _axis(table.values(), days),
        "days": [(day, weekday(day), long_date(day)) for day in days],
        "people": people,
        "boards": [(day, _boards(people, number)) for number, day in enumerate(days)],
        "open": len(people) <= _MOST_OPEN,
        "kinds": [(kind, LOOKS[kind]) for kind in block_kinds(schedule)],
        "lines": lines,
        "broken": [line for line in lines if line.state == "broken"],
        "findings": sum(finding.hard for finding in verification.findings),
        "compliant": verification.compliant,
        "penalty": sum(verification.penalties.values()),
        "unplaced": _unplaced(problem, schedule, lines),
        "sessions": len(schedule.appointments),
        "sessions_out": sum(entry.sessions for entry in schedule.left_out),
        "high": sum(row.high_sessions for row in (person.load for person in people)),
        "client_minutes": sum(person.load.client_minutes for person in people),
        "protected_minutes": sum(person.load.protected_minutes for person in people),
        "meetings": bool(problem.meetings),
        "result": result,
    }


def _days(table: Iterable[Column], week_start: date) -> list[date]:
    """Return the dates from the first to the last on which anybody works or something happens."""
    used = {column.day for column in table if column.items or column.work}
    first, last = min(used, default=week_start), max(used, default=week_start)
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _axis(table: Iterable[Column], days: Sequence[date]) -> Axis:
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


def _boards(people: Sequence[Person], number: int) -> list[list[Column]]:
    """Return a date's columns, in boards of about equal size."""
    count = ceil(len(people) / _ACROSS) or 1
    size = ceil(len(people) / count) or 1
    row = [person.days[number] for person in people]
    return [row[at : at + size] for at in range(0, len(row), size)]


def _unplaced(problem: Problem, schedule: Schedule, lines: Sequence[RuleLine]) -> list[Unplaced]:
    requests = {request.id: request for request in problem.requests}
    titles = {line.name: line.title for line in lines}
    found = []
    for entry in schedule.left_out:
        request = requests.get(entry.request)
        found.append(
            Unplaced(
                entry=entry,
                client=request.client if request else "",
                session_type=request.session_type if request else "",
                priority=request.priority if request else None,
                rules=tuple(titles.get(name, name) for name in entry.rules),
            )
        )
    return found
