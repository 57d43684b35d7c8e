"""The placements of a week by clinician and working day, and who could take sessions of whom."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows, groups
from safeschedule.solving.neighbourhood import only_of, team_blocks
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.operators.operator import Freed


class Placements:
    """All placements of a week, to be freed by clinician and working day.

    Parameters
    ----------
    index, rows
        The problem, and its placements.

    Attributes
    ----------
    dates
        By clinician: the working days on which sessions are possible.
    shared
        By two clinicians: how many requests are offered to both.
    supervisor
        By clinician, -1 without one.
    """

    def __init__(self, index: Index, rows: Rows) -> None:
        self.clinicians = len(index.clinicians)
        self._rows, self._team = rows, team_blocks(rows)
        self._day = index.working_half(rows.clinician, rows.start) // 2
        # The team's blocks are found when they are asked for: a one-to-one holds two.
        self._members = dict(groups(rows.clinician, self._day, where=~self._team))
        sessions = rows.is_session
        self.dates: list[list[int]] = [[] for _ in range(self.clinicians)]
        for (clinician, day), _ in groups(rows.clinician, self._day, where=sessions):
            self.dates[clinician].append(day)
        self.shared = _shared(index, rows)
        self.supervisor: Ints = np.array(
            [index.clinician_number.get(c.supervisor or "", -1) for c in index.clinicians], dtype=np.int64
        )

    def mask(self, freed: Freed) -> Bools:
        """Return which placements a neighbourhood frees."""
        found = np.zeros(len(self._rows), dtype=bool)
        for person in freed.people:
            for day in freed.dates:
                if (members := self._members.get((person, day))) is not None:
                    found[members] = True
        if freed.joint:
            found |= only_of(self._rows, freed.people) & self._team & np.isin(self._day, freed.dates)
        return found


def _shared(index: Index, rows: Rows) -> Floats:
    """Return by two clinicians how many requests are offered to both."""
    sessions = rows.is_session
    offered = np.zeros((len(index.requests), len(index.clinicians)))
    offered[rows.request[sessions], rows.clinician[sessions]] = 1.0
    shared: Floats = offered.T @ offered
    return shared
