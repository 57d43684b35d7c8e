"""The events of each clinician's and attendant's week, and the calendars made of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, time, timedelta

from icalendar import Calendar, Event

from safeschedule.errors import ArgumentError, Fault
from safeschedule.exchange.ics.events import call_off, event_of, line, meeting_event
from safeschedule.exchange.ics.vtimezone import vtimezone
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_kind
from safeschedule.schedule import Appointment, Block, Schedule, identified, people
from safeschedule.schedule.fitting import require_fitting

PRODUCT = "-//SafeSchedule//Weekly rota//EN"
TEAM, WEEK, CLINICIAN = "X-SAFESCHEDULE-TEAM", "X-SAFESCHEDULE-WEEK", "X-SAFESCHEDULE-CLINICIAN"
"""Whose calendar it is, by which a later export knows it again."""

_STAMP = "a time with a zone: datetime(2026, 10, 2, 16, 30, tzinfo=UTC)"

Events = dict[str, Event]
"""Events by UID."""


def calendars(problem: Problem, schedule: Schedule, *, stamp: datetime | None = None) -> dict[str, bytes]:
    """Return the calendar of each clinician and attendant, as the bytes of an .ics file (RFC 5545).

    An event keeps its UID while its appointment keeps its id, and its SEQUENCE is the appointment's revision,
    so that a later calendar of the same week replaces the earlier one. What is called off is among the
    events, as cancelled. Meetings fixed by others are left out, because they are in people's calendars
    already.

    Parameters
    ----------
    problem, schedule
        The week and its schedule; what has no id gets one, always the same.
    stamp
        When the calendars were made, with a zone; ``None``: when the schedule was made, and where it does not
        say so, the week's first minute in UTC. So the same schedule always gives the same bytes.

    Raises
    ------
    ArgumentError
        `stamp` has no zone, or an argument is of another kind.
    InputError
        The problem has faults, or the schedule is of another week, time zone or team.
    """
    found = events(problem, schedule, made_at(schedule, stamp))
    return {code: calendar_of(problem, schedule, code, own.values()) for code, own in found.items()}


def cancellations(
    problem: Problem, schedule: Schedule, *, stamp: datetime | None = None
) -> dict[str, dict[str, bytes]]:
    """Return by clinician and UID a message that calls one event off (``METHOD:CANCEL`` of RFC 5546).

    Parameters
    ----------
    problem, schedule, stamp
        As for `calendars`.
    """
    found = events(problem, schedule, made_at(schedule, stamp))
    return {
        code: messages
        for code, own in found.items()
        if (messages := messages_of(problem, schedule, code, own))
    }


def made_at(schedule: Schedule, stamp: datetime | None) -> datetime:
    """Return when calendars count as made, in UTC."""
    if stamp is not None:
        require_kind("calendars", "stamp", stamp, datetime, _STAMP)
        if stamp.tzinfo is None:
            fault = Fault("without_zone", "stamp", stamp.isoformat(), _STAMP)
            raise ArgumentError("arguments of calendars", [fault])
    require_kind("calendars", "schedule", schedule, Schedule)
    told = None if schedule.provenance is None else schedule.provenance.made
    made = stamp or told
    # Calendars know no parts of seconds.
    return (
        made.astimezone(UTC).replace(microsecond=0)
        if made
        else datetime.combine(schedule.week_start, time(), UTC)
    )


def events(problem: Problem, schedule: Schedule, made: datetime) -> dict[str, Events]:
    """Return the events of each person's week in the order of time, those called off last."""
    require_fitting(problem, schedule)
    schedule = identified(schedule)
    found: dict[str, Events] = {clinician.id: {} for clinician in problem.clinicians}
    found |= {attendant.id: {} for attendant in problem.attendants}

    def add(code: str, item: Appointment | Block) -> Event:
        event = event_of(problem, schedule, code, item, made)
        found[code][str(event["uid"])] = event
        return event

    items: list[Appointment | Block] = [*schedule.appointments, *schedule.blocks]
    for item in sorted(items, key=_order):
        for code in people(item):
            if code in found:
                add(code, item)
    for entry in schedule.called_off:
        gone = entry.appointment or entry.block
        if gone is not None:
            for code in entry.clinicians:
                found.setdefault(code, {})
                call_off(add(code, gone))
    return found


def room_events(problem: Problem, schedule: Schedule, made: datetime) -> dict[str, Events]:
    """Return the events of each room's week, meetings too; they name no clients: doors are read by all."""
    require_fitting(problem, schedule)
    schedule = identified(schedule)
    found: dict[str, Events] = {room.id: {} for room in problem.rooms}

    def add(given: Appointment) -> Event:
        event = event_of(problem, schedule, f"room {given.room}", given, made)
        event.pop("summary")
        event.add("summary", line(f"Session with {', '.join(given.clinicians)}"))
        found.setdefault(given.room or "", {})[str(event["uid"])] = event
        return event

    for given in sorted(schedule.appointments, key=_order):
        if given.room is not None:
            add(given)
    last = schedule.week_start + timedelta(days=7)
    for meeting in problem.meetings:
        if meeting.room is not None and schedule.week_start <= meeting.start.date() < last:
            event = meeting_event(problem, schedule, meeting, made)
            found.setdefault(meeting.room, {})[str(event["uid"])] = event
    for entry in schedule.called_off:
        if entry.appointment is not None and entry.appointment.room is not None:
            call_off(add(entry.appointment))
    return found


def calendar_of(
    problem: Problem,
    schedule: Schedule,
    clinician: str,
    own: Iterable[Event],
    *,
    every: timedelta | None = None,
) -> bytes:
    """Return one clinician's or room's calendar, to be published.

    Parameters
    ----------
    every
        How often programs are asked to fetch it again (RFC 7986, and what Outlook reads); ``None``: not said.
    """
    calendar = _empty(problem, schedule, clinician, "PUBLISH")
    calendar.add("x-wr-calname", line(f"{problem.name}: {clinician}"))
    if every is not None:
        calendar.add("refresh-interval", every, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{every // timedelta(minutes=1)}M")
    return _whole(calendar, schedule, own)


def messages_of(
    problem: Problem, schedule: Schedule, clinician: str, own: Mapping[str, Event]
) -> dict[str, bytes]:
    """Return a message for each event that is called off; RFC 5546 allows one UID in each."""
    return {
        uid: _whole(_empty(problem, schedule, clinician, "CANCEL"), schedule, [event])
        for uid, event in own.items()
        if event["status"] == "CANCELLED"
    }


def _empty(problem: Problem, schedule: Schedule, clinician: str, method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add(TEAM, line(problem.name))
    calendar.add(WEEK, schedule.week_start.isoformat())
    calendar.add(CLINICIAN, line(clinician))
    return calendar


def _whole(calendar: Calendar, schedule: Schedule, own: Iterable[Event]) -> bytes:
    calendar.add_component(vtimezone(schedule.time_zone, schedule.week_start))
    for event in own:
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _order(item: Appointment | Block) -> tuple[object, ...]:
    return item.start, isinstance(item, Block), item.clinicians, item.minutes
