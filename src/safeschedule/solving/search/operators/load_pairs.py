"""Whose weeks to make anew together, so that what the week brings is spread more evenly."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.points import points_of
from safeschedule.model.rows import Rows
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.states import State

# Minutes of exposure as which a point of a new client counts here.
_POINT = 30.0


class Pairs:
    """Draws two clinicians who could take the same requests, those first whose loads are furthest apart.

    A pair is drawn again only after the week of one of them has changed.

    Parameters
    ----------
    open_rows
        Rows of requests that several clinicians could take.
    """

    def __init__(self, index: Index, rows: Rows, open_rows: Bools) -> None:
        self.index, self.rows, self.open = index, rows, open_rows
        count = len(index.clinicians)
        offered = np.zeros((len(index.requests), count), dtype=bool)
        mine = np.flatnonzero(open_rows & rows.is_session)
        offered[rows.request[mine], rows.clinician[mine]] = True
        self._offered = offered
        self._fte = np.array([max(1, index.fte_percent(c)) for c in range(count)]) / 100.0
        self._weight = self._weights()
        self._tried: set[frozenset[int]] = set()
        # Whether every pair was tried since the last gain of one of the two.
        self.exhausted = False

    def draw(self, state: State, busy: Collection[int]) -> list[int]:
        """Return a pair without busy members; none when there is nothing to try (for now)."""
        apart = self._apart(state)
        for number in np.argsort(-apart, axis=None, kind="stable").tolist():
            one, other = divmod(number, len(apart))
            if apart[one, other] <= 0:
                break
            pair = frozenset((one, other))
            if pair in self._tried or one in busy or other in busy:
                continue
            self._tried.add(pair)
            return [one, other]
        self.exhausted = not busy
        return []

    def learn(self, people: Sequence[int], *, helped: bool) -> None:
        """Note whether a pair helped: then others may with them."""
        if helped:
            self._tried = {pair for pair in self._tried if pair.isdisjoint(people)}
            self.exhausted = False

    def _apart(self, state: State) -> Floats:
        """Return by two clinicians how much more the first has, if the other could take something of it."""
        held = np.flatnonzero(state.chosen & self.rows.is_session)
        loads = np.bincount(self.rows.clinician[held], self._weight[self.rows.request[held]], len(self._fte))
        level = loads / self._fte
        movable = np.zeros((len(self._fte), len(self._fte)), dtype=bool)
        moving = held[self.open[held] & (self._weight[self.rows.request[held]] > 0)]
        np.logical_or.at(movable, self.rows.clinician[moving], self._offered[self.rows.request[moving]])
        apart: Floats = np.where(movable, level[:, None] - level[None, :], 0.0)
        return apart

    def _weights(self) -> Floats:
        """Return by request what a session of it adds to a clinician's load."""
        index = self.index
        count = len(index.requests)
        minutes: Ints = np.where(index.request_high, index.request_minutes, 0)[:count]
        clients = [index.clients[c] for c in index.asking_client.tolist()]
        new = [_POINT * points_of(index, c) / 100 if c.clinician is None else 0.0 for c in clients]
        return np.append(minutes + np.array(new, dtype=np.float64), np.zeros(len(index.groups) + 1))
