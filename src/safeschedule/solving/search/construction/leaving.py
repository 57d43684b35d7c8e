"""What the rule ``before_leave`` says of several sessions of one client: none comes on top before a leave."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.encoders import before_leave
from safeschedule.model.index import Bools, Ints
from safeschedule.solving.search.construction.board import Board


class Leaving:
    """Knows the sessions of those who go on leave; answers whether one more would be, or make, an extra.

    Parameters
    ----------
    board
        With nothing noted yet of what is on it.
    """

    def __init__(self, board: Board) -> None:
        self._board, index = board, board.index
        setting = board.active("before_leave")
        self._spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
        if setting is not None:
            for clinician, day, end in before_leave.days_before(index, setting):
                begin = int(index.day_edges[clinician, max(day, -1) + 1])
                self._spans[clinician].append((begin, end))
            self._counted = before_leave.counted(index, setting)
            self._extras = {c: before_leave.extras(index, setting, c) for c in self._spans}
        # By clinician and client: request and start.
        self._held: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)

    def allowed(self, request: int, client: int, numbers: Ints) -> Bools:
        """Return of rows of a request's sessions whether neither they nor others become extra ones."""
        rows = self._board.rows
        found: Bools = np.ones(len(numbers), dtype=bool)
        for clinician, spans in self._spans.items():
            others = [(r, s) for r, s in self._held[clinician, client] if r != request]
            if not others or not self._counted[request]:
                continue
            mine, start = rows.clinician[numbers] == clinician, rows.start[numbers]
            extras = self._extras[clinician]
            if extras[request]:
                first = min(s for _, s in others)
                found &= ~(mine & _within(start, spans) & (start > first))
            late = [s for r, s in others if extras[r] and _within(np.array([s]), spans)[0]]
            if late:
                found &= ~(mine & (start < max(late)))
        return found

    def note(self, request: int, client: int, row: int) -> None:
        """Count a session that was put on."""
        rows = self._board.rows
        clinician = int(rows.clinician[row])
        if clinician in self._spans and self._counted[request]:
            self._held[clinician, client].append((request, int(rows.start[row])))


def _within(start: Ints, spans: list[tuple[int, int]]) -> Bools:
    found: Bools = np.zeros(len(start), dtype=bool)
    for begin, end in spans:
        found |= (start >= begin) & (start < end)
    return found
