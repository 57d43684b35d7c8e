"""What people do to a week with their hands: move, place, cancel, pin. Each is one version of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from safeschedule import (
    Appointment,
    Desk,
    PinnedAppointment,
    PinnedGroup,
    Problem,
    Schedule,
    Suggestion,
    Suggestions,
)
from safeschedule.web.live.looking import SeenWeek
from safeschedule.web.live.verdict import check, verdict_of
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError, not_found
from safeschedule.web.weeks import Actor, KeptWeek
from safeschedule.web.weeks.changing import change

MOST_SLOTS = 60

_Pin = tuple[str, str | None, datetime]
"""What a pin holds, the code of that, and when."""


def session_of(look: SeenWeek, item: str) -> Appointment:
    """Return a session by its id.

    Raises
    ------
    RefusalError
        There is none.
    """
    found = next((a for a in look.schedule.appointments if a.id == item), None)
    if found is None:
        raise not_found("session in this version of the week")
    return found


def move(
    store: Store,
    actor: Actor,
    look: SeenWeek,
    item: str,
    *,
    to: datetime | None,
    clinician: str | None,
    room: str | None = None,
    mode: str | None = None,
    site: str | None = None,
    all_the_same: bool = False,
) -> KeptWeek:
    """Move a session. What breaks a rule is not done, unless somebody says so; then the week tells it.

    Raises
    ------
    RefusalError
        It would break a rule, or somebody was quicker.
    """
    found = check(look.desk(), item, to=to, clinician=clinician, room=room, mode=mode, site=site)
    if not found.allowed and not all_the_same:
        verdict = verdict_of(found)
        raise RefusalError(409, "breaks_rules", verdict["sentence"], {"verdict": verdict})
    after = found.after
    why = f"{_who(found.before)} to {after.start:%a %H:%M}, {' and '.join(after.clinicians)}"
    if not found.allowed:
        why += " although it breaks a rule"
    with store.deciding() as connection:
        return change(connection, actor, look.week, "moved", why, schedule=found.schedule)


def slots_for(look: SeenWeek, request: str, n: int) -> Suggestions:
    """Return the best slots for a request that is not placed."""
    return look.desk().suggest(request, min(n, MOST_SLOTS))


def slots_to_move(look: SeenWeek, item: str, n: int) -> Suggestions:
    """Return the best other slots of a session."""
    return look.desk().suggest_moves(session_of(look, item), min(n, MOST_SLOTS))


def slot_key(slot: Suggestion) -> str:
    """Return what a slot is called while somebody looks at it."""
    return place_key(slot.appointment)


def place_key(given: Appointment) -> str:
    """Return what the place of a session is called."""
    parts = (f"{given.start:%Y-%m-%dT%H:%M}", "+".join(given.clinicians), given.mode.value, given.room or "")
    return "|".join(parts)


def take(store: Store, actor: Actor, look: SeenWeek, found: Suggestions, key: str) -> KeptWeek:
    """Take one of the slots.

    Raises
    ------
    RefusalError
        It is not there any more, or somebody was quicker.
    """
    slot = next((each for each in found.slots if slot_key(each) == key), None)
    if slot is None:
        raise RefusalError(409, "slot_gone", "This slot is not there any more.")
    action = "placed" if found.moving is None else "moved"
    given = slot.appointment
    why = f"{_who(given)}: {given.start:%a %H:%M}, {' and '.join(given.clinicians)}"
    with store.deciding() as connection:
        return change(connection, actor, look.week, action, why, schedule=slot.schedule)


def take_some(look: SeenWeek, wanted: Sequence[Appointment]) -> Schedule:
    """Return the week with some of the sessions that a proposal adds, each where it was proposed.

    Raises
    ------
    RefusalError
        One of them fits there only together with another one that is not wanted.
    """
    made = look.schedule
    for given in wanted:
        found = Desk(look.problem, made).suggest(given.request or "", MOST_SLOTS)
        slot = next((each for each in found.slots if slot_key(each) == place_key(given)), None)
        if slot is None:
            detail = f"{_who(given)} fits there only together with what was left out. Nothing was changed."
            raise RefusalError(409, "slot_gone", detail)
        made = slot.schedule
    return made


def cancel(store: Store, actor: Actor, look: SeenWeek, item: str) -> KeptWeek:
    """Take a session out of the week; its request is not placed then."""
    given = session_of(look, item)
    made = look.desk().without(given)
    problem = _without_pin(look.problem, given)
    with store.deciding() as connection:
        why = f"{_who(given)}, {given.start:%a %H:%M}"
        changed = problem if problem is not look.problem else None
        return change(connection, actor, look.week, "cancelled", why, problem=changed, schedule=made)


def pin(store: Store, actor: Actor, look: SeenWeek, item: str) -> KeptWeek:
    """Pin a session where it is, or let it go again."""
    given = session_of(look, item)
    free = _without_pin(look.problem, given)
    pinned = free is look.problem
    problem = _with_pin(look.problem, given) if pinned else free
    with store.deciding() as connection:
        action, why = "pinned" if pinned else "unpinned", f"{_who(given)}, {given.start:%a %H:%M}"
        return change(connection, actor, look.week, action, why, problem=problem)


def is_pinned(problem: Problem, given: Appointment) -> bool:
    """Return whether a session is pinned where it is."""
    return _pin_keys(given) & _pins_of(problem) != set()


def pinned_ids(problem: Problem, schedule: Schedule) -> set[str | None]:
    """Return the ids of the sessions that are pinned where they are."""
    pins = _pins_of(problem)
    return {a.id for a in schedule.appointments if a.id is not None and _pin_keys(a) & pins}


def _pins_of(problem: Problem) -> set[_Pin]:
    singles: set[_Pin] = {("request", pin.request, pin.start) for pin in problem.pinned_appointments}
    return singles | {("group", pin.group, pin.start) for pin in problem.pinned_groups}


def _pin_keys(given: Appointment) -> set[_Pin]:
    return {("request", given.request, given.start), ("group", given.group, given.start)}


def _with_pin(problem: Problem, given: Appointment) -> Problem:
    if given.group is not None:
        new = PinnedGroup(group=given.group, clinicians=given.clinicians, start=given.start)
        return problem.with_changes(pinned_groups=(*problem.pinned_groups, new))
    if given.request is None:
        raise RefusalError(409, "no_request", "This session serves no request; it cannot be pinned.")
    one = PinnedAppointment(
        request=given.request,
        clinician=given.clinicians[0],
        start=given.start,
        mode=given.mode,
        room=given.room,
    )
    return problem.with_changes(pinned_appointments=(*problem.pinned_appointments, one))


def _without_pin(problem: Problem, given: Appointment) -> Problem:
    singles = tuple(
        p for p in problem.pinned_appointments if (p.request, p.start) != (given.request, given.start)
    )
    groups = tuple(p for p in problem.pinned_groups if (p.group, p.start) != (given.group, given.start))
    if len(singles) == len(problem.pinned_appointments) and len(groups) == len(problem.pinned_groups):
        return problem
    return problem.with_changes(pinned_appointments=singles, pinned_groups=groups)


def _who(given: Appointment) -> str:
    return f"{given.session_type} of {given.group or ', '.join(given.clients)}"
