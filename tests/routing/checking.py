"""What is wrong with an answer of routing, by the verifier and by models of the whole week."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import numpy as np
from ortools.sat.python import cp_model

from safeschedule import solve
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.problem import Client, PinnedAppointment, Problem, Request, RuleSetting
from safeschedule.routing import IntakeRouting
from safeschedule.routing.standing_week import week_ahead
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify


def faults(
    found: IntakeRouting,
    problem: Problem,
    schedule: Schedule,
    client: Client,
    request: Request,
    leaving: dict[str, int],
) -> Iterator[str]:
    """Yield every way in which an answer is wrong.

    Parameters
    ----------
    leaving
        The day of discharge of clients, from the first of the week.
    """
    yield from _of_proposals(found, schedule)
    yield from _of_what_is_told(found, problem)
    if found.proposals:
        return
    asked = request.model_copy(update={"earliest": None, "latest": None})
    for number in range(found.weeks):
        monday = problem.week_start + timedelta(weeks=number)
        gone = [code for code, day in leaving.items() if day <= 7 * number]
        ahead, held = week_ahead(problem, schedule, number, gone) if number else (problem, schedule)
        if monday in found.undecided:
            continue
        there = monday == found.first_week
        if most_taken(ahead, held, client, asked if number else request) is not there:
            yield f"week {number}: the model of all placements says {not there}"
        if solved(ahead, held, client, asked if number else request) and not there:
            yield f"week {number}: a schedule of the week has the client"


def _of_proposals(found: IntakeRouting, schedule: Schedule) -> Iterator[str]:
    before = {(a.request, a.start, a.clinicians) for a in schedule.appointments}
    for proposal in found.proposals:
        if not verify(found.problem, proposal.schedule).compliant:
            yield f"{proposal.clinician} breaks a rule"
        after = {(a.request, a.start, a.clinicians) for a in proposal.schedule.appointments}
        new = {(found.request, proposal.appointment.start, (proposal.clinician,))}
        if after != before | new:
            yield f"with {proposal.clinician} something else changes"
        if proposal.clinician in {refusal.clinician for refusal in found.refusals}:
            yield f"{proposal.clinician} is proposed and refused"


def _of_what_is_told(found: IntakeRouting, problem: Problem) -> Iterator[str]:
    """Yield where the answer contradicts itself: what is not decided is neither a yes nor a no."""
    this = problem.week_start in found.undecided
    if found.proposals and (found.nobody or found.first_week or found.undecided):
        yield "somebody can, and it is told when"
    if not found.proposals and found.nobody is not (None if this else True):
        yield "nobody can, and it is not decided"
    if found.first_week in found.undecided:
        yield "the first week is not decided"
    if ("Not decided" in str(found)) is not bool(found.undecided):
        yield "what is not decided is not told"


def most_taken(problem: Problem, schedule: Schedule, client: Client, request: Request) -> bool:
    """Return whether the week can have the request's session, with every other session at its time.

    One model of all placements: sessions of the schedule are held one by one, and nothing is pinned;
    blocks are free. It ends with a proof, or not at all.
    """
    wide = problem.model_copy(
        update={"clients": (*problem.clients, client), "requests": (*problem.requests, request)}
    )
    index = Index(wide)
    adopted = adopt(index, schedule.model_copy(update={"blocks": ()}), candidates(index))
    rows = adopted.rows
    settings = {name: setting for name, setting in index.settings.items() if setting.hard}
    build = encode(index, rows, settings=settings)
    new = rows.is_session & (rows.request == len(problem.requests))
    for row in np.flatnonzero(rows.is_appointment & ~new).tolist():
        build.model.add(build.row_vars[row] == int(adopted.chosen[row]))
    build.model.maximize(sum(build.row_vars[row] for row in np.flatnonzero(new).tolist()))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(build.model)
    assert status in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return status == cp_model.OPTIMAL and round(solver.objective_value) > 0


def solved(problem: Problem, schedule: Schedule, client: Client, request: Request) -> bool:
    """Return whether `solve` finds a week with the session, when all that stands is pinned.

    Soft rules are off but for the worth of sessions: what is asked is whether it fits. That it finds none is
    no proof.
    """
    pins = tuple(
        PinnedAppointment(
            request=given.request, clinician=given.clinicians[0], start=given.start, mode=given.mode
        )
        for given in schedule.appointments
        if given.request is not None
    )
    placed = {pin.request for pin in pins}
    soft = {
        name: RuleSetting(enabled=False)
        for name, setting in problem.rulebook.settings().items()
        if setting.enabled and not setting.hard and name != "access"
    }
    asked = problem.model_copy(
        update={
            "clients": (*problem.clients, client),
            "requests": (*(r for r in problem.requests if r.id in placed), request),
            "pinned_appointments": pins,
        }
    ).with_settings(soft)
    found = solve(asked, deterministic_limit=1.0, workers=1).schedule
    if found is None or not verify(asked, found).compliant:
        return False
    return any(given.request == request.id for given in found.appointments)
