"""Spans on a clock: lanes one below the other, stretches of the clock side by side."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from safeschedule.plots.drawing.canvas import names, plain, quiet, titled, wide
from safeschedule.plots.drawing.painting import Rect, ground, paint, sample
from safeschedule.plots.palette import FAINT, INK, LINE, LOOKS, OFF, PAPER, SOFT
from safeschedule.plots.shapes import TimelinePane, TimelinePlot, TimelineSpan
from safeschedule.problem.clock import format_clock

_LEFT = 1.3
"""Inches for the names of lanes."""
_TEXT = 6.5
_GAP = 24
"""Minutes of paper between two stretches of the clock."""


def draw_timeline(plot: TimelinePlot) -> Figure:
    """Return the figure of spans on a clock."""
    ends = _places(plot.panes)
    minutes = max(60.0, ends[-1] + plot.panes[-1].last - plot.panes[-1].first if ends else 60.0)
    across = 9.2 if plot.worded else min(15.0, max(7.5, 1.7 * len(plot.panes)))
    lane = 0.46 if plot.worded else 0.3
    figure = Figure(figsize=(across + _LEFT, 1.25 + lane * max(1, len(plot.lanes))), layout="constrained")
    axes = figure.subplots()
    axes.set_xlim(0, minutes)
    names(axes, plot.lanes)
    quiet(axes)
    _grounds(axes, plot, ends)
    used = [look for look in LOOKS if any(span.look == look for span in plot.spans)]
    for look in used:
        areas = [_area(span, plot, ends) for span in plot.spans if span.look == look]
        paint(axes, look, areas, bar=minutes / across * 0.018)
    if plot.worded:
        _words(axes, plot, ends, minutes / across, lane)
    _clock(axes, plot, ends)
    titled(figure, plot.title, [(sample(look), LOOKS[look].label) for look in used])
    return figure


def _places(panes: Sequence[TimelinePane]) -> list[float]:
    """Return where each stretch of the clock begins."""
    found, at = [], 0.0
    for pane in panes:
        found.append(at)
        at += pane.last - pane.first + _GAP
    return found


def _area(span: TimelineSpan, plot: TimelinePlot, begins: Sequence[float]) -> Rect:
    pane = plot.panes[span.pane]
    high = 0.8 / span.parts
    return (
        begins[span.pane] + span.start - pane.first,
        span.lane - 0.4 + high * span.part,
        float(span.minutes),
        high,
    )


def _grounds(axes: Axes, plot: TimelinePlot, begins: Sequence[float]) -> None:
    """Paint time off in grey, working time in white, and a line at each full hour."""
    strips = [
        (at, lane - 0.46, float(pane.last - pane.first), 0.92)
        for at, pane in zip(begins, plot.panes, strict=True)
        for lane in range(len(plot.lanes))
    ]
    work = [span for span in plot.spans if span.look == "work"]
    # Of a week without its problem it is not known who works when.
    ground(axes, strips, OFF if work else PAPER)
    ground(
        axes,
        [(x, span.lane - 0.46, high, 0.92) for span in work for x, _, high, _ in [_area(span, plot, begins)]],
        PAPER,
    )
    hours = [
        at + minute - pane.first
        for at, pane in zip(begins, plot.panes, strict=True)
        for minute in range(-(-pane.first // 60) * 60, pane.last + 1, 60)
    ]
    axes.vlines(hours, -0.5, len(plot.lanes) - 0.5, colors=FAINT, linewidth=0.6, zorder=0.5)
    axes.hlines(
        [lane + 0.5 for lane in range(len(plot.lanes) - 1)],
        0,
        1,
        colors=LINE,
        linewidth=0.5,
        transform=axes.get_yaxis_transform(),
        zorder=0.5,
    )


def _clock(axes: Axes, plot: TimelinePlot, begins: Sequence[float]) -> None:
    """Write the hours below, and the titles of the stretches above."""
    span = sum(pane.last - pane.first for pane in plot.panes)
    step = next((step for step in (60, 120, 180, 240, 360) if span / step <= 26), 720)
    marks = [
        (at + minute - pane.first, format_clock(minute))
        for at, pane in zip(begins, plot.panes, strict=True)
        # At its end only the last: the next one begins there.
        for minute in range(-(-pane.first // step) * step, pane.last + (pane is plot.panes[-1]), step)
    ]
    axes.set_xticks([place for place, _ in marks], [told for _, told in marks], fontsize=7)
    for at, pane in zip(begins, plot.panes, strict=True):
        if pane.title:
            axes.text(
                at,
                1.0,
                f"{pane.title}\n",
                transform=axes.get_xaxis_transform(),
                va="baseline",
                fontsize=8.5,
                fontweight="bold",
                color=INK,
                linespacing=0.5,
            )


def _words(axes: Axes, plot: TimelinePlot, begins: Sequence[float], per_inch: float, lane: float) -> None:
    """Write into each span its words, or its few signs, or nothing, as they fit."""
    for span in plot.spans:
        if span.look == "work" or lane / span.parts < 0.2:
            continue
        x, y, length, high = _area(span, plot, begins)
        room = length / per_inch - 0.12 - 0.04 * LOOKS[span.look].bars
        lines = _fitting(span, room)
        if lines:
            axes.text(
                x + (0.05 + 0.035 * LOOKS[span.look].bars) * per_inch,
                y + high / 2,
                "\n".join(lines),
                va="center",
                fontsize=_TEXT,
                linespacing=1.15,
                color=INK if span.look != "leave" else SOFT,
            )


def _fitting(span: TimelineSpan, room: float) -> list[str]:
    label = plain(span.label)
    parts = label.split(" ")
    # The words on one line or on two, or what stands for them.
    choices = [
        [label],
        *([" ".join(parts[:cut]), " ".join(parts[cut:])] for cut in range(len(parts) - 1, 0, -1)),
    ]
    choices += [[plain(span.short)]] if span.short else [parts[1:]]
    return next((lines for lines in choices if all(wide(line, _TEXT) <= room for line in lines)), [])
