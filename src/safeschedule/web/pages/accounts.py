"""Accounts: who may do what, made by an admin, joined by a link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from safeschedule.web.auth import ROLES, grants
from safeschedule.web.auth.accounts import add_account, all_accounts, find_account, set_active
from safeschedule.web.auth.guard import Admin, Kept
from safeschedule.web.auth.roles import ABOUT
from safeschedule.web.auth.sessions import end_all
from safeschedule.web.pages.rendering import page
from safeschedule.web.told import RefusalError, not_found

router = APIRouter(include_in_schema=False)

Code = Annotated[str, Form(max_length=80)]


@router.get("/accounts")
def accounts(actor: Admin, store: Kept) -> Response:
    """Every account."""
    return _page(actor, store)


@router.post("/accounts")
def new_account(
    request: Request, actor: Admin, store: Kept, code: Code, role: Code, clinician: Code = ""
) -> Response:
    """Make an account, and a link by which its holder joins."""
    try:
        with store.writing() as connection:
            account = add_account(
                connection, code.strip(), role, actor.code, clinician=clinician.strip() or None
            )
            secret = grants.give(connection, grants.JOIN, account.code)
    except RefusalError as error:
        return _page(actor, store, said=error.detail, status=error.status)
    return _page(actor, store, link=f"{request.base_url}join/{secret}", whose=account.code)


@router.post("/accounts/{code}/link")
def new_link(request: Request, actor: Admin, store: Kept, code: str) -> Response:
    """Give a new link, for whoever has lost the password; sessions end."""
    with store.writing() as connection:
        if find_account(connection, code) is None:
            raise not_found("account")
        end_all(connection, code)
        grants.take_back_all(connection, grants.JOIN, code)
        secret = grants.give(connection, grants.JOIN, code)
    return _page(actor, store, link=f"{request.base_url}join/{secret}", whose=code)


@router.post("/accounts/{code}/active")
def active(actor: Admin, store: Kept, code: str, on: Annotated[bool, Form()]) -> Response:
    """Let an account be used, or no longer; its keys and calendars go with it."""
    with store.writing() as connection:
        set_active(connection, code, on)
        if not on:
            for purpose in (grants.FEED, grants.PROGRAM, grants.JOIN):
                grants.take_back_all(connection, purpose, code)
    return RedirectResponse("/accounts", 303)


def _page(
    actor: Admin, store: Kept, *, said: str = "", link: str = "", whose: str = "", status: int = 200
) -> Response:
    with store.reading() as connection:
        found = all_accounts(connection)
    return page(
        "accounts",
        actor,
        here="accounts",
        accounts=found,
        roles=[(role, ABOUT[role]) for role in ROLES],
        said=said,
        link=link,
        whose=whose,
        status=status,
    )
