"""The clients of a generated team: acuity, flags, availability, own clinician."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safeschedule.problem.people import default_bands
from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import CELL, CELLS, MIDDAY, WAKING, WEEKDAYS, Bools, Ints, clock
from safeschedule.samples.places import Entry
from safeschedule.samples.staff import Staff

BANDS = ("low", "moderate", "high", "very_high")


@dataclass
class Clients:
    """The clients while they are drawn.

    Parameters
    ----------
    entries
        The clients as plain data.
    owner
        The index of the own clinician; -1 for new clients.
    band
        The index of the acuity band.
    halves
        Half-days on which each can come, by day and half.
    """

    entries: list[Entry]
    owner: Ints
    band: Ints
    halves: Bools

    def free_cells(self, index: int) -> Bools:
        """Return the cells of the week in which a client can come."""
        found = np.zeros((self.halves.shape[1], CELLS), dtype=bool)
        found[:, :MIDDAY] = self.halves[index, :, :1]
        found[:, MIDDAY:] = self.halves[index, :, 1:]
        return found


def draw_clients(staff: Staff, newcomers: int, given: Assumptions, rng: np.random.Generator) -> Clients:
    """Return the clients of every caseload, and so many who are new."""
    sizes = _caseload_sizes(staff, given, rng)
    owner = np.concatenate([np.repeat(np.arange(len(sizes)), sizes), np.full(newcomers, -1)])
    count = len(owner)
    band = rng.choice(len(BANDS), size=count, p=given.band_shares)
    halves = _draw_halves(count, given, rng)
    flags = _draw_flags(band, given, rng)
    preference, which = rng.random(count), rng.random(count)
    width = max(3, len(str(count)))
    entries: list[Entry] = []
    for i in range(count):
        entry: Entry = {"id": f"P{i + 1:0{width}d}", "band": BANDS[band[i]], "flags": flags[i]}
        if owner[i] >= 0:
            entry["clinician"] = staff.entries[owner[i]]["id"]
        if not halves[i].all():
            entry["windows"] = windows(halves[i], given.evening)
        if preference[i] < given.client_preference:
            morning = bool(which[i] < 0.5)
            half = np.array([[morning, not morning]] * given.days)
            entry["preferred"] = windows(half, given.evening)
        entries.append(entry)
    return Clients(entries, owner, band, halves)


def make_bands(given: Assumptions) -> list[Entry]:
    """Return the default bands, which here ask for contacts and reviews by themselves and may escalate."""
    return [
        band.model_dump(mode="json")
        | {"contact_type": contact, "review_type": given.review_type, "escalation": list(flags)}
        for band, contact, flags in zip(default_bands(), given.contact_types, given.escalation, strict=True)
    ]


def draw_reviews(clients: Clients, week_start: date, given: Assumptions, rng: np.random.Generator) -> None:
    """Draw the next review of each client of a caseload: evenly over the band's interval, some late."""
    days = [band.review_days for band in default_bands()]
    luck = rng.random((len(clients.entries), 2))
    for i, entry in enumerate(clients.entries):
        if clients.owner[i] >= 0:
            late = luck[i, 0] < given.late_reviews
            offset = -1 - int(luck[i, 1] * 14) if late else int(luck[i, 1] * days[clients.band[i]])
            entry["next_review"] = str(week_start + timedelta(days=offset))


def _caseload_sizes(staff: Staff, given: Assumptions, rng: np.random.Generator) -> Ints:
    least, most = given.caseload_range
    full = np.clip(rng.normal(given.caseload, given.caseload_sd, len(staff.fte)), least, most)
    part = np.ones(len(staff.fte))
    part[: staff.leads] = given.supervisor_caseload
    part[[i for i, entry in enumerate(staff.entries) if entry["new_in_post"]]] = given.new_caseload
    return np.maximum(1, np.rint(full * part * staff.fte)).astype(np.int64)


def _draw_halves(count: int, given: Assumptions, rng: np.random.Generator) -> Bools:
    kind, side, days = rng.random(count), rng.random(count), given.days
    halves = np.ones((count, days, 2), dtype=bool)
    one = (kind >= given.any_time) & (kind < given.any_time + given.one_half)
    halves[one & (side < 0.5), :, 1] = False
    halves[one & (side >= 0.5), :, 0] = False
    few = kind >= given.any_time + given.one_half
    ranks = rng.random((count, 2 * days)).argsort(axis=1).argsort(axis=1)
    scattered = (ranks < round(2 * days * given.scattered)).reshape(count, days, 2)
    halves[few] = scattered[few]
    return halves


def _draw_flags(band: Ints, given: Assumptions, rng: np.random.Generator) -> list[list[str]]:
    luck = rng.random((4, len(band)))
    carried = {
        "crisis_risk": luck[0] < np.asarray(given.crisis_risk)[band],
        "coordination": luck[1] < given.coordination,
        "safety_planning": luck[2] < np.asarray(given.safety_planning)[band],
        "volatile": luck[3] < np.asarray(given.volatile)[band],
    }
    return [[name for name, who in carried.items() if who[i]] for i in range(len(band))]


def windows(halves: Bools, evening: int) -> list[Entry]:
    """Return the windows of half-days, the last until the evening; both halves of a day are one window."""
    midday = MIDDAY * CELL
    found = []
    for day, (morning, afternoon) in zip(WEEKDAYS, halves, strict=False):
        if morning or afternoon:
            start = WAKING * CELL if morning else midday
            end = evening if afternoon else midday
            found.append({"day": day, "start": clock(start), "end": clock(end)})
    return found
