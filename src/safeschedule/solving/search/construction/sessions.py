"""Sessions, the most urgent first, each in the best place that the board has for it."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.model.rows import Role
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.construction.board import Board
from safeschedule.solving.search.construction.companions import Companions
from safeschedule.solving.search.construction.limits import Allowance
from safeschedule.solving.search.construction.order import Order

# How much the number of its places counts against a session's worth when it is decided which comes first.
_SCARCE = 0.5
# How much time that others ask for counts against a place, beside an end of a piece that touches nothing.
_WANTED = 4.0
# Of heavy sessions, so many places are compared for what stands beside them.
_COMPARED = 6


class Sessions:
    """Puts sessions on a board.

    Parameters
    ----------
    worth
        By tier (strongest first) and row: what a session there adds to the objective.
    priority
        By request: how often its worth counts when it is decided which comes first. By default once.
    """

    def __init__(self, board: Board, worth: Floats, priority: Floats | None = None) -> None:
        self.board, self.worth = board, worth
        self.companions = Companions(board)
        self.limits, self.order = Allowance(board), Order(board)
        self._priority = np.ones(len(board.index.counts)) if priority is None else priority
        self.missing: Ints = board.index.counts.copy()
        for row in np.flatnonzero(board.chosen & (board.rows.request >= 0)).tolist():
            self.note(row)
        sessions = np.flatnonzero(board.is_session)
        self._asked: Ints = board.rows.request[sessions]
        self._places: Ints = np.maximum(1, np.bincount(self._asked, minlength=len(self.missing)))
        # Each request asks for its worth of time, spread over its places.
        self._wanted = board.sums(sessions, worth[0, sessions] / self._places[self._asked])

    def note(self, row: int) -> None:
        """Count what was put on by somebody else."""
        self.limits.note(row)
        if self.board.client[row] >= 0 or self.board.rows.role[row] == Role.LEAD:
            self.missing[self.board.rows.request[row]] -= 1

    def put_all(self, over: Callable[[], bool]) -> None:
        """Put on what is missing: what is worth most and has fewest places first, then the shorter ones."""
        for request in self._order():
            while self.missing[request] > 0 and not over() and self._put(request):
                pass

    def _order(self) -> list[int]:
        board, index = self.board, self.board.index
        sessions = np.flatnonzero(board.is_session)
        best = np.full((len(self.worth), len(index.counts)), -np.inf)
        for level, worth in enumerate(self.worth):
            np.maximum.at(best[level], self._asked, worth[sessions])
        # What has few places loses them to what could stand elsewhere, unless it comes first.
        best[0] *= self._priority / self._places**_SCARCE
        minutes = index.request_minutes + self.companions.notes.share[:-1]
        order = np.lexsort((minutes, *-best[::-1]))
        return [int(r) for r in order if np.isfinite(best[0, r])]

    def _cost(self, offers: Ints) -> Floats:
        """Return what rows of one request take from others: pieces cut in two, and time that many ask for."""
        wanted = self.board.mean(self._wanted, offers)
        found: Floats = self.board.waste(offers) + _WANTED * wanted / max(1e-9, wanted.max(initial=0.0))
        return found

    def _put(self, request: int) -> bool:
        """Put on one more session of a request; return whether there was a place."""
        compared = _COMPARED if self.board.index.request_high[request] else 1
        allowed = (row for row in self._ranked(request) if self.order.allows(row))
        while some := list(islice(allowed, compared)):
            if any(self._take(row) for row in sorted(some, key=self.order.pairs)):
                return True
        return False

    def _ranked(self, request: int) -> list[int]:
        """Return the rows of a request that fit, best first; those not that cost more than they are worth."""
        board = self.board
        offers = board.fits(self.limits.allowed(request, board.sessions(request)))
        offers = self.companions.notes.hopeful(offers)
        gains = self.worth[:, offers]
        first = np.argmax(gains != 0, axis=0)
        gaining = gains[first, np.arange(len(offers))] >= 0
        offers, gains = offers[gaining], gains[:, gaining]
        start, load = board.rows.start[offers], self.limits.load(board.rows.clinician[offers])
        ranked: list[int] = offers[np.lexsort((start, load, self._cost(offers), *-gains[::-1]))].tolist()
        return ranked

    def _take(self, row: int) -> bool:
        if self.companions.put_with(row) is None:
            return False
        self.note(row)
        return True
