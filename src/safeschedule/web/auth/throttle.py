"""Tries to sign in are counted in the database, by account and by address: guessing takes for ever."""

from __future__ import annotations

from sqlalchemy import Connection, func, select, text

from safeschedule.web.auth.secrets import hash_of
from safeschedule.web.storage.tables import tries
from safeschedule.web.times import ahead, stamp
from safeschedule.web.told import RefusalError

MINUTES = 15
OF_ACCOUNT, OF_ADDRESS = 6, 30
"""Failed tries within so many minutes, after which nobody gets in for a while."""


def require_few(connection: Connection, account: str, address: str) -> None:
    """Do nothing while there were few failed tries; until the transaction ends, nobody else is let through.

    Raises
    ------
    RefusalError
        There were too many.
    """
    if connection.dialect.name == "postgresql":
        # Tries at one moment would not see each other, at as many processes as there are.
        connection.execute(text(f"LOCK TABLE {tries.name} IN EXCLUSIVE MODE"))
    since = ahead(minutes=-MINUTES)
    for whom, most in ((_account(account), OF_ACCOUNT), (_address(address), OF_ADDRESS)):
        asked = select(func.count()).select_from(tries).where(tries.c.whom == whom, tries.c.at > since)
        if (connection.scalar(asked) or 0) >= most:
            detail = f"There were too many tries. Wait {MINUTES} minutes, and try again."
            raise RefusalError(429, "too_many_tries", detail)


def failed(connection: Connection, account: str, address: str) -> None:
    """Write a failed try down; old ones are forgotten."""
    connection.execute(tries.delete().where(tries.c.at < ahead(minutes=-MINUTES)))
    for whom in (_account(account), _address(address)):
        connection.execute(tries.insert().values(whom=whom, at=stamp()))


def forget(connection: Connection, account: str, address: str) -> None:
    """Forget the failed tries of an account whose holder got in, and the last one of the address.

    A whole clinic comes in from one address: those who know their password do not use up its tries.
    """
    connection.execute(tries.delete().where(tries.c.whom == _account(account)))
    last = select(func.max(tries.c.number)).where(tries.c.whom == _address(address)).scalar_subquery()
    connection.execute(tries.delete().where(tries.c.number == last))


# Hashed: what was typed by mistake may be a password, or a name.
def _account(code: str) -> str:
    return f"account {hash_of(code)}"


def _address(address: str) -> str:
    return f"address {hash_of(address)}"
