"""What a job's process hands back: what is told, and what is proposed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Offer:
    """A week that is proposed, as texts, because it crosses a process boundary.

    Parameters
    ----------
    problem, schedule
        Its JSON; ``problem`` is ``None`` where it is as it was.
    body
        What is told of it.
    """

    schedule: str
    body: dict[str, Any]
    problem: str | None = None


@dataclass(frozen=True)
class JobOutcome:
    """What came of a job.

    Parameters
    ----------
    found
        What is told, as plain data.
    offers
        What is proposed, best first.
    """

    found: dict[str, Any]
    offers: tuple[Offer, ...] = field(default=())
