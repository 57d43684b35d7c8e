"""Intake: who waits and how long, who can take somebody, and which groups could."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule import Flag, group_eligibility, waitlist
from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.jobs import jobs_of
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.weeks.proposals import of_week
from safeschedule.web.weeks.recorded import recorded_weeks

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/intake")
def intake(actor: Worker, store: Kept, code: str, client: str = "") -> Response:
    """The waiting list, and the way in of somebody who waits or is new."""
    look = look_at(store, code)
    with store.reading() as connection:
        past = recorded_weeks(connection)
        job = next(iter(jobs_of(connection, code, "intake")), None)
        ways = [p for p in of_week(connection, code) if job is not None and p.job == job.code]
    problem = look.problem
    found = waitlist(problem, look.schedule, actuals=past)
    seen = {client.id for client in problem.clients}
    return page(
        "intake",
        actor,
        week=look.week,
        here="intake",
        found=found,
        waiting=[each.client for each in found.clients],
        groups=group_eligibility(problem, look.schedule).groups,
        chosen=client if client in seen else "",
        job=job,
        current=job is not None and job.version == look.week.version,
        ways=ways,
        bands=[band.id for band in problem.bands],
        flags=[flag.value for flag in Flag],
        types=[each for each in problem.session_types if each.largest == 1],
        changes=may(actor, "change"),
        reasons=dict.fromkeys(each.unknown for each in found.clients if each.unknown),
    )
