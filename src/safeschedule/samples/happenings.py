"""What else happens around a generated week: days at two sites, long leave before and after, incidents."""

from __future__ import annotations

from datetime import date

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import DAYS, WEEKDAYS, moment
from safeschedule.samples.places import Entry

_NOON = "12:30"


def split_days(staff: list[Entry], sites: list[str], given: Assumptions, rng: np.random.Generator) -> None:
    """Let some clinicians spend the afternoon of one full day at another site.

    The period is split at half past twelve, so that the way is made in paid time after a short morning.
    """
    for entry in staff:
        luck, day = rng.random(), WEEKDAYS[int(rng.integers(DAYS))]
        if luck >= given.split_sites or len(sites) < 2:
            continue
        whole = [p for p in entry["working"] if p["day"] == day and p["start"] < _NOON and p["end"] > "15:30"]
        if not whole:
            continue
        (period,) = whole
        other = next(site for site in sites if site != period["site"])
        morning, afternoon = {**period, "end": _NOON}, {**period, "start": _NOON, "site": other}
        entry["working"] = [
            piece for own in entry["working"] for piece in ((morning, afternoon) if own is period else (own,))
        ]
        entry["sites"] = sorted({p["site"] for p in entry["working"]})


def long_leave(staff: list[Entry], week_start: date, given: Assumptions, rng: np.random.Generator) -> None:
    """Let some come back from a week or two of leave on the week's first day, and some go on it after."""
    for number, entry in enumerate(staff):
        luck, weeks = rng.random(), int(rng.integers(1, 3))
        if luck >= 2 * given.long_leave or "leave" in entry:
            continue
        back = luck < given.long_leave
        first, last = (-7 * weeks, 0) if back else (7, 7 + 7 * weeks)
        span = {"start": moment(week_start, first, 0), "end": moment(week_start, last, 0)}
        entry["leave"] = [{**span, "kind": "annual leave"}]
        entry["cover"] = staff[(number + 1) % len(staff)]["id"]


def incidents(
    staff: list[Entry], week_start: date, given: Assumptions, rng: np.random.Generator
) -> list[Entry]:
    """Return critical incidents of the three working days before the week, with one or two of the team."""
    there = [entry["id"] for entry in staff if "leave" not in entry]
    found: list[Entry] = []
    for number in range(1, round(given.incidents * len(staff)) + 1):
        affected = rng.choice(there, size=min(len(there), int(rng.integers(1, 3))), replace=False)
        happened = moment(week_start, -3 - int(rng.integers(3)), 60 * int(rng.integers(10, 17)))
        found.append(
            {"id": f"incident-{number}", "happened": happened, "clinicians": sorted(affected.tolist())}
        )
    return found
