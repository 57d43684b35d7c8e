"""Days on which clinicians of a generated team work from elsewhere, by telehealth alone."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import WEEKDAYS
from safeschedule.samples.shifts import works_nights
from safeschedule.samples.staff import Staff

_DAYS_AT_SITE = 2
"""Whoever has a day from elsewhere is at the site on so many others at least."""


def draw_telehealth_days(staff: Staff, given: Assumptions, rng: np.random.Generator) -> None:
    """Let some of those who work by telehealth do only that on one of their days, and be at no site."""
    for index, entry in enumerate(staff.entries):
        luck = rng.random()
        worked = np.flatnonzero(staff.hours[index].any(axis=1))
        day = int(rng.choice(worked))
        able = entry["telehealth"] and not works_nights(entry) and len(worked) > _DAYS_AT_SITE
        if luck < given.telehealth_days and able:
            entry["working"] = [
                _elsewhere(period) if period["day"] == WEEKDAYS[day] else period
                for period in entry["working"]
            ]
            staff.remote[index, day] = True


def _elsewhere(period: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in period.items() if name != "site"} | {"telehealth_only": True}
