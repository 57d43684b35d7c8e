"""Passwords as Argon2 hashes."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from safeschedule.web.told import RefusalError

SHORTEST, LONGEST = 12, 200


@cache
def _hasher() -> PasswordHash:
    return PasswordHash((Argon2Hasher(),))


@cache
def _nobody() -> str:
    return _hasher().hash("a password that nobody has")


def hashed(password: str) -> str:
    """Return the hash of a new password.

    Raises
    ------
    RefusalError
        It is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise RefusalError(422, "password", f"A password has {SHORTEST} to {LONGEST} characters.")
    return _hasher().hash(password)


def fits(password: str, kept: str | None) -> bool:
    """Return whether a password is the kept one. It takes as long where there is none."""
    if len(password) > LONGEST:
        return False
    found = _hasher().verify(password, kept or _nobody())
    return found and kept is not None
