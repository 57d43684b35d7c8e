"""Changing a week: row, version and the ledger's entry together, and only on the version that was seen."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from sqlalchemy import Connection

from safeschedule import (
    Appointment,
    Diff,
    Problem,
    Schedule,
    Statement,
    WeekChanged,
    basis_of,
    differences,
)
from safeschedule.ledger import append_within
from safeschedule.schedule import following, identified
from safeschedule.web.storage import documents
from safeschedule.web.storage.tables import versions, weeks
from safeschedule.web.times import now, stamp
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks.actor import Actor
from safeschedule.web.weeks.left_out import with_left_out
from safeschedule.web.weeks.reading import DRAFT, KeptWeek, find, version_of

MOST_TOLD = 12
"""Differences that are told to whoever was slower."""


def begin(
    connection: Connection, actor: Actor, problem: Problem, schedule: Schedule | None, why: str
) -> KeptWeek:
    """Bring in a new week and return it; without a schedule it is an empty one."""
    empty = Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)
    code = f"{problem.week_start}-{secrets.token_hex(3)}"
    week = {
        "code": code,
        "name": problem.name,
        "week_start": str(problem.week_start),
        "version": 1,
        "state": DRAFT,
    }
    connection.execute(weeks.insert().values(**week))
    made = with_left_out(problem, identified(schedule or empty))
    _write(connection, actor, code, 1, None, DRAFT, problem, made, "brought_in", why)
    return find(connection, code)


def change(
    connection: Connection,
    actor: Actor,
    seen: KeptWeek,
    action: str,
    why: str,
    *,
    problem: Problem | None = None,
    schedule: Schedule | None = None,
    state: str = DRAFT,
    parent: int | None = -1,
) -> KeptWeek:
    """Make a new version of a week out of the one that was seen, and return it.

    Parameters
    ----------
    seen
        The version on which the change rests; another one meanwhile, and nothing is changed.
    problem, schedule
        What is new; ``None``: as it was.
    parent
        Where the next step back leads; by itself to what was seen where the content is new.

    Raises
    ------
    RefusalError
        Somebody was quicker: with what is different now.
    """
    require_current(connection, seen)
    before = seen.schedule(connection)
    given = problem or seen.problem(connection)
    made = before
    if schedule is not None or problem is not None:
        made = with_left_out(
            given, following(schedule or before, before).model_copy(update={"called_off": ()})
        )
    back = (seen.version if made is not before or problem else seen.parent) if parent == -1 else parent
    number = seen.version + 1
    row = weeks.update().where(weeks.c.code == seen.code, weeks.c.version == seen.version)
    if connection.execute(row.values(version=number, state=state)).rowcount != 1:
        raise stale(connection, seen)
    _write(connection, actor, seen.code, number, back, state, given, made, action, why)
    return find(connection, seen.code)


def step_back(connection: Connection, actor: Actor, seen: KeptWeek) -> KeptWeek:
    """Undo the last change of a week's content; nothing is lost by it, as it is a version of its own."""
    if seen.parent is None:
        raise RefusalError(409, "nothing_to_undo", "There is nothing to undo in this week.")
    old = version_of(connection, seen.code, seen.parent)
    return change(
        connection,
        actor,
        seen,
        "undone",
        f"Back to version {old.version}",
        problem=old.problem(connection),
        schedule=old.schedule(connection),
        parent=old.parent,
    )


def require_current(connection: Connection, seen: KeptWeek) -> None:
    """Do nothing when a week is still as it was seen.

    Raises
    ------
    RefusalError
        Somebody was quicker.
    """
    if find(connection, seen.code).version != seen.version:
        raise stale(connection, seen)


def stale(connection: Connection, seen: KeptWeek) -> RefusalError:
    """Return that somebody was quicker, and what is different."""
    now_ = find(connection, seen.code)
    told = list(_told(differences(seen.schedule(connection), now_.schedule(connection))))
    detail = (
        f"{now_.by_code} changed this week meanwhile ({now_.action.replace('_', ' ')}); your change was not "
        "made. Look at it, and make it again if it still fits."
    )
    more = {"version": now_.version, "seen": seen.version, "different": told[:MOST_TOLD]}
    return RefusalError(409, "stale", detail, more)


def _told(diff: Diff) -> Iterator[str]:
    for pair in diff.moved:
        after = pair.after
        yield f"{_who(after)}: moved to {after.start:%a %H:%M}, {' and '.join(after.clinicians)}"
    for given in diff.added:
        yield f"{_who(given)}: new, {given.start:%a %H:%M}"
    for given in diff.dropped:
        yield f"{_who(given)}: gone from {given.start:%a %H:%M}"


def _who(given: Appointment) -> str:
    return f"{given.session_type} of {', '.join(given.clients)}"


def _write(
    connection: Connection,
    actor: Actor,
    code: str,
    number: int,
    parent: int | None,
    state: str,
    problem: Problem,
    schedule: Schedule,
    action: str,
    why: str,
) -> None:
    said = Statement(
        at=now(),
        by=actor.signatory(),
        why=why,
        basis=basis_of(problem, schedule),
        content=WeekChanged(week=code, week_start=problem.week_start, version=number, action=action),
    )
    (entry,) = append_within(connection, said)
    row = {
        "week": code,
        "version": number,
        "parent": parent,
        "state": state,
        "problem": documents.put(connection, problem),
        "schedule": documents.put(connection, schedule),
        "action": action,
        "why": why,
        "by_code": actor.code,
        "by_role": actor.role,
        "at": stamp(),
        "entry": entry.number,
    }
    connection.execute(versions.insert().values(**row))
