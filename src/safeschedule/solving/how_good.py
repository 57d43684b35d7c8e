"""What a result says of how good it is, in words."""

from __future__ import annotations

from safeschedule.problem import Problem
from safeschedule.solving.backend import Found
from safeschedule.solving.outcome import Ended

# A gap from which a schedule is not good enough to be left without words.
_LARGE = 0.01

_WAYS = {
    Ended.ITSELF: "The search ended before it could prove its schedule the best",
    Ended.LIMIT: "The search was cut short by its limit",
    Ended.CEILING: "The search was cut short by the time limit",
    Ended.STOP: "The search was cut short by a stop",
}


def how_good(problem: Problem, found: Found, placed: int, gap: float) -> tuple[str, ...]:
    """Return a sentence about a schedule with a large gap: how much is placed, and how much could be."""
    if gap <= _LARGE:
        return ()
    asked = sum(request.count for request in problem.requests)
    way = _WAYS[found.ended or Ended.ITSELF]
    return (f"{way}: {placed} of {asked} sessions are placed; {_possible(placed, asked, found)}",)


def _possible(placed: int, asked: int, found: Found) -> str:
    if placed == asked:
        return "what could be better is their times and the protected time."
    most = found.most_sessions
    if most is None or most < placed:
        return "how many are possible is not known."
    if most == placed:
        return "no more are possible, but the schedule may be worth more in other ways."
    return f"at most {most} are possible." if most < asked else "it is not proven that any must be left out."


def unrepeatable(found: Found) -> tuple[str, ...]:
    """Return a sentence when the wall clock ended what a deterministic limit should have ended."""
    if found.ended is not Ended.CEILING:
        return ()
    return (
        "The time limit ended the search before its deterministic limit did: the same seed and limits may "
        "give another result next time.",
    )
