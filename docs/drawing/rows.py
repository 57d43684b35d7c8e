"""The rows of a drawn week: one for each clinician and date with something on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil

from docs.drawing.context import Flag, Strip, flags, strips
from safeschedule.problem import Intensity, PastAppointment, Problem
from safeschedule.problem.clock import DAY
from safeschedule.reports.grid import DayColumn, Entry, columns, side_by_side
from safeschedule.reports.words import clock
from safeschedule.schedule import Schedule
from safeschedule.verifier.finding import Finding

Key = tuple[date, str]
"""A date and a clinician."""


@dataclass(frozen=True)
class Row:
    """One clinician's date; leave lies behind the items, and working hours of past dates are not shown."""

    clinician: str
    day: date
    items: tuple[Entry, ...] = ()
    leave: tuple[Entry, ...] = ()
    work: tuple[tuple[int, int], ...] = ()
    flags: tuple[Flag, ...] = ()
    strips: tuple[Strip, ...] = ()
    past: bool = False

    @property
    def key(self) -> Key:
        """Where it stands in the drawing."""
        return self.day, self.clinician

    @property
    def lanes(self) -> int:
        """How many items are on top of each other at most."""
        return max((item.lanes for item in self.items), default=1)


def rows(problem: Problem, schedule: Schedule, findings: Sequence[Finding]) -> list[Row]:
    """Return the rows, sorted by date and clinician."""
    table = {(day, code): column for (code, day), column in columns(problem, schedule).items()}
    marked, windows = flags(problem, schedule), strips(problem, schedule)
    keys = {key for key, column in table.items() if _busy(column)}
    keys |= {(flag.day, flag.clinician) for flag in marked} & table.keys()
    keys |= _found(problem, table, findings, keys)
    keys = _with_absent(table, findings, keys or _first_working(table))
    now = [
        _row(
            table[key],
            _on(marked, key),
            tuple(strip for strip in windows if (strip.day, strip.clinician) == key),
        )
        for key in keys
    ]
    return sorted([*now, *_past_rows(problem, marked)], key=lambda row: row.key)


def axis(drawn: Sequence[Row]) -> tuple[int, int]:
    """Return the first and last full hour of what the rows show, in minutes since midnight."""
    spans = [span for row in drawn for span in row.work]
    spans += [(item.start, item.start + item.minutes) for row in drawn for item in row.items]
    spans += [(flag.minute, flag.minute) for row in drawn for flag in row.flags]
    first = min((start for start, _ in spans), default=540) // 60 * 60
    last = ceil(max((end for _, end in spans), default=1020) / 60) * 60
    return first, max(last, first + 60)


def _on(marked: Iterable[Flag], key: Key) -> tuple[Flag, ...]:
    return tuple(flag for flag in marked if (flag.day, flag.clinician) == key)


def _busy(column: DayColumn) -> bool:
    # A day off in the middle of somebody's leave says nothing.
    return any(item.look != "leave" or column.work for item in column.items)


def _row(column: DayColumn, marked: tuple[Flag, ...], windows: tuple[Strip, ...]) -> Row:
    items = side_by_side([_named(item) for item in column.items if item.look != "leave"])
    leave = tuple(item for item in column.items if item.look == "leave")
    return Row(column.code, column.day, items, leave, column.work, marked, windows)


def _named(item: Entry) -> Entry:
    # Meetings of the case files are called as they are written there.
    return replace(item, label="Meeting", short="MTG") if item.look.startswith("meeting") else item


def _found(
    problem: Problem, table: dict[Key, DayColumn], findings: Iterable[Finding], keys: set[Key]
) -> set[Key]:
    """Return the rows of dates with findings: of the clinicians named, or of everyone at work."""
    found: set[Key] = set()
    staff = {clinician.id for clinician in problem.clinicians}
    for finding in findings:
        if finding.when is None:
            continue
        day = finding.when.date()
        named = {(day, code) for code in finding.who if code in staff}
        if not named and not any(key[0] == day for key in keys):
            named = {key for key, column in table.items() if key[0] == day and column.work}
        found |= named & table.keys()
    return found


def _with_absent(table: dict[Key, DayColumn], findings: Iterable[Finding], keys: set[Key]) -> set[Key]:
    """Return the rows, and those of clinicians who lack something this week but have no row yet."""
    there = {code for _, code in keys}
    lacking = {code for finding in findings if finding.when is None for code in finding.who} - there
    return keys | {(day, code) for day, _ in keys for code in lacking if (day, code) in table}


def _first_working(table: dict[Key, DayColumn]) -> set[Key]:
    first = min((day for (day, _), column in table.items() if column.work), default=None)
    return {key for key, column in table.items() if key[0] == first and column.work}


def _past_rows(problem: Problem, marked: Iterable[Flag]) -> list[Row]:
    """Return the rows of the dates before the week that the problem tells of."""
    before = [flag for flag in marked if flag.day < problem.week_start]
    found: dict[Key, list[Entry]] = {(flag.day, flag.clinician): [] for flag in before}
    for past in problem.history.appointments:
        if past.start.date() < problem.week_start:
            found.setdefault((past.start.date(), past.clinician), []).append(_past(past))
    return [
        Row(code, day, side_by_side(items), flags=_on(before, (day, code)), past=True)
        for (day, code), items in found.items()
    ]


def _past(past: PastAppointment) -> Entry:
    start = past.start.hour * 60 + past.start.minute
    return Entry(
        look="past",
        start=start,
        minutes=min(past.minutes, DAY - start),
        begins=clock(past.start),
        ends=clock(past.start + timedelta(minutes=past.minutes)),
        label=past.kind.value.replace("_", " "),
        client=past.client,
        high=past.intensity == Intensity.HIGH,
    )
