"""The events of a calendar file (ICS) in some days, or what is wrong with the file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.calendar_series import TooOftenError, bound
from safeschedule.needing import library
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.showing import show

_EXTRA = "calendars"
_MOST = 2_000
"""Most events of one week; nobody has more."""

_MOST_STEPS = 5_000_000
"""Most steps through recurring events, some ten seconds of work."""

_DAY = timedelta(days=1)
_RULE = re.compile(r"^(?:RRULE|EXRULE)[:;].*$", re.IGNORECASE | re.MULTILINE)
_LINE = re.compile(r"[A-Za-z0-9-]+([;:]|$)")
_AGAIN = "a calendar (ICS), exported once more"


def events_between(path: Path, first: datetime, last: datetime, told: list[str]) -> list[Any]:
    """Return the events of a file between two moments, recurring ones as often as they take place.

    Parameters
    ----------
    told
        Takes what is left out, in sentences.

    Raises
    ------
    InputError
        The file is no calendar, has more than anybody's week, or a library is not installed.
    """
    what = name_of(path, "calendar")
    text = read_text(path, "calendar")
    if "BEGIN:VCALENDAR" not in text.upper():
        value = "parts of a calendar without its beginning" if "BEGIN:V" in text.upper() else "no calendar"
        raise InputError(what, [Fault("not_a_calendar", path.name, value, "a calendar (ICS)")])
    # A day more on each side: the calendar's zones are not the problem's.
    span = first - _DAY, last + _DAY
    found: list[Any] = []
    lost: list[str] = []
    for each in _parsed(text, path, what):
        found += _between(each, span, path, what, lost)
        found += _busy_periods(each, what)
    if lost and not found and len(lost) == len(re.findall(r"BEGIN:VEVENT\b", text, re.IGNORECASE)):
        value = f"only events that cannot be read, such as one {lost[0].rstrip(',')}"
        raise InputError(what, [Fault("not_a_calendar", path.name, value, _AGAIN)])
    told += [
        f"An event {why} cannot be read, and is left out. Look whether it is in this week." for why in lost
    ]
    if len(found) > _MOST:
        raise InputError(what, [_too_large(path, f"{len(found)} events", f"at most {_MOST} in a week")])
    return found


def _parsed(text: str, path: Path, what: str) -> list[Any]:
    if lack := _cut_off(text):
        raise InputError(what, [Fault("not_a_calendar", path.name, lack, _AGAIN)])
    # Exchange has written BYDAY=MO, TU with blanks, which the standard has not.
    text = _RULE.sub(lambda match: match[0].replace(" ", ""), text)
    try:
        return list(library("icalendar", what, _EXTRA).Calendar.from_ical(text, multiple=True))
    except InputError:
        raise
    except Exception as error:  # what the library raises for broken files is of every kind
        raise InputError(what, [Fault("not_a_calendar", path.name, _broken(text), _AGAIN)]) from error


def _cut_off(text: str) -> str:
    """Return what begins in a file and does not end; empty where nothing does."""
    lines = [line.strip().upper() for line in text.splitlines()]
    begun = max(number for number, line in enumerate(lines, start=1) if "BEGIN:VCALENDAR" in line)
    ended = any(line == "END:VCALENDAR" for line in lines[begun:])
    return "" if ended else f"a calendar that begins at line {begun} and does not end"


def _broken(text: str) -> str:
    """Return what is wrong with the lines of a file that cannot be taken apart."""
    for number, line in enumerate(text.splitlines(), start=1):
        # A line that begins with a blank goes on from the one before.
        if line.strip() and line[0] not in " \t" and not _LINE.match(line):
            return f"line {number}, which is neither a property nor goes on from the one before"
    return "a property whose value is not of its kind"


def _between(
    calendar: Any, span: tuple[datetime, datetime], path: Path, what: str, lost: list[str]
) -> list[Any]:
    """Return the events of a calendar in some days; of those that cannot be read, add why to `lost`."""
    recurring = library("recurring_ical_events", what, _EXTRA)
    readable, steps = [], 0
    for own in _by_uid(calendar.walk("VEVENT")):
        why = _why(own[0])
        try:
            days = _with_moved(own, span)
            steps += sum([bound(event, *days) for event in own])
        except TooOftenError as error:
            expected = "events of every day or rarer"
            raise InputError(
                what, [_too_large(path, "an event of every hour or oftener", expected)]
            ) from error
        except Exception:  # one broken event is no reason to lose the others
            lost.append(why)
        else:
            readable.append((own, why))
    if steps > _MOST_STEPS:
        found, expected = "recurring events without end since long ago", "fewer; export one year of it"
        raise InputError(what, [_too_large(path, found, expected)])
    zones = calendar.walk("VTIMEZONE")
    try:
        return _expanded(recurring, calendar, zones, [event for own, _ in readable for event in own], span)
    except Exception:
        events: list[Any] = []
        for own, why in readable:
            try:
                events += _expanded(recurring, calendar, zones, own, span)
            except Exception:
                lost.append(why)
        return events


def _expanded(
    recurring: Any, calendar: Any, zones: list[Any], events: list[Any], span: tuple[datetime, datetime]
) -> list[Any]:
    part = calendar.copy()
    part.subcomponents = [*zones, *events]
    return list(recurring.of(part).between(*span))


def _busy_periods(calendar: Any, what: str) -> Iterator[Any]:
    """Yield the periods in which a calendar says no more than that somebody is busy (VFREEBUSY) as events.

    A type that is not known means busy (RFC 5545, 3.2.9).
    """
    for part in calendar.walk("VFREEBUSY"):
        given = part.get("FREEBUSY", [])
        for period in given if isinstance(given, list) else [given]:
            kind = str(period.params.get("FBTYPE", "BUSY")).upper()
            event = library("icalendar", what, _EXTRA).Event()
            event.add("DTSTART", period.start)
            event.add("DTEND", period.end)
            event.add("TRANSP", "TRANSPARENT" if kind == "FREE" else "OPAQUE")
            event.add("X-MICROSOFT-CDO-BUSYSTATUS", "OOF" if kind == "BUSY-UNAVAILABLE" else "BUSY")
            yield event


def _with_moved(events: Iterable[Any], span: tuple[datetime, datetime]) -> tuple[datetime, datetime]:
    """Return some days with those from which an event of a series was moved, maybe into them."""
    moved = [event["RECURRENCE-ID"].dt for event in events if "RECURRENCE-ID" in event]
    days = [datetime(each.year, each.month, each.day) for each in moved]
    return min([span[0], *(day - _DAY for day in days)]), max([span[1], *(day + _DAY for day in days)])


def _why(event: Any) -> str:
    """Return what is wrong with an event that cannot be read."""
    raw = event.get("DTSTART")
    if raw is None:
        return "without a start"
    if isinstance(raw, list):
        return "with several starts"
    said = show(raw.to_ical().decode())[1:-1]
    begins = f"that begins {said}" if said else "whose start is none"
    return f"{begins}, or its repetition," if "RRULE" in event else begins


def _too_large(path: Path, value: str, expected: str) -> Fault:
    return Fault("too_large", path.name, value, expected)


def _by_uid(events: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield events with the exceptions that belong to them."""
    found: dict[str, list[Any]] = {}
    for number, event in enumerate(events):
        found.setdefault(str(event.get("UID", f"without {number}")), []).append(event)
    yield from found.values()
