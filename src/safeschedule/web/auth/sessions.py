"""Sessions: a random cookie, of which the database keeps the hash; ending one is removing its row."""

from __future__ import annotations

from sqlalchemy import Connection

from safeschedule.web.auth.accounts import Account, find_account
from safeschedule.web.auth.secrets import hash_of, new_secret
from safeschedule.web.storage.tables import sessions
from safeschedule.web.times import ahead, stamp

COOKIE = "safeschedule"
IDLE_HOURS, LONGEST_DAYS = 12, 7
_FRESH_MINUTES = 5
"""How often the time of the last visit is written down."""


def begin_session(connection: Connection, account: Account) -> str:
    """Begin a session and return its secret."""
    secret = new_secret()
    row = {
        "hash": hash_of(secret),
        "account": account.code,
        "made_at": stamp(),
        "seen_at": stamp(),
        "ends_at": ahead(days=LONGEST_DAYS),
    }
    connection.execute(sessions.delete().where(sessions.c.ends_at < stamp()))
    connection.execute(sessions.insert().values(**row))
    return secret


def whose(connection: Connection, secret: str) -> tuple[Account | None, bool]:
    """Return whose session it is (``None``: nobody's), and whether the visit is to be written down."""
    row = connection.execute(sessions.select().where(sessions.c.hash == hash_of(secret))).first()
    if row is None or row.ends_at < stamp() or row.seen_at < ahead(hours=-IDLE_HOURS):
        return None, False
    account = find_account(connection, row.account)
    if account is None or not account.active:
        return None, False
    return account, row.seen_at < ahead(minutes=-_FRESH_MINUTES)


def seen(connection: Connection, secret: str) -> None:
    """Write a visit down."""
    connection.execute(sessions.update().where(sessions.c.hash == hash_of(secret)).values(seen_at=stamp()))


def end_session(connection: Connection, secret: str) -> None:
    """End a session."""
    connection.execute(sessions.delete().where(sessions.c.hash == hash_of(secret)))


def end_all(connection: Connection, account: str) -> None:
    """End every session of an account."""
    connection.execute(sessions.delete().where(sessions.c.account == account))
