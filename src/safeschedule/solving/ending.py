"""How a search ends in time: what it holds back for its end, and what ended it."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.solving.budget import Budget
from safeschedule.solving.outcome import Ended

# Of a time limit, what the end of a search may take: a share, and at most so many seconds.
_CLOSING_SHARE, _CLOSING = 0.1, 8.0
# Of a time limit, what verifying and explaining may take: a share, between so many seconds at least (and for
# each session that is asked for) and at most; and the seconds by which filling and reasons may be late, as a
# tenth and a second are allowed in all.
_AFTER_SHARE, _LEAST, _EACH, _MOST, _LATE = 0.04, 0.15, 1.5e-4, 4.0, 0.3
# Of ten minutes, where there is no limit, what the reasons may take.
_REASONS_SHARE = 0.02
# The seconds after a stop in which a schedule is filled and tidied, and for which reasons are looked for.
_CLOSING_STOPPED, _REASONS_STOPPED = 0.1, 0.15


def closing_seconds(budget: Budget) -> float:
    """Return the wall-clock seconds that a search holds back to fill and tidy; 0 without a limit."""
    return 0.0 if budget.seconds is None else min(_CLOSING, _CLOSING_SHARE * budget.seconds)


def closing_over(budget: Budget) -> Callable[[], bool]:
    """Return what says when filling has taken long enough: soon after a stop, or when time is up.

    It may be a little late, so that nearly every schedule is filled. Without a time limit it is bounded by
    its own work.
    """
    began = budget.elapsed
    limit = float("inf") if budget.seconds is None else max(began + _CLOSING_STOPPED, budget.seconds + _LATE)

    def over() -> bool:
        return budget.elapsed > (began + _CLOSING_STOPPED if budget.stop.is_set() else limit)

    return over


def ended(budget: Budget, share: float = 1.0) -> Ended:
    """Return what ends a search at this moment, if it searches within a share of its limit."""
    if budget.stop.is_set():
        return Ended.STOP
    over = budget.over
    if budget.cut:
        return Ended.CEILING
    return Ended.LIMIT if over or budget.used >= share * budget.limit else Ended.ITSELF


def searching_seconds(budget: Budget, sessions: int) -> float | None:
    """Return the wall-clock seconds that a search may take, so that what follows is in the limit as well."""
    if budget.seconds is None:
        return None
    after = max(_LEAST + _EACH * sessions, min(_MOST, _AFTER_SHARE * budget.seconds))
    return max(0.05, budget.seconds - after - budget.elapsed)


def explaining_until(budget: Budget) -> float:
    """Return until when, in seconds since the start, reasons may be looked for from now on.

    With a deterministic limit and no ceiling they are bounded by what they try alone.
    """
    began = budget.elapsed
    if budget.stop.is_set():
        return began + _REASONS_STOPPED
    if budget.seconds is not None:
        return max(budget.seconds, began) + _LATE
    return float("inf") if budget.repeatable else began + _REASONS_SHARE * budget.whole
