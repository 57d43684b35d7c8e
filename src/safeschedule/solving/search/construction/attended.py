"""Who attends the sessions of a week that is constructed: the first who is free, and that is final."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.attendant_names import Bookings, SkillDemand, places_of
from safeschedule.model.attending import needing
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows


class Attended:
    """The attendants' weeks, as far as a week is constructed.

    The model may give attendants otherwise, so that it allows whatever is allowed here.

    Parameters
    ----------
    index, rows
        The problem and all rows that may be chosen.
    """

    def __init__(self, index: Index, rows: Rows) -> None:
        self._needs: Bools = needing(index, rows)
        self.asks = bool(self._needs.any())
        """Whether any session needs attendants."""
        self._diaries = Bookings(index)
        self._places: dict[int, list[SkillDemand]] = defaultdict(list)
        for place in places_of(index, rows, {}) if self.asks else ():
            self._places[place.row].append(place)
        self._given: dict[int, list[tuple[int, SkillDemand]]] = {}

    def allow(self, numbers: Ints) -> Bools:
        """Return which rows have their attendants free."""
        found = np.ones(len(numbers), dtype=bool)
        for position in np.flatnonzero(self._needs[numbers]).tolist():
            found[position] = self._bookings(int(numbers[position])) is not None
        return found

    def set(self, row: int, *, chosen: bool) -> None:
        """Book the attendants of a row, or none any more."""
        if not self._needs[row]:
            return
        if not chosen:
            for attendant, place in self._given.pop(row, ()):
                self._diaries.take_back(attendant, place)
            return
        self._given[row] = self._bookings(row) or []
        for attendant, place in self._given[row]:
            self._diaries.give(attendant, place)

    def _bookings(self, row: int) -> list[tuple[int, SkillDemand]] | None:
        """Return who fills the places of a row; ``None`` when somebody is missing."""
        found: list[tuple[int, SkillDemand]] = []
        for place in self._places[row]:
            taken = {attendant for attendant, _ in found}
            able = (a for a in place.able if a not in taken and self._diaries.can(a, place))
            here = [attendant for attendant, _ in zip(able, range(place.count), strict=False)]
            if len(here) < place.count:
                return None
            found += [(attendant, place) for attendant in here]
        return found
