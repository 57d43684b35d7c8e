"""Working days of waits: Monday to Friday, closures left out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np


def target_of(since: date, days: int, closed: Sequence[date]) -> date:
    """Return the date so many working days after another; of a date that is none, the working day before."""
    found: date = np.busday_offset(since, days, roll="backward", holidays=list(closed)).astype(object)
    return found


def working_days(first: date, last: date, closed: Sequence[date]) -> int:
    """Return how many working days lie from one date to another, the last not counted; negative backwards."""
    return int(np.busday_count(first, last, holidays=list(closed)))
