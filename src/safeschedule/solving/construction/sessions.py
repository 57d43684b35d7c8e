"""Sessions, the most urgent first, each in the best place that the board has for it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.model.rows import Role
from safeschedule.solving.construction.board import Board
from safeschedule.solving.construction.companions import Companions
from safeschedule.solving.construction.limits import Limits
from safeschedule.solving.construction.order import Order
from safeschedule.solving.linear import Floats

# Of heavy sessions, so many places are compared for what stands beside them.
_COMPARED = 6


class Sessions:
    """Puts sessions on a board.

    Parameters
    ----------
    worth
        By tier (strongest first) and row: what a session there adds to the objective.
    """

    def __init__(self, board: Board, worth: Floats) -> None:
        self.board, self.worth = board, worth
        self.companions = Companions(board)
        self.limits, self.order = Limits(board), Order(board)
        self.missing: Ints = board.index.counts.copy()
        for row in np.flatnonzero(board.chosen & (board.rows.request >= 0)).tolist():
            self.note(row)

    def note(self, row: int) -> None:
        """Count what was put on by somebody else."""
        self.limits.note(row)
        if self.board.client[row] >= 0 or self.board.rows.role[row] == Role.LEAD:
            self.missing[self.board.rows.request[row]] -= 1

    def put_all(self, over: Callable[[], bool]) -> None:
        """Put on what is missing, by what it is worth; of equal worth the shorter ones first."""
        for request in self._urgent_first():
            while self.missing[request] > 0 and not over() and self._put(request):
                pass

    def _urgent_first(self) -> list[int]:
        board, index = self.board, self.board.index
        best = np.full((len(self.worth), len(index.counts)), -np.inf)
        sessions = np.flatnonzero(board.is_session)
        for level, worth in enumerate(self.worth):
            np.maximum.at(best[level], board.rows.request[sessions], worth[sessions])
        minutes = index.request_minutes + self.companions.extra[:-1]
        order = np.lexsort((minutes, *-best[::-1]))
        return [int(r) for r in order if np.isfinite(best[0, r])]

    def _put(self, request: int) -> bool:
        """Put on one more session of a request; return whether there was a place."""
        board, rows = self.board, self.board.rows
        offers = self.limits.allowed(request, board.sessions(request))
        offers = board.fits(offers)
        gains = self.worth[:, offers]
        # Nothing is put where it costs more than it is worth.
        first = np.argmax(gains != 0, axis=0)
        offers = offers[gains[first, np.arange(len(offers))] >= 0]
        who = rows.clinician[offers]
        order = np.lexsort(
            (rows.start[offers], self.limits.load(who), board.waste(offers), *-self.worth[::-1, offers])
        )
        compared = _COMPARED if board.index.request_high[request] else 1
        found: list[tuple[int, int]] = []
        for position, row in enumerate(offers[order].tolist()):
            if len(found) == compared:
                break
            if self.order.allows(row):
                found.append((self.order.pairs(row), position))
                if compared == 1 and self._take(row):
                    return True
                if compared == 1:
                    found.clear()
        return compared > 1 and any(self._take(int(offers[order[p]])) for _, p in sorted(found))

    def _take(self, row: int) -> bool:
        if self.companions.put_with(row) is None:
            return False
        self.note(row)
        return True
