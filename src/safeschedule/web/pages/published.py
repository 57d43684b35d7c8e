"""Weeks that are given out, for whoever only reads."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import Response

from safeschedule import verify
from safeschedule.web.auth.guard import Kept, Reader
from safeschedule.web.board import board_of
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import not_found
from safeschedule.web.weeks import all_weeks, published

router = APIRouter(include_in_schema=False)


@router.get("/published")
def weeks(actor: Reader, store: Kept) -> Response:
    """Every week that is given out."""
    with store.reading() as connection:
        found = [(week, published(connection, week.code)) for week in all_weeks(connection)]
    return page("published", actor, here="published", weeks=[(w, p) for w, p in found if p is not None])


@router.get("/published/{code}")
def week(actor: Reader, store: Kept, code: str) -> Response:
    """A week as it was given out last."""
    with store.reading() as connection:
        found = published(connection, code)
    if found is None:
        raise not_found("published week")
    account = verify(found.problem, found.schedule)
    board = board_of(found.problem, found.schedule, account)
    return page("published_week", actor, here="published", found=found, board=board)
