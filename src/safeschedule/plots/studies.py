"""Plots of studies: what staff brings, what may be had at once, what figures depend on, what rules cost.

Each takes a tidy frame, so that a study of any kind can be drawn, whoever made it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any, Literal

from safeschedule.errors import ArgumentError, Fault
from safeschedule.plots.plot import number
from safeschedule.plots.shapes import Curve, CurveMark, CurvePanel, CurvePlot, RangePlot, RangeRow
from safeschedule.plots.tidy import Names, TidyRow, curves_of, read
from safeschedule.problem.showing import show
from safeschedule.reports.words import count

Frame = Mapping[str, Sequence[Any]] | Any
"""A data frame of pandas, polars or Arrow, or columns by name."""

Better = Literal["less", "more"]
UNDECIDED = "not decided"


def staffing_curve(
    frame: Frame,
    *,
    x: str = "x",
    y: str = "y",
    lower: str = "lower",
    upper: str = "upper",
    series: str = "series",
    x_label: str = "full-time equivalents",
    y_label: str = "sessions a week",
    title: str = "What staff brings",
) -> CurvePlot:
    """Return the plot of a figure by the size of a team, with its bounds.

    Parameters
    ----------
    frame
        A row for each size and series: a data frame of pandas, polars or Arrow, or columns by name.
    x, y, lower, upper, series
        Its columns: size, figure, and, where there are any, bounds and the name of the line.
    x_label, y_label, title
        What stands at the axes and above.

    Raises
    ------
    ArgumentError
        The frame makes no sense; with every fault.
    InputError
        narwhals is not installed, and it is needed to read the frame.

    Examples
    --------
    >>> import safeschedule
    >>> study = {"fte": [6, 7], "sessions": [120, 139], "lower": [118, 136], "upper": [123, 141]}
    >>> plot = safeschedule.plots.staffing_curve(study, x="fte", y="sessions")
    >>> print(plot.sentence)
    sessions a week: from 120 at 6 to 139 at 7 full-time equivalents.
    """
    rows = read("staffing_curve", frame, Names(x, y, lower, upper, series))
    curves = curves_of(rows, y_label)
    told = [
        f"{curve.name}: from {number(curve.points[0].y)} at {number(curve.points[0].x)} to "
        f"{number(curve.points[-1].y)} at {number(curve.points[-1].x)} {x_label}."
        for curve in curves
    ]
    return CurvePlot(title, " ".join(told), (x_label, y_label), (CurvePanel("", curves),))


def front(
    frame: Frame,
    *,
    x: str = "x",
    y: str = "y",
    lower: str = "lower",
    upper: str = "upper",
    name: str = "series",
    x_label: str = "high-intensity minutes",
    y_label: str = "sessions",
    x_better: Better = "less",
    y_better: Better = "more",
    title: str = "What may be had at once",
) -> CurvePlot:
    """Return the plot of two figures against each other; what no other point beats in both is joined.

    Parameters
    ----------
    frame
        A row for each scenario: a data frame of pandas, polars or Arrow, or columns by name.
    x, y, lower, upper, name
        Its columns: both figures, and, where there are any, bounds of y and the name of the scenario.
    x_label, y_label, title
        What stands at the axes and above.
    x_better, y_better
        Whether ``less`` or ``more`` of it is better.

    Raises
    ------
    ArgumentError
        The frame makes no sense; with every fault.
    InputError
        narwhals is not installed, and it is needed to read the frame.

    Examples
    --------
    >>> import safeschedule
    >>> study = {"x": [600, 700, 800], "y": [90, 110, 100], "series": ["strict", "base", "none"]}
    >>> print(safeschedule.plots.front(study).sentence)
    3 scenarios. 2 that no other beats in both figures: strict, base.
    """
    faults = [
        Fault("unknown_value", place, show(value), "one of: less, more")
        for place, value in (("x_better", x_better), ("y_better", y_better))
        if value not in ("less", "more")
    ]
    if faults:
        raise ArgumentError("arguments of front", faults)
    rows = read("front", frame, Names(x, y, lower, upper, name), once=False)
    best = sorted(_unbeaten(rows, x_better, y_better), key=lambda row: row.x)
    beaten = sorted((row for row in rows if row not in best), key=lambda row: row.x)
    curves = [
        Curve(
            told,
            form,
            tuple(CurveMark(row.x, row.y or 0.0, row.lower, row.upper, row.series) for row in some),
        )
        for told, form, some in (("not beaten", "front", best), ("beaten in both", "points", beaten))
        if some
    ]
    names = [row.series or f"({number(row.x)}, {number(row.y)})" for row in best]
    told = f"{count(len(rows), 'scenario')}. {len(best)} that no other beats in both figures: "
    told += f"{', '.join(names)}."
    return CurvePlot(title, told, (x_label, y_label), (CurvePanel("", tuple(curves)),))


def _unbeaten(rows: Sequence[TidyRow], x_better: Better, y_better: Better) -> list[TidyRow]:
    """Return the rows that no other beats in one figure without being worse in the other."""

    def gain(row: TidyRow) -> tuple[float, float]:
        y = row.y or 0.0
        return (row.x if x_better == "more" else -row.x), (y if y_better == "more" else -y)

    # From the best x on, in each case the best y first: what does not raise y is beaten, or the same again.
    found: list[TidyRow] = []
    for row in sorted(rows, key=gain, reverse=True):
        if not found or gain(row)[1] > gain(found[-1])[1] or gain(row) == gain(found[-1]):
            found.append(row)
    return found


def tornado(
    frame: Frame,
    base: float,
    *,
    x: str = "x",
    lower: str = "lower",
    upper: str = "upper",
    label: str = "sessions a week",
    title: str = "What it depends on",
) -> RangePlot:
    """Return the tornado of a study: the figure at both ends of each assumption, the widest first.

    Parameters
    ----------
    frame
        A row for each assumption: a data frame of pandas, polars or Arrow, or columns by name.
    base
        The figure with all assumptions as they are.
    x, lower, upper
        Its columns: the assumption, and the figures at its low and at its high end, whichever is the larger.
    label, title
        What stands at the axis and above.

    Raises
    ------
    ArgumentError
        The frame makes no sense; with every fault.
    InputError
        narwhals is not installed, and it is needed to read the frame.

    Examples
    --------
    >>> import safeschedule
    >>> study = {"x": ["no-shows", "sickness"], "lower": [118, 123], "upper": [125, 110]}
    >>> print(safeschedule.plots.tornado(study, base=120).sentence)
    sessions a week: 120 as assumed. It depends most on sickness: 123 at the low end, 110 at the high end.
    """
    if not _finite(base):
        fault = Fault("wrong_type", "base", show(base), "a finite number")
        raise ArgumentError("arguments of tornado", [fault])
    names = Names(x=x, lower=lower, upper=upper)
    needed = ("x", "lower", "upper")
    rows = list(read("tornado", frame, names, named=True, needed=needed, ordered=False))
    rows.sort(key=lambda row: -_width(row, base))
    first = rows[0]
    told = (
        f"{label}: {number(base)} as assumed. It depends most on {first.name}: {number(first.lower)} at the "
        f"low end, {number(first.upper)} at the high end."
    )
    ranges = tuple(RangeRow(row.name, lower=row.lower, upper=row.upper) for row in rows)
    ends = ("at the low end", "at the high end", "as assumed")
    return RangePlot(title, told, "tornado", label, ends, float(base), ranges)


def _finite(value: object) -> bool:
    return not isinstance(value, bool) and isinstance(value, Real) and math.isfinite(value)


def _width(row: TidyRow, base: float) -> float:
    figures = [base, *(value for value in (row.lower, row.upper) if value is not None)]
    return max(figures) - min(figures)


def price_of_rules(
    frame: Frame,
    *,
    x: str = "x",
    y: str = "y",
    lower: str = "lower",
    upper: str = "upper",
    label: str = "sessions more without the rule",
    title: str = "What each rule costs",
) -> RangePlot:
    """Return the plot of what each rule costs, the dearest first, with what is proven of it.

    A price whose bounds have zero between them is not decided, and is drawn without colour.

    Parameters
    ----------
    frame
        A row for each rule: a data frame of pandas, polars or Arrow, or columns by name.
    x, y, lower, upper
        Its columns: the rule, its price, and, where there are any, its bounds.
    label, title
        What stands at the axis and above.

    Raises
    ------
    ArgumentError
        The frame makes no sense; with every fault.
    InputError
        narwhals is not installed, and it is needed to read the frame.

    Examples
    --------
    >>> import safeschedule
    >>> study = {"x": ["breaks", "debrief"], "y": [4, 0], "lower": [3, 0], "upper": [6, 1]}
    >>> print(safeschedule.plots.price_of_rules(study).sentence)
    2 rules. The dearest: breaks, 4 (at least 3, at most 6). 1 not decided.
    """
    rows = list(read("price_of_rules", frame, Names(x, y, lower, upper), named=True))
    rows.sort(key=lambda row: -(row.y or 0.0))
    first, notes = rows[0], [_undecided(row) for row in rows]
    bounds = [
        f"{word} {number(value)}"
        for word, value in (("at least", first.lower), ("at most", first.upper))
        if value is not None
    ]
    proven = f" ({', '.join(bounds)})" if bounds else ""
    told = f"{count(len(rows), 'rule')}. The dearest: {first.name}, {number(first.y)}{proven}."
    if any(notes):
        told += f" {sum(map(bool, notes))} {UNDECIDED}."
    ranges = tuple(
        RangeRow(row.name, row.y, row.lower, row.upper, note=note)
        for row, note in zip(rows, notes, strict=True)
    )
    return RangePlot(title, told, "bar", label, ("proven bounds", "", ""), 0.0, ranges)


def _undecided(row: TidyRow) -> str:
    known = row.lower is not None and row.upper is not None
    return (
        UNDECIDED
        if known and (row.lower or 0.0) <= 0.0 <= (row.upper or 0.0) and row.lower != row.upper
        else ""
    )
