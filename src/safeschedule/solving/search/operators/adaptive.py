"""Chooses destroy operators by what they gained, as in the roulette wheel of Ropke and Pisinger."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from safeschedule.solving.parameters import ImprovementParameters
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.operators.operator import Destroy, Freed

# What cutting out a neighbourhood and handing it over takes, in deterministic time.
_OVERHEAD = 0.05
# How often an operator draws until it finds what was not tried.
_DRAWS = 8


class Adaptive:
    """Draws neighbourhoods by operators in proportion to what they gain for their time.

    What was tried is tried again only after the week of one of its clinicians has become better.

    Parameters
    ----------
    operators
        To choose from.
    clinicians
        How many there are.
    seed
        Of the draws.
    parameters
        How quickly it learns, and how often it draws by each operator at least.
    """

    def __init__(
        self,
        operators: Sequence[Destroy],
        clinicians: int,
        seed: int,
        parameters: ImprovementParameters,
    ) -> None:
        self._operators, self._parameters = list(operators), parameters
        self._weights = np.full(len(self._operators), np.inf)
        self._random = np.random.default_rng(seed)
        self._changes = np.zeros(clinicians, dtype=np.int64)
        self._tried: dict[Freed, int] = {}
        self._drawn: dict[Freed, int] = {}
        self.exhausted = False

    def draw(self, lacking: Floats, busy: Collection[int]) -> Freed | None:
        """Return a neighbourhood that was not tried; ``None`` when none was found.

        With nobody busy that means that there is hardly any (`exhausted`).
        """
        left = list(range(len(self._operators)))
        while left:
            number = self._choose(left)
            for _ in range(_DRAWS):
                freed = self._operators[number].draw(self._random, lacking, busy)
                if freed is None:
                    break
                if self._tried.get(freed) != self._stamp(freed):
                    self._drawn[freed] = number
                    return freed
            left.remove(number)
        self.exhausted = not busy
        return None

    def learn(self, freed: Freed, gain: float, work: float, *, better: bool) -> None:
        """Note what a neighbourhood gained in so much deterministic time, and whether the week is better now.

        A week that is as good as before does not count as changed, or the search would not end.
        """
        number = self._drawn.pop(freed)
        rate = max(gain, 0.0) / (work + _OVERHEAD)
        old, reaction = self._weights[number], self._parameters.reaction
        self._weights[number] = rate if np.isinf(old) else (1 - reaction) * old + reaction * rate
        if better:
            self._changes[list(freed.people)] += 1
            self.exhausted = False
        else:
            self._tried[freed] = self._stamp(freed)

    def _stamp(self, freed: Freed) -> int:
        return int(self._changes[list(freed.people)].sum())

    def _choose(self, left: list[int]) -> int:
        weights = self._weights[left]
        unknown = np.isinf(weights)
        if unknown.any():
            # Each is tried once before any is preferred.
            return left[int(np.argmax(unknown))]
        share = weights / weights.sum() if weights.sum() > 0 else np.full(len(left), 1 / len(left))
        share = np.maximum(share, self._parameters.least_share)
        return left[int(self._random.choice(len(left), p=share / share.sum()))]
