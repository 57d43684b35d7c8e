"""Room names in a drawn week, as far as a model can say them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from safeschedule.problem import Mode, PinnedAppointment, Problem
from safeschedule.schedule import Appointment, Schedule

Pair = tuple[Problem, Schedule]


def with_named_rooms(problem: Problem, schedule: Schedule) -> Pair:
    """Return a week in which each session that names a room is pinned to it, and each pinned one names it.

    A model knows room names from pins alone. Names that no pin can say are left out: those of groups, by
    telehealth, and of rooms at another site.
    """
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
        pin.model_copy(update={"room": said[_key(pin)].room}) if _key(pin) in said else pin
        for pin in problem.pinned_appointments
    ]
    more = [pin for key, pin in said.items() if key not in pinned]
    return (
        problem.model_copy(update={"pinned_appointments": (*own, *more)}),
        schedule.model_copy(update={"appointments": sessions}),
    )


def _pins(sessions: tuple[Appointment, ...]) -> Iterator[PinnedAppointment]:
    for session in sessions:
        if session.room is not None and session.request is not None:
            yield PinnedAppointment(
                request=session.request,
                clinician=session.clinicians[0],
                start=session.start,
                mode=session.mode,
                room=session.room,
            )


def _key(pin: PinnedAppointment) -> tuple[str, str, datetime]:
    return pin.request, pin.clinician, pin.start


def without_names(schedule: Schedule) -> Schedule:
    """Return a schedule whose sessions name no rooms; these are given out after the model."""
    sessions = tuple(session.model_copy(update={"room": None}) for session in schedule.appointments)
    return schedule.model_copy(update={"appointments": sessions})
