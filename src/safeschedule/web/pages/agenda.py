"""What somebody does on a date, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule import Appointment, Block, Schedule
from safeschedule.reports.kinds import LOOKS
from safeschedule.schedule import people


@dataclass(frozen=True)
class Stop:
    """One thing on a date.

    Parameters
    ----------
    begins, ends
        Clock times.
    what, with_, where
        What it is, with whom, and where.
    session
        Whether it is a session, not protected time.
    who
        Whose it is.
    """

    begins: str
    ends: str
    what: str
    with_: str
    where: str
    session: bool
    who: str


def agenda_of(schedule: Schedule, who: str, day: date) -> list[Stop]:
    """Return what somebody does on a date."""
    items: list[Appointment | Block] = [*schedule.appointments, *schedule.blocks]
    mine = [item for item in items if item.start.date() == day and who in people(item)]
    return [_stop(item, who) for item in sorted(mine, key=lambda item: item.start)]


def agenda_of_room(schedule: Schedule, room: str, day: date) -> list[Stop]:
    """Return what happens in a room on a date; with whom, not who does it."""
    items = [a for a in schedule.appointments if a.room == room and a.start.date() == day]
    return [_stop(item, "") for item in sorted(items, key=lambda item: item.start)]


def _stop(item: Appointment | Block, who: str) -> Stop:
    ends = item.start + timedelta(minutes=item.minutes)
    span = f"{item.start:%H:%M}", f"{ends:%H:%M}"
    others = ", ".join(code for code in people(item) if code != who)
    if isinstance(item, Block):
        return Stop(*span, LOOKS[item.kind].label, others, item.site or "", False, who)
    where = "telehealth" if item.mode.value == "telehealth" else item.room or item.site or ""
    what = f"{item.group or ', '.join(item.clients)}, {item.session_type.replace('_', ' ')}"
    return Stop(*span, what, others, where, True, who)
