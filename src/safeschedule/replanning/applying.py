"""The problem after changes: an ordinary problem, as if all had been known before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from safeschedule.arguments import Arguments
from safeschedule.errors import ArgumentError, InputError
from safeschedule.problem import Leave, Problem, Span
from safeschedule.problem.entity import Entity
from safeschedule.problem.faults import find
from safeschedule.replanning.changes import (
    CHANGES,
    CancelledSession,
    Change,
    ChangedHours,
    LostAttendant,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.replanning.faults import faults_in_changes
from safeschedule.replanning.pins import without_lost_pins

E = TypeVar("E", bound=Entity)


def apply_changes(problem: Problem, changes: Sequence[Change]) -> Problem:
    """Return the problem as it is after changes; the given one is left as it is.

    A sick call becomes leave of the kind ``sick``, a lost room a time at which it is unavailable, and a lost
    attendant is on leave. A cancelled session that is not to be rebooked lowers its request's count by one,
    and takes the request out with the last; one of a group lowers the group's sessions in the same way. Pins
    that can no longer be kept because of the changes are taken out: all others stay.

    Raises
    ------
    InputError
        The changes have faults, or the changed problem has; all of them are in the error.

    Examples
    --------
    >>> from datetime import datetime
    >>> from safeschedule import SickCall, apply_changes
    >>> monday = datetime(2026, 10, 5)
    >>> call = SickCall(clinician="C2", start=monday, end=monday.replace(hour=12))
    >>> [c.id for c in apply_changes(problem, [call]).clinicians if c.leave]
    ['C2']
    """
    Arguments("apply_changes").problem(problem).sequence("changes", changes, CHANGES, "changes").done()
    faults = faults_in_changes(problem, changes)
    if faults:
        raise ArgumentError("changes", faults)
    changed = problem
    for change in changes:
        changed = _apply(changed, change)
    changed = without_lost_pins(problem, changed, changes)
    found = find(changed)
    if found:
        raise InputError(f"problem {problem.name} after the changes", found)
    return changed


def _apply(problem: Problem, change: Change) -> Problem:
    if isinstance(change, SickCall):
        return _sick(problem, change)
    if isinstance(change, NewRequest):
        clients = problem.clients if change.client is None else (*problem.clients, change.client)
        full = _with(problem, clients=clients, requests=(*problem.requests, change.request))
        return full.with_joint_requests()
    if isinstance(change, CancelledSession):
        return problem if change.rebook else _cancelled(problem, change)
    if isinstance(change, LostRoom):
        span = Span(start=change.start, end=change.end)
        rooms = _each(problem.rooms, change.room, lambda r: {"unavailable": (*r.unavailable, span)})
        return _with(problem, rooms=rooms)
    if isinstance(change, LostAttendant):
        away = Leave(start=change.start, end=change.end, kind="sick")
        people = _each(problem.attendants, change.attendant, lambda a: {"leave": (*a.leave, away)})
        return _with(problem, attendants=people)
    if isinstance(change, RiskFlag):
        return _with(problem, clients=_each(problem.clients, change.client, lambda c: _flagged(c, change)))
    return _with(problem, clinicians=_each(problem.clinicians, change.clinician, lambda c: _hours(c, change)))


def _sick(problem: Problem, call: SickCall) -> Problem:
    away = Leave(start=call.start, end=call.end, kind="sick")
    cover = {} if call.cover is None else {"cover": call.cover}
    team = _each(problem.clinicians, call.clinician, lambda c: {"leave": (*c.leave, away), **cover})
    if call.supervisor is not None:
        # Nobody supervises themselves: who stands in keeps whom they have.
        team = tuple(
            c.model_copy(update={"supervisor": call.supervisor})
            if c.supervisor == call.clinician and c.id != call.supervisor
            else c
            for c in team
        )
    return _with(problem, clinicians=team)


def _cancelled(problem: Problem, change: CancelledSession) -> Problem:
    if change.group is not None:
        groups = _less(problem.groups, change.group, "sessions")
        if any(group.id == change.group for group in groups):
            return _with(problem, groups=groups)
        # Without sessions there is nothing left that anybody could ask for.
        kept = tuple(r for r in problem.requests if r.group != change.group)
        return _with(problem, groups=groups, requests=kept)
    return _with(problem, requests=_less(problem.requests, change.request or "", "count"))


def _less(entries: tuple[E, ...], code: str, field: str) -> tuple[E, ...]:
    """Return the entries with one less of the named one's; without it when none is left."""
    found = _each(entries, code, lambda e: {field: getattr(e, field) - 1})
    return tuple(entry for entry in found if getattr(entry, field) > 0)


def _flagged(client: Any, change: RiskFlag) -> dict[str, Any]:
    flags = tuple(dict.fromkeys((*client.flags, change.flag)))
    return {"flags": flags, "band": change.band or client.band}


def _hours(clinician: Any, change: ChangedHours) -> dict[str, Any]:
    working = clinician.working if change.working is None else change.working
    return {"working": working, "leave": (*clinician.leave, *change.leave)}


def _each(entries: tuple[E, ...], code: str, update: Any) -> tuple[E, ...]:
    return tuple(
        entry.model_copy(update=update(entry)) if entry.id == code else entry  # type: ignore[attr-defined]
        for entry in entries
    )


def _with(problem: Problem, **update: Any) -> Problem:
    return problem.model_copy(update=update)
