"""One measure over the weeks as a small line, with its mean and control limit where these are known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeschedule.caseload.measures.measuring import Measure, told
from safeschedule.caseload.warnings import Watched
from safeschedule.reports.words import short_date

WIDE, HIGH = 560, 120
"""Of a chart, in pixels."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 10, 10, 22
_LEAST = 2
"""Known weeks without which there is no line to be drawn."""


@dataclass(frozen=True)
class Dot:
    """A known week: where it is, what it says, and whether it is beyond its control limit."""

    x: float
    y: float
    told: str
    beyond: bool


@dataclass(frozen=True)
class Chart:
    """A chart.

    Parameters
    ----------
    words
        The same in words.
    line, mean, limit
        Paths; a week that is not known is a gap.
    dots
        The known weeks.
    marks
        Figures at the side: their height and text.
    first, last
        What stands below the ends.
    """

    words: str
    line: str
    mean: str
    limit: str
    dots: tuple[Dot, ...]
    marks: tuple[tuple[float, str], ...]
    first: str
    last: str


def chart(measure: Measure, watched: Watched | None = None) -> Chart | None:
    """Return the chart of a measure; ``None`` where fewer than two weeks are known."""
    values = [None if week.value is None else float(week.value) for week in measure.weeks]
    known = [value for value in values if value is not None]
    days = [week.week_start for week in measure.weeks]
    if len(known) < _LEAST or days[0] is None or days[-1] is None:
        return None
    means, limits = _limits(watched, len(values))
    highest = max(*known, *(each for each in (*means, *limits) if each is not None))
    top = highest or 1.0
    place = _Place(len(values), top)
    share = measure.unit == "share"
    return Chart(
        words=f"{measure.title}: {_short(known[0], share=share)} in the first known week, "
        f"{_short(known[-1], share=share)} in the last; {len(known)} of {len(values)} weeks are known.",
        line=place.path(values),
        mean=place.path(means),
        limit=place.path(limits),
        dots=tuple(_dots(measure, place, values, means, limits)),
        marks=tuple(
            (place.y(v), f"{100 * v:.0f} %" if share else f"{v:.3g}") for v in sorted({0.0, highest})
        ),
        first=short_date(days[0]),
        last=short_date(days[-1]),
    )


def _short(value: float, *, share: bool) -> str:
    return f"{100 * value:.0f} %" if share else f"{value:.3g}"


def _limits(watched: Watched | None, weeks: int) -> tuple[Sequence[float | None], Sequence[float | None]]:
    if watched is None or len(watched.weeks) != weeks:
        return [None] * weeks, [None] * weeks
    return (
        [None if week.mean is None else float(week.mean) for week in watched.weeks],
        [None if week.limit is None else float(week.limit) for week in watched.weeks],
    )


def _dots(
    measure: Measure,
    place: _Place,
    values: Sequence[float | None],
    means: Sequence[float | None],
    limits: Sequence[float | None],
) -> Iterator[Dot]:
    for number, (value, mean, limit) in enumerate(zip(values, means, limits, strict=True)):
        week = measure.weeks[number]
        if value is None or week.week_start is None:
            continue
        # On which side the limit lies says on which side more is worse.
        over = limit is not None and mean is not None and (value > limit if limit >= mean else value < limit)
        said = f"{short_date(week.week_start)}: {told(week, measure.unit)}"
        yield Dot(place.x(number), place.y(value), f"{said}, beyond its limit" if over else said, over)


class _Place:
    """Where weeks and values are on the paper."""

    def __init__(self, weeks: int, top: float) -> None:
        self._weeks, self._top = weeks, top

    def x(self, number: int) -> float:
        return round(_LEFT + (WIDE - _LEFT - _RIGHT) * number / max(1, self._weeks - 1), 1)

    def y(self, value: float) -> float:
        return round(HIGH - _BOTTOM - (HIGH - _TOP - _BOTTOM) * value / self._top, 1)

    def path(self, values: Sequence[float | None]) -> str:
        """Return a path through what is known; after what is not it begins anew."""
        parts, drawing = [], False
        for number, value in enumerate(values):
            if value is not None:
                parts.append(f"{'L' if drawing else 'M'}{self.x(number):g} {self.y(value):g}")
            drawing = value is not None
        return "".join(parts)
