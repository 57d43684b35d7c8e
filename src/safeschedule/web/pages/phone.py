"""A phone call: slots to read aloud, one click books."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from safeschedule import AllowedMode, Client, Desk, InputError, Problem, Request
from safeschedule.web.auth.guard import Changer, Kept
from safeschedule.web.live import acting
from safeschedule.web.live.looking import look_at
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import RefusalError, sentences
from safeschedule.web.weeks.changing import change

router = APIRouter(include_in_schema=False)

Code = Annotated[str, Form(max_length=80)]
_SLOTS = 3


@router.get("/weeks/{code}/phone")
def phone(
    actor: Changer,
    store: Kept,
    code: str,
    client: str = "",
    band: str = "",
    session_type: str = "",
    mode: str = "either",
) -> Response:
    """Three slots for a client who is known, or for somebody new."""
    look = look_at(store, code)
    found = None
    told: list[str] = []
    if session_type:
        try:
            problem, request = _asked(look.problem, client.strip(), band, session_type, mode)
            found = Desk(problem, look.schedule).suggest(request.id, _SLOTS)
        except InputError as error:
            told = list(sentences(error))
    return page(
        "phone",
        actor,
        week=look.week,
        here="phone",
        asked={"client": client, "band": band, "session_type": session_type, "mode": mode},
        bands=[each.id for each in look.problem.bands],
        types=[each for each in look.problem.session_types if each.largest == 1],
        clients=[each.id for each in look.problem.clients],
        found=found,
        told=told,
        slot_key=acting.slot_key,
    )


@router.post("/weeks/{code}/phone")
def book(
    actor: Changer,
    store: Kept,
    code: str,
    version: Annotated[int, Form()],
    slot: Annotated[str, Form(max_length=300)],
    session_type: Code,
    client: Code = "",
    band: Code = "",
    mode: Code = "either",
) -> Response:
    """Book one of them: the request, and a new client, become part of the week."""
    look = look_at(store, code, version)
    problem, request = _asked(look.problem, client.strip(), band, session_type, mode)
    found = Desk(problem, look.schedule).suggest(request.id, acting.MOST_SLOTS)
    taken = next((each for each in found.slots if acting.slot_key(each) == slot), None)
    if taken is None:
        raise RefusalError(409, "slot_gone", "This slot is not there any more.")
    given = taken.appointment
    where = f"{given.start:%a %H:%M}, {' and '.join(given.clinicians)}"
    why = f"{request.session_type} of {request.client}: {where}"
    with store.deciding() as connection:
        change(connection, actor, look.week, "booked", why, problem=problem, schedule=taken.schedule)
    return RedirectResponse(f"/weeks/{code}", 303)


def _asked(problem: Problem, client: str, band: str, session_type: str, mode: str) -> tuple[Problem, Request]:
    """Return the problem with what is asked for on the phone, and the request."""
    known = {each.id for each in problem.clients}
    codes = {each.id for each in problem.requests}
    clients = problem.clients
    if client not in known:
        client = client or _free("NEW", known)
        clients = (*clients, Client(id=client, band=band) if band else Client(id=client))
    request = Request(
        id=_free("PHONE", codes), client=client, session_type=session_type, mode=_mode(mode), priority=4
    )
    return problem.with_changes(clients=clients, requests=(*problem.requests, request)), request


def _free(word: str, taken: set[str]) -> str:
    return next(f"{word}{number}" for number in range(1, len(taken) + 2) if f"{word}{number}" not in taken)


def _mode(word: str) -> AllowedMode:
    if word not in tuple(AllowedMode):
        raise RefusalError(422, "mode", f"A session is one of: {', '.join(AllowedMode)}.")
    return AllowedMode(word)
