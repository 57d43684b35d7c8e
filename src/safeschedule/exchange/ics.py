"""Calendars: one iCalendar file (RFC 5545) for each clinician."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from safeschedule.exchange.filenames import file_names
from safeschedule.exchange.vtimezone import vtimezone
from safeschedule.exchange.writing import write_atomically
from safeschedule.problem import BlockKind, Mode, Problem
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.schedule.fitting import require_fitting

_NAMESPACE = uuid5(NAMESPACE_URL, "https://safeschedule.invalid/calendar")
_HOSTING = {BlockKind.CONSULTATION, BlockKind.SUPERVISION, BlockKind.CASE_REVIEW, BlockKind.DEBRIEF}


def calendars(
    problem: Problem, schedule: Schedule, *, stamp: datetime | None = None, sequence: int = 0
) -> dict[str, bytes]:
    """Return the calendar of each clinician of the problem, as the bytes of an .ics file.

    An event keeps its UID when it is moved, so that a later calendar of the same week replaces the earlier
    one. Meetings fixed by others are left out, because they are in people's calendars already.

    Parameters
    ----------
    problem, schedule
        The week and its schedule.
    stamp
        When the calendars were made, with a zone; ``None``: the week's first minute, in UTC, so that the
        same schedule always gives the same bytes.
    sequence
        The revision. Some programs take a changed event only when it has risen.

    Raises
    ------
    InputError
        The problem has faults, or the schedule is of another week, time zone or team.
    """
    require_fitting(problem, schedule)
    if stamp is not None and stamp.tzinfo is None:
        raise ValueError("stamp: expected a time with a zone")
    made = stamp.astimezone(UTC) if stamp else datetime.combine(schedule.week_start, time(), UTC)
    found = {}
    for clinician in problem.clinicians:
        calendar = _calendar(problem, schedule, clinician.id)
        for event in _events(problem, schedule, clinician.id):
            event.add("dtstamp", made)
            event.add("sequence", sequence)
            calendar.add_component(event)
        found[clinician.id] = calendar.to_ical()
    return found


def write_ics(
    problem: Problem,
    schedule: Schedule,
    folder: Path,
    *,
    stamp: datetime | None = None,
    sequence: int = 0,
) -> dict[str, Path]:
    """Write one calendar a clinician into `folder`, which is made when it is not there.

    Returns
    -------
    dict
        The file of each clinician.
    """
    found = calendars(problem, schedule, stamp=stamp, sequence=sequence)
    names = file_names(found, ".ics")
    folder.mkdir(parents=True, exist_ok=True)
    for clinician, data in found.items():
        write_atomically(folder / names[clinician], data)
    return {clinician: folder / name for clinician, name in names.items()}


def _calendar(problem: Problem, schedule: Schedule, clinician: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//SafeSchedule//Weekly rota//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _line(f"{problem.name}: {clinician}"))
    calendar.add_component(vtimezone(schedule.time_zone, schedule.week_start))
    return calendar


def _events(problem: Problem, schedule: Schedule, clinician: str) -> Iterator[Event]:
    numbers: dict[tuple[str, ...], int] = {}
    week = (problem.name, schedule.week_start.isoformat(), clinician)

    def begin(item: Appointment | Block, *identity: str) -> Event:
        number = numbers[identity] = numbers.get(identity, 0) + 1
        event = Event()
        # Nothing of the time is in it; the n-th of several alike keeps its number while their order stays.
        event.add("uid", f"{uuid5(_NAMESPACE, chr(31).join((*week, *identity, str(number))))}@safeschedule")
        zone = ZoneInfo(schedule.time_zone)
        event.add("dtstart", item.start.replace(tzinfo=zone))
        event.add("dtend", (item.start + timedelta(minutes=item.minutes)).replace(tzinfo=zone))
        event.add("class", "PRIVATE")
        event.add("transp", "OPAQUE")
        return event

    for session in sorted(schedule.appointments, key=lambda item: (item.start, item.session_type)):
        if clinician in session.clinicians:
            event = begin(session, "appointment", *_identity(session))
            # Calendars are copied to phones and clouds: no session type, which tells of the treatment.
            what = "Group session" if session.group else "Session"
            event.add("summary", _line(f"{what}: {', '.join(session.clients)}"))
            event.add("categories", ["Session"])
            place = _place(session)
            if place:
                event.add("location", _line(place))
            yield event
    for block in sorted(schedule.blocks, key=lambda item: (item.start, item.clinicians)):
        if clinician in block.clinicians or clinician == block.supervisor:
            event = begin(block, "block", str(block.kind))
            event.add("summary", _line(_title(block, clinician)))
            event.add("categories", ["Protected time", str(block.kind).replace("_", " ").capitalize()])
            if block.site:
                event.add("location", _line(block.site))
            yield event


def _identity(session: Appointment) -> tuple[str, ...]:
    """Return what stays when a session moves: its group or request, else its type and clients."""
    if session.group:
        return ("group", session.group)
    return (session.request,) if session.request else (session.session_type, *session.clients)


def _line(text: str) -> str:
    # RFC 5545 allows no control characters, and readers disagree on what a lone carriage return is.
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)


def _place(session: Appointment) -> str:
    if session.mode == Mode.TELEHEALTH:
        return "Telehealth"
    return ", ".join(part for part in (session.site, session.room) if part)


def _title(block: Block, clinician: str) -> str:
    title = str(block.kind).replace("_", " ").capitalize()
    if block.supervisor is None or block.kind not in _HOSTING:
        return f"{title} (protected)"
    # Colleagues' codes say whom to meet; a large consultation is told by its supervisor alone.
    if block.supervisor != clinician:
        return f"{title} with {block.supervisor} (protected)"
    partner = f" with {block.clinicians[0]}" if len(block.clinicians) == 1 else ""
    return f"{title}{partner}, leading (protected)"
