"""Group programmes of a generated team: session types, members, facilitators, rooms, and who asks."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.cells import CELL, DAYS, WEEKDAYS, Bools, clock, starts_of
from safeschedule.samples.places import Entry

# C: groups of 6 to 8, at times up to 12; what they are, and their lengths, is an assumption.
TYPES: tuple[Entry, ...] = (
    {
        "id": "psychoeducation_90",
        "minutes": 90,
        "intensity": "moderate",
        "kind": "group",
        "smallest": 4,
        "largest": 10,
        "facilitators": 1,
        "room_kind": "group",
    },
    {
        "id": "skills_group_120",
        "minutes": 120,
        "intensity": "high",
        "kind": "group",
        "smallest": 4,
        "largest": 8,
        "facilitators": 2,
        "room_kind": "group",
    },
    {
        "id": "open_group_60",
        "minutes": 60,
        "intensity": "low",
        "kind": "group",
        "smallest": 3,
        "largest": 12,
        "facilitators": 1,
        "room_kind": "group",
    },
)
_MEMBERS = (6, 8)
_SEATS = 14


class Programmes:
    """Draws the groups of a team.

    Parameters
    ----------
    staff
        Clinicians as plain data, with working periods.
    hours
        Working cells by clinician, day and cell, without leave and meetings.
    clients
        Clients as plain data, with their own clinicians.
    """

    def __init__(
        self,
        staff: list[Entry],
        hours: Bools,
        clients: list[Entry],
        given: Assumptions,
        rng: np.random.Generator,
    ) -> None:
        self.staff, self.hours, self.clients, self.given, self.rng = staff, hours, clients, given, rng
        self.groups: list[Entry] = []
        self.requests: list[Entry] = []
        self.rooms: list[Entry] = []
        self.types: tuple[Entry, ...] = ()
        self._taken: set[str] = set()

    def draw(self, sites: list[str]) -> None:
        """Draw so many groups, in turn at each site and of each type, and a room for them at each site."""
        for number in range(round(self.given.groups * len(self.staff))):
            self._group(number + 1, TYPES[number % len(TYPES)], sites[number % len(sites)])
        if self.groups:
            self.types = TYPES
            self.rooms = [
                {"id": f"group-{site}", "kind": "group", "site": site, "seats": _SEATS} for site in sites
            ]

    def _group(self, number: int, kind: Entry, site: str) -> None:
        leading = self._facilitators(kind, site)
        members = self._members(site)
        if len(leading) < kind["facilitators"] or len(members) < kind["smallest"]:
            return
        code = f"G{number:02d}"
        group: Entry = {
            "id": code,
            "session_type": kind["id"],
            "members": [member["id"] for member in members],
            "open": kind["id"].startswith("open"),
            "facilitators": [self.staff[c]["id"] for c in leading],
            "site": site,
        }
        if self.rng.random() < self.given.group_slots:
            slot = self._slot(leading[: kind["facilitators"]], kind["minutes"] // CELL)
            group |= {"slots": [slot]} if slot else {}
        self.groups.append(group)
        for member in members:
            # A group comes beside the client's own sessions, on any other day or the same.
            member |= {"days_between": 0, "daily_sessions": 2}
            self.requests.append(
                {
                    "client": member["id"],
                    "session_type": kind["id"],
                    "group": code,
                    "mode": "in_person",
                    "every": 1,
                }
            )

    def _facilitators(self, kind: Entry, site: str) -> list[int]:
        """Return one more than the group needs, of those who are at the site for most of the week."""
        days = [sum(period.get("site") == site for period in person["working"]) for person in self.staff]
        free = self.hours.sum(axis=(1, 2)) * CELL
        able = [c for c in range(len(self.staff)) if days[c] >= 3 and free[c] >= 24 * 60]
        count = min(len(able), int(kind["facilitators"]) + 1)
        return sorted(self.rng.choice(able, size=count, replace=False).tolist()) if able else []

    def _members(self, site: str) -> list[Entry]:
        home = {person["id"] for person in self.staff if site in person["sites"]}
        able = [c for c in self.clients if c.get("clinician") in home and c["id"] not in self._taken]
        count = min(len(able), int(self.rng.integers(_MEMBERS[0], _MEMBERS[1] + 1)))
        chosen = self.rng.permutation(len(able))[:count].tolist()
        found = [able[number] for number in sorted(chosen)]
        self._taken |= {member["id"] for member in found}
        return found

    def _slot(self, leading: list[int], cells: int) -> Entry | None:
        """Return a weekday and full hour at which those who lead are at work, outside lunch."""
        together: Bools = np.logical_and.reduce(self.hours[leading])
        together[:, 48:52] = False
        starts = np.argwhere(starts_of(together, cells))
        full = [(int(day), int(cell)) for day, cell in starts if cell % 4 == 0 and day < DAYS]
        if not full:
            return None
        day, cell = full[int(self.rng.integers(len(full)))]
        return {"day": WEEKDAYS[day], "start": clock(cell * CELL)}
