"""Dates on which the service of a generated team is closed."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import DAYS, WEEKDAYS
from safeschedule.samples.places import Entry
from safeschedule.samples.staff import Staff

_LATER = 21
"""Another closed date so many days later, for those who plan weeks in a row."""


def draw_closures(
    staff: Staff, week_start: date, given: Assumptions, rng: np.random.Generator
) -> list[Entry]:
    """Return closed dates of the week, and as many of a later one; nobody is free on the former."""
    days = sorted(rng.permutation(DAYS)[: given.closures].tolist())
    staff.free[:, days] = False
    return [
        {"date": str(week_start + timedelta(days=day + after)), "name": "public holiday"}
        for after in (0, _LATER)
        for day in days
    ]


def avoid(closures: list[Entry], requests: list[Entry], week_start: date) -> None:
    """Move what has one weekday (a date in court) from closed dates to the next open one."""
    shut = {(date.fromisoformat(entry["date"]) - week_start).days for entry in closures}
    for request in requests:
        for window in request.get("windows", ()):
            day = WEEKDAYS.index(window["day"])
            while day % DAYS in shut:
                day += 1
            window["day"] = WEEKDAYS[day % DAYS] if shut else window["day"]
