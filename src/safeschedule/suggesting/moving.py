"""One appointment elsewhere: what becomes of it, of its buffers, its site and its room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import BlockKind, Mode, Problem
from safeschedule.problem.showing import did_you_mean
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.suggesting.attendants import Attendants
from safeschedule.suggesting.rooms import Rooms, end_of
from safeschedule.verifier.again import Standing
from safeschedule.verifier.buffers import preparation_before, recovery_after
from safeschedule.verifier.nearby import Given
from safeschedule.verifier.week import Week


@dataclass(frozen=True)
class Wish:
    """Where an appointment is to go; ``None`` leaves a thing as it is, as far as it can stay."""

    to: datetime | None = None
    clinicians: tuple[str, ...] | None = None
    mode: Mode | None = None
    site: str | None = None
    room: str | None = None


def find_appointment(
    problem: Problem, schedule: Schedule, which: Appointment | str, at: datetime | None = None
) -> Appointment:
    """Return the appointment of a schedule that is meant.

    Parameters
    ----------
    which
        The appointment itself, or the code of a request or of a group.
    at
        Its start, where a request or group has several.

    Raises
    ------
    InputError
        There is none, or there are several.
    """
    if isinstance(which, Appointment):
        same = [a for a in schedule.appointments if a is which] or [
            a for a in schedule.appointments if a == which
        ]
        if same:
            return same[0]
        raise _fault("unknown_appointment", _say(which), "an appointment of the schedule")
    found = [a for a in schedule.appointments if _serves(problem, a, which)]
    there = [a for a in found if at is None or a.start == at]
    if len(there) == 1:
        return there[0]
    times = ", ".join(sorted(f"{a.start:%Y-%m-%dT%H:%M}" for a in found))
    if not found:
        known = dict.fromkeys(code for a in schedule.appointments for code in (a.request, a.group) if code)
        expected = f"the code of a request or group with an appointment{did_you_mean(which, known)}"
        raise _fault("unknown_appointment", which, expected)
    if not there:
        raise _fault("unknown_appointment", f"{which} at {at:%Y-%m-%dT%H:%M}", f"one of its times: {times}")
    raise _fault("several_appointments", which, f"also its time, one of: {times}")


def _serves(problem: Problem, given: Appointment, code: str) -> bool:
    if given.group is None:
        return given.request == code
    return given.group == code or any(
        r.id == code and r.group == given.group and r.client in given.clients for r in problem.requests
    )


def wish_of(
    problem: Problem,
    to: datetime | None,
    clinician: str | Sequence[str] | None,
    mode: Mode | str | None,
    site: str | None,
    room: str | None,
) -> Wish:
    """Return what is wished, with every fault of it told at once.

    Raises
    ------
    ArgumentError
        A code is unknown, or the time is none.
    """
    people = (clinician,) if isinstance(clinician, str) else clinician
    looked = Arguments("check_move").moment("to", to)
    looked.choice("mode", mode, Mode, needed=False)
    looked.code("site", site, [s.id for s in problem.sites], "a site", needed=False)
    looked.code("room", room, [r.id for r in problem.rooms], "a room", needed=False)
    if people is not None:
        looked.sequence("clinician", people, str, "the codes of clinicians")
    for code in people if isinstance(people, tuple | list) else ():
        looked.code("clinician", code, [c.id for c in problem.clinicians], "a clinician")
    if people == () or people == []:
        looked.fault("missing_argument", "clinician", people, "at least one, or None")
    looked.done()
    people = None if people is None else tuple(people)
    return Wish(to, people, None if mode is None else Mode(mode), site, room)


def moved(standing: Standing, rooms: Rooms, given: Appointment, wish: Wish) -> Appointment:
    """Return an appointment as it is after a move."""
    start, people = wish.to or given.start, wish.clinicians or given.clinicians
    mode = wish.mode or given.mode
    changes = {"start": start, "clinicians": people, "mode": mode}
    elsewhere = given.model_copy(update=changes)
    if mode is Mode.IN_PERSON:
        site = wish.site or site_of(standing, elsewhere)
        elsewhere = elsewhere.model_copy(update={"site": site})
        if wish.room is None and (given.room is not None or given.mode is not mode):
            elsewhere = elsewhere.model_copy(update={"room": rooms.choose(elsewhere, [given])})
    else:
        elsewhere = elsewhere.model_copy(update={"site": wish.site, "room": None})
    if wish.room is not None:
        elsewhere = elsewhere.model_copy(update={"room": wish.room})
    # Where nobody is free it keeps its own, and the verifier says what is wrong with them.
    return Attendants(standing).choose(elsewhere, [given]) or elsewhere


def site_of(standing: Standing, given: Appointment) -> str | None:
    """Return where a session in person is held: as is asked, where its clinician works then, or as it is."""
    week = standing.week
    asking = None if given.request is None else week.requests.get(given.request)
    group = None if given.group is None else week.groups.get(given.group)
    asked = (group or asking).site if group or asking else None  # type: ignore[union-attr]
    person = week.clinicians.get(given.clinicians[0])
    if asked is not None or person is None:
        return asked or given.site
    there = _period_site(week, person.id, given.start)
    if there is not None:
        return there
    if given.site is not None and (not person.sites or given.site in person.sites):
        return given.site
    return (*person.sites, *(site.id for site in standing.problem.sites), None)[0]


def _period_site(week: Week, person: str, start: datetime) -> str | None:
    if not week.holds(start):
        return None
    minute = week.minute(start)
    periods = week.hours[person].periods(minute // 1440)
    return next((p.site for p in periods if p.start <= minute < p.end and p.site is not None), None)


def buffers_of(standing: Standing, given: Appointment) -> list[Block]:
    """Return the blocks of its clinicians that belong to a session: preparation before, recovery after it."""
    people = [("clinician", code) for code in given.clinicians]
    return [
        block
        for block in standing.nearby.of(people)
        if isinstance(block, Block)
        and _is_beside(block, given)
        and set(block.clinicians) <= set(given.clinicians)
    ]


def _is_beside(block: Block, given: Appointment) -> bool:
    if block.kind is BlockKind.PREPARATION:
        return block.start + timedelta(minutes=block.minutes) == given.start
    return block.kind is BlockKind.RECOVERY and block.start == end_of(given)


def buffers_beside(given: Appointment, before: int, after: int) -> list[Block]:
    """Return preparation before and recovery after a session, of so many minutes for each clinician."""
    spans = (
        (BlockKind.PREPARATION, given.start - timedelta(minutes=before), before),
        (BlockKind.RECOVERY, end_of(given), after),
    )
    return [
        Block(kind=kind, clinicians=(person,), start=start, minutes=minutes)
        for person in dict.fromkeys(given.clinicians)
        for kind, start, minutes in spans
        if minutes
    ]


def lengths_of(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return the minutes of preparation and of recovery among the blocks of one session."""
    before, after = (
        max((block.minutes for block in blocks if block.kind is kind), default=0)
        for kind in (BlockKind.PREPARATION, BlockKind.RECOVERY)
    )
    return before, after


def buffer_minutes(standing: Standing, given: Appointment) -> tuple[int, int]:
    """Return the preparation and the recovery written in beside a session: what hard rules ask for."""
    settings, kind = standing.week.settings, standing.week.types.get(given.session_type)
    ahead, rest = settings["preparation"], settings["recovery_buffer"]
    before = preparation_before(ahead, kind) if ahead.hard else 0
    return before, recovery_after(rest, kind) if rest.hard else 0


def amended(schedule: Schedule, gone: Sequence[Given], come: Sequence[Given]) -> Schedule:
    """Return a schedule without some of its very own appointments and blocks, and with others."""
    left = {id(given) for given in gone}
    appointments = [a for a in schedule.appointments if id(a) not in left]
    appointments += [given for given in come if isinstance(given, Appointment)]
    blocks = [b for b in schedule.blocks if id(b) not in left]
    blocks += [given for given in come if isinstance(given, Block)]
    return schedule.holding(appointments, blocks)


def _say(given: Appointment) -> str:
    return f"{given.request or given.group or given.clients[0]} at {given.start:%Y-%m-%dT%H:%M}"


def _fault(code: str, value: str, expected: str) -> ArgumentError:
    return ArgumentError("appointment", [Fault(code, "appointment", value, expected)])
