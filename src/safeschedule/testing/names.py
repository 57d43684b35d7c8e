"""Rooms and attendants that a drawn week names, as far as a model can say them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from safeschedule.problem import Mode, PinnedAppointment, PinnedGroup, Problem
from safeschedule.problem.attendants import merged_needs
from safeschedule.schedule import Appointment, Schedule

Pair = tuple[Problem, Schedule]


def with_names_pinned(problem: Problem, schedule: Schedule) -> Pair:
    """Return a week in which each session is pinned to the room and the attendants that it names.

    A model knows names from pins alone. Names that no pin can say are left out: rooms of groups, by
    telehealth, and of rooms at another site.

    Raises
    ------
    ValueError
        A session that needs attendants names none: a model takes that for a choice that is left to it.
    """
    _require_attendants(problem, schedule)
    pinned = {(pin.request, pin.clinician, pin.start): pin.room for pin in problem.pinned_appointments}
    sites = {room.id: room.site for room in problem.rooms}

    def named(session: Appointment) -> str | None:
        keys = [(session.request or "", clinician, session.start) for clinician in session.clinicians]
        room = next((pinned[key] for key in keys if pinned.get(key)), session.room)
        sayable = session.group is None and session.mode is Mode.IN_PERSON
        return room if sayable and room in sites and sites[room] == session.site else None

    sessions = tuple(s.model_copy(update={"room": named(s)}) for s in schedule.appointments)
    said = {_key(pin): pin for pin in _pins(sessions)}
    own = [
        pin.model_copy(update={"room": said[_key(pin)].room, "attendants": said[_key(pin)].attendants})
        if _key(pin) in said
        else pin
        for pin in problem.pinned_appointments
    ]
    more = [pin for key, pin in said.items() if key not in pinned]
    pins = {
        "pinned_appointments": (*own, *more),
        "pinned_groups": _group_pins(problem.pinned_groups, sessions),
    }
    return problem.model_copy(update=pins), schedule.model_copy(update={"appointments": sessions})


def _require_attendants(problem: Problem, schedule: Schedule) -> None:
    types = problem.by_code.session_types
    requests = problem.by_code.requests
    groups = problem.by_code.groups
    for given in schedule.appointments:
        asked = groups.get(given.group or "") or requests.get(given.request or "")
        own = () if asked is None else asked.needs_attendants
        if merged_needs(types[given.session_type].needs_attendants, own) and not given.attendants:
            raise ValueError("a session that needs attendants names none")


def _pins(sessions: tuple[Appointment, ...]) -> Iterator[PinnedAppointment]:
    for session in sessions:
        if (session.room is not None or session.attendants) and session.request is not None:
            yield PinnedAppointment(
                request=session.request,
                clinician=session.clinicians[0],
                start=session.start,
                mode=session.mode,
                room=session.room,
                attendants=session.attendants,
            )


def _group_pins(pinned: Sequence[PinnedGroup], sessions: Sequence[Appointment]) -> tuple[PinnedGroup, ...]:
    """Return the pinned sessions of groups, and one for each other session that names attendants."""
    said = {
        (s.group, s.start, frozenset(s.clinicians)): s
        for s in sessions
        if s.group is not None and s.attendants
    }
    found = []
    for pin in pinned:
        session = said.pop((pin.group, pin.start, frozenset(pin.clinicians)), None)
        names = pin.attendants if session is None else session.attendants
        found.append(pin.model_copy(update={"attendants": names}))
    for (group, start, _), session in said.items():
        found.append(
            PinnedGroup(
                group=group or "",
                clinicians=session.clinicians,
                start=start,
                clients=session.clients,
                attendants=session.attendants,
            )
        )
    return tuple(found)


def _key(pin: PinnedAppointment) -> tuple[str, str, datetime]:
    return pin.request, pin.clinician, pin.start


def without_names(schedule: Schedule) -> Schedule:
    """Return a schedule whose sessions name no rooms and attendants, which are given out after the model."""
    nothing = {"room": None, "attendants": ()}
    sessions = tuple(session.model_copy(update=nothing) for session in schedule.appointments)
    return schedule.model_copy(update={"appointments": sessions})
