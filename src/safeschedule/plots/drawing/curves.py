"""Curves, with their bounds as bands or whiskers; panels as a grid."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from safeschedule.plots.drawing.canvas import plain, titled
from safeschedule.plots.drawing.painting import paint, sample
from safeschedule.plots.palette import BAD, INK, PAPER, SOFT, SeriesLook, series
from safeschedule.plots.plot import number
from safeschedule.plots.shapes import Curve, CurveMark, CurvePanel, CurvePlot

_COLUMNS = 4
_NUMBERED = 12
"""Places along that have each its number, at most."""
_NAMED = 30
"""Points of a front that bear their names, at most."""


def draw_curves(plot: CurvePlot) -> Figure:
    """Return the figure of curves."""
    many = max(1, len(plot.panels))
    columns = min(_COLUMNS, many)
    rows = math.ceil(many / columns)
    single = many == 1
    size = (7.6, 4.4) if single else (3.1 * columns, 2.0 * rows + 1.1)
    figure = Figure(figsize=size, layout="constrained")
    every = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).flatten()
    for place, (axes, panel) in enumerate(zip(every, plot.panels, strict=False)):
        _panel(axes, panel, plot, narrow=not single)
        # Shared axes are named once: below the lowest panels, and at the left.
        if place % columns == 0:
            axes.set_ylabel(plain(plot.axes[1], 60))
        if place + columns >= many:
            axes.set_xlabel(plain(plot.axes[0], 60))
            axes.tick_params(labelbottom=True)
    for axes in every[len(plot.panels) :]:
        axes.set_visible(False)
    titled(figure, plot.title, list(_legend(plot)), columns=3)
    return figure


def _panel(axes: Axes, panel: CurvePanel, plot: CurvePlot, *, narrow: bool) -> None:
    axes.set_title(plain(panel.title))
    axes.grid(axis="y", zorder=0)
    axes.set_axisbelow(True)
    lines = [curve for curve in panel.curves if curve.form == "line"]
    for curve in panel.curves:
        if curve.form == "bars":
            paint(axes, "high", [(p.x - 0.3, 0.0, 0.6, p.y) for p in curve.points if p.y])
        elif curve in lines:
            _line(axes, curve, series(lines.index(curve)))
        else:
            _named(axes, curve)
    if panel.limit is not None:
        axes.axhline(panel.limit, color=BAD, linewidth=1.4, linestyle=(0, (6, 3)))
    _scales(axes, panel, plot, narrow=narrow)


def _scales(axes: Axes, panel: CurvePanel, plot: CurvePlot, *, narrow: bool) -> None:
    known = sorted({point.x for curve in panel.curves for point in curve.points if curve.form == "line"})
    if not plot.ticks and 0 < len(known) <= _NUMBERED:
        axes.set_xticks(known, [number(place) for place in known])
    if plot.ticks:
        places = [place for place, _ in plot.ticks]
        words = [plain(word.split(" ")[0] if narrow else word) for _, word in plot.ticks]
        axes.set_xticks(places, words, rotation=0 if narrow or len(words) <= 8 else 30)
        if narrow:
            axes.set_xlim(min(places) - 0.6, max(places) + 0.6)
    if all(point.y >= 0 for curve in panel.curves for point in curve.points) and _from_zero(panel):
        top = max([panel.limit or 0.0, *(p.upper or p.y for c in panel.curves for p in c.points)])
        axes.set_ylim(0, max(axes.get_ylim()[1], 1.08 * top) or 1.0)


def _from_zero(panel: CurvePanel) -> bool:
    """Return whether the axis begins at zero: bars have to, and limits are then seen for what they are."""
    return panel.limit is not None or any(curve.form == "bars" for curve in panel.curves)


def _line(axes: Axes, curve: Curve, look: SeriesLook) -> None:
    points = curve.points
    places = [point.x for point in points]
    if any(point.lower is not None or point.upper is not None for point in points):
        lower = [point.y if point.lower is None else point.lower for point in points]
        upper = [point.y if point.upper is None else point.upper for point in points]
        axes.fill_between(places, lower, upper, color=look.colour, alpha=0.14, linewidth=0)
        for bound in (lower, upper):
            axes.plot(places, bound, color=look.colour, linestyle=look.dashes, linewidth=0.7)
        if len(points) == 1:
            _whiskers(axes, points, look.colour)
    axes.plot(
        places,
        [point.y for point in points],
        color=look.colour,
        linestyle=look.dashes,
        marker=look.mark,
        markersize=4.5,
        linewidth=1.8,
    )


def _whiskers(axes: Axes, points: Sequence[CurveMark], colour: str) -> None:
    for point in points:
        lower, upper = (point.y if end is None else end for end in (point.lower, point.upper))
        if lower != upper:
            axes.vlines(point.x, lower, upper, colors=colour, linewidth=1)


def _named(axes: Axes, curve: Curve) -> None:
    """Draw points with their names; those of a front are full, and joined."""
    _whiskers(axes, curve.points, SOFT)
    places, figures = [point.x for point in curve.points], [point.y for point in curve.points]
    axes.plot(places, figures, linewidth=1.8, markersize=6, **_of_front(curve))
    axes.margins(x=0.12, y=0.12)
    for point in curve.points[:_NAMED]:
        axes.annotate(
            plain(point.name),
            (point.x, point.y),
            xytext=(5, -10),
            textcoords="offset points",
            fontsize=7.5,
            color=INK,
        )


def _of_front(curve: Curve) -> dict[str, Any]:
    if curve.form == "front":
        return {"color": series(0).colour, "marker": series(0).mark}
    look = series(5)
    return {"color": look.colour, "marker": look.mark, "linestyle": "none", "markerfacecolor": PAPER}


def _legend(plot: CurvePlot) -> Iterator[tuple[Any, str]]:
    panel = plot.panels[0] if plot.panels else CurvePanel("", ())
    lines = [curve for curve in panel.curves if curve.form == "line"]
    for curve in panel.curves:
        if curve.form == "bars":
            yield sample("high"), curve.name
        elif curve in lines:
            yield _sample(series(lines.index(curve))), curve.name
        else:
            yield Line2D([], [], linewidth=1.8, markersize=6, **_of_front(curve)), curve.name
    if panel.limit is not None:
        yield Line2D([], [], color=BAD, linewidth=1.4, linestyle=(0, (6, 3))), plot.limit


def _sample(look: SeriesLook) -> Line2D:
    return Line2D(
        [], [], color=look.colour, linestyle=look.dashes, marker=look.mark, linewidth=1.8, markersize=4.5
    )
