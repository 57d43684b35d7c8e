"""Plots as figures of matplotlib, and as files that are the same whenever the plot is."""

from __future__ import annotations

from matplotlib.figure import Figure

from safeschedule.plots.drawing.bars import draw_bars
from safeschedule.plots.drawing.canvas import saved, settings
from safeschedule.plots.drawing.curves import draw_curves
from safeschedule.plots.drawing.ranges import draw_ranges
from safeschedule.plots.drawing.timeline import draw_timeline
from safeschedule.plots.plot import Plot
from safeschedule.plots.shapes import BarPlot, CurvePlot, RangePlot, TimelinePlot


def figure_of(plot: Plot) -> Figure:
    """Return a plot as a new figure."""
    with settings():
        return _drawn(plot)


def image_of(plot: Plot, form: str, dpi: int) -> bytes:
    """Return a plot as the content of a file: ``svg``, ``png`` or ``pdf``."""
    with settings():
        return saved(_drawn(plot), form, dpi, plot.title, plot.sentence)


def _drawn(plot: Plot) -> Figure:
    if isinstance(plot, TimelinePlot):
        return draw_timeline(plot)
    if isinstance(plot, BarPlot):
        return draw_bars(plot)
    if isinstance(plot, RangePlot):
        return draw_ranges(plot)
    if isinstance(plot, CurvePlot):
        return draw_curves(plot)
    raise TypeError(f"there is no picture of a {type(plot).__name__}")
