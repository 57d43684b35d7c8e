"""What all routes of the interface have in common."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header
from pydantic import BaseModel

from safeschedule.web.live.looking import version_in

PREFIX = "/api/v1"


class ToldProblem(BaseModel):
    """A problem of RFC 9457."""

    type: str
    title: str
    status: int
    detail: str = ""


_TOLD: dict[int | str, dict[str, Any]] = {
    number: {"model": ToldProblem} for number in (401, 403, 404, 409, 422, 428, 429, 503)
}


def api_router(tag: str) -> APIRouter:
    """Return a router of the interface."""
    return APIRouter(prefix=PREFIX, tags=[tag], responses=_TOLD)


def _seen(if_match: Annotated[str | None, Header()] = None) -> int:
    return version_in(if_match)


Seen = Annotated[int, Depends(_seen)]
"""The version of the week that whoever asks has seen, by ``If-Match``."""
