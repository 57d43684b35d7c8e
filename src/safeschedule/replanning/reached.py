"""What a goal of planning again came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reached:
    """A goal, what it came to, and whether nothing smaller is possible within the stage."""

    name: str
    value: int
    proven: bool
