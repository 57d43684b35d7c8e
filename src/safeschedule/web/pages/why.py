"""Why not? A clinician by half-day matrix for one request, and the ways in."""

from __future__ import annotations

from datetime import date
from typing import Any

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule.reports.unplaced import unplaced
from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.board.differing import different
from safeschedule.web.jobs import QueuedJob, jobs_of
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.told import not_found
from safeschedule.web.weeks.proposals import of_week

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/why/{request}")
def why(actor: Worker, store: Kept, code: str, request: str) -> Response:
    """What stands against a request, and what would let it in."""
    look = look_at(store, code)
    line = next(
        (each for each in unplaced(look.problem, look.schedule) if each.entry.request == request), None
    )
    if line is None:
        raise not_found("request that is left out")
    with store.reading() as connection:
        jobs = jobs_of(connection, code, "why")
        job = next((each for each in jobs if _is_about(each, request, look.week.version)), None)
        ways = [
            (p, different(look.schedule, p.schedule(connection)))
            for p in of_week(connection, code)
            if job is not None and p.job == job.code
        ]
    return page(
        "why",
        actor,
        week=look.week,
        here="week",
        line=line,
        job=job,
        ways=ways,
        matrix=_matrix(job),
        weekday=lambda day: f"{date.fromisoformat(day):%a}",
        changes=may(actor, "change"),
    )


def _is_about(job: QueuedJob, request: str, version: int) -> bool:
    return job.asked.get("request") == request and job.version == version


def _matrix(
    job: QueuedJob | None,
) -> tuple[list[tuple[str, bool]], dict[str, dict[tuple[str, bool], dict[str, Any]]]]:
    """Return the half-days, and each clinician's cells."""
    cells = [] if job is None or job.found is None else job.found.get("cells", [])
    halves = sorted({(cell["day"], bool(cell["afternoon"])) for cell in cells})
    rows: dict[str, dict[tuple[str, bool], dict[str, Any]]] = {}
    for cell in cells:
        rows.setdefault(cell["who"], {})[cell["day"], bool(cell["afternoon"])] = cell
    return halves, dict(sorted(rows.items()))
