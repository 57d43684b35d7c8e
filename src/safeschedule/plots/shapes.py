"""The four shapes of plots: spans on a clock, bars with a mark, ranges about a middle, and curves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from safeschedule.plots.palette import LOOKS
from safeschedule.plots.plot import Plot, Value
from safeschedule.problem.clock import format_clock


@dataclass(frozen=True)
class TimelinePane:
    """A stretch of the clock that all lanes show: its title, and its first and last minute of a date."""

    title: str
    first: int
    last: int


@dataclass(frozen=True)
class TimelineSpan:
    """Something in a lane.

    Parameters
    ----------
    lane, pane
        Where, by number from 0.
    start, minutes
        In minutes of its date.
    look
        One of `LOOKS`; ``work`` for working time, which lies behind everything.
    label, short
        What it is, and in a few signs.
    part, parts
        Its part of the lane's height, where several overlap.
    """

    lane: int
    pane: int
    start: int
    minutes: int
    look: str
    label: str
    short: str = ""
    part: int = 0
    parts: int = 1


@dataclass(frozen=True)
class TimelinePlot(Plot):
    """Spans on a clock: a team's week, or the week of one clinician.

    Parameters
    ----------
    title, sentence
        As of every plot.
    panes
        Stretches of the clock, side by side.
    lanes
        The names of the lanes, one below the other.
    spans
        What is in them.
    worded
        Whether spans bear their words, where these fit.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.week(schedule, problem)
    >>> plot.lanes == tuple(person.id for person in problem.clinicians)
    True
    """

    columns: ClassVar[tuple[str, ...]] = ("lane", "day", "from", "to", "minutes", "kind", "what")

    panes: tuple[TimelinePane, ...]
    lanes: tuple[str, ...]
    spans: tuple[TimelineSpan, ...]
    worded: bool = False

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return a row for each span, working time aside, by lane and time."""
        found = [span for span in self.spans if span.look != "work"]
        found.sort(key=lambda span: (span.lane, span.pane, span.start, span.part))
        return tuple(
            (
                self.lanes[span.lane],
                self.panes[span.pane].title,
                format_clock(span.start),
                format_clock(span.start + span.minutes),
                span.minutes,
                LOOKS[span.look].label,
                span.label,
            )
            for span in found
        )


@dataclass(frozen=True)
class BarRow:
    """One bar.

    Parameters
    ----------
    name
        Whose.
    values
        Its parts, in the order of the panel's.
    mark
        The figure that it is measured against; ``None``: there is none.
    """

    name: str
    values: tuple[float, ...]
    mark: float | None = None

    @property
    def total(self) -> float:
        """The length of the bar."""
        return sum(self.values)


@dataclass(frozen=True)
class BarPanel:
    """Bars that share an axis.

    Parameters
    ----------
    title, unit
        What they tell.
    parts
        What the bars are made of: looks of `LOOKS`.
    rows
        The bars.
    mark
        What the mark at each bar means.
    capped
        Whether a bar beyond its mark is too long.
    """

    title: str
    unit: str
    parts: tuple[str, ...]
    rows: tuple[BarRow, ...]
    mark: str = ""
    capped: bool = False

    def label(self, part: str) -> str:
        """Return what a part is called; of bars of one part it is what they tell."""
        return self.unit if len(self.parts) == 1 else LOOKS[part].label

    def over(self, row: BarRow) -> bool:
        """Return whether a bar is too long."""
        # Sums of decimal fractions: what is equal is not over by the last bit.
        return self.capped and row.mark is not None and row.total > row.mark + 1e-9


@dataclass(frozen=True)
class BarPlot(Plot):
    """Bars, each with a mark that it is measured against: what each clinician carries.

    Parameters
    ----------
    title, sentence
        As of every plot.
    panels
        Side by side, all with the same rows.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.load(schedule, problem)
    >>> [panel.title for panel in plot.panels]
    ['Working time', 'Caseload points', 'Sessions']
    """

    columns: ClassVar[tuple[str, ...]] = ("what", "unit", "of", "part", "value", "all", "mark", "measured by")

    panels: tuple[BarPanel, ...]

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return a row for each part of each bar."""
        return tuple(
            (panel.title, panel.unit, row.name, panel.label(part), value, row.total, row.mark, panel.mark)
            for panel in self.panels
            for row in panel.rows
            for part, value in zip(panel.parts, row.values, strict=True)
        )


@dataclass(frozen=True)
class RangeRow:
    """One range.

    Parameters
    ----------
    name
        Whose.
    middle
        The figure itself, where there is one.
    lower, upper
        Its bounds, or its figures at the two ends of an assumption; ``None``: not known, or without end.
    inner
        A narrower range.
    mark
        A figure to compare it with.
    note
        What is to be said beside it.
    endless
        Whether an upper bound of ``None`` is one without end.
    """

    name: str
    middle: float | None = None
    lower: float | None = None
    upper: float | None = None
    inner: tuple[float | None, float | None] | None = None
    mark: float | None = None
    note: str = ""
    endless: bool = False


@dataclass(frozen=True)
class RangePlot(Plot):
    """Ranges, one below the other: waits, prices of rules with their bounds, the tornado of a study.

    Parameters
    ----------
    title, sentence
        As of every plot.
    form
        ``span``: a range and a narrower one in it; ``bar``: a bar from the base with its bounds;
        ``tornado``: from the base to the figures at both ends of an assumption.
    axis
        What is told, with its unit.
    names
        What the outer and inner range, or both ends, and the mark are called.
    base
        The figure from which bars begin.
    ranges
        The rows.

    Examples
    --------
    >>> import safeschedule
    >>> study = {"x": ["breaks", "debrief"], "y": [4, 0], "lower": [3, 0], "upper": [6, 1]}
    >>> plot = safeschedule.plots.price_of_rules(study)
    >>> [row.note for row in plot.ranges]
    ['', 'not decided']
    """

    columns: ClassVar[tuple[str, ...]] = (
        *("of", "value", "lower", "upper", "inner lower", "inner upper", "mark", "note"),
    )

    form: str
    axis: str
    names: tuple[str, str, str]
    base: float
    ranges: tuple[RangeRow, ...]

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return a row for each range."""
        return tuple(
            (row.name, row.middle, row.lower, row.upper, *(row.inner or (None, None)), row.mark, row.note)
            for row in self.ranges
        )


@dataclass(frozen=True)
class CurveMark:
    """A figure at one place of a curve, with its bounds where it has any, and a name where it needs one."""

    x: float
    y: float
    lower: float | None = None
    upper: float | None = None
    name: str = ""


@dataclass(frozen=True)
class Curve:
    """A curve.

    Parameters
    ----------
    name
        What it tells.
    form
        ``line``, ``bars``, ``front`` (a line through named points) or ``points`` (named points alone).
    points
        By their x.
    """

    name: str
    form: str
    points: tuple[CurveMark, ...]


@dataclass(frozen=True)
class CurvePanel:
    """Curves that share both axes, with a limit where there is one."""

    title: str
    curves: tuple[Curve, ...]
    limit: float | None = None


@dataclass(frozen=True)
class CurvePlot(Plot):
    """Curves: exposure over days and weeks, what staff brings, the front between access and exposure.

    Parameters
    ----------
    title, sentence
        As of every plot.
    axes
        What is told along, and what upwards.
    panels
        All with the same axes.
    ticks
        Words for places along; without any they are numbers.
    limit
        What the limit is called.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.staffing_curve({"x": [6, 7, 8], "y": [120, 139, 151]})
    >>> len(plot.rows())
    3
    """

    columns: ClassVar[tuple[str, ...]] = ("panel", "curve", "at", "value", "lower", "upper", "name", "limit")

    axes: tuple[str, str]
    panels: tuple[CurvePanel, ...]
    ticks: tuple[tuple[float, str], ...] = ()
    limit: str = ""

    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """Return a row for each point."""
        return tuple(self._rows())

    def _rows(self) -> Iterator[tuple[Value, ...]]:
        words = dict(self.ticks)
        for panel in self.panels:
            for curve in panel.curves:
                for point in curve.points:
                    at = words.get(point.x, point.x)
                    figures = point.y, point.lower, point.upper
                    yield panel.title, curve.name, at, *figures, point.name, panel.limit
