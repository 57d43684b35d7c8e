"""Accounts: made by an admin, joined by a link, active or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy import Connection, Row, func, select

from safeschedule.web.auth.passwords import hashed
from safeschedule.web.auth.roles import ROLES
from safeschedule.web.storage.tables import accounts, sessions
from safeschedule.web.times import stamp
from safeschedule.web.told import RefusalError, not_found

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in.

    Parameters
    ----------
    code
        A code, never a name.
    role
        One of the roles.
    clinician
        The clinician who this is, by the code in problems.
    password
        Its hash; ``None``: not joined yet.
    active
        Whether it can be used.
    """

    code: str
    role: str
    clinician: str | None
    password: str | None
    active: bool


def find_account(connection: Connection, code: str) -> Account | None:
    """Return an account; ``None``: there is none."""
    row = connection.execute(accounts.select().where(accounts.c.code == code)).first()
    return None if row is None else _account(row)


def all_accounts(connection: Connection) -> list[Account]:
    """Return every account, by code."""
    return [_account(row) for row in connection.execute(accounts.select().order_by(accounts.c.code))]


def nobody_yet(connection: Connection) -> bool:
    """Return whether there is no account at all."""
    return not connection.scalar(select(func.count()).select_from(accounts))


def add_account(
    connection: Connection,
    code: str,
    role: str,
    by: str,
    *,
    clinician: str | None = None,
    password: str | None = None,
) -> Account:
    """Make an account and return it.

    Raises
    ------
    RefusalError
        The code or the role is none, or the code is taken.
    """
    if not _CODE.fullmatch(code):
        raise RefusalError(
            422, "code", "A code has up to 40 letters, digits, dots and dashes, and no spaces."
        )
    if role not in ROLES:
        raise RefusalError(422, "role", f"A role is one of: {', '.join(ROLES)}.")
    if find_account(connection, code) is not None:
        raise RefusalError(409, "taken", "There is an account of this code already.")
    row = {
        "code": code,
        "role": role,
        "clinician": clinician or None,
        "password": None if password is None else hashed(password),
        "active": 1,
        "made_at": stamp(),
        "made_by": by,
    }
    connection.execute(accounts.insert().values(**row))
    found = find_account(connection, code)
    assert found is not None
    return found


def set_password(connection: Connection, code: str, password: str) -> None:
    """Give an account another password, and end its sessions."""
    row = accounts.update().where(accounts.c.code == code)
    connection.execute(row.values(password=hashed(password)))
    connection.execute(sessions.delete().where(sessions.c.account == code))


def set_active(connection: Connection, code: str, active: bool) -> None:
    """Let an account be used, or no longer; its sessions end then.

    Raises
    ------
    RefusalError
        There is none, or it is the last admin.
    """
    found = find_account(connection, code)
    if found is None:
        raise not_found("account")
    if not active and found.role == "admin" and len(_admins(connection)) < 2:
        raise RefusalError(409, "last_admin", "This is the last admin: make another one first.")
    connection.execute(accounts.update().where(accounts.c.code == code).values(active=int(active)))
    if not active:
        connection.execute(sessions.delete().where(sessions.c.account == code))


def _admins(connection: Connection) -> list[Account]:
    return [each for each in all_accounts(connection) if each.role == "admin" and each.active]


def _account(row: Row[tuple[object, ...]]) -> Account:
    return Account(row.code, row.role, row.clinician, row.password, bool(row.active))
