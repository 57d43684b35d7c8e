"""One event of a clinician's or an attendant's calendar."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Event, vCalAddress

from safeschedule.caseload.messages import message_queue
from safeschedule.problem import BlockKind, Meeting, Mode, Problem
from safeschedule.problem.fixed import JOINT
from safeschedule.schedule import Appointment, Block, Schedule

_NAMESPACE = uuid5(NAMESPACE_URL, "https://safeschedule.invalid/calendar")
ORGANIZER = "mailto:rota@safeschedule.invalid"
"""RFC 5546 asks for an organizer; nobody is reached there, as RFC 2606 keeps the domain for that."""


def event_of(
    problem: Problem, schedule: Schedule, clinician: str, item: Appointment | Block, made: datetime
) -> Event:
    """Return the event of an appointment or block in one clinician's calendar.

    Parameters
    ----------
    problem, schedule
        The week.
    clinician
        Whose calendar it is; the same item has another UID in each, so that one can be called off alone.
    item
        What it is; it has an id.
    made
        When the calendar is made, in UTC.
    """
    # Nothing of the time is in it, so that it stays when the event moves.
    event = _timed(problem, schedule, item, unique(problem, schedule, clinician, item.id or ""), made)
    if isinstance(item, Appointment):
        _session(event, item, clinician)
    else:
        _block(event, item, clinician)
        told = _queue(problem, schedule, clinician, item)
        if told:
            event.add("description", told)
    return event


def meeting_event(problem: Problem, schedule: Schedule, meeting: Meeting, made: datetime) -> Event:
    """Return the event of a meeting in the calendar of the room that it takes."""
    uid = unique(problem, schedule, f"room {meeting.room}", f"meeting {meeting.id}")
    event = _timed(problem, schedule, meeting, uid, made)
    event.add("summary", line(f"Meeting: {meeting.id}"))
    event.add("categories", ["Meeting"])
    event.add("location", line(meeting.room or ""))
    return event


def _timed(
    problem: Problem, schedule: Schedule, item: Appointment | Block | Meeting, uid: str, made: datetime
) -> Event:
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", made)
    event.add("sequence", 0 if isinstance(item, Meeting) else item.revision)
    zone = ZoneInfo(schedule.time_zone)
    event.add("dtstart", item.start.replace(tzinfo=zone))
    event.add("dtend", (item.start + timedelta(minutes=item.minutes)).replace(tzinfo=zone))
    event.add("class", "PRIVATE")
    event.add("transp", "OPAQUE")
    event.add("status", "CONFIRMED")
    organizer = vCalAddress(ORGANIZER)
    organizer.params["CN"] = line(problem.name)
    event.add("organizer", organizer)
    return event


def call_off(event: Event) -> Event:
    """Return the event, marked as cancelled."""
    for name, value in (("status", "CANCELLED"), ("transp", "TRANSPARENT")):
        event.pop(name, None)
        event.add(name, value)
    return event


def line(text: str) -> str:
    """Return a text without control characters."""
    # RFC 5545 allows none, and readers disagree on what a lone carriage return is.
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", text)


def unique(problem: Problem, schedule: Schedule, *what: str) -> str:
    """Return the UID of something in a team's week: the same for the same, and nobody else's."""
    parts = (problem.name, schedule.week_start.isoformat(), *what)
    return f"{uuid5(_NAMESPACE, chr(31).join(parts))}@safeschedule"


def place_of(session: Appointment) -> str:
    """Return where a session is held; empty where nobody says."""
    if session.mode == Mode.TELEHEALTH:
        return "Telehealth"
    return ", ".join(part for part in (session.site, session.room) if part)


def _session(event: Event, session: Appointment, whose: str) -> None:
    # Calendars are copied to phones and clouds: no session type, which tells of the treatment.
    what = "Group session" if session.group else "Session"
    # An attendant has to know whom to join, and the clinician who comes.
    attends = whose not in session.clinicians
    beside = session.clinicians if attends else session.attendants
    others = f" with {', '.join(beside)}" if beside else ""
    event.add("summary", line(f"{what}: {', '.join(session.clients)}{others}"))
    event.add("categories", ["Session"])
    place = place_of(session)
    if place:
        event.add("location", line(place))


def _block(event: Event, block: Block, clinician: str) -> None:
    event.add("summary", line(_title(block, clinician)))
    event.add("categories", ["Protected time", str(block.kind).replace("_", " ").capitalize()])
    if block.site:
        event.add("location", line(block.site))


def _queue(problem: Problem, schedule: Schedule, clinician: str, block: Block) -> str:
    """Return what is answered in a coordination block, a line for each message or call."""
    if block.kind is not BlockKind.COORDINATION or not problem.tasks:
        return ""
    queued = message_queue(problem, schedule).blocks
    own = [each for each in queued if each.clinician == clinician and each.start == block.start]
    return "\n".join(line(str(part)) for each in own[:1] for part in each.parts)


def _title(block: Block, clinician: str) -> str:
    title = str(block.kind).replace("_", " ").capitalize()
    if block.supervisor is None or block.kind not in JOINT:
        return f"{title} (protected)"
    # Colleagues' codes say whom to meet; a large consultation is told by its supervisor alone.
    if block.supervisor != clinician:
        return f"{title} with {block.supervisor} (protected)"
    partner = f" with {block.clinicians[0]}" if len(block.clinicians) == 1 else ""
    return f"{title}{partner}, leading (protected)"
