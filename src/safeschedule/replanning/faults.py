"""What is wrong in changes that have the right shape, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta

from safeschedule.errors import Fault
from safeschedule.problem import Problem
from safeschedule.problem.people import PASSED
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.replanning.changes import (
    CancelledSession,
    Change,
    ChangedHours,
    LostAttendant,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.schedule import Appointment, Schedule

_ONE = {
    "attendants": "an attendant",
    "bands": "an acuity band",
    "clients": "a client",
    "clinicians": "a clinician",
    "groups": "a group",
    "requests": "a request",
    "rooms": "a room",
}


def faults_in_changes(problem: Problem, changes: Sequence[Change]) -> tuple[Fault, ...]:
    """Return every fault of changes against the problem that they change, in their order."""
    return tuple(fault for check in _CHECKS for fault in check(problem, changes))


def _unknown_codes(problem: Problem, changes: Sequence[Change]) -> Iterator[Fault]:
    known = {name: dict.fromkeys(entry.id for entry in getattr(problem, name)) for name in _ONE}
    new = (change.client for change in changes if isinstance(change, NewRequest))
    known["clients"] |= dict.fromkeys(client.id for client in new if client is not None)
    for place, code, name in _references(changes):
        if code is not None and code not in known[name]:
            expected = f"the id of {_ONE[name]}{did_you_mean(code, known[name])}"
            yield Fault("unknown_reference", place, show(code), expected)


def _references(changes: Sequence[Change]) -> Iterator[tuple[str, str | None, str]]:
    for i, change in enumerate(changes):
        at = f"[{i}]"
        if isinstance(change, SickCall):
            for field in ("clinician", "cover", "supervisor"):
                yield f"{at}.{field}", getattr(change, field), "clinicians"
        elif isinstance(change, NewRequest):
            yield f"{at}.request.client", change.request.client, "clients"
        elif isinstance(change, CancelledSession):
            yield f"{at}.request", change.request, "requests"
            yield f"{at}.group", change.group, "groups"
        elif isinstance(change, LostRoom):
            yield f"{at}.room", change.room, "rooms"
        elif isinstance(change, LostAttendant):
            yield f"{at}.attendant", change.attendant, "attendants"
        elif isinstance(change, RiskFlag):
            yield f"{at}.client", change.client, "clients"
            yield f"{at}.band", change.band, "bands"
        else:
            yield f"{at}.clinician", change.clinician, "clinicians"


def _times(problem: Problem, changes: Sequence[Change]) -> Iterator[Fault]:
    first = datetime.combine(problem.week_start, datetime.min.time())
    last = first + timedelta(days=7)
    week = f"a time in the week from {first:%Y-%m-%d} to {last - timedelta(days=1):%Y-%m-%d}"
    for i, change in enumerate(changes):
        if isinstance(change, SickCall | LostRoom | LostAttendant):
            if change.end <= change.start:
                yield Fault("end_not_after_start", f"[{i}].end", _shown(change.end), "a time after its start")
            elif change.end <= first or change.start >= last:
                yield Fault("outside_week", f"[{i}].start", _shown(change.start), week)
        if isinstance(change, CancelledSession) and not first <= change.start < last:
            yield Fault("outside_week", f"[{i}].start", _shown(change.start), week)


def _pointless(problem: Problem, changes: Sequence[Change]) -> Iterator[Fault]:
    bands = {client.id: (client.band, client.flags) for client in problem.clients}
    for i, change in enumerate(changes):
        if isinstance(change, CancelledSession) and (change.request is None) == (change.group is None):
            given = "neither" if change.request is None else "both"
            yield Fault("wrong_choice", f"[{i}]", given, "either request or group")
        if isinstance(change, SickCall):
            for field in ("cover", "supervisor"):
                if getattr(change, field) == change.clinician:
                    yield Fault(f"own_{field}", f"[{i}].{field}", show(change.clinician), "somebody else")
        if isinstance(change, ChangedHours):
            for j, span in enumerate(change.leave):
                if getattr(span, "kind", "") == PASSED:
                    expected = "another kind: what has passed is for --freeze-before to say"
                    yield Fault("reserved_kind", f"[{i}].leave[{j}].kind", show(PASSED), expected)
        if isinstance(change, ChangedHours) and change.working is None and not change.leave:
            yield Fault("nothing_changed", f"[{i}]", "neither", "working, leave, or both")
        if isinstance(change, RiskFlag) and change.client in bands:
            band, flags = bands[change.client]
            if change.flag in flags and change.band in (None, band):
                expected = "a flag that the client does not carry, or another band"
                yield Fault("nothing_changed", f"[{i}].flag", str(change.flag), expected)


def _contradictions(problem: Problem, changes: Sequence[Change]) -> Iterator[Fault]:
    """Find changes of which only one can be meant."""
    said: dict[tuple[str, ...], int] = {}
    for i, change in enumerate(changes):
        key, field = _subject(change)
        if key is None:
            continue
        earlier = said.setdefault(key, i)
        if earlier != i:
            yield Fault("contradiction", f"[{i}].{field}", "", f"nothing that [{earlier}] says already")
    for name, taken in _new_codes(problem):
        for i, code in _added(changes, name):
            if code in taken:
                where = "the problem" if taken[code] < 0 else f"[{taken[code]}]"
                place = f"[{i}].{name}.id"
                yield Fault("duplicate_id", place, show(code), f"an id of its own ({where} has this one)")
            taken.setdefault(code, i)


def _new_codes(problem: Problem) -> Iterator[tuple[str, dict[str, int]]]:
    yield "request", dict.fromkeys((request.id for request in problem.requests), -1)
    yield "client", dict.fromkeys((client.id for client in problem.clients), -1)


def _added(changes: Sequence[Change], name: str) -> Iterator[tuple[int, str]]:
    for i, change in enumerate(changes):
        if isinstance(change, NewRequest) and (entry := getattr(change, name)) is not None:
            yield i, entry.id


def _subject(change: Change) -> tuple[tuple[str, ...] | None, str]:
    """Return what only one change may speak of, and the field that says it."""
    if isinstance(change, ChangedHours) and change.working is not None:
        return ("working", change.clinician), "working"
    if isinstance(change, RiskFlag) and change.band is not None:
        return ("band", change.client), "band"
    if isinstance(change, CancelledSession):
        return ("cancelled", str(change.request), str(change.group), _shown(change.start)), "start"
    return None, ""


_CHECKS: tuple[Callable[[Problem, Sequence[Change]], Iterator[Fault]], ...] = (
    _unknown_codes,
    _times,
    _pointless,
    _contradictions,
)


def faults_of_cancelled(
    problem: Problem, schedule: Schedule, changes: Sequence[Change], freeze_before: datetime | None
) -> tuple[Fault, ...]:
    """Return a fault for each cancelled session that the schedule does not have, or that is past."""
    faults = []
    for i, change in enumerate(changes):
        if not isinstance(change, CancelledSession):
            continue
        if cancelled_in(problem, schedule, change) is None:
            near = _starts(problem, schedule, change)
            expected = f"a session of it; there are {', '.join(near)}" if near else "a session of it: none is"
            faults.append(Fault("no_such_session", f"[{i}].start", _shown(change.start), expected))
        elif freeze_before is not None and change.start < freeze_before:
            expected = f"a session from {_shown(freeze_before)} on; what was before stays as it was"
            faults.append(Fault("already_past", f"[{i}].start", _shown(change.start), expected))
    return tuple(faults)


def cancelled_in(problem: Problem, schedule: Schedule, change: CancelledSession) -> Appointment | None:
    """Return the appointment that a change calls off, or from which it takes a client."""
    found = (a for a in _of(problem, schedule, change) if a.start == change.start)
    return next(found, None)


def _starts(problem: Problem, schedule: Schedule, change: CancelledSession) -> list[str]:
    return [_shown(a.start) for a in _of(problem, schedule, change)][:5]


def _of(problem: Problem, schedule: Schedule, change: CancelledSession) -> list[Appointment]:
    asked = None if change.request is None else problem.by_code.requests.get(change.request)
    if asked is not None and asked.group is not None:
        return [a for a in schedule.appointments if a.group == asked.group and asked.client in a.clients]
    if change.group is not None:
        return [a for a in schedule.appointments if a.group == change.group]
    return [a for a in schedule.appointments if a.request == change.request and a.group is None]


def _shown(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
