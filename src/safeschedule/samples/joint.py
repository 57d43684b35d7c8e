"""Couples, families and co-therapy of a generated team: sessions of several clients, or by two colleagues."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients
from safeschedule.samples.cells import CELL, Bools
from safeschedule.samples.places import Entry
from safeschedule.samples.staff import Staff

# Lengths and sizes are assumptions.
COUPLE: Entry = {
    "id": "couple_75",
    "minutes": 75,
    "kind": "family",
    "smallest": 2,
    "largest": 2,
    "room_kind": "consulting",
}
FAMILY: Entry = {
    "id": "joint_family_90",
    "minutes": 90,
    "kind": "family",
    "smallest": 2,
    "largest": 5,
    "room_kind": "family",
}
CO_THERAPY: Entry = {
    "id": "co_therapy_60",
    "minutes": 60,
    "facilitators": 2,
    "preparation_minutes": 15,
    "room_kind": "consulting",
}
_TOGETHER = 8 * 60
"""Minutes of the week in which all of them could come, at least."""
_TELEHEALTH = 0.3  # of the couples; assumption


class JointSessions:
    """Draws what several ask for together, of those who ask for nothing else this week.

    Parameters
    ----------
    taken
        Clients who ask for something already.
    """

    def __init__(
        self,
        staff: Staff,
        clients: Clients,
        taken: set[str],
        given: Assumptions,
        rng: np.random.Generator,
    ) -> None:
        self.staff, self.clients, self.given, self.rng = staff, clients, given, rng
        self.requests: list[Entry] = []
        self._taken = set(taken)

    @property
    def types(self) -> list[Entry]:
        """The session types that are asked for."""
        asked = {request["session_type"] for request in self.requests}
        return [kind for kind in (COUPLE, FAMILY, CO_THERAPY) if kind["id"] in asked]

    def draw(self) -> None:
        """Draw as many as the figures say, of clinicians in an order of chance."""
        count = len(self.staff.entries)
        order = [int(c) for c in self.rng.permutation(count) if not self.staff.away[c]]
        wanted = (
            (self._several, COUPLE, self.given.couples),
            (self._several, FAMILY, self.given.families),
            (self._with_colleague, CO_THERAPY, self.given.co_therapy),
        )
        turn = 0
        for draw, kind, share in wanted:
            for _ in range(max(1, round(share * count)) if share else 0):
                draw(order[turn % len(order)], kind)
                turn += 1

    def _several(self, clinician: int, kind: Entry) -> None:
        """Ask for a session of two, or of a family of three or four, with their own clinician."""
        size = kind["smallest"] if kind is COUPLE else int(self.rng.integers(3, 5))
        telehealth = kind is COUPLE and self.rng.random() < _TELEHEALTH
        chosen: list[str] = []
        common = self._present(clinician)
        for client in self.rng.permutation(self._free(clinician)).tolist():
            both = common & self.clients.free_cells(client)
            if len(chosen) < size and both.sum() * CELL >= _TOGETHER:
                chosen.append(self.clients.entries[client]["id"])
                common = both
        if len(chosen) == size:
            alone = telehealth and self.staff.entries[clinician]["telehealth"]
            self._ask(kind, chosen, {"mode": "telehealth" if alone else "in_person"})

    def _with_colleague(self, clinician: int, kind: Entry) -> None:
        """Ask for a session with the own clinician and a colleague who is there at the same time."""
        sites = set(self.staff.entries[clinician]["sites"])
        for other in self.rng.permutation(len(self.staff.entries)).tolist():
            person = self.staff.entries[other]
            common = self._present(clinician) & self._present(other)
            if other == clinician or person["new_in_post"] or not sites & set(person["sites"]):
                continue
            for client in self.rng.permutation(self._free(clinician)).tolist():
                if (common & self.clients.free_cells(client)).sum() * CELL >= _TOGETHER:
                    code = self.clients.entries[client]["id"]
                    self._ask(kind, [code], {"mode": "in_person", "with_clinicians": [person["id"]]})
                    return

    def _present(self, clinician: int) -> Bools:
        """Return the cells in which a clinician is at a site."""
        there: Bools = self.staff.free[clinician] & ~self.staff.remote[clinician]
        return there

    def _free(self, clinician: int) -> list[int]:
        owned = np.flatnonzero(self.clients.owner == clinician).tolist()
        return [c for c in owned if self.clients.entries[c]["id"] not in self._taken]

    def _ask(self, kind: Entry, codes: list[str], more: Entry) -> None:
        request: Entry = {"client": codes[0], "session_type": kind["id"], "priority": 3, **more}
        if len(codes) > 1:
            request["with_clients"] = codes[1:]
        self.requests.append(request)
        self._taken.update(codes)
