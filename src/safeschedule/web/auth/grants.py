"""Addresses that are secrets: to join, to read a calendar, to ask as a program. Each can be taken back."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection

from safeschedule.web.auth.secrets import hash_of, new_secret
from safeschedule.web.storage.tables import grants
from safeschedule.web.times import ahead, stamp

FIRST, JOIN, FEED, PROGRAM = "first", "join", "feed", "program"
"""What a grant is for: the first admin, a new account, a calendar, a program that asks."""

DAYS = {FIRST: 1, JOIN: 7, FEED: None, PROGRAM: 365}
"""How long each holds; ``None``: until it is taken back."""


@dataclass(frozen=True)
class Grant:
    """What is kept of a grant.

    Parameters
    ----------
    hash
        Of its secret.
    purpose, account, label
        What it is for, for whom, and what it is called.
    made_at
        When it was given.
    """

    hash: str
    purpose: str
    account: str | None
    label: str
    made_at: str


def give(connection: Connection, purpose: str, account: str | None = None, label: str = "") -> str:
    """Give a grant and return its secret, which nobody can read again."""
    secret, days = new_secret(), DAYS[purpose]
    row = {
        "hash": hash_of(secret),
        "purpose": purpose,
        "account": account,
        "label": label[:80],
        "made_at": stamp(),
        "ends_at": None if days is None else ahead(days=days),
    }
    connection.execute(grants.insert().values(**row))
    return secret


def granted(connection: Connection, secret: str, purpose: str) -> Grant | None:
    """Return the grant of a secret; ``None``: there is none, or it holds no longer."""
    asked = grants.select().where(grants.c.hash == hash_of(secret), grants.c.purpose == purpose)
    row = connection.execute(asked).first()
    if row is None or (row.ends_at is not None and row.ends_at < stamp()):
        return None
    return Grant(row.hash, row.purpose, row.account, row.label, row.made_at)


def grants_of(connection: Connection, account: str, purpose: str) -> list[Grant]:
    """Return the grants of an account, the oldest first."""
    asked = grants.select().where(grants.c.account == account, grants.c.purpose == purpose)
    rows = connection.execute(asked.order_by(grants.c.made_at))
    return [Grant(row.hash, row.purpose, row.account, row.label, row.made_at) for row in rows]


def take_back(connection: Connection, hash_: str, account: str | None = None) -> None:
    """Take a grant back; with an account only one of its own."""
    gone = grants.delete().where(grants.c.hash == hash_)
    connection.execute(gone if account is None else gone.where(grants.c.account == account))


def take_back_all(connection: Connection, purpose: str, account: str | None = None) -> None:
    """Take back every grant of a purpose, of an account or of all."""
    gone = grants.delete().where(grants.c.purpose == purpose)
    connection.execute(gone if account is None else gone.where(grants.c.account == account))
