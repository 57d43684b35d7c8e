"""The clock, in one place: times are kept as text in UTC, which both databases sort alike."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def now() -> datetime:
    """Return the time, in UTC."""
    return datetime.now(UTC)


def stamp(moment: datetime | None = None) -> str:
    """Return a time as it is kept."""
    return f"{(moment or now()).astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def ahead(**span: float) -> str:
    """Return a time that lies so far ahead, as it is kept; before now with negative numbers."""
    return stamp(now() + timedelta(**span))


def moment_of(text: str) -> datetime:
    """Return the time of a kept text."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
