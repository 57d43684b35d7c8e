"""Which clinicians' plans to make anew together, so that a request left out finds somebody with room."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.neighbourhood import held_of
from safeschedule.solving.parts import State
from safeschedule.solving.relaxation.linear_program import Floats

# How many in a set could take the request that is left out; the others share requests with them.
_TAKERS = 4
# How often a set is drawn anew that was tried before.
_DRAWS = 5


class Regrouper:
    """Draws sets of clinicians around requests that are left out and that several could take.

    Parameters
    ----------
    open_rows
        Rows of requests that several clinicians could take.
    worth
        By row: what a session is worth in the strongest tier.
    size
        Of the sets.
    """

    def __init__(
        self, index: Index, rows: Rows, open_rows: Bools, worth: Floats, size: int, seed: int
    ) -> None:
        self.index, self.rows, self.size = index, rows, size
        self.random = np.random.default_rng(seed)
        numbers = np.flatnonzero(open_rows & rows.is_session)
        self.offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
        self.offered[rows.request[numbers], rows.clinician[numbers]] = True
        self.value = np.zeros(len(index.requests))
        np.maximum.at(self.value, rows.request[numbers], worth[numbers])
        self._vain: set[frozenset[int]] = set()

    @property
    def idle(self) -> int:
        """How many sets were tried without a gain since the last one."""
        return len(self._vain)

    def learn(self, people: Collection[int], gained: bool) -> None:
        """Note whether planning again for a set placed more."""
        self._vain.add(frozenset(people))
        if gained:
            self._vain.clear()

    def draw(self, state: State, busy: Collection[int]) -> list[int]:
        """Return a set without busy members; an empty one when there is none to try for what is left out."""
        free = np.ones(len(self.index.clinicians), dtype=bool)
        free[list(busy)] = False
        open_counts = self.index.counts - held_of(self.index, self.rows, state.chosen)
        left = open_counts[: len(self.value)] * self.value
        left *= (self.offered & free).any(axis=1)
        for _ in range(_DRAWS if left.max(initial=0.0) > 0 else 0):
            request = int(self.random.choice(len(left), p=left / left.sum()))
            people = self._around(request, free)
            if frozenset(people) not in self._vain:
                return people
        return []

    def _around(self, request: int, free: Bools) -> list[int]:
        """Return some who could take a request, and some with whom they could exchange others."""
        people = self._some(np.flatnonzero(self.offered[request] & free), _TAKERS)
        near = self.offered[self.offered[:, people].any(axis=1)].sum(axis=0) * free
        near[people] = 0
        more = self._some(np.flatnonzero(near), self.size - len(people), near)
        return [*people, *more]

    def _some(self, people: Ints, count: int, weight: Ints | None = None) -> list[int]:
        """Return at most `count` of the people by chance, by weight if it is given."""
        count = min(count, len(people))
        if not count:
            return []
        chance = None if weight is None else weight[people] / weight[people].sum()
        return [int(c) for c in self.random.choice(people, count, replace=False, p=chance)]
