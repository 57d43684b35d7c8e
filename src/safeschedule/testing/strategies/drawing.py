"""What all strategies share: chances that shrink to the plain case, and the scene of a small week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any, Protocol, TypeVar

from hypothesis import strategies as st

from safeschedule.problem import Weekday
from safeschedule.problem.clock import format_clock, moment_at, parse_clock

T = TypeVar("T")
Entry = dict[str, Any]
"""One entity as plain data, before it is validated."""


class Draw(Protocol):
    """Hypothesis's draw function."""

    def __call__(self, strategy: st.SearchStrategy[T]) -> T:
        """Return a value of the strategy."""
        ...


@cache
def _up_to(most: int) -> st.SearchStrategy[int]:
    # Made once: making a strategy takes longer than drawing from it.
    return st.integers(0, most)


def whole(draw: Draw, least: int, most: int) -> int:
    """Return a whole number from `least` to `most`; shrinks to the least."""
    return least + draw(_up_to(most - least)) if most > least else least


def chance(draw: Draw, percent: int) -> bool:
    """Return true about so often; shrinks to false."""
    return draw(_up_to(99)) >= 100 - percent


def one_of(draw: Draw, *values: T) -> T:
    """Return one of the values; shrinks to the first."""
    return values[whole(draw, 0, len(values) - 1)]


def some_of(draw: Draw, values: Sequence[T], most: int = 2) -> list[T]:
    """Return a few of the values without repeats; shrinks to none."""
    left = list(values)
    count = whole(draw, 0, max(0, min(most, len(left))))
    return [left.pop(whole(draw, 0, len(left) - 1)) for _ in range(count)]


def shuffled(draw: Draw, values: Sequence[T]) -> list[T]:
    """Return the values in any order; shrinks to theirs."""
    left = list(values)
    return [left.pop(whole(draw, 0, len(left) - 1)) for _ in range(len(left))]


@dataclass(frozen=True)
class Scene:
    """The dates and hours in which a small problem plays.

    Parameters
    ----------
    week_start
        The first of the seven dates.
    days
        The dates with working periods, as days after the first.
    grid
        Minutes.
    opens
        When most working periods begin, in minutes since midnight.
    sites
        Codes of the sites.
    """

    week_start: date
    days: tuple[int, ...]
    grid: int
    opens: int
    sites: tuple[str, ...]

    @property
    def nights(self) -> bool:
        """Whether work goes on after midnight."""
        return self.opens > 1200

    def weekday(self, day: int) -> str:
        """Return the weekday of a day of the week."""
        return str(Weekday.of(self.date(day)))

    def at(self, day: int, minutes: int) -> datetime:
        """Return a local time of the week."""
        return moment_at(self.week_start, day * 1440 + minutes)

    def when(self, weekday: str, clock: str) -> datetime:
        """Return the time of the week that a weekday and a clock time name."""
        day = next(day for day in range(7) if self.weekday(day) == weekday)
        return self.at(day, parse_clock(clock))

    def date(self, day: int) -> date:
        """Return a date of the week."""
        return self.week_start + timedelta(days=day)

    def steps(self, draw: Draw, least: int, most: int) -> int:
        """Return minutes that are a multiple of the grid, from `least` to `most` minutes."""
        grid = self.grid
        return grid * whole(draw, -(-least // grid), most // grid)

    def on_grid(self, minutes: int) -> int:
        """Return minutes rounded down to the grid."""
        return minutes // self.grid * self.grid

    def slot(self, draw: Draw) -> Entry:
        """Return a working day and a time about the beginning of work."""
        start = self.on_grid(self.opens) + self.steps(draw, 0, 180)
        day = one_of(draw, *self.days) + start // 1440
        return {"day": self.weekday(day), "start": format_clock(start % 1440)}

    def window(self, draw: Draw, day: int) -> Entry:
        """Return a window on a day, about the working hours, at times off the grid too."""
        start = max(0, self.opens - 60) + 10 * whole(draw, 0, 24)
        end = start + 30 + 10 * whole(draw, 0, 30)
        if not self.nights:
            end = min(1440, end)
        day, start, end = day + start // 1440, start % 1440, end - start // 1440 * 1440
        # Beyond midnight a window ends on the next day.
        end = end if end <= 1440 else end - 1440
        return {"day": self.weekday(day), "start": format_clock(start), "end": format_clock(end)}

    def windows(self, draw: Draw, percent: int) -> list[Entry]:
        """Return windows on some of the working days, or none."""
        if not chance(draw, percent):
            return []
        return [self.window(draw, one_of(draw, *self.days)) for _ in range(one_of(draw, 1, 1, 2, 3))]


def scenes(draw: Draw, max_days: int) -> tuple[Scene, str]:
    """Return a scene and its time zone; now and then the night of a clock change."""
    grid = one_of(draw, 30, 15)
    both = ("north", "south")
    sites = one_of(draw, (), ("north",), both, both, (*both, "west"))
    if chance(draw, 8):
        # Clocks go back on Sunday 25 October 2026 at 02:00, and forward on Sunday 29 March 2026 at 01:00.
        start = one_of(draw, date(2026, 10, 19), date(2026, 3, 23))
        return Scene(start, (5, 6), grid, 0, sites), "Europe/London"
    start = one_of(draw, date(2026, 10, 5), date(2026, 10, 8))
    first, count = whole(draw, 0, 7 - max_days), whole(draw, 1, max_days)
    opens = 1290 if chance(draw, 20) else one_of(draw, 540, 630, 690)
    zone = one_of(draw, "UTC", "Europe/London", "America/New_York")
    return Scene(start, tuple(range(first, first + count)), grid, opens, sites), zone
