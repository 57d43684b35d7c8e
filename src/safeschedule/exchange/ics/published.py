"""What an earlier export has published, read from its files, so that a later one tells what became of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

from icalendar import Event

from safeschedule.exchange.ics.calendars import CLINICIAN, PRODUCT, TEAM, WEEK, Events
from safeschedule.exchange.ics.events import call_off

_UID = re.compile(r"[0-9a-f-]{36}@safeschedule")
_LARGEST = 16 * 2**20
_OF_THE_EXPORT = ("DTSTAMP", "SEQUENCE")


@dataclass(frozen=True)
class Published:
    """A calendar that this package has written.

    Parameters
    ----------
    team, week, clinician
        Whose it is.
    method
        ``PUBLISH`` or ``CANCEL``.
    events
        The lines of each event by UID, unfolded.
    """

    team: str
    week: str
    clinician: str
    method: str
    events: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Unreadable:
    """A file from which nobody can tell what was published.

    Parameters
    ----------
    why
        What is wrong with it, in a few words.
    ours
        Whether this package has written it, and something has happened to it since.
    """

    why: str
    ours: bool = False


def read_published(path: Path) -> Published | Unreadable:
    """Return an earlier calendar, or why the file is none."""
    try:
        if path.is_symlink() or not path.is_file():
            return Unreadable("no plain file")
        if path.stat().st_size > _LARGEST:
            return Unreadable(f"a file of more than {_LARGEST // 2**20} MiB")
        text = path.read_bytes().decode()
    except OSError:
        return Unreadable("a file that cannot be opened")
    except UnicodeDecodeError:
        return Unreadable("a file that is no text in UTF-8")
    lines = text.replace("\r\n", "\n").replace("\n ", "").split("\n")
    if f"PRODID:{PRODUCT}" not in lines[:12]:
        return Unreadable("a file that SafeSchedule has not written")
    if lines[-2:] != ["END:VCALENDAR", ""]:
        return Unreadable("a calendar that breaks off", ours=True)
    head, _, rest = "\n".join(lines).partition("\nBEGIN:VEVENT\n")
    told = _fields(head.split("\n"))
    events = {}
    for block in rest.split("\nBEGIN:VEVENT\n") if rest else ():
        own = tuple(block.partition("\nEND:VEVENT")[0].split("\n"))
        fields = _fields(own)
        uid = fields.get("UID", "")
        if not _UID.fullmatch(uid) or not fields.get("SEQUENCE", "").isdecimal() or _parsed(own) is None:
            return Unreadable("a calendar that was changed by hand", ours=True)
        events[uid] = own
    team, week, clinician = (_plain(told.get(name, "")) for name in (TEAM, WEEK, CLINICIAN))
    if not week or not clinician or told.get("METHOD") not in ("PUBLISH", "CANCEL"):
        return Unreadable("a calendar that was changed by hand", ours=True)
    return Published(team, week, clinician, told["METHOD"], events)


def continued(events: Events, before: Published | None, made: datetime) -> Events:
    """Return the events so that each is newer than what was published, if it is otherwise, and else the same.

    What was published and is no longer among them is called off.

    Parameters
    ----------
    events
        Those of now; changed in place.
    before
        What was published of the same week.
    made
        When the new calendar is made, in UTC.
    """
    for uid, old in () if before is None else before.events.items():
        fields = _fields(old)
        sequence = int(fields["SEQUENCE"])
        event = events.get(uid)
        if event is None:
            gone = _parsed(old)
            if gone is None:
                continue
            events[uid] = gone
            if fields.get("STATUS") != "CANCELLED":
                _restamp(call_off(gone), sequence + 1, made)
        elif (lines := _lines(event)) == old:
            continue
        elif _facts(lines) != _facts(old):
            _restamp(event, max(_sequence(event), sequence + 1), made)
        elif sequence >= _sequence(event):
            _restamp(event, sequence, _stamp(fields) or made)
    return events


def _restamp(event: Event, sequence: int, made: datetime) -> None:
    for name, value in (("sequence", sequence), ("dtstamp", made)):
        event.pop(name, None)
        event.add(name, value)


def _sequence(event: Event) -> int:
    return cast("int", event["sequence"])


def _stamp(fields: Mapping[str, str]) -> datetime | None:
    try:
        return datetime.strptime(fields.get("DTSTAMP", ""), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def _parsed(lines: tuple[str, ...]) -> Event | None:
    try:
        event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
        return event if isinstance(event, Event) else None
    except ValueError:
        return None  # somebody has changed the file by hand


def _lines(event: Event) -> tuple[str, ...]:
    text = event.to_ical().decode().replace("\r\n ", "")
    return tuple(text.rstrip("\r\n").split("\r\n")[1:-1])


def _facts(lines: tuple[str, ...]) -> list[str]:
    return sorted(line for line in lines if line.partition(":")[0] not in _OF_THE_EXPORT)


def _fields(lines: tuple[str, ...] | list[str]) -> dict[str, str]:
    return {name.partition(";")[0]: value for name, _, value in (line.partition(":") for line in lines)}


def _plain(text: str) -> str:
    """Return a text without the escapes of RFC 5545."""
    return (
        text.replace("\\\\", "\0")
        .replace("\\,", ",")
        .replace("\\;", ";")
        .replace("\\n", "\n")
        .replace("\0", "\\")
    )
