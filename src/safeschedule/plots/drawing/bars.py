"""Bars of stacked parts, each with its mark; panels side by side."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from safeschedule.plots.drawing.canvas import names, quiet, titled
from safeschedule.plots.drawing.painting import Rect, paint, sample
from safeschedule.plots.palette import BAD, INK, LOOKS, SOFT
from safeschedule.plots.plot import number
from safeschedule.plots.shapes import BarPanel, BarPlot, BarRow

_HIGH = 0.62


def draw_bars(plot: BarPlot) -> Figure:
    """Return the figure of bars."""
    rows = max((len(panel.rows) for panel in plot.panels), default=1)
    # The first panel has the most parts, and the names.
    figure = Figure(figsize=(3.4 * len(plot.panels) + 1.2, 1.5 + 0.28 * rows), layout="constrained")
    ratios = [1.5, *[1.0] * (len(plot.panels) - 1)]
    every = figure.subplots(1, len(plot.panels), squeeze=False, sharey=True, width_ratios=ratios)[0]
    for axes, panel in zip(every, plot.panels, strict=True):
        _panel(axes, panel)
    used = [look for look in LOOKS if any(look in panel.parts for panel in plot.panels[:1])]
    marks = " / ".join(panel.mark for panel in plot.panels if panel.mark)
    line = Line2D([], [], color=INK, linewidth=2, marker="|", markersize=9, linestyle="none")
    titled(figure, plot.title, [*((sample(look), LOOKS[look].label) for look in used), (line, marks)])
    return figure


def _panel(axes: Axes, panel: BarPanel) -> None:
    axes.set_title(
        f"{panel.title}, {panel.unit}" if panel.unit not in panel.title.casefold() else panel.title
    )
    names(axes, [row.name for row in panel.rows])
    quiet(axes, along=True)
    axes.grid(axis="x", zorder=0)
    axes.set_axisbelow(True)
    for place, part in enumerate(panel.parts):
        paint(axes, part, _areas(panel.rows, place))
    longest = max([1.0, *(max(row.total, row.mark or 0.0) for row in panel.rows)])
    axes.set_xlim(0, 1.28 * longest)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    for lane, row in enumerate(panel.rows):
        over = panel.over(row)
        if row.mark is not None:
            axes.vlines(row.mark, lane - 0.42, lane + 0.42, colors=INK, linewidth=2)
        axes.text(
            max(row.total, row.mark or 0.0) + 0.02 * longest,
            lane,
            _told(panel, row),
            va="center",
            fontsize=7.5,
            color=BAD if over else SOFT,
            fontweight="bold" if over else "normal",
        )


def _areas(rows: Sequence[BarRow], place: int) -> list[Rect]:
    return [
        (sum(row.values[:place]), lane - _HIGH / 2, row.values[place], _HIGH)
        for lane, row in enumerate(rows)
        if row.values[place]
    ]


def _told(panel: BarPanel, row: BarRow) -> str:
    total = f"{row.total:.1f}".removesuffix(".0")
    if row.mark is None:
        return total
    told = f"{total} of {number(round(row.mark, 1))}"
    return f"{told}: over" if panel.over(row) else told
