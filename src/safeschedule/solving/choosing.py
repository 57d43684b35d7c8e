"""Which clinicians' weeks to make anew together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.parts import Change, State
from safeschedule.solving.plan import Plan

_LARGEST = 4


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
        self.idle = 0
        # Since when a clinician's own week has been the best one: no change of anybody since.
        self.fresh = np.ones(self.count, dtype=bool)

    def choose(self, state: State, number: int) -> list[list[int]]:
        """Return up to `number` sets without a common member; none when nothing is left to try."""
        missing = self._missing(state)
        if self.size == 1 and not self.fresh.any():
            self.size = min(2, self.count)
        while self.idle > 2 * self.count:
            if self.size >= min(self.count, _LARGEST):
                return []
            self.size, self.idle = self.size + 1, 0
        sets: list[list[int]] = []
        used: set[int] = set()
        for _ in range(number):
            people = self._draw(missing, used)
            if not people:
                break
            used.update(people)
            sets.append(people)
        return sets

    def learn(self, sets: Sequence[Sequence[int]], changes: Sequence[Change | None]) -> None:
        """Note which sets helped."""
        for people, change in zip(sets, changes, strict=True):
            helped = change is not None and any(change.gain)
            self.idle = 0 if helped else self.idle + 1
            if self.size == 1:
                self.fresh[list(people)] = False

    def _missing(self, state: State) -> np.typing.NDArray[np.float64]:
        """Return by clinician how much of the planned worth the schedule lacks (negative: has more)."""
        missing = self.plan.missing(self.rows, state.chosen)
        weighted: np.typing.NDArray[np.float64] = np.array(self.plan.weights) @ missing
        return weighted

    def _draw(self, missing: np.typing.NDArray[np.float64], used: set[int]) -> list[int]:
        free = [c for c in range(self.count) if c not in used]
        if self.size == 1:
            free = [c for c in free if self.fresh[c]]
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

    def _mate(self, people: list[int], missing: np.typing.NDArray[np.float64], free: list[int]) -> int:
        luck = self.random.random()
        leads = {self.index.clinicians[c].supervisor for c in people}
        above = [c for c in free if self.index.clinicians[c].id in leads]
        if luck < 0.25 and above:
            return int(self.random.choice(above))
        gains = np.maximum(-missing[free], 0.0)
        if luck < 0.6 and gains.sum() > 0:
            return int(self.random.choice(free, p=gains / gains.sum()))
        lack = np.maximum(missing[free], 0.0)
        if luck < 0.8 and lack.sum() > 0:
            return int(self.random.choice(free, p=lack / lack.sum()))
        return int(self.random.choice(free))
