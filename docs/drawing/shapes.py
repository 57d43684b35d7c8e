"""What a drawn week is made of, in pixels of a page 900 wide."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from docs.drawing.fitting import Line
from docs.drawing.legend import Entry
from safeschedule.problem.clock import format_clock

WIDTH = 900
LEFT, RIGHT = 140, 882
"""Where the clock axis begins and ends."""


@dataclass(frozen=True)
class Box:
    """An item: its look, its lines and where they begin, or a word written upwards."""

    x: float
    y: float
    wide: float
    high: float
    look: str
    inner: float
    lines: tuple[tuple[float, Line], ...] = ()
    upright: str = ""


@dataclass(frozen=True)
class Badge:
    """The numbers of findings; what they are about is outlined, or has a line at its minute."""

    x: float
    y: float
    text: str
    outlined: Box | None = None
    line: float = 0

    @property
    def wide(self) -> float:
        """How wide the badge is; a circle where there is one digit."""
        return 11 + 7 * len(self.text)


@dataclass(frozen=True)
class Stripe:
    """A row of the drawing; spans are given by place and width."""

    y: float
    high: float
    day: str
    skipped: str
    clinician: str
    ground: str
    work: tuple[tuple[float, float], ...]
    leave: tuple[tuple[float, float, float, str], ...]
    strips: tuple[tuple[str, float, float, float, str], ...]
    flags: tuple[tuple[str, float], ...]
    boxes: tuple[Box, ...]
    note: str


@dataclass(frozen=True)
class Sheet:
    """The whole drawing."""

    hours: tuple[tuple[float, str], ...]
    stripes: tuple[Stripe, ...]
    badges: tuple[Badge, ...]
    legend: tuple[Entry, ...]
    foot: float
    height: float


class Scale:
    """Turns minutes since midnight into places on the clock axis.

    Parameters
    ----------
    first, last
        The full hours at which it begins and ends.
    """

    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last

    def at(self, minute: int) -> float:
        """Return the place of a minute; of one outside the axis its end."""
        inside = min(max(minute, self.first), self.last)
        return round(LEFT + (RIGHT - LEFT) * (inside - self.first) / (self.last - self.first), 1)

    def span(self, start: int, end: int) -> tuple[float, float]:
        """Return place and width of a span."""
        return self.at(start), round(self.at(end) - self.at(start), 1)

    def hours(self) -> Iterator[tuple[float, str]]:
        """Yield place and time of the hours that are named: every one, or every second of long axes."""
        step = 60 if self.last - self.first <= 14 * 60 else 120
        for minute in range(self.first, self.last + 1, step):
            yield self.at(minute), format_clock(minute)
