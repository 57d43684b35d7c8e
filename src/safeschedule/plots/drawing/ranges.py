"""Ranges, one below the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from safeschedule.plots.drawing.canvas import names, plain, quiet, titled
from safeschedule.plots.palette import INK, LINE, LOOKS, PAPER, SOFT, PlotLook
from safeschedule.plots.plot import number
from safeschedule.plots.shapes import RangePlot, RangeRow

_HIGH = 0.62
_FIRST, _SECOND = LOOKS["session"], LOOKS["high"]
_LATER = "later"


def draw_ranges(plot: RangePlot) -> Figure:
    """Return the figure of ranges."""
    figure = Figure(figsize=(8.4, 1.5 + 0.3 * max(1, len(plot.ranges))), layout="constrained")
    axes = figure.subplots()
    names(axes, [row.name for row in plot.ranges])
    quiet(axes, along=True)
    axes.grid(axis="x", zorder=0)
    axes.set_axisbelow(True)
    first, last = _ends(plot)
    space = (last - first) or 1.0
    # At the right, beyond everything drawn, is room for what is said of a row.
    axes.set_xlim(first - 0.04 * space, last + 0.32 * space)
    # Ticks under the words would look as if there were figures.
    axes.set_xticks(
        [tick for tick in axes.get_xticks() if first - 0.04 * space <= tick <= last + 0.05 * space]
    )
    axes.set_xlabel(plain(plot.axis, 80))
    draw = {"span": _span, "bar": _bar, "tornado": _tornado}[plot.form]
    for lane, row in enumerate(plot.ranges):
        draw(axes, plot, row, lane, last + 0.04 * space)
    if plot.form != "span":
        axes.axvline(plot.base, color=INK, linewidth=1)
    titled(figure, plot.title, list(_legend(plot)))
    return figure


def _ends(plot: RangePlot) -> tuple[float, float]:
    figures = [plot.base]
    for row in plot.ranges:
        figures += [
            value
            for value in (row.middle, row.lower, row.upper, row.mark, *(row.inner or ()))
            if value is not None
        ]
    return min(figures), max(figures)


def _span(axes: Axes, _: RangePlot, row: RangeRow, lane: int, edge: float) -> None:
    """Draw a wide range and a narrow one in it; what has no end runs to the edge, with an arrow."""
    if row.lower is not None:
        upper = edge if row.upper is None else row.upper
        _box(axes, _FIRST, row.lower, upper, lane, 0.3)
        if row.upper is None:
            axes.plot([upper], [lane], marker=">", color=_FIRST.edge, markersize=6)
    if row.inner is not None and row.inner[0] is not None:
        upper = edge if row.inner[1] is None else row.inner[1]
        axes.barh(lane, upper - row.inner[0], left=row.inner[0], height=0.56, color=_FIRST.edge)
    if row.mark is not None:
        axes.vlines(row.mark, lane - 0.44, lane + 0.44, colors=INK, linewidth=2)
    note = ", ".join(filter(None, (_LATER if row.endless else "", row.note)))
    _note(axes, note, lane, edge)


def _bar(axes: Axes, plot: RangePlot, row: RangeRow, lane: int, edge: float) -> None:
    """Draw a bar from the base, with its bounds as a whisker; without colour where nothing is decided."""
    middle = plot.base if row.middle is None else row.middle
    if row.note:
        axes.barh(
            lane,
            middle - plot.base,
            left=plot.base,
            height=_HIGH,
            color=PAPER,
            edgecolor=SOFT,
            linestyle="--",
        )
    else:
        _box(axes, _FIRST, plot.base, middle, lane, _HIGH)
    ends = [middle if end is None else end for end in (row.lower, row.upper)]
    if row.lower is not None or row.upper is not None:
        axes.hlines(lane, ends[0], ends[1], colors=INK, linewidth=1.2)
        known = [end for end in (row.lower, row.upper) if end is not None]
        axes.vlines(known, lane - 0.18, lane + 0.18, colors=INK, linewidth=1.2)
    bounds = "" if row.lower is None and row.upper is None else f" ({_or(row.lower)} to {_or(row.upper)})"
    note = f", {row.note}" if row.note else ""
    _note(axes, f"{number(row.middle)}{bounds}{note}", lane, edge)


def _or(value: float | None) -> str:
    return "?" if value is None else number(value)


def _tornado(axes: Axes, plot: RangePlot, row: RangeRow, lane: int, edge: float) -> None:
    """Draw a bar from the base to each end; of two on one side the shorter lies in front, and is thinner."""
    ends = [(row.lower, _FIRST), (row.upper, _SECOND)]
    known = [(value, look) for value, look in ends if value is not None]
    known.sort(key=lambda end: -abs(end[0] - plot.base))
    one_side = len({value >= plot.base for value, _ in known}) == 1
    for place, (value, look) in enumerate(known):
        _box(axes, look, plot.base, value, lane, _HIGH * (0.5 if place and one_side else 1.0))
    _note(axes, f"{number(row.lower)} / {number(row.upper)}", lane, edge)


def _box(axes: Axes, look: PlotLook, start: float, end: float, lane: int, high: float) -> None:
    hatch = "////" if look is _SECOND else ""
    axes.barh(lane, end - start, high, start, color=look.fill, edgecolor=look.edge, hatch=hatch, linewidth=0)
    axes.barh(lane, end - start, high, start, color="none", edgecolor=look.edge, linewidth=1)


def _note(axes: Axes, text: str, lane: int, edge: float) -> None:
    if text:
        axes.text(edge, lane, f"  {plain(text, 60)}", va="center", fontsize=7.5, color=SOFT)


def _legend(plot: RangePlot) -> Iterator[tuple[Any, str]]:
    outer, inner, mark = plot.names
    line = Line2D([], [], color=INK, linewidth=2, marker="|", markersize=9, linestyle="none")
    if plot.form == "span":
        yield Patch(facecolor=_FIRST.fill, edgecolor=_FIRST.edge), outer
        yield Patch(facecolor=_FIRST.edge, edgecolor=LINE), inner
        yield line, mark
    elif plot.form == "tornado":
        yield Patch(facecolor=_FIRST.fill, edgecolor=_FIRST.edge), outer
        yield Patch(facecolor=_SECOND.fill, edgecolor=_SECOND.edge, hatch="////"), inner
        yield Line2D([], [], color=INK, linewidth=1), f"{mark}: {number(plot.base)}"
    else:
        if any(row.lower is not None or row.upper is not None for row in plot.ranges):
            yield Line2D([], [], color=INK, linewidth=1.2, marker="|", markersize=6), outer
        if any(row.note for row in plot.ranges):
            yield Patch(facecolor=PAPER, edgecolor=SOFT, linestyle="--"), "not decided"
