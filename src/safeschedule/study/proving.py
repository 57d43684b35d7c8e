"""What bounds prove of two scenarios: between what the difference of their best schedules lies.

A schedule that was found shows what can be had, and a bound what cannot be exceeded. So the best of a
scenario lies between the two, and the difference of two scenarios between the differences of opposite ends.
That says nothing about chance, and holds however short the search was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from safeschedule.study.figures import FIGURES
from safeschedule.study.runs import StudyRun


@dataclass(frozen=True)
class ProvenReach:
    """Between what a figure of the best schedule lies; ``None``: not known."""

    least: float | None = None
    most: float | None = None

    def minus(self, other: ProvenReach) -> ProvenReach:
        """Return between what the difference lies."""
        return ProvenReach(_less(self.least, other.most), _less(self.most, other.least))


def _less(one: float | None, other: float | None) -> float | None:
    return None if one is None or other is None else one - other


def reach(runs: Iterable[StudyRun], figure: str) -> ProvenReach:
    """Return between what a figure of the best schedule of one problem lies, by all runs with it.

    Each run's schedule and bound hold for the problem, whatever its seed.
    """
    bounds = FIGURES[figure].bounds
    if bounds is None:
        return ProvenReach()
    found = [run for run in runs if run.solved]
    lows = [low for run in found if (low := run.figure(bounds[0])) is not None]
    highs = [high for run in found if (high := run.figure(bounds[1])) is not None]
    least = max(lows, default=None)
    most = min(highs, default=None)
    if least is not None and most is not None:
        # What was found can be had: a bound below it counts blocks that the verifier lets stand.
        most = max(least, most)
    return ProvenReach(least, most)


def difference(scenario: Sequence[StudyRun], base: Sequence[StudyRun], figure: str) -> ProvenReach:
    """Return between what the difference of the best schedules lies: scenario less base."""
    own, first = reach(scenario, figure), reach(base, figure)
    if any(run.relaxes for run in scenario) and figure in ("sessions", "minutes"):
        # Each schedule of the base is one of the scenario: nothing can be lost.
        found = own.minus(first)
        least = 0.0 if found.least is None else max(0.0, found.least)
        return ProvenReach(least, None if found.most is None else max(least, found.most))
    return own.minus(first)


def mean_of(reaches: Sequence[ProvenReach]) -> ProvenReach:
    """Return between what the mean of several differences lies."""
    lows = [each.least for each in reaches]
    highs = [each.most for each in reaches]
    return ProvenReach(_mean(lows), _mean(highs))


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known and len(known) == len(values) else None


def told(found: ProvenReach, unit: str) -> str:
    """Return what is proven in words, such as "at least 2, at most 5 sessions fewer".

    Examples
    --------
    >>> told(ProvenReach(-5, -2), "sessions")
    'at least 2, at most 5 sessions fewer'
    >>> told(ProvenReach(-1, 3), "sessions")
    'not decided: from 1 sessions fewer to 3 more'
    """
    least, most = found.least, found.most
    fewer = "fewer" if unit in ("sessions", "clients", "findings") else "less"
    if least is None or most is None:
        return _half_known(least, most, unit, fewer)
    if least == most == 0:
        return "no difference"
    if least == most:
        return f"exactly {_number(abs(most))} {unit} {'more' if most > 0 else fewer}"
    if least > 0:
        return f"at least {_number(least)}, at most {_number(most)} {unit} more"
    if most < 0:
        return f"at least {_number(-most)}, at most {_number(-least)} {unit} {fewer}"
    if least == 0:
        return f"not {fewer}, at most {_number(most)} {unit} more"
    if most == 0:
        return f"not more, at most {_number(-least)} {unit} {fewer}"
    return f"not decided: from {_number(-least)} {unit} {fewer} to {_number(most)} more"


def _half_known(least: float | None, most: float | None, unit: str, fewer: str) -> str:
    if least is not None and least > 0:
        return f"at least {_number(least)} {unit} more"
    if most is not None and most < 0:
        return f"at least {_number(-most)} {unit} {fewer}"
    return "not decided"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"
