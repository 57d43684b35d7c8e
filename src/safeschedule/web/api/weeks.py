"""Weeks: brought in, listed, read."""

from __future__ import annotations

import json
from typing import Any

from fastapi import Request, Response

from safeschedule import problem_from_text, schedule_from_text
from safeschedule.schedule.fitting import require_fitting
from safeschedule.web.api.answers import WeekAnswer, WeekNowAnswer
from safeschedule.web.api.router import api_router
from safeschedule.web.auth.guard import Changer, Kept, Worker
from safeschedule.web.board.strip import strip_at
from safeschedule.web.live.looking import look_at
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import all_weeks, find, version_of
from safeschedule.web.weeks.changing import begin

router = api_router("weeks")


@router.get("/weeks", response_model=list[WeekAnswer])
def weeks(actor: Worker, store: Kept) -> list[dict[str, Any]]:
    """Every week as it is now, the latest first."""
    with store.reading() as connection:
        return [week.summary() for week in all_weeks(connection)]


_BODY = {
    "type": "object",
    "required": ["problem"],
    "properties": {
        "problem": {"type": "object", "additionalProperties": True},
        "schedule": {"type": "object", "additionalProperties": True},
    },
}


@router.post(
    "/weeks",
    status_code=201,
    response_model=WeekAnswer,
    openapi_extra={"requestBody": {"required": True, "content": {"application/json": {"schema": _BODY}}}},
)
async def bring_in(request: Request, actor: Changer, store: Kept) -> dict[str, Any]:
    """Bring in a week: ``{"problem": {...}, "schedule": {...}}`` in the library's formats."""
    from starlette.concurrency import run_in_threadpool

    text = (await request.body()).decode(errors="replace")
    return await run_in_threadpool(_bring_in, store, actor, text)


def _bring_in(store: Kept, actor: Changer, text: str) -> dict[str, Any]:
    try:
        data = json.loads(text)
    except (ValueError, RecursionError):
        data = None
    if not isinstance(data, dict) or not isinstance(data.get("problem"), dict):
        raise RefusalError(422, "faults", 'Expected {"problem": {...}}, perhaps with "schedule".')
    problem = problem_from_text(json.dumps(data["problem"]), "problem")
    plan = None
    if isinstance(data.get("schedule"), dict):
        plan = schedule_from_text(json.dumps(data["schedule"]), "schedule")
        require_fitting(problem, plan)
    with store.deciding() as connection:
        return begin(connection, actor, problem, plan, "Brought in by a program").summary()


@router.get("/weeks/{code}", response_model=WeekNowAnswer)
def week(actor: Worker, store: Kept, code: str, response: Response) -> dict[str, Any]:
    """A week as it is now, with what is true of it; its version is the entity tag."""
    look = look_at(store, code)
    desk = look.desk()
    account, strip = desk.verification, strip_at(desk)
    response.headers["ETag"] = look.week.tag
    return {
        **look.week.summary(),
        "compliant": account.compliant,
        "qualified": account.qualified,
        "placed": strip.placed,
        "asked": strip.asked,
        "broken": strip.broken,
    }


@router.get("/weeks/{code}/version", response_model=WeekAnswer)
def version(actor: Worker, store: Kept, code: str) -> dict[str, Any]:
    """Which version a week is, and who made it: cheap, to be asked again and again."""
    with store.reading() as connection:
        return find(connection, code).summary()


@router.get("/weeks/{code}/problem")
def problem(actor: Worker, store: Kept, code: str, version: int | None = None) -> dict[str, Any]:
    """What is given, in the library's format."""
    with store.reading() as connection:
        found = version_of(connection, code, version) if version else look_at(store, code).week
        return found.problem(connection).to_dict()


@router.get("/weeks/{code}/schedule")
def schedule(actor: Worker, store: Kept, code: str, version: int | None = None) -> dict[str, Any]:
    """What is planned, in the library's format."""
    with store.reading() as connection:
        found = version_of(connection, code, version) if version else look_at(store, code).week
        return found.schedule(connection).to_dict()


@router.get("/weeks/{code}/verification")
def verification(actor: Worker, store: Kept, code: str) -> dict[str, Any]:
    """What the verifier says of a week."""
    return look_at(store, code).desk().verification.to_dict()
