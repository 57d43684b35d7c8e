"""What takes long: asked for, watched as events, stopped."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Request
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from safeschedule.web.api.answers import JobAnswer
from safeschedule.web.api.router import Seen, api_router
from safeschedule.web.auth.guard import Changer, Kept, Worker
from safeschedule.web.jobs import ask_for, find_job, job_events, jobs_of, stop_job
from safeschedule.web.jobs.admitting import KINDS_OF_ENTRIES
from safeschedule.web.live.looking import look_at
from safeschedule.web.storage import Store
from safeschedule.web.times import now

router = api_router("jobs")

LOOK_SECONDS = 0.4
"""Between two looks at what a job tells."""


class WantedJob(BaseModel):
    """What a job is asked to do."""

    model_config = ConfigDict(extra="forbid")

    kind: Literal["plan", "fill", "sick", "why", "safe", "intake"]
    seconds: Annotated[float | None, Field(ge=1, le=3600)] = None
    request: str | None = Field(default=None, max_length=80)
    clinician: str | None = Field(default=None, max_length=80)
    cover: str | None = Field(default=None, max_length=80)
    supervisor: str | None = Field(default=None, max_length=80)
    start: datetime | None = None
    end: datetime | None = None
    urgent: Annotated[int, Field(ge=1, le=20)] = 1
    sick: Annotated[int, Field(ge=0, le=5)] = 0
    client: str | None = Field(default=None, max_length=80)
    band: str | None = Field(default=None, max_length=80)
    flags: str | None = Field(default=None, max_length=300)
    session_type: str | None = Field(default=None, max_length=80)
    mode: Literal["either", "in_person", "telehealth"] | None = None


@router.post("/weeks/{code}/jobs", status_code=202, response_model=JobAnswer)
def ask(
    request: Request, actor: Changer, store: Kept, seen: Seen, code: str, asked: WantedJob
) -> dict[str, Any]:
    """Ask for a job about the version that was seen; what it finds is a proposal."""
    look = look_at(store, code, seen)
    settings = request.app.state.settings
    body = asked.model_dump(mode="json", exclude_none=True)
    seconds = settings.search if asked.seconds is None else min(asked.seconds, settings.longest)
    body |= {"seconds": seconds, "workers": settings.solver_workers}
    for name in ("start", "end"):
        moment: datetime | None = getattr(asked, name)
        if moment is not None:
            body[name] = moment.replace(tzinfo=None).isoformat(timespec="minutes")
    if asked.kind == "intake":
        # Its process knows no database: what the ledger says of restricted intakes goes with it.
        entries = [e for kind in KINDS_OF_ENTRIES for e in store.ledger().entries(kind)]
        entries.sort(key=lambda entry: entry.number)
        body |= {"ledger": [entry.to_dict() for entry in entries], "on": str(now().date())}
    with store.writing() as connection:
        job = ask_for(connection, asked.kind, look.week.code, look.week.version, body, actor.code)
    return job.to_dict()


@router.get("/weeks/{code}/jobs", response_model=list[JobAnswer])
def jobs(actor: Worker, store: Kept, code: str, kind: str | None = None) -> list[dict[str, Any]]:
    """The latest jobs of a week, the newest first."""
    with store.reading() as connection:
        return [job.to_dict() for job in jobs_of(connection, code, kind)]


@router.get("/jobs/{job}", response_model=JobAnswer)
def one(actor: Worker, store: Kept, job: str) -> dict[str, Any]:
    """A job, and what came of it."""
    with store.reading() as connection:
        return find_job(connection, job).to_dict()


@router.post("/jobs/{job}/stop", status_code=202, response_model=JobAnswer)
def stop(actor: Changer, store: Kept, job: str) -> dict[str, Any]:
    """Ask a job to stop; what it has found so far is kept."""
    with store.writing() as connection:
        stop_job(connection, job)
        return find_job(connection, job).to_dict()


@router.get(
    "/jobs/{job}/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def events(request: Request, actor: Worker, store: Kept, job: str) -> StreamingResponse:
    """What a job tells, as server-sent events, until it ends."""
    await run_in_threadpool(_look, store, job, 0)
    return StreamingResponse(_stream(request, store, job), media_type="text/event-stream")


async def _stream(request: Request, store: Store, job: str) -> AsyncIterator[str]:
    after = 0
    while not await request.is_disconnected():
        told, ended = await run_in_threadpool(_look, store, job, after)
        for number, body in told:
            after = number
            yield f"id: {number}\ndata: {json.dumps(body)}\n\n"
        if ended is not None:
            yield f"event: ended\ndata: {json.dumps(ended)}\n\n"
            return
        if request.app.state.closing.is_set():
            return
        await asyncio.sleep(LOOK_SECONDS)


def _look(
    store: Store, job: str, after: int
) -> tuple[list[tuple[int, dict[str, Any]]], dict[str, Any] | None]:
    with store.reading() as connection:
        found = find_job(connection, job)
        told = job_events(connection, job, after)
    return told, found.to_dict() if found.ended else None
