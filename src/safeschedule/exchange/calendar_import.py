"""Busy times from somebody's calendar (ICS): meetings and leave of the week that is planned.

What an event is called stays in the calendar: names are needed nowhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from safeschedule.errors import ArgumentError, Fault
from safeschedule.exchange.calendar_events import events_between
from safeschedule.problem import Leave, Meeting, Problem
from safeschedule.problem.kinds import require_kind, require_path
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.reports.words import clock, count, short_date

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class _Busy:
    """A time in which somebody is busy, in local time, and what is known of it."""

    start: datetime
    end: datetime
    away: bool
    words: frozenset[str]
    room: str | None = None


def import_calendar(problem: Problem, path: str | Path, who: str) -> tuple[Problem, tuple[str, ...]]:
    r"""Return a problem with the meetings and the leave of a calendar, and what people are to be told.

    All-day events, and those that are marked as out of office, become leave; other events become meetings of
    `who`, in the room that is their place, if it is one of the problem's. Left out are events that are
    cancelled or marked as free, those of clients (sessions as they are
    booked elsewhere), and meetings that the problem has already.

    Parameters
    ----------
    problem
        The week; recurring events are looked up in it, and times become its local ones.
    path
        The calendar, as Outlook, Google or Apple write it.
    who
        Whose it is: a clinician of the problem.

    Raises
    ------
    ArgumentError
        Nobody has this code.
    InputError
        The file is no calendar, or the library for recurring events is not installed.

    Examples
    --------
    >>> from safeschedule import import_calendar
    >>> lines = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "DTSTART:20261005T090000", "DTEND:20261005T100000"]
    >>> text = "\r\n".join([*lines, "UID:1", "END:VEVENT", "END:VCALENDAR", ""])
    >>> written = (folder / "busy.ics").write_text(text)
    >>> found, told = import_calendar(problem, folder / "busy.ics", problem.clinicians[0].id)
    >>> len(found.meetings) - len(problem.meetings)
    1
    """
    require_kind("import_calendar", "problem", problem, Problem)
    require_path("import_calendar", "path", path)
    require_kind("import_calendar", "who", who, str, "the id of a clinician")
    team = [clinician.id for clinician in problem.clinicians]
    if who not in team:
        expected = f"the id of a clinician{did_you_mean(who, team)}"
        raise ArgumentError(
            "arguments of import_calendar", [Fault("unknown_reference", "who", show(who), expected)]
        )
    told: list[str] = []
    busy = list(_week(problem, Path(path), told))
    if not busy and not told:
        told.append(f"Nothing in the calendar is in the week from {short_date(problem.week_start)} on.")
    clients = {client.id.casefold() for client in problem.clients}
    own = [each for each in busy if not each.words & clients]
    if len(own) < len(busy):
        told.append(
            f"{count(len(busy) - len(own), 'event')} of clients left out: sessions as they are booked there."
        )
    meetings = list(_meetings([each for each in own if not each.away], problem, who, told))
    leave = [Leave(start=each.start, end=each.end) for each in own if each.away]
    told.append(f"{count(len(meetings), 'meeting')} and {count(len(leave), 'time')} of leave for {who}.")
    people = [
        person.model_copy(update={"leave": (*person.leave, *(x for x in leave if x not in person.leave))})
        if person.id == who
        else person
        for person in problem.clinicians
    ]
    return problem.with_changes(clinicians=people, meetings=[*problem.meetings, *meetings]), _once(told)


def _once(told: Iterable[str]) -> tuple[str, ...]:
    """Return sentences, each once, with how often it was told."""
    return tuple(line if n == 1 else f"{line} ({n} times)" for line, n in Counter(told).items())


def _meetings(busy: Iterable[_Busy], problem: Problem, who: str, told: list[str]) -> Iterator[Meeting]:
    """Yield the meetings that the problem does not have yet."""
    have = {(m.start, m.minutes) for m in problem.meetings if who in m.clinicians}
    taken = {meeting.id for meeting in problem.meetings}
    for given in busy:
        each = _on_grid(given, problem.grid, told)
        minutes = int((each.end - each.start).total_seconds()) // 60
        if (each.start, minutes) in have:
            told.append(
                f"The meeting on {short_date(each.start.date())} at {clock(each.start)} is there already."
            )
            continue
        base = f"{who[:50]} {short_date(each.start.date())} {clock(each.start)}"
        code = next(
            c for n in range(1, len(taken) + 2) if (c := base if n == 1 else f"{base} ({n})") not in taken
        )
        taken.add(code)
        have.add((each.start, minutes))
        if each.room is not None:
            when = f"{short_date(each.start.date())} at {clock(each.start)}"
            told.append(f"The meeting on {when} takes {each.room}.")
        yield Meeting(id=code, start=each.start, minutes=minutes, clinicians=(who,), room=each.room)


def _rooms(problem: Problem) -> dict[str, str]:
    """Return the rooms by what a calendar may call them: by code, or by site and code."""
    found: dict[str, str] = {}
    for room in problem.rooms:
        for name in (room.id, f"{room.site} {room.id}"):
            found.setdefault(" ".join(name.replace(",", " ").split()).casefold(), room.id)
    return found


def _on_grid(busy: _Busy, grid: int, told: list[str]) -> _Busy:
    """Return a busy time widened to the grid, on which everything is planned."""
    begin, end = _widened(busy.start, busy.end, grid)
    wide = replace(busy, start=begin, end=end)
    if wide == busy:
        return busy
    told.append(
        f"The event on {short_date(busy.start.date())}, {clock(busy.start)} to {clock(busy.end)}, "
        f"counts from {clock(wide.start)} to {clock(wide.end)}, on the grid of {grid} minutes."
    )
    return wide


def _widened(start: datetime, end: datetime, grid: int) -> tuple[datetime, datetime]:
    """Return a time with the minutes before and after it that are not on the grid alone."""
    return (
        start - timedelta(minutes=start.minute % grid),
        end + timedelta(minutes=-end.minute % grid),
    )


def _week(problem: Problem, path: Path, told: list[str]) -> Iterator[_Busy]:
    """Yield the busy times of the week, in order."""
    first = datetime.combine(problem.week_start, time())
    last, zone = first + 7 * _DAY, ZoneInfo(problem.time_zone)
    found, rooms, free = [], _rooms(problem), 0
    for event in events_between(path, first, last, told):
        begin, end = event["DTSTART"].dt, _end(event)
        start, stop = _local(begin, zone), _local(end, zone)
        if not first < stop or not start < last:
            continue
        if str(event.get("STATUS", "")).upper() == "CANCELLED" or _is_free(event):
            free += 1
            continue
        if stop <= start:
            told.append(f"An event on {short_date(start.date())} without a length is left out.")
            continue
        whole = not isinstance(begin, datetime)
        begun, ended = _widened(start, stop, problem.grid)
        away = whole or ended - begun > _DAY or _status(event) == "OOF"
        words = frozenset(re.findall(r"[^\s,;:()]+", str(event.get("SUMMARY", "")).casefold()))
        place = " ".join(str(event.get("LOCATION", "")).replace(",", " ").split()).casefold()
        found.append(_Busy(start, stop, away, words, rooms.get(place)))
    if free:
        told.append(f"{count(free, 'event')} left out: cancelled, or marked as free.")
    yield from sorted(found, key=lambda each: (each.start, each.end))


def _status(event: Any) -> str:
    return str(event.get("X-MICROSOFT-CDO-BUSYSTATUS", "")).upper()


def _is_free(event: Any) -> bool:
    """Return whether an event takes no time: a birthday, a reminder, somebody else's leave."""
    return str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or _status(event) == "FREE"


def _end(event: Any) -> date:
    if "DTEND" in event:
        found: date = event["DTEND"].dt
        return found
    begin: date = event["DTSTART"].dt
    if "DURATION" in event:
        return begin + event["DURATION"].dt  # type: ignore[no-any-return]
    return begin if isinstance(begin, datetime) else begin + _DAY


def _local(moment: date, zone: ZoneInfo) -> datetime:
    """Return a moment in the problem's local time, to the minute; one without a zone is local already."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    local = moment if moment.tzinfo is None else moment.astimezone(zone)
    return local.replace(tzinfo=None, second=0, microsecond=0)
