"""Another time for one session, or a place for a request: five places, without a board; for a phone."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.live import acting
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import page

router = APIRouter(include_in_schema=False)

_PLACES = 5


@router.get("/weeks/{code}/another-time")
def places(actor: Changer, store: Kept, code: str, item: str = "", request: str = "") -> Response:
    """The best other places of a session, or those of a request that is not placed."""
    look = look_at(store, code)
    given = acting.session_of(look, item) if item else None
    found = acting.slots_to_move(look, item, _PLACES) if item else acting.slots_for(look, request, _PLACES)
    return page(
        "another_time",
        actor,
        week=look.week,
        here="today",
        given=given,
        found=found,
        item=item,
        request=request,
        slot_key=acting.slot_key,
    )


@router.post("/weeks/{code}/another-time")
def take(
    actor: Changer,
    store: Kept,
    code: str,
    version: Annotated[int, Form()],
    slot: Annotated[str, Form(max_length=300)],
    item: Annotated[str, Form(max_length=200)] = "",
    request: Annotated[str, Form(max_length=200)] = "",
) -> Response:
    """Take one of them."""
    look = look_at(store, code, version)
    most = acting.MOST_SLOTS
    found = acting.slots_to_move(look, item, most) if item else acting.slots_for(look, request, most)
    acting.take(store, actor, look, found, slot)
    return RedirectResponse(f"/weeks/{code}/today", 303)
