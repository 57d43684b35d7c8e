"""Are we safe? Each half-day of the week, with urgent cases coming and people absent."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule.web.auth.guard import Kept, Worker
from safeschedule.web.jobs import jobs_of
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import may, page

router = APIRouter(include_in_schema=False)


@router.get("/weeks/{code}/safe")
def safe(actor: Worker, store: Kept, code: str) -> Response:
    """The strip of half-days."""
    look = look_at(store, code)
    with store.reading() as connection:
        jobs = [job for job in jobs_of(connection, code, "safe") if job.version == look.week.version]
    return page(
        "safe",
        actor,
        week=look.week,
        here="safe",
        job=jobs[0] if jobs else None,
        changes=may(actor, "change"),
    )
