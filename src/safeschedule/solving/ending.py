"""How a search ends in time: what it holds back for its end, and what ended it."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.solving.budget import Budget
from safeschedule.solving.outcome import Ended

# Of a time limit, what the end of a search may take: a share, and at most so many seconds.
_CLOSING_SHARE, _CLOSING = 0.08, 8.0
# Of a time limit, what verifying and explaining may take: a share, and at least and most so many seconds;
# and the seconds by which reasons may be late (a tenth and a second are allowed in all).
_AFTER_SHARE, _LEAST, _MOST, _LATE = 0.04, 0.15, 4.0, 0.3
# Of ten minutes, where there is no limit, what the reasons may take; and the seconds after a stop.
_REASONS_SHARE, _STOPPED = 0.02, 0.3


def closing_seconds(budget: Budget) -> float:
    """Return the wall-clock seconds that a search holds back to fill and tidy; 0 without a limit."""
    return 0.0 if budget.seconds is None else min(_CLOSING, _CLOSING_SHARE * budget.seconds)


def closing_over(budget: Budget) -> Callable[[], bool]:
    """Return what says when a search's end has taken long enough: soon after a stop, or when time is up.

    Without a time limit, what the end does is bounded by its own work.
    """
    began = budget.elapsed

    def over() -> bool:
        return budget.elapsed > began + _STOPPED if budget.stop.is_set() else budget.interrupted

    return over


def ended(budget: Budget, share: float = 1.0) -> Ended:
    """Return what ends a search at this moment, if it searches within a share of its limit."""
    if budget.stop.is_set():
        return Ended.STOP
    over = budget.over
    if budget.cut:
        return Ended.CEILING
    return Ended.LIMIT if over or budget.used >= share * budget.limit else Ended.ITSELF


def searching_seconds(budget: Budget) -> float | None:
    """Return the wall-clock seconds that a search may take, so that what follows is in the limit as well."""
    if budget.seconds is None:
        return None
    after = max(_LEAST, min(_MOST, _AFTER_SHARE * budget.seconds))
    return max(0.05, budget.seconds - after - budget.elapsed)


def explaining_until(budget: Budget) -> Callable[[], float]:
    """Return what tells until when, in seconds since the start, reasons may be looked for from now on.

    With a deterministic limit and no ceiling they are bounded by what they try alone.
    """
    began = budget.elapsed
    if budget.seconds is not None:
        until = max(budget.seconds, began) + _LATE
    else:
        until = float("inf") if budget.repeatable else began + _REASONS_SHARE * budget.whole
    return lambda: min(until, began + _STOPPED) if budget.stop.is_set() else until
