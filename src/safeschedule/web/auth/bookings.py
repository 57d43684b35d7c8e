"""Links by which one client books one session: secrets that hold for some days, and once."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row

from safeschedule.web.auth.secrets import hash_of, new_secret
from safeschedule.web.storage.tables import bookings
from safeschedule.web.times import ahead, stamp
from safeschedule.web.told import RefusalError

DAYS = 7
"""How long a link holds."""


@dataclass(frozen=True)
class BookingLink:
    """A link.

    Parameters
    ----------
    hash
        Of its secret.
    week, client, session_type, mode
        What may be booked: one session of a type, for one client, in one week.
    booked
        What was booked, in words; ``None``: nothing yet.
    made_at, ends_at
        Since when and until when it holds.
    """

    hash: str
    week: str
    client: str
    session_type: str
    mode: str
    booked: str | None
    made_at: str
    ends_at: str


def give_booking(
    connection: Connection, week: str, client: str, session_type: str, mode: str, by: str
) -> str:
    """Give a link and return its secret, which nobody can read again."""
    secret = new_secret()
    row = {
        "hash": hash_of(secret),
        "week": week,
        "client": client,
        "session_type": session_type,
        "mode": mode,
        "made_by": by,
        "made_at": stamp(),
        "ends_at": ahead(days=DAYS),
    }
    connection.execute(bookings.insert().values(**row))
    return secret


def booking_of(connection: Connection, secret: str) -> BookingLink | None:
    """Return what a secret lets somebody book; ``None``: it holds no longer, or there is none."""
    row = connection.execute(bookings.select().where(bookings.c.hash == hash_of(secret))).first()
    return None if row is None or row.ends_at < stamp() else _booking(row)


def bookings_of(connection: Connection, week: str) -> list[BookingLink]:
    """Return the links of a week, the newest first."""
    asked = bookings.select().where(bookings.c.week == week).order_by(bookings.c.made_at.desc())
    return [_booking(row) for row in connection.execute(asked)]


def use_booking(connection: Connection, hash_: str, told: str) -> None:
    """Say what was booked; a link is used once.

    Raises
    ------
    RefusalError
        It was used meanwhile.
    """
    row = bookings.update().where(bookings.c.hash == hash_, bookings.c.booked.is_(None))
    if connection.execute(row.values(booked=told)).rowcount != 1:
        raise RefusalError(409, "used", "A time was chosen by this link already.")


def take_booking_back(connection: Connection, hash_: str, week: str) -> None:
    """Take a link back."""
    connection.execute(bookings.delete().where(bookings.c.hash == hash_, bookings.c.week == week))


def _booking(row: Row[tuple[object, ...]]) -> BookingLink:
    return BookingLink(
        row.hash, row.week, row.client, row.session_type, row.mode, row.booked, row.made_at, row.ends_at
    )
