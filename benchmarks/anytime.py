"""How good a solve is before it ends: its value at some moments, and its primal integral."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from benchmarks.records import Record
from benchmarks.tables import grouped, spread

MOMENTS = (1.0, 2.0, 5.0, 10.0)
"""Seconds at which the value is told."""
SHARE = 0.9
"""The share of the best value that is to be there soon."""

HEAD = (
    "family", "solver", "limit s", "runs", *(f"% of best at {moment:g} s" for moment in MOMENTS),
    f"{SHARE:.0%} after s", "primal integral s",
)  # fmt: skip

Points = Sequence[Sequence[float | None]]
"""A trace: [seconds, best, bound], a point whenever best or bound changes."""


def value_at(points: Points, seconds: float) -> float | None:
    """Return the best value that was told up to a moment; ``None`` without one."""
    told = [best for at, best, _ in points if at is not None and at <= seconds and best is not None]
    return max(told, default=None)


def first_at(points: Points, value: float) -> float | None:
    """Return when a value was reached."""
    return next((at for at, best, _ in points if best is not None and best >= value), None)


def primal_integral(points: Points, best: float, until: float) -> float:
    """Return the integral of the primal gap from the start to a moment, in seconds.

    The primal gap of a value x to the best b is (b - x) / max(|b|, |x|), at most 1, and 1 as long as there is
    no value or one of the other sign. A solver that has the best at once has 0, one that has nothing until
    the end has all of the time. See Berthold, Measuring the impact of primal heuristics, Operations Research
    Letters 41 (2013), https://doi.org/10.1016/j.orl.2013.08.007.
    """
    found, since, gap = 0.0, 0.0, 1.0
    for at, value, _ in points:
        if at is None or value is None or at > until:
            continue
        found += gap * (at - since)
        since, gap = at, min(gap, _gap(value, best))
    return found + gap * max(0.0, until - since)


def _gap(value: float, best: float) -> float:
    if value * best < 0:
        return 1.0
    size = max(abs(value), abs(best))
    return max(0.0, best - value) / size if size else 0.0


def figures(points: Points, objective: float | None, limit: float) -> Record:
    """Return what a record tells: values at the moments, and the integral to the solve's own end value."""
    values = {f"{moment:g}": value_at(points, moment) for moment in MOMENTS}
    integral = None if objective is None else round(primal_integral(points, objective, limit), 3)
    return {"value_at": values, "primal_integral": integral}


def markdown(found: Sequence[Record]) -> str:
    """Return the anytime figures of records as a Markdown table, against the best value of each instance."""
    best = _best(found)
    lines = ["| " + " | ".join(HEAD) + " |", "|" + "---|" * len(HEAD)]
    for (family, limit, solver), members in grouped(found).items():
        known = [r for r in members if r.get("trace") and best.get(r["instance"], 0.0) > 0]
        if not known:
            continue
        shares = [spread([_share(r, best, moment) for r in known], ".1f") for moment in MOMENTS]
        soon = spread([first_at(r["trace"], SHARE * best[r["instance"]]) for r in known], ".1f")
        integrals = [primal_integral(r["trace"], best[r["instance"]], limit) for r in known]
        cells = (family, solver, f"{limit:g}", str(len(known)), *shares, soon, spread(integrals, ".2f"))
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _share(record: Record, best: dict[str, float], moment: float) -> float:
    value = value_at(record["trace"], moment)
    return 0.0 if value is None else 100 * value / best[record["instance"]]


def _best(found: Iterable[Record]) -> dict[str, float]:
    """Return by instance the best verified objective of any record."""
    values: dict[str, list[float]] = defaultdict(list)
    for record in found:
        if record.get("verified") and record.get("objective") is not None:
            values[record["instance"]].append(record["objective"])
    return {name: max(each) for name, each in values.items()}
