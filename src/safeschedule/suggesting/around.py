"""One clinician's week as a problem of its own, small enough to be solved at once."""

from __future__ import annotations

from collections.abc import Collection

from safeschedule.catalogue import Trait
from safeschedule.problem import BlockKind, Meeting, Problem, Request
from safeschedule.problem.fixed import BUFFERS
from safeschedule.problem.rulebook import OFF
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier.again import Standing
from safeschedule.verifier.nearby import Given
from safeschedule.verifier.registry import reach_of


def around(
    standing: Standing, request: Request, clinician: str, without: Collection[Given]
) -> tuple[Problem, Schedule]:
    """Return the part of a problem and of its schedule that a clinician and a client are in.

    Left out are rules of the whole team, rooms, and rules that the schedule breaks near them already: the
    verifier judges those on the whole schedule afterwards. What the clinician does with others is time that
    is held.
    """
    left = {id(given) for given in without}
    near = standing.nearby.of([("clinician", clinician), ("client", request.client)])
    given = [each for each in near if id(each) not in left]
    sessions = [
        a.model_copy(update={"room": None})
        for a in given
        if isinstance(a, Appointment) and (clinician in a.clinicians or request.client in a.clients)
    ]
    blocks = [own for b in given if isinstance(b, Block) and (own := _own(b, clinician)) is not None]
    schedule = standing.schedule.model_copy(
        update={"appointments": tuple(sessions), "blocks": tuple(blocks), "left_out": ()}
    )
    return _about(standing, request, clinician, sessions), schedule


def _own(block: Block, clinician: str) -> Block | None:
    """Return what a block is for one clinician alone."""
    if clinician not in (*block.clinicians, block.supervisor) or block.kind in BUFFERS:
        return None
    if block.supervisor is None:
        return block if len(block.clinicians) == 1 else block.model_copy(update={"clinicians": (clinician,)})
    alone = {"kind": BlockKind.OTHER, "clinicians": (clinician,), "supervisor": None, "site": None}
    return block.model_copy(update=alone)


def _about(standing: Standing, request: Request, clinician: str, sessions: list[Appointment]) -> Problem:
    problem = standing.problem
    past = standing.nearby.past_of([("clinician", clinician), ("client", request.client)])
    seen = {request.client, *(code for a in sessions for code in a.clients), *(p.client for p in past)}
    clients = tuple(c for c in problem.clients if c.id in seen or c.clinician == clinician)
    known = {c.id for c in clients}
    staff = {clinician, *(code for a in sessions for code in a.clinicians), *(p.clinician for p in past)}
    staff |= {c.clinician for c in clients if c.clinician is not None}
    held = {a.request for a in sessions} | {request.id}
    groups = {a.group for a in sessions if a.group is not None}
    meetings = tuple(_alone(m, clinician) for m in problem.meetings if clinician in m.clinicians)
    off = dict.fromkeys(_others(standing, clinician, request), OFF)
    return problem.model_copy(
        update={
            "clinicians": tuple(c for c in problem.clinicians if c.id in staff),
            "clients": clients,
            "requests": tuple(
                r for r in problem.requests if r.id in held or (r.group in groups and r.client in known)
            ),
            "groups": tuple(g for g in problem.groups if g.id in groups),
            "meetings": meetings,
            "history": problem.history.model_copy(update={"appointments": past}),
            "rulebook": problem.rulebook.with_settings(off),
            **dict.fromkeys(("pinned_appointments", "pinned_groups", "pinned_blocks", "incidents"), ()),
        }
    )


def _alone(meeting: Meeting, clinician: str) -> Meeting:
    return meeting.model_copy(update={"clinicians": (clinician,)})


def _others(standing: Standing, clinician: str, request: Request) -> set[str]:
    """Return the rules that are left to the verifier."""
    names = standing.week.settings
    team = {name for name, setting in names.items() if not reach_of(setting).near}
    people = {clinician, request.client}
    broken = {
        f.rule for f in standing.verification.findings if f.hard and people & set(f.who) and f.rule in names
    }
    return {*team, *standing.problem.rulebook.rules_with(Trait.SETTLED), *broken}
