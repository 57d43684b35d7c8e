"""Past weeks as they were booked: sessions at free times of the working hours, and some protected time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from safeschedule.problem import BlockKind, Clinician, Problem, Request, Weekday

_TRIES = 12
_BREAK, _DOCUMENTATION = 30, 30


@dataclass(frozen=True)
class BookedSession:
    """A session of a request with its clinician and time."""

    request: Request
    clinician: str
    start: datetime
    minutes: int


@dataclass(frozen=True)
class BookedTime:
    """Protected time of a clinician."""

    clinician: str
    kind: BlockKind
    start: datetime
    minutes: int


@dataclass(frozen=True)
class BookedWeek:
    """A week as it was booked; it keeps working hours and leave, and nobody is in two places."""

    sessions: tuple[BookedSession, ...]
    blocks: tuple[BookedTime, ...]
    at_work: tuple[tuple[str, date], ...]


def draw_booked_week(problem: Problem, monday: date, rng: np.random.Generator) -> BookedWeek:
    """Return a week in which what the problem asks for now was asked for, at other times."""
    busy: dict[str, list[tuple[datetime, datetime]]] = {}
    spans = {person.id: list(_spans(problem, person, monday)) for person in problem.clinicians}
    blocks = tuple(block for code in spans for block in _protected(code, spans[code]))
    for block in blocks:
        end = block.start + timedelta(minutes=block.minutes)
        busy.setdefault(block.clinician, []).append((block.start, end))
    lengths = {kind.id: kind.minutes for kind in problem.session_types}
    own = {client.id: client.clinician for client in problem.clients}
    sessions = []
    for request in problem.requests:
        if request.group is not None:
            continue
        code = request.clinician or own[request.client] or str(rng.choice(list(spans)))
        for _ in range(request.count):
            start = _free(spans[code], busy.setdefault(code, []), lengths[request.session_type], rng)
            if start is not None:
                sessions.append(BookedSession(request, code, start, lengths[request.session_type]))
    days = dict.fromkeys((code, span[0].date()) for code in spans for span in spans[code])
    return BookedWeek(tuple(sorted(sessions, key=lambda s: (s.start, s.clinician))), blocks, tuple(days))


def _spans(problem: Problem, person: Clinician, monday: date) -> Iterator[tuple[datetime, datetime]]:
    """Yield the working periods of a week in which there is neither leave nor a closure."""
    for number in range(7):
        day = monday + timedelta(days=number)
        midnight = datetime.combine(day, datetime.min.time())
        for period in person.working:
            start, end = (midnight + timedelta(minutes=m) for m in (period.start, period.end))
            away = any(leave.start < end and start < leave.end for leave in person.leave)
            if period.day is Weekday.of(day) and day not in problem.closed_dates and not away:
                yield start, end


def _protected(code: str, spans: list[tuple[datetime, datetime]]) -> Iterator[BookedTime]:
    for start, end in spans:
        if end - start >= timedelta(hours=6):
            middle = start + timedelta(minutes=int((end - start).total_seconds() // 120) // 15 * 15)
            yield BookedTime(code, BlockKind.BREAK, middle, _BREAK)
        yield BookedTime(
            code, BlockKind.DOCUMENTATION, end - timedelta(minutes=_DOCUMENTATION), _DOCUMENTATION
        )


def _free(
    spans: list[tuple[datetime, datetime]],
    busy: list[tuple[datetime, datetime]],
    minutes: int,
    rng: np.random.Generator,
) -> datetime | None:
    """Return a start at which nothing else is, after a few tries, and mark it as taken."""
    length = timedelta(minutes=minutes)
    for _ in range(_TRIES if spans else 0):
        start, end = spans[int(rng.integers(len(spans)))]
        places = int((end - start - length).total_seconds() // 900)
        begin = start + timedelta(minutes=15 * int(rng.integers(max(1, places + 1))))
        if begin + length <= end and all(begin + length <= a or b <= begin for a, b in busy):
            busy.append((begin, begin + length))
            return begin
    return None
