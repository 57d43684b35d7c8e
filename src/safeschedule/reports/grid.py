"""Where things stand in the grids of the page: one lane a column, side by side where they overlap."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from safeschedule.problem import Attendant, BlockKind, Clinician, Leave, Mode, Problem
from safeschedule.problem.clock import DAY, minutes_after
from safeschedule.reports.kinds import LOOKS
from safeschedule.reports.words import clock, spaced
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier.intensity import high_of

_SHORT = 25
_TINY = 12


@dataclass(frozen=True)
class Entry:
    """One thing in a column.

    Parameters
    ----------
    look
        Classes of the style sheet.
    start, minutes
        Minutes of its date, cut at midnight.
    begins, ends
        Clock times as text.
    label, short
        What it is, and the abbreviation for narrow columns where there is one.
    client, others, place
        Client codes, colleagues, and where.
    high
        Whether it is a high-intensity session.
    codes
        The clients, the attendants, the room and the group of a session, by which findings are told of it.
    breaks
        Numbers of the findings that it takes part in.
    lane, lanes
        Its part of the column's width, where several overlap.
    id
        That of the appointment or block in the schedule; ``None`` where it has none, and for all else.
    """

    look: str
    start: int
    minutes: int
    begins: str
    ends: str
    label: str
    short: str = ""
    client: str = ""
    others: str = ""
    place: str = ""
    high: bool = False
    codes: frozenset[str] = frozenset()
    breaks: tuple[int, ...] = ()
    lane: int = 0
    lanes: int = 1
    id: str | None = None


@dataclass(frozen=True)
class DayColumn:
    """One date of a clinician, an attendant or a room.

    Parameters
    ----------
    code
        The clinician, the attendant or the room.
    items
        In the order of time.
    work
        Starts and ends of the working periods, or of the time in which the room can be used.
    breaks
        Numbers of the findings about the whole date.
    """

    code: str
    day: date
    items: tuple[Entry, ...]
    work: tuple[tuple[int, int], ...]
    breaks: tuple[int, ...] = ()

    @property
    def off(self) -> list[tuple[int, int]]:
        """The spans outside working hours, by start and length."""
        spans, at = [], 0
        for start, end in (*self.work, (DAY, DAY)):
            if start > at:
                spans.append((at, start - at))
            at = max(at, end)
        return spans


def columns(problem: Problem, schedule: Schedule) -> dict[tuple[str, date], DayColumn]:
    """Return the column of each clinician and date of the week."""
    found: dict[tuple[str, date], list[Entry]] = {}
    for who, day, item in _items(problem, schedule):
        found.setdefault((who, day), []).append(item)
    return _of_people(problem, problem.clinicians, found)


def room_columns(problem: Problem, schedule: Schedule) -> dict[tuple[str, date], DayColumn]:
    """Return the column of each room and date of the week, of sessions and meetings that name their room."""
    is_high = high_of(problem)
    found: dict[tuple[str, date], list[Entry]] = {}
    for session in schedule.appointments:
        if session.room is not None and session.mode is Mode.IN_PERSON:
            item = _session(session, is_high(session), False)
            item = replace(item, others=f"with {', '.join(session.clinicians)}", place="")
            found.setdefault((session.room, session.start.date()), []).append(item)
    for meeting in problem.meetings:
        if meeting.room is not None:
            item = _item("meeting", meeting.start, meeting.minutes, f"Meeting {meeting.id}")
            found.setdefault((meeting.room, meeting.start.date()), []).append(item)
    shut: dict[tuple[str, date], list[tuple[int, int]]] = {}
    for room in problem.rooms:
        for span in room.unavailable:
            for day, start, minutes in _by_date(span.start, span.end, problem.week_start):
                shut.setdefault((room.id, day), []).append((start, start + minutes))
    days = [problem.week_start + timedelta(days=number) for number in range(7)]
    return {
        (room.id, day): DayColumn(
            room.id, day, side_by_side(found.get((room.id, day), ())), _usable(shut.get((room.id, day), ()))
        )
        for room in problem.rooms
        for day in days
    }


def attendant_columns(problem: Problem, schedule: Schedule) -> dict[tuple[str, date], DayColumn]:
    """Return the column of each attendant and date of the week."""
    is_high, several = high_of(problem), len(problem.sites) != 1
    found: dict[tuple[str, date], list[Entry]] = {}
    for session in schedule.appointments:
        for who in session.attendants:
            item = replace(
                _session(session, is_high(session), several), others=f"with {', '.join(session.clinicians)}"
            )
            found.setdefault((who, session.start.date()), []).append(item)
    for attendant in problem.attendants:
        for day, item in _leave(attendant.leave, problem.week_start):
            found.setdefault((attendant.id, day), []).append(item)
    return _of_people(problem, problem.attendants, found)


def _of_people(
    problem: Problem,
    people: Iterable[Clinician | Attendant],
    found: Mapping[tuple[str, date], Sequence[Entry]],
) -> dict[tuple[str, date], DayColumn]:
    """Return the column of each person and date of the week, with what was found for it."""
    days = [problem.week_start + timedelta(days=number) for number in range(7)]
    return {
        (person.id, day): DayColumn(
            person.id, day, side_by_side(found.get((person.id, day), ())), _work(problem, person, day)
        )
        for person in people
        for day in days
    }


def _usable(shut: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Return what is left of a date beside the spans in which a room is shut."""
    free, at = [], 0
    for start, end in (*sorted(shut), (DAY, DAY)):
        if start > at:
            free.append((at, start))
        at = max(at, end)
    return tuple(free)


def booked(
    schedule: Schedule, is_high: Callable[[Appointment], bool], several_sites: bool
) -> Iterable[tuple[str, date, Entry]]:
    """Yield the sessions and blocks of each clinician, with their date.

    Parameters
    ----------
    schedule
        The week.
    is_high
        Whether a session is of high intensity.
    several_sites
        Whether a session without room says at which site it is.
    """
    for session in schedule.appointments:
        for who in session.clinicians:
            yield who, session.start.date(), _session(session, is_high(session), several_sites)
    for block in schedule.blocks:
        for who in dict.fromkeys((*block.clinicians, *([block.supervisor] if block.supervisor else []))):
            yield who, block.start.date(), _block(block, who)


def _items(problem: Problem, schedule: Schedule) -> Iterable[tuple[str, date, Entry]]:
    yield from booked(schedule, high_of(problem), len(problem.sites) != 1)
    for meeting in problem.meetings:
        for who in meeting.clinicians:
            item = _item("meeting", meeting.start, meeting.minutes, f"Meeting {meeting.id}")
            yield who, meeting.start.date(), item
    for clinician in problem.clinicians:
        for day, item in _leave(clinician.leave, problem.week_start):
            yield clinician.id, day, item


def _leave(spans: Iterable[Leave], week_start: date) -> Iterable[tuple[date, Entry]]:
    for leave in spans:
        for day, start, minutes in _by_date(leave.start, leave.end, week_start):
            label = spaced(leave.kind)
            yield day, Entry("leave", start, minutes, clock(leave.start), clock(leave.end), label)


def _by_date(start: datetime, end: datetime, week_start: date) -> Iterable[tuple[date, int, int]]:
    first, last = minutes_after(week_start, start), minutes_after(week_start, end)
    for number in range(7):
        begin, stop = max(first, number * DAY), min(last, (number + 1) * DAY)
        if begin < stop:
            yield week_start + timedelta(days=number), begin - number * DAY, stop - begin


def _item(look: str, start: datetime, minutes: int, label: str, short: str = "") -> Entry:
    first = start.hour * 60 + start.minute
    size = " tiny short" if minutes <= _TINY else " short" if minutes <= _SHORT else ""
    return Entry(
        look=look + size,
        start=first,
        minutes=min(minutes, DAY - first),
        begins=clock(start),
        ends=clock(start + timedelta(minutes=minutes)),
        label=label,
        short=short,
    )


def _session(session: Appointment, high: bool, several_sites: bool) -> Entry:
    label = f"{session.group}, {session.session_type}" if session.group else session.session_type
    item = _item("session high" if high else "session", session.start, session.minutes, label)
    place = (
        "Telehealth"
        if session.mode == Mode.TELEHEALTH
        # Rooms are mostly named after their site already; a team's only site goes without saying.
        else session.room or (session.site if several_sites else "") or ""
    )
    others = f"with {', '.join(session.clinicians)}" if len(session.clinicians) > 1 else ""
    if session.attendants:
        others = ", ".join(filter(None, (others, f"attended by {', '.join(session.attendants)}")))
    codes = frozenset(
        (*session.clients, *session.attendants, *filter(None, (session.room, session.group, session.request)))
    )
    return replace(
        item,
        client=", ".join(session.clients),
        others=others,
        place=place,
        high=high,
        codes=codes,
        id=session.id,
    )


def _block(block: Block, who: str) -> Entry:
    look = LOOKS[block.kind]
    item = _item(f"block {look.pattern}", block.start, block.minutes, look.label, look.short)
    item = replace(item, place=f"to {block.site}" if block.site else "", id=block.id)
    if block.supervisor == who:
        return replace(item, others=f"leading {', '.join(block.clinicians)}")
    if block.supervisor:
        return replace(item, others=f"with {block.supervisor}")
    others = [code for code in block.clinicians if code != who]
    return replace(item, others=f"with {', '.join(others)}" if others else "")


def side_by_side(items: Sequence[Entry]) -> tuple[Entry, ...]:
    """Put overlapping items side by side; those that overlap in a chain share the width evenly."""
    placed: list[Entry] = []
    cluster: list[Entry] = []
    ends: list[int] = []
    for item in sorted(items, key=lambda entry: (entry.start, -entry.minutes, entry.label)):
        if cluster and item.start >= max(ends):
            placed += [replace(entry, lanes=len(ends)) for entry in cluster]
            cluster, ends = [], []
        lane = next((number for number, end in enumerate(ends) if end <= item.start), len(ends))
        ends[lane : lane + 1] = [item.start + item.minutes]
        cluster.append(replace(item, lane=lane))
    placed += [replace(entry, lanes=len(ends)) for entry in cluster]
    return tuple(placed)


def _work(problem: Problem, person: Clinician | Attendant, day: date) -> tuple[tuple[int, int], ...]:
    if day in problem.closed_dates:
        return ()
    return tuple(sorted((p.start, p.end) for p in person.working if p.day.number == day.weekday()))


def block_kinds(schedule: Schedule) -> list[BlockKind]:
    """Return the kinds of blocks in a schedule, in the order of the legend."""
    there = {block.kind for block in schedule.blocks}
    return [kind for kind in LOOKS if kind in there]
