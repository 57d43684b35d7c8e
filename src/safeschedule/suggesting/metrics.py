"""Figures of the people concerned: caseload points, sessions, intense minutes, free time, free rooms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from safeschedule.schedule import Appointment
from safeschedule.suggesting.rooms import Rooms, at_once
from safeschedule.verifier import wording
from safeschedule.verifier.again import Standing
from safeschedule.verifier.caseload import points_cap
from safeschedule.verifier.intervals import Interval, merged, shared
from safeschedule.verifier.nearby import Given, tags
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class Metric:
    """A figure before and after.

    Parameters
    ----------
    name, unit
        What is counted.
    who
        The code of the clinician or site; empty for the whole team.
    before, after
        The figure.
    limit
        What it may reach at most, where a limit is set.
    """

    name: str
    who: str
    unit: str
    before: Decimal
    after: Decimal
    limit: Decimal | None = None

    @property
    def changed(self) -> bool:
        """Whether it is another figure afterwards."""
        return self.before != self.after

    @property
    def headroom(self) -> Decimal | None:
        """What is left to the limit afterwards; negative when it is exceeded."""
        return None if self.limit is None else self.limit - self.after

    def __str__(self) -> str:
        known = f" of {_number(self.limit)}" if self.limit is not None else ""
        was = f", before {_number(self.before)}" if self.changed else ", as before"
        who = f"{self.who}: " if self.who else ""
        return f"{who}{self.name} {_number(self.after)}{known}{was}."


def metrics_of(
    standing: Standing, rooms: Rooms, gone: Sequence[Given], come: Sequence[Given]
) -> tuple[Metric, ...]:
    """Return the figures of everybody whose session is gone or has come, and the rooms left beside it."""
    moved = [given for given in (*gone, *come) if isinstance(given, Appointment)]
    known = standing.week.clinicians
    people = dict.fromkeys(code for a in moved for code in a.clinicians if code in known)
    week = standing.week
    starts = [week.minute(a.start) for a in moved if week.holds(a.start)]
    found = [
        metric
        for person in people
        for days in [sorted({week.working_day(person, start) for start in starts} - {-1})]
        for metric in _of_person(standing, person, gone, come, days)
    ]
    arriving = [given for given in come if isinstance(given, Appointment)]
    return (*found, *(m for given in arriving for m in _rooms(standing, rooms, given, moved)))


def _of_person(
    standing: Standing, person: str, gone: Sequence[Given], come: Sequence[Given], days: Sequence[int]
) -> Iterator[Metric]:
    tag = ("clinician", person)
    was = standing.nearby.of([tag])
    left = {id(given) for given in gone}
    now = [*(given for given in was if id(given) not in left), *(g for g in come if tag in tags(g))]
    week = standing.week
    clinician = week.clinicians[person]
    cap, limits = week.settings["caseload_cap"], week.settings["session_limits"]
    limit = Decimal(points_cap(clinician, cap)) / 100 if cap.enabled else None
    both = (_points(week, person, was), _points(week, person, now))
    yield Metric("caseload points", person, "points", *both, limit)
    for day in days:
        own = clinician.daily_sessions
        most = limits.whole("day") if own is None else own
        name = f"sessions on {week.day_name(day)}"
        both = (_sessions(week, person, was, day), _sessions(week, person, now, day))
        yield Metric(name, person, "sessions", *both, Decimal(most) if limits.enabled else None)
    yield Metric("high-intensity minutes in the week", person, "minutes", _high(week, was), _high(week, now))
    for day in days:
        name = f"free minutes on {week.day_name(day)}"
        both = Decimal(free_minutes(week, person, was, day)), Decimal(free_minutes(week, person, now, day))
        yield Metric(name, person, "minutes", *both)


def _points(week: Week, person: str, given: Sequence[Given]) -> Decimal:
    seen = {code for a in given if isinstance(a, Appointment) and a.group is None for code in a.clients}
    new = [code for code in seen if code in week.clients and week.clients[code].clinician is None]
    return Decimal(week.caseload.points([*week.caseload.own(person), *new])) / 100


def _sessions(week: Week, person: str, given: Sequence[Given], day: int) -> Decimal:
    group = week.settings["session_limits"].whole("group")
    sessions = [week.session(a) for a in given if isinstance(a, Appointment) and week.holds(a.start)]
    return Decimal(
        sum(group if s.kind == "group" else 1 for s in sessions if week.working_day(person, s.start) == day)
    )


def _high(week: Week, given: Sequence[Given]) -> Decimal:
    sessions = [week.session(a) for a in given if isinstance(a, Appointment) and week.holds(a.start)]
    return Decimal(sum(session.minutes for session in sessions if session.high))


def free_minutes(week: Week, person: str, given: Sequence[Given], day: int) -> int:
    """Return a clinician's working minutes on a date that neither activities nor meetings hold."""
    spans = [(week.minute(g.start), week.minute(g.start) + g.minutes) for g in given]
    spans += [
        (week.minute(m.start), week.minute(m.start) + m.minutes)
        for m in week.problem.meetings
        if person in m.clinicians
    ]
    held: list[Interval] = merged(spans)
    work = merged(week.hours[person].free[day])
    return sum(end - start - shared(start, end, held) for start, end in work)


def _rooms(
    standing: Standing, rooms: Rooms, given: Appointment, moved: Sequence[Appointment]
) -> Iterator[Metric]:
    kind = standing.week.types.get(given.session_type)
    free = rooms.free(given, moved)
    if kind is None or kind.room_kind is None or free is None:
        return
    name = f"{wording.words(kind.room_kind)} rooms left"
    own = sum(a is not given and a.room in free and at_once(a, given) for a in moved)
    before, after = len(free) - own, len(free) - (given.room in free)
    yield Metric(name, given.site or "", "rooms", Decimal(before), Decimal(after))


def _number(value: Decimal | None) -> str:
    text = "" if value is None else f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
