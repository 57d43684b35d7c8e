"""What is told of a plan made again: who is disturbed, what is worse, why something is dropped."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from safeschedule.model.extract import extract
from safeschedule.problem import Problem
from safeschedule.replanning.changes import CancelledSession, Change, SickCall
from safeschedule.replanning.freezing import people_of
from safeschedule.replanning.result import Worse
from safeschedule.replanning.situation import Situation
from safeschedule.replanning.telling import concerned
from safeschedule.schedule import Appointment, Diff, LeftOut, Schedule
from safeschedule.verifier import Verification, examine


def alike(new: Schedule, old: Schedule) -> Schedule:
    """Return the new schedule with blocks that several have at once written as the old one has them."""
    blocks = list(new.blocks)
    for block in old.blocks:
        if block.supervisor is None and len(block.clinicians) > 1:
            parts = [block.model_copy(update={"clinicians": (code,)}) for code in block.clinicians]
            if all(part in blocks for part in parts):
                blocks = [b for b in blocks if b not in parts]
                blocks.append(block)
    kept = sorted(blocks, key=lambda b: b.order)
    same = {b.model_copy(update={"clinicians": tuple(sorted(b.clinicians))}): b for b in old.blocks}
    return new.model_copy(
        update={
            "blocks": tuple(
                same.get(b.model_copy(update={"clinicians": tuple(sorted(b.clinicians))}), b) for b in kept
            )
        }
    )


def clients_of(problem: Problem, change: CancelledSession, appointment: Appointment) -> tuple[str, ...]:
    """Return the clients who called off an appointment, and know."""
    if change.request is None:
        return ()
    return tuple(
        r.client for r in problem.requests if r.id == change.request and r.client in appointment.clients
    )


def times_away(changes: Sequence[Change]) -> dict[str, list[tuple[datetime, datetime]]]:
    """Return by clinician when the changes say that somebody is ill."""
    found: dict[str, list[tuple[datetime, datetime]]] = defaultdict(list)
    for change in changes:
        if isinstance(change, SickCall):
            found[change.clinician].append((change.start, change.end))
    return found


def why_dropped(
    problem: Problem,
    appointment: Appointment,
    left: dict[str, LeftOut],
    called_off: dict[Appointment, tuple[str, ...]],
) -> str:
    """Return why an appointment is dropped."""
    if appointment.request in left:
        return left[appointment.request].reason
    if appointment in called_off:
        return "It was called off."
    asked = {
        r.id for r in problem.requests if r.group == appointment.group and r.client in appointment.clients
    }
    reasons = dict.fromkeys(left[code].reason for code in sorted(asked) if code in left)
    return " ".join(reasons)


def disturbed(where: Situation, diff: Diff) -> tuple[str, ...]:
    """Return whose sessions or joint blocks are others now, though no change hits them.

    Another room at the same time disturbs nobody; it is told.
    """
    index = where.index
    hit = {index.clinicians[n].id for n in where.clinicians} | {index.clients[n].id for n in where.clients}
    wanted = {[*index.request_number, *index.group_number][item] for item, n in where.demand.items() if n}
    found: set[str] = set()
    for pair in diff.moved:
        if (pair.before.group or pair.before.request) not in wanted:
            found |= concerned(pair)
    for appointment in diff.dropped:
        if (appointment.group or appointment.request) not in wanted:
            found |= {*appointment.clients, *appointment.clinicians}
    for change in diff.blocks:
        for block in (change.before, change.after):
            if block is not None and block.supervisor is not None:
                there = set(people_of(block))
                other = change.after if block is change.before else change.before
                same = other is not None and (other.start, other.supervisor) == (
                    block.start,
                    block.supervisor,
                )
                found |= there - (set(people_of(other)) if same and other is not None else set())
    return tuple(sorted(found - hit))


def worse_rules(problem: Problem, before: Verification, after: Verification) -> tuple[Worse, ...]:
    """Return the soft rules that cost more than before."""
    settings = problem.rulebook.settings()
    return tuple(
        Worse(rule, settings[rule].tier.value, before.penalties.get(rule, 0), penalty)
        for rule, penalty in after.penalties.items()
        if penalty > before.penalties.get(rule, 0)
    )


def still_open(problem: Problem, where: Situation, schedule: Schedule) -> Iterator[str]:
    """Yield what the verifier finds against the old schedule, less what cannot stay, in the changed week."""
    table = where.table()
    left = extract(where.index, table.rows.take(table.kept), schedule)
    for finding in examine(problem, left).findings:
        if finding.hard:
            yield finding.sentence
    for appointment in where.past:
        end = appointment.start + timedelta(minutes=appointment.minutes)
        yield (
            f"{appointment.session_type} of {', '.join(appointment.clients)} on "
            f"{appointment.start:%A %H:%M}-{end:%H:%M} stands in the time that stays as it is."
        )
