"""Times that cannot be: spans without length, periods on top of each other, starts off the grid."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from zoneinfo import available_timezones

from safeschedule.errors import Fault
from safeschedule.problem.clock import Span, Window, format_clock, zone_exists
from safeschedule.problem.faults.view import WEEK, View, overlaps
from safeschedule.problem.people import WorkingPeriod
from safeschedule.problem.showing import did_you_mean, show

_GRIDS = (20, 15, 10, 5)


def unknown_time_zone(view: View) -> Iterator[Fault]:
    """Find time zones that nobody keeps."""
    zone = view.problem.time_zone
    if not zone_exists(zone):
        hint = did_you_mean(zone, sorted(available_timezones()), thorough=True)
        expected = f"an IANA time zone such as Europe/London{hint}"
        yield Fault("unknown_time_zone", "time_zone", show(zone), expected)


def ends_before_starts(view: View) -> Iterator[Fault]:
    """Find spans without length, or whose end is before their start."""
    for place, window in _windows(view):
        if window.end <= window.start:
            found, expected = (
                format_clock(window.end),
                f"a time after the start, {format_clock(window.start)}, or on the next day before it",
            )
            yield Fault("end_not_after_start", f"{place}.end", found, expected)
    for place, span in _spans(view):
        if span.end <= span.start:
            found, start = span.end.isoformat("T", "minutes"), span.start.isoformat("T", "minutes")
            yield Fault("end_not_after_start", f"{place}.end", found, f"a time after the start, {start}")


def _spans(view: View) -> Iterator[tuple[str, Span]]:
    for i, person in enumerate(view.problem.clinicians):
        for j, leave in enumerate(person.leave):
            yield f"clinicians[{i}].leave[{j}]", leave
    for i, attendant in enumerate(view.problem.attendants):
        for j, leave in enumerate(attendant.leave):
            yield f"attendants[{i}].leave[{j}]", leave
    for i, room in enumerate(view.problem.rooms):
        for j, span in enumerate(room.unavailable):
            yield f"rooms[{i}].unavailable[{j}]", span


def _windows(view: View) -> Iterator[tuple[str, Window | WorkingPeriod]]:
    holders = (
        ("clinicians", view.problem.clinicians, ("working", "preferred")),
        ("clients", view.problem.clients, ("windows", "preferred")),
        ("attendants", view.problem.attendants, ("working",)),
        ("requests", view.problem.requests, ("windows",)),
    )
    for name, entries, fields in holders:
        for i, entry in enumerate(entries):
            for field in fields:
                for j, window in enumerate(getattr(entry, field)):
                    yield f"{name}[{i}].{field}[{j}]", window


def overlapping_periods(view: View) -> Iterator[Fault]:
    """Find working periods of one person that overlap; each is told once."""
    people = [(f"clinicians[{i}]", person.working) for i, person in enumerate(view.problem.clinicians)]
    people += [(f"attendants[{i}]", person.working) for i, person in enumerate(view.problem.attendants)]
    for place, working in people:
        for j, period in enumerate(working):
            for k, earlier in enumerate(working[:j]):
                same = period.day == earlier.day
                if same and overlaps((period.start, period.end), (earlier.start, earlier.end)):
                    found = f"{period.day} {format_clock(period.start)}-{format_clock(period.end)}"
                    expected = f"a period that does not overlap working[{k}]"
                    yield Fault("overlapping_periods", f"{place}.working[{j}]", found, expected)
                    break


def off_grid(view: View) -> Iterator[Fault]:
    """Find starts and lengths that are no multiples of the grid."""
    for place, minutes, found in _on_grid_needed(view):
        if minutes % view.problem.grid:
            yield Fault("off_grid", place, found, _grid_expected(view.problem.grid, minutes))


def off_start_grid(view: View) -> Iterator[Fault]:
    """Find starts of sessions that are on the grid, and not where sessions start."""
    problem = view.problem
    every = problem.start_every
    if every is None:
        return
    if every % problem.grid:
        yield Fault("off_grid", "start_every", str(every), f"a multiple of the grid, {problem.grid} minutes")
        return
    for place, minutes, found in _session_starts(view):
        if minutes % every and not minutes % problem.grid:
            expected = f"a multiple of start_every, {every} minutes, or another start_every"
            yield Fault("off_grid", place, found, expected)


def _session_starts(view: View) -> Iterator[tuple[str, int, str]]:
    """Return where sessions are to start: places, the minutes there, and how they are written."""
    problem = view.problem
    for i, request in enumerate(problem.requests):
        if request.standing is not None:
            start = request.standing.start
            yield f"requests[{i}].standing.start", start, format_clock(start)
    for i, group in enumerate(problem.groups):
        for j, slot in enumerate(group.slots):
            yield f"groups[{i}].slots[{j}].start", slot.start, format_clock(slot.start)
    for name in ("pinned_appointments", "pinned_groups"):
        for i, entry in enumerate(getattr(problem, name)):
            yield f"{name}[{i}].start", view.minute(entry.start), entry.start.isoformat("T", "minutes")


def _on_grid_needed(view: View) -> Iterator[tuple[str, int, str]]:
    """Return places, the minutes there, and how they are written."""
    problem = view.problem
    for i, kind in enumerate(problem.session_types):
        yield f"session_types[{i}].minutes", kind.minutes, str(kind.minutes)
    yield from _session_starts(view)
    for name in ("meetings", "pinned_blocks"):
        for i, entry in enumerate(getattr(problem, name)):
            start = view.minute(entry.start)
            yield f"{name}[{i}].start", start, entry.start.isoformat("T", "minutes")
            yield f"{name}[{i}].minutes", entry.minutes, str(entry.minutes)


def _grid_expected(grid: int, minutes: int) -> str:
    finer = next((other for other in _GRIDS if other < grid and minutes % other == 0), None)
    return f"a multiple of the grid, {grid} minutes" + (f", or a grid of {finer}" if finer else "")


def meetings_outside_week(view: View) -> Iterator[Fault]:
    """Find meetings that do not touch the week that is planned."""
    for i, meeting in enumerate(view.problem.meetings):
        start = view.minute(meeting.start)
        if not overlaps((start, start + meeting.minutes), (0, WEEK)):
            found = meeting.start.isoformat("T", "minutes")
            yield Fault("outside_week", f"meetings[{i}].start", found, week_expected(view))


def in_the_future(view: View) -> Iterator[Fault]:
    """Find what has happened already by its nature, and lies after the week or, for the history, in it."""
    problem = view.problem
    for i, client in enumerate(problem.clients):
        for field in ("last_contact", "waiting_since"):
            when = getattr(client, field)
            if when is not None and view.day(when) > 6:
                expected = f"a date that is past, at the latest the week's last, {_last_date(view)}"
                yield Fault("in_the_future", f"clients[{i}].{field}", str(when), expected)
    for i, incident in enumerate(problem.incidents):
        if view.minute(incident.happened) >= WEEK:
            found = incident.happened.isoformat("T", "minutes")
            expected = f"a time that is past, at the latest the week's last date, {_last_date(view)}"
            yield Fault("in_the_future", f"incidents[{i}].happened", found, expected)
    for i, past in enumerate(problem.history.appointments):
        if view.minute(past.start) >= 0:
            found = past.start.isoformat("T", "minutes")
            expected = f"a time before the week, which begins on {problem.week_start}"
            yield Fault("in_the_future", f"history.appointments[{i}].start", found, expected)


def _last_date(view: View) -> date:
    return view.problem.week_start + timedelta(days=6)


def week_expected(view: View) -> str:
    """Return what to expect of times that have to lie in the week."""
    return f"a time in the seven dates from {view.problem.week_start}"


CHECKS = (
    unknown_time_zone,
    ends_before_starts,
    overlapping_periods,
    off_grid,
    off_start_grid,
    meetings_outside_week,
    in_the_future,
)
