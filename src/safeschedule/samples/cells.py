"""Quarter-hour cells of the days of a week: who is free when, as arrays."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

CELL = 15
"""Minutes of a cell; also the grid of generated problems."""

DAYS = 5
"""Dates with office hours; a team around the clock has more (`Assumptions.days`)."""

CELLS = 24 * 60 // CELL
MIDDAY = 50  # 12:30 in cells
WAKING = 32  # 08:00: no client comes earlier, but in crises; assumption
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def clock(minutes: int) -> str:
    """Return minutes since midnight as written in problem files."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def moment(week_start: date, day: int, minutes: int) -> str:
    """Return a local time of the week (negative days: before it) as written in problem files."""
    return f"{week_start + timedelta(days=day)}T{clock(minutes)}"


def starts_of(free: Bools, cells: int) -> Bools:
    """Return where `cells` free cells in a row begin, along the last axis."""
    padded = np.zeros((*free.shape[:-1], free.shape[-1] + 1), dtype=np.int64)
    np.cumsum(free, axis=-1, out=padded[..., 1:])
    found = np.zeros_like(free)
    found[..., : free.shape[-1] - cells + 1] = padded[..., cells:] - padded[..., :-cells] == cells
    return found
