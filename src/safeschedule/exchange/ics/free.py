"""Free slots as a calendar, for a booking page that reads calendars."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from safeschedule.exchange.ics.calendars import made_at
from safeschedule.exchange.ics.events import line, place_of, unique
from safeschedule.exchange.ics.vtimezone import vtimezone
from safeschedule.problem import Problem
from safeschedule.schedule import Appointment, Schedule

PRODUCT = "-//SafeSchedule//Free slots//EN"


def free_calendar(problem: Problem, schedule: Schedule, slots: Iterable[Appointment]) -> bytes:
    """Return slots that may be booked as one calendar (RFC 5545).

    Each is an event that takes no time (``TRANSP:TRANSPARENT``) and is not sure (``STATUS:TENTATIVE``). It
    has the same UID as long as clinician, start, type and place are the same.

    Parameters
    ----------
    problem, schedule
        The week.
    slots
        The sessions that might be booked.
    """
    made = made_at(schedule, None)
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", line(f"{problem.name}: free"))
    calendar.add_component(vtimezone(schedule.time_zone, schedule.week_start))
    for given in slots:
        calendar.add_component(_event(problem, schedule, given, made))
    return bytes(calendar.to_ical())


def _event(problem: Problem, schedule: Schedule, given: Appointment, made: datetime) -> Event:
    zone, event = ZoneInfo(schedule.time_zone), Event()
    which = (given.session_type, given.start.isoformat(), given.mode.value, given.site or "")
    event.add("uid", unique(problem, schedule, "free", *given.clinicians, *which))
    event.add("dtstamp", made)
    event.add("dtstart", given.start.replace(tzinfo=zone))
    event.add("dtend", (given.start + timedelta(minutes=given.minutes)).replace(tzinfo=zone))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE")
    event.add("summary", line(f"Free with {', '.join(given.clinicians)}"))
    event.add("categories", ["Free"])
    place = place_of(given)
    if place:
        event.add("location", line(place))
    return event
