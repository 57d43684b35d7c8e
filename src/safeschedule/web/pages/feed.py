"""One calendar of several published weeks, for programs that fetch it again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from safeschedule.exchange.ics.calendars import calendar_of, events, made_at
from safeschedule.web.times import moment_of
from safeschedule.web.weeks.reading import Publication

_EVERY = timedelta(hours=1)
_END = b"END:VCALENDAR"


def feed_of(given: Sequence[Publication], clinician: str) -> bytes:
    """Return the calendar of a clinician over all published weeks; an empty one where there is none."""
    parts = []
    for each in given:
        made = made_at(each.schedule, moment_of(each.at))
        found = events(each.problem, each.schedule, made)
        if clinician in found:
            own = found[clinician].values()
            parts.append(calendar_of(each.problem, each.schedule, clinician, own, every=_EVERY))
    if not parts:
        return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//SafeSchedule//EN\r\nEND:VCALENDAR\r\n"
    first, *rest = parts
    more = b"".join(_events_in(part) for part in rest)
    head, _, tail = first.rpartition(_END)
    return head + more + _END + tail


def _events_in(calendar: bytes) -> bytes:
    start = calendar.find(b"BEGIN:VEVENT")
    end = calendar.rfind(_END)
    return b"" if start < 0 else calendar[start:end]
