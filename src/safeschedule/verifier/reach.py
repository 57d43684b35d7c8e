"""How far the findings of a rule reach: what has to be judged again when a few activities change."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Reach:
    """What the check of a rule reads of a schedule. A check module states it as ``REACH``.

    A check that states nothing is judged on the whole week: that is always right, and slower.

    Parameters
    ----------
    near
        Whether each finding is about one clinician, client, attendant, room, request, group or activity, and
        what is found there depends on no activities but those in which it takes part.
    kinds
        The kinds of blocks that it reads, when it reads nothing else of the schedule.
    then
        Whether it finds anything in a half of a date is decided by what goes on in that half; how it says it
        may depend on more.
    """

    near: bool = False
    kinds: frozenset[str] | None = None
    then: bool = False


WHOLE = Reach()
"""What counts is the whole team, or nobody has looked."""

THEN = Reach(then=True)
"""Findings come and go only in the halves of dates in which something changes."""

NEAR_AND_THEN = Reach(near=True, then=True)
"""Both: findings come and go only near what changes, and only in the halves of dates in which it goes on."""

NEAR = Reach(near=True)
"""Findings change only near the activities that change."""


def blocks_of(*kinds: str) -> Reach:
    """Return the reach of a check that reads only blocks of some kinds."""
    return Reach(kinds=frozenset(kinds))
