"""Figures as one small picture, for notebooks: a bar for each, with a mark to compare it with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeschedule.reports.words import count

MOST_BARS = 40
"""Bars that are drawn; the size of a picture is bounded by it."""

LEFT, WIDE, ROW = 130, 480, 18
"""Of the picture, in pixels: names, the longest bar, one row."""


@dataclass(frozen=True)
class FigureBar:
    """One figure, or a range of one.

    Parameters
    ----------
    name
        Whose.
    start, end
        Where the bar begins and ends; without an end it runs on.
    mark
        What it is compared with.
    told
        The same in words.
    """

    name: str
    start: float | None
    end: float | None
    mark: float | None
    told: str


@dataclass(frozen=True)
class PlacedBar:
    """A strip in pixels: its top, its bar from the left, and its mark."""

    name: str
    y: int
    x: float
    wide: float
    mark: float | None
    told: str


@dataclass(frozen=True)
class BarPicture:
    """A picture, ready for its template."""

    words: str
    height: int
    strips: tuple[PlacedBar, ...]
    legend: tuple[str, str]
    missing: str


def bar_picture(strips: Sequence[FigureBar], what: str, bar: str, mark: str) -> BarPicture | None:
    """Return the picture of figures; ``None`` where there are none.

    Parameters
    ----------
    strips
        The figures.
    what
        What the picture shows, for those who cannot see it.
    bar, mark
        What a bar and its mark mean.
    """
    if not strips:
        return None
    drawn = strips[:MOST_BARS]
    known = [value for strip in drawn for value in (strip.start, strip.end, strip.mark) if value is not None]
    most = max([1.0, *known])
    rest = len(strips) - len(drawn)
    return BarPicture(
        words=f"{what}: {count(len(strips), 'bar')}.",
        height=len(drawn) * ROW + 6,
        strips=tuple(_placed(strip, 2 + place * ROW, WIDE / most) for place, strip in enumerate(drawn)),
        legend=(bar, mark if any(strip.mark is not None for strip in drawn) else ""),
        missing=f"{rest} more are not drawn." if rest else "",
    )


def _placed(strip: FigureBar, y: int, scale: float) -> PlacedBar:
    start = min((strip.start or 0.0) * scale, WIDE)
    end = WIDE if strip.end is None else strip.end * scale
    mark = None if strip.mark is None else round(LEFT + strip.mark * scale, 1)
    return PlacedBar(strip.name, y, round(LEFT + start, 1), round(max(0.0, end - start), 1), mark, strip.told)
