"""Signing in, joining by a link, and the very first admin."""

from __future__ import annotations

from safeschedule.web.auth import grants, throttle
from safeschedule.web.auth.accounts import Account, add_account, find_account, nobody_yet, set_password
from safeschedule.web.auth.passwords import fits
from safeschedule.web.auth.sessions import begin_session
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError


def sign_in(store: Store, code: str, password: str, address: str) -> tuple[Account, str]:
    """Return whose account it is, and the secret of a new session.

    Raises
    ------
    RefusalError
        Code or password is wrong, or there were too many tries.
    """
    with store.writing() as connection:
        throttle.require_few(connection, code, address)
        # Counted before the slow part, so that many tries at once do not slip through.
        throttle.failed(connection, code, address)
        account = find_account(connection, code)
    kept = None if account is None else account.password
    if not fits(password, kept) or account is None or not account.active:
        raise RefusalError(401, "wrong", "Code or password is wrong.")
    with store.writing() as connection:
        throttle.forget(connection, code, address)
        return account, begin_session(connection, account)


def first_link(store: Store) -> str | None:
    """Return the secret with which the first admin joins; ``None``: there is an account already."""
    with store.writing() as connection:
        if not nobody_yet(connection):
            return None
        grants.take_back_all(connection, grants.FIRST)
        return grants.give(connection, grants.FIRST)


def join_first(store: Store, secret: str, code: str, password: str) -> str:
    """Make the first admin, and return the secret of a session.

    Raises
    ------
    RefusalError
        The link holds no longer, or the code or the password is none.
    """
    with store.writing() as connection:
        if grants.granted(connection, secret, grants.FIRST) is None or not nobody_yet(connection):
            raise _no_longer()
        account = add_account(connection, code, "admin", code, password=password)
        grants.take_back_all(connection, grants.FIRST)
        return begin_session(connection, account)


def join(store: Store, secret: str, password: str) -> str:
    """Give a new account its password, and return the secret of a session.

    Raises
    ------
    RefusalError
        The link holds no longer, or the password is none.
    """
    with store.writing() as connection:
        grant = grants.granted(connection, secret, grants.JOIN)
        account = None if grant is None else find_account(connection, grant.account or "")
        if grant is None or account is None or not account.active:
            raise _no_longer()
        set_password(connection, account.code, password)
        grants.take_back_all(connection, grants.JOIN, account.code)
        return begin_session(connection, account)


def _no_longer() -> RefusalError:
    return RefusalError(404, "no_longer", "This link holds no longer. Ask for a new one.")
