"""Which clinicians' weeks to make anew together."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.linear import Floats
from safeschedule.solving.parts import Improvement, State
from safeschedule.solving.plan import Plan

# Sizes of the largest sets, and clinicians up to which the whole team is solved rather than sets of more.
_LARGEST = 4
_SMALL_TEAM, _LARGEST_OF_SMALL = 8, 2


class Chooser:
    """Draws sets of clinicians, those first who miss what was planned for them.

    A clinician who misses the plan goes with one who has more than planned (and so may hold what the
    first lacks), with the supervisor, or with anybody. Sets grow when small ones help no more.

    Parameters
    ----------
    plan
        What each clinician's sessions should be worth.
    seed
        Of the draws.
    """

    def __init__(self, index: Index, rows: Rows, plan: Plan, seed: int) -> None:
        self.index, self.rows, self.plan = index, rows, plan
        self.random = np.random.default_rng(seed)
        self.count = len(index.clinicians)
        self.size = 1
        self._largest = _LARGEST if self.count > _SMALL_TEAM else _LARGEST_OF_SMALL
        self.idle = 0
        # Whether the largest sets help no more.
        self.exhausted = False
        # Whose week has not been made anew alone in this tier.
        self.fresh = np.ones(self.count, dtype=bool)
        self._shared = self._open_to_both()
        self._tier = 0

    def turn_to(self, tier: int) -> None:
        """Look at what is missing in one tier, every stronger one being at its bound."""
        if tier != self._tier:
            self._tier, self.size, self.idle, self.exhausted = tier, 1, 0, False
            self.fresh[:] = True

    def choose(self, state: State, busy: Collection[int] = ()) -> list[int]:
        """Return a set without busy members; an empty one when there is nothing to try (for now)."""
        missing = self._missing(state)
        done = self.size == 1 and not (self.fresh & (missing > 0)).any()
        while not self.exhausted and (done or self.idle > 2 * self.count):
            self.exhausted = self.size >= min(self.count, self._largest)
            self.size, self.idle, done = self.size + 1 - self.exhausted, 0, False
        return [] if self.exhausted else self._draw(missing, set(busy))

    def learn(self, people: Sequence[int], change: Improvement | None) -> None:
        """Note whether a set helped."""
        helped = change is not None and any(change.gain)
        self.idle = 0 if helped else self.idle + 1
        self.exhausted &= not helped
        if len(people) == 1:
            self.fresh[list(people)] = False

    def _missing(self, state: State) -> Floats:
        """Return by clinician how much of the planned worth the schedule lacks (negative: has more)."""
        missing = self.plan.missing(self.rows, state.chosen)
        if len(missing) > self._tier and (missing[self._tier] > 0).any():
            own: Floats = missing[self._tier]
            return own
        weighted: Floats = np.array(self.plan.weights) @ missing
        return weighted

    def _open_to_both(self) -> Floats:
        """Return by two clinicians how many requests are offered to both."""
        sessions = self.rows.is_session
        offered = np.zeros((len(self.index.requests), self.count))
        offered[self.rows.request[sessions], self.rows.clinician[sessions]] = 1.0
        shared: Floats = offered.T @ offered
        return shared

    def _draw(self, missing: Floats, used: set[int]) -> list[int]:
        free = [c for c in range(self.count) if c not in used]
        if self.size == 1:
            free = [c for c in free if self.fresh[c] and missing[c] > 0]
            return [max(free, key=lambda c: missing[c])] if free else []
        if len(free) < self.size:
            return []
        lack = np.maximum(missing[free], 0.0)
        chance = lack / lack.sum() if lack.sum() > 0 else np.zeros(len(free))
        first = int(self.random.choice(free, p=0.8 * chance + (1 - 0.8 * chance.sum()) / len(free)))
        people = [first]
        while len(people) < self.size:
            people.append(self._mate(people, missing, [c for c in free if c not in people]))
        return people

    def _mate(self, people: list[int], missing: Floats, free: list[int]) -> int:
        luck = self.random.random()
        leads = {self.index.clinicians[c].supervisor for c in people}
        above = [c for c in free if self.index.clinicians[c].id in leads]
        if luck < 0.25 and above:
            return int(self.random.choice(above))
        # Weeks exchange sessions only through requests that both could take.
        near = self._shared[people][:, free].sum(axis=0) + 0.1
        gains = np.maximum(-missing[free], 0.0) * near
        if luck < 0.6 and gains.sum() > 0:
            return int(self.random.choice(free, p=gains / gains.sum()))
        lack = np.maximum(missing[free], 0.0) * near
        if luck < 0.8 and lack.sum() > 0:
            return int(self.random.choice(free, p=lack / lack.sum()))
        return int(self.random.choice(free, p=near / near.sum()))
