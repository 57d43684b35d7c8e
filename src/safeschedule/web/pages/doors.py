"""Signing in and out, joining by a link, and where everybody begins."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule.web.auth import grants, signing_in
from safeschedule.web.auth.guard import Kept, Self, cookie_name
from safeschedule.web.auth.origin import require_own_page
from safeschedule.web.auth.sessions import LONGEST_DAYS, end_session
from safeschedule.web.pages.rendering import may, page
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import all_weeks

router = APIRouter(include_in_schema=False)

Field = Annotated[str, Form(max_length=300)]


@router.get("/healthy")
def healthy() -> dict[str, bool]:
    """Whether it answers at all."""
    return {"healthy": True}


@router.get("/")
def start(actor: Self, store: Kept) -> Response:
    """Everybody begins where their work is."""
    if actor.role == "admin":
        return RedirectResponse("/accounts", 303)
    if not may(actor, "work"):
        return RedirectResponse("/mine" if may(actor, "own") else "/published", 303)
    with store.reading() as connection:
        weeks = all_weeks(connection)
    return RedirectResponse(f"/weeks/{weeks[0].code}" if len(weeks) == 1 else "/weeks", 303)


@router.get("/sign-in")
def sign_in_page() -> Response:
    """The door."""
    return page("sign_in", None, said="")


@router.post("/sign-in")
def sign_in(request: Request, store: Kept, code: Field, password: Field) -> Response:
    """Come in."""
    require_own_page(request)
    address = request.client.host if request.client else ""
    try:
        _, secret = signing_in.sign_in(store, code.strip(), password, address)
    except RefusalError as error:
        return page("sign_in", None, said=error.detail, status=error.status)
    return _in(request, secret)


@router.post("/sign-out")
def sign_out(request: Request, actor: Self, store: Kept) -> Response:
    """Go out; the session is gone, whoever holds its cookie."""
    with store.writing() as connection:
        end_session(connection, request.cookies.get(cookie_name(request), ""))
    answer = RedirectResponse("/sign-in", 303)
    answer.delete_cookie(cookie_name(request), path="/")
    return answer


@router.get("/first/{secret}")
def first_page(store: Kept, secret: str) -> Response:
    """Make the first account."""
    with store.reading() as connection:
        held = grants.granted(connection, secret, grants.FIRST) is not None
    return page("join", None, first=True, held=held, said="", status=200 if held else 404)


@router.post("/first/{secret}")
def first(request: Request, store: Kept, secret: str, code: Field, password: Field) -> Response:
    """Make the first account and come in."""
    require_own_page(request)
    try:
        return _in(request, signing_in.join_first(store, secret, code.strip(), password))
    except RefusalError as error:
        return page("join", None, first=True, held=True, said=error.detail, status=error.status)


@router.get("/join/{secret}")
def join_page(store: Kept, secret: str) -> Response:
    """Choose a password."""
    with store.reading() as connection:
        held = grants.granted(connection, secret, grants.JOIN) is not None
    return page("join", None, first=False, held=held, said="", status=200 if held else 404)


@router.post("/join/{secret}")
def join(request: Request, store: Kept, secret: str, password: Field) -> Response:
    """Choose a password and come in."""
    require_own_page(request)
    try:
        return _in(request, signing_in.join(store, secret, password))
    except RefusalError as error:
        return page("join", None, first=False, held=True, said=error.detail, status=error.status)


def _in(request: Request, secret: str) -> Response:
    answer = RedirectResponse("/", 303)
    answer.set_cookie(
        cookie_name(request),
        secret,
        max_age=LONGEST_DAYS * 86400,
        path="/",
        httponly=True,
        samesite="lax",
        secure=request.app.state.settings.secure,
    )
    return answer
