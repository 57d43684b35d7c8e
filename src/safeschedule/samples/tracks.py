"""Tracks of an intensive programme: three groups, one after the other, on three days of the week."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients
from safeschedule.samples.cells import CELL, WEEKDAYS, clock
from safeschedule.samples.places import Entry
from safeschedule.samples.staff import Staff

# C: nine hours a week on three days, eight members; the parts and their times are assumptions.
TYPES: tuple[Entry, ...] = tuple(
    {
        "id": f"{name}_60",
        "minutes": 60,
        "kind": "group",
        "smallest": 4,
        "largest": 10,
        "facilitators": leading,
        "room_kind": "group",
    }
    for name, leading in (("process", 2), ("skills", 1), ("education", 1))
)
TIMES = (((0, 1, 3), (570, 645, 720)), ((0, 2, 4), (780, 855, 930)))
"""Dates and starts of a morning and of an afternoon track, beside the usual meeting of a first team."""
MEMBERS = 8
_SEATS = 14
_AROUND = 2  # cells that those who lead are at work before a group and after it


class Tracks:
    """Draws the tracks of a team, after its requests.

    Parameters
    ----------
    first_site
        Where the groups are.
    """

    def __init__(
        self, staff: Staff, clients: Clients, first_site: str, given: Assumptions, rng: np.random.Generator
    ) -> None:
        self.staff, self.clients, self.site, self.given, self.rng = staff, clients, first_site, given, rng
        self.groups: list[Entry] = []
        self.requests: list[Entry] = []
        self.rooms: list[Entry] = []
        self.types: tuple[Entry, ...] = ()
        self._left = [int(c) for c in rng.permutation(np.flatnonzero(clients.owner >= 0))]

    def draw(self) -> None:
        """Draw so many tracks, mornings and afternoons in turn, and a room for those at one time."""
        wanted = max(1, round(self.given.tracks * len(self.staff.entries))) if self.given.tracks else 0
        for number in range(wanted):
            self._track(number)
        if wanted:
            self.types = TYPES
            self.rooms = [
                {"id": f"track-room-{number}", "kind": "group", "site": self.site, "seats": _SEATS}
                for number in range(1, (wanted + 1) // 2 + 1)
            ]

    def _track(self, number: int) -> None:
        days, starts = TIMES[number % len(TIMES)]
        members = [self.clients.entries[c] for c in self._left[:MEMBERS]]
        del self._left[:MEMBERS]
        codes = [member["id"] for member in members]
        for kind, start in zip(TYPES, starts, strict=True):
            there = self._there(days, start, kind)
            leading = self._facilitators(there, kind)
            held = [day for day, who in there.items() if len(who & leading) >= kind["facilitators"]]
            if held and len(members) >= kind["smallest"]:
                self._group(f"{kind['id']}-{number + 1}", kind, codes, leading, held, start)
        for member in members:
            # Whoever joins a track can come on its days.
            member.pop("windows", None)

    def _group(
        self, code: str, kind: Entry, members: list[str], leading: set[str], days: list[int], start: int
    ) -> None:
        self.groups.append(
            {
                "id": code,
                "session_type": kind["id"],
                "members": members,
                "facilitators": sorted(leading),
                "sessions": len(days),
                "slots": [{"day": WEEKDAYS[day], "start": clock(start)} for day in days],
                "site": self.site,
            }
        )
        asked = {"session_type": kind["id"], "group": code, "count": len(days), "priority": 4, "every": 1}
        self.requests += [{"client": member, **asked} for member in members]

    def _there(self, days: tuple[int, ...], start: int, kind: Entry) -> dict[int, set[str]]:
        """Return by date who is at the site then, with time before the group and after it."""
        first, last = start // CELL - 1, (start + kind["minutes"]) // CELL + _AROUND
        present = self.staff.free & ~self.staff.remote
        return {
            day: {
                entry["id"]
                for index, entry in enumerate(self.staff.entries)
                if self.site in entry["sites"] and present[index, day, first:last].all()
            }
            for day in days
        }

    def _facilitators(self, there: dict[int, set[str]], kind: Entry) -> set[str]:
        """Return two more than are needed, of those who are there on most of the dates."""
        able = sorted(set().union(*there.values()))
        order = self.rng.permutation(able).tolist()
        order.sort(key=lambda code: -sum(code in who for who in there.values()))
        return set(order[: int(kind["facilitators"]) + 2])
