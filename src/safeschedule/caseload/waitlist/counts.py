"""The predictive distribution of weekly counts, by what the recorded weeks leave open.

A week's count is negative binomial: a Poisson count whose rate varies from week to week. Its mean and its
dispersion are not known, and a range that took them for known would be too narrow, most of all after few
weeks. So both are drawn from their posterior, and coming weeks by them: the posterior predictive distribution
(Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, ch. 1.3 and 2.7), on a grid as in ch. 3.7.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

DISPERSIONS = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35, 0.6, 1.0)
"""Of the variance ``mean + dispersion * mean**2``: from a Poisson count to one that is mostly luck."""

_USUAL = 0.1
"""Their prior weights fall exponentially, on this scale (an assumption): few weeks make no wild service."""

_MEANS = 240


class WeeklyCounts:
    """What recorded weekly counts say of those to come.

    Parameters
    ----------
    counts
        Of the recorded weeks; at least one.
    """

    def __init__(self, counts: Sequence[int]) -> None:
        self.counts = tuple(counts)
        self._means = self._grid()
        likely = np.array([self._log_likelihood(each) - each / _USUAL for each in DISPERSIONS])
        # Jeffreys' prior of a Poisson mean, mean**-0.5, on a grid that is even in log(mean).
        weights = np.exp(likely - likely.max()) * np.sqrt(self._means)
        self._weights: Floats = (weights / weights.sum()).ravel()

    def draw(self, courses: int, weeks: int, rng: np.random.Generator) -> Ints:
        """Return drawn counts, an array of courses by weeks; each course has a mean of its own."""
        chosen = rng.choice(len(self._weights), size=courses, p=self._weights)
        mean = self._means[chosen % _MEANS][:, None]
        dispersion = np.array(DISPERSIONS)[chosen // _MEANS][:, None]
        shape = 1 / np.maximum(dispersion, 1e-6)
        rate: Floats = rng.gamma(shape, mean / shape, size=(courses, weeks))
        found: Ints = rng.poisson(np.where(dispersion > 0, rate, mean))
        return found

    def _grid(self) -> Floats:
        """Return means around that of the counts, so far out that nothing likely is left out."""
        number = len(self.counts)
        centre = (sum(self.counts) + 0.5) / number
        spread = 6 * math.sqrt(1 / (centre * number) + max(DISPERSIONS) / number)
        reach = min(spread, math.log(1e4))
        return centre * np.exp(np.linspace(-reach, reach, _MEANS))

    def _log_likelihood(self, dispersion: float) -> Floats:
        total, number = sum(self.counts), len(self.counts)
        if dispersion == 0:
            return total * np.log(self._means) - number * self._means
        shape = 1 / dispersion
        constant = sum(math.lgamma(count + shape) - math.lgamma(shape) for count in self.counts)
        spread = np.log1p(dispersion * self._means)
        found: Floats = (
            constant + total * (math.log(dispersion) + np.log(self._means) - spread) - number * shape * spread
        )
        return found
