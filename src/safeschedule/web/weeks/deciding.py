"""Proposing, approving and publishing: two people, and no rule broken without an override in force."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, func, select

from safeschedule import (
    OverrideInForce,
    PlanAccepted,
    Schedule,
    Statement,
    Verification,
    basis_of,
    overrides_in_force,
    verify,
)
from safeschedule.ledger import append_within
from safeschedule.ledger.storage.tables import entries
from safeschedule.schedule import following
from safeschedule.web.storage import Store, documents, ledger_head
from safeschedule.web.storage.tables import publications, versions
from safeschedule.web.times import now, stamp
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks.actor import Actor
from safeschedule.web.weeks.changing import change
from safeschedule.web.weeks.reading import APPROVED, DRAFT, PROPOSED, PUBLISHED, KeptWeek, published

_known: dict[tuple[str, int, date], tuple[OverrideInForce, ...]] = {}


def overrides(store: Store, connection: Connection) -> tuple[OverrideInForce, ...]:
    """Return the overrides that are in force today."""
    kinds = ("override", "correction")
    newest = connection.scalar(select(func.max(entries.c.number)).where(entries.c.kind.in_(kinds))) or 0
    if not newest:
        return ()
    key = (store.where, newest, now().date())
    known = _known.get(key)
    if known is None:
        ledger = store.ledger()
        found = [entry for kind in kinds for entry in ledger.entries(kind)]
        known = overrides_in_force(sorted(found, key=lambda entry: entry.number), key[2])
        _known.clear()  # somebody else may do so at the same time
        _known[key] = known
    return known


def propose(connection: Connection, actor: Actor, seen: KeptWeek, why: str) -> KeptWeek:
    """Say that a week is ready to be looked at by a second person."""
    _require(seen, (DRAFT,), "proposed")
    return change(connection, actor, seen, "proposed", why, state=PROPOSED)


def return_(connection: Connection, actor: Actor, seen: KeptWeek, why: str) -> KeptWeek:
    """Give a proposed or approved week back to be worked on."""
    _require(seen, (PROPOSED, APPROVED), "returned")
    return change(connection, actor, seen, "returned", why, state=DRAFT)


def approve(
    connection: Connection, actor: Actor, seen: KeptWeek, why: str, excused: Sequence[OverrideInForce]
) -> KeptWeek:
    """Approve a proposed week; not by whoever proposed it.

    Raises
    ------
    RefusalError
        The same person, another state, or a rule that is broken.
    """
    _require(seen, (PROPOSED,), "approved")
    if actor.code in hands(connection, seen):
        raise RefusalError(
            403, "second_person", "A second person approves: you have worked on what is proposed here."
        )
    require_compliant(connection, seen, excused)
    return change(connection, actor, seen, "approved", why, state=APPROVED)


def publish(
    connection: Connection,
    actor: Actor,
    seen: KeptWeek,
    why: str,
    excused: Sequence[OverrideInForce],
    huddle: int | None = None,
) -> KeptWeek:
    """Give an approved week out: from now on it is what clinicians see and calendars hold.

    Parameters
    ----------
    huddle
        The entry of the huddle from which it came.

    Raises
    ------
    RefusalError
        Another state, or a rule that is broken.
    """
    _require(seen, (APPROVED,), "published")
    require_compliant(connection, seen, excused)
    problem, plan = seen.problem(connection), seen.schedule(connection)
    last = published(connection, seen.code)
    given = plan if last is None else following(plan, last.schedule)
    content = PlanAccepted(
        week_start=problem.week_start,
        sessions=len(given.appointments),
        left_out=sum(entry.sessions for entry in given.left_out),
        huddle=huddle,
    )
    said = Statement(at=now(), by=actor.signatory(), why=why, basis=basis_of(problem, given), content=content)
    append_within(connection, said)
    made = change(connection, actor, seen, "published", why, state=PUBLISHED)
    _keep(connection, made, given)
    return made


def _keep(connection: Connection, made: KeptWeek, given: Schedule) -> None:
    row = {
        "week": made.code,
        "version": made.version,
        "problem": made.problem_key,
        "schedule": documents.put(connection, given),
        "head": ledger_head(connection),
        "at": stamp(),
    }
    connection.execute(publications.insert().values(**row))


def hands(connection: Connection, seen: KeptWeek) -> set[str]:
    """Return who worked on what is proposed: since the last publication, whoever made a version of it."""
    asked = select(versions.c.version, versions.c.by_code, versions.c.action).where(
        versions.c.week == seen.code, versions.c.version <= seen.version
    )
    found: set[str] = set()
    for row in connection.execute(asked.order_by(versions.c.version.desc())):
        if row.action == "published":
            break
        if row.action != "returned":
            found.add(row.by_code)
    return found


def require_compliant(
    connection: Connection, seen: KeptWeek, excused: Sequence[OverrideInForce]
) -> Verification:
    """Return what the verifier says of a week that breaks no rule, but for what overrides in force excuse.

    Raises
    ------
    RefusalError
        It breaks some; each is told.
    """
    account = verify(seen.problem(connection), seen.schedule(connection), overrides=excused)
    if not account.compliant:
        broken = [f"[{f.rule}] {f.sentence}" for f in account.findings if f.hard]
        detail = "The week breaks hard rules, and no override in force excuses them. Nothing was done."
        raise RefusalError(409, "not_compliant", detail, {"findings": broken[:50]})
    return account


def _require(seen: KeptWeek, states: Sequence[str], done: str) -> None:
    if seen.state not in states:
        detail = f"Only a {' or '.join(states)} week can be {done}; this one is {seen.state}."
        raise RefusalError(409, "other_state", detail)
