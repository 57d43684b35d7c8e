"""The one place that says who may use a route."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from safeschedule.web.auth import grants
from safeschedule.web.auth.accounts import Account, find_account
from safeschedule.web.auth.origin import SAFE, require_own_page
from safeschedule.web.auth.roles import GRANTED, Permission
from safeschedule.web.auth.sessions import COOKIE, seen, whose
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks.actor import Actor

SECURE_COOKIE = f"__Host-{COOKIE}"


def allow(permission: Permission) -> Any:
    """Return what a route depends on: somebody who has a permission."""

    def asked(request: Request) -> Actor:
        account = _of_program(request) or _of_cookie(request)
        if account is None:
            raise RefusalError(401, "not_signed_in", "Sign in first.")
        if permission not in GRANTED[account.role]:
            raise RefusalError(403, "not_allowed", f"Your role ({account.role}) does not do this.")
        return Actor(account.code, account.role, account.clinician)

    asked.permission = permission  # type: ignore[attr-defined]
    return Depends(asked)


Own = Annotated[Actor, allow(Permission.OWN)]
Self = Annotated[Actor, allow(Permission.SELF)]
Reader = Annotated[Actor, allow(Permission.READ)]
Worker = Annotated[Actor, allow(Permission.WORK)]
Changer = Annotated[Actor, allow(Permission.CHANGE)]
Decider = Annotated[Actor, allow(Permission.DECIDE)]
Auditor = Annotated[Actor, allow(Permission.AUDIT)]
Admin = Annotated[Actor, allow(Permission.ADMIN)]


def store_of(request: Request) -> Store:
    """Return where everything is kept."""
    store: Store = request.app.state.store
    return store


Kept = Annotated[Store, Depends(store_of)]


def cookie_name(request: Request) -> str:
    """Return what the cookie is called: with TLS so that no other host can set it."""
    return SECURE_COOKIE if request.app.state.settings.secure else COOKIE


def _of_cookie(request: Request) -> Account | None:
    secret = request.cookies.get(cookie_name(request))
    if secret is None:
        return None
    store = store_of(request)
    with store.reading() as connection:
        account, fresh = whose(connection, secret)
    if account is None:
        return None
    require_own_page(request)
    if fresh:
        with store.writing() as connection:
            seen(connection, secret)
    return account


def _of_program(request: Request) -> Account | None:
    """Return whose program asks: its secret is in a header, which no page elsewhere can set."""
    kind, _, secret = request.headers.get("authorization", "").partition(" ")
    if kind.casefold() != "bearer":
        return None
    with store_of(request).reading() as connection:
        grant = grants.granted(connection, secret.strip(), grants.PROGRAM)
        account = None if grant is None else find_account(connection, grant.account or "")
    if account is None or not account.active:
        raise RefusalError(401, "not_signed_in", "This key holds no longer.")
    return account


def permission_of(call: Callable[..., Any]) -> Permission | None:
    """Return which permission a dependency asks for; ``None``: it is none of these."""
    found: Permission | None = getattr(call, "permission", None)
    return found


__all__ = [
    "SAFE",
    "Admin",
    "Auditor",
    "Changer",
    "Decider",
    "Kept",
    "Own",
    "Reader",
    "Self",
    "Worker",
    "allow",
]
