"""The predictive distribution of weekly counts, by what the recorded weeks leave open.

A week's count is negative binomial: a Poisson count whose rate varies from week to week. Its mean, its
dispersion and its trend are not known, and a range that took them for known would be too narrow, most of all
after few weeks. So all are drawn from their posterior, and coming weeks by them: the posterior predictive
distribution (Gelman et al., Bayesian Data Analysis, 3rd ed. 2013, ch. 1.3 and 2.7), on a grid as in ch. 3.7.
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

TRENDS = (-0.04, -0.02, -0.01, 0.0, 0.01, 0.02, 0.04)
"""Growth of the mean from week to week, as exponents."""

_STEADY = 0.6
"""The prior weight of no trend at all; the others share the rest (an assumption)."""

GOES_ON = 13.0
"""Weeks for which a trend goes on, as the scale of an exponential decay (an assumption)."""

_MEANS = 240


class WeeklyCounts:
    """What recorded weekly counts say of those to come.

    Parameters
    ----------
    counts
        Of the recorded weeks; at least one.
    exposures
        What the mean of each of these weeks was multiplied by, such as the part of today's staff that was
        there; ``None``: all alike.
    trend
        Whether the mean may have grown or fallen from week to week.
    """

    def __init__(
        self, counts: Sequence[int], exposures: Sequence[float] | None = None, *, trend: bool = False
    ) -> None:
        self.counts = tuple(counts)
        number = len(self.counts)
        self._trends = np.array(TRENDS if trend else (0.0,))
        shares = np.ones(number) if exposures is None else np.maximum(np.array(exposures, dtype=float), 1e-3)
        # Weeks are counted from the middle of the record, where the mean is known best.
        weeks = np.arange(number) - (number - 1) / 2
        self._growth: Floats = shares * np.exp(self._trends[:, None] * weeks)
        self._means = self._grid(float(shares.mean()))
        likely = np.array([self._log_likelihood(each) - each / _USUAL for each in DISPERSIONS])
        steady = np.where(
            self._trends == 0, _STEADY if trend else 1.0, (1 - _STEADY) / max(1, len(TRENDS) - 1)
        )
        # Jeffreys' prior of a Poisson mean, mean**-0.5, on a grid that is even in log(mean).
        weights = np.exp(likely - likely.max()) * np.sqrt(self._means) * steady[:, None]
        self._weights: Floats = (weights / weights.sum()).ravel()

    @property
    def growth(self) -> tuple[float, float]:
        """How the mean grows from week to week: the mean of what is likely, and how sure its direction is."""
        shares = self._weights.reshape(len(DISPERSIONS), len(self._trends), -1).sum(axis=(0, 2))
        mean = float(shares @ self._trends)
        same = shares[np.sign(self._trends) == np.sign(mean)]
        return math.expm1(mean), float(same.sum()) if mean else 0.0

    def draw(
        self, courses: int, weeks: int, rng: np.random.Generator, exposures: Sequence[float] | None = None
    ) -> Ints:
        """Return drawn counts, an array of courses by weeks; each course has a mean and a trend of its own.

        Parameters
        ----------
        courses, weeks
            How many.
        rng
            By which.
        exposures
            What the means of the coming weeks are multiplied by; ``None``: by nothing.
        """
        chosen = rng.choice(len(self._weights), size=courses, p=self._weights)
        dispersion, trend, place = np.unravel_index(
            chosen, (len(DISPERSIONS), len(self._trends), len(self._means))
        )
        mean = self._means[place][:, None] * self._ahead(trend, weeks)
        if exposures is not None:
            mean = mean * np.maximum(np.array(exposures, dtype=float), 1e-6)
        spread = np.array(DISPERSIONS)[dispersion][:, None]
        shape = 1 / np.maximum(spread, 1e-6)
        rate: Floats = rng.gamma(shape, mean / shape, size=(courses, weeks))
        found: Ints = rng.poisson(np.where(spread > 0, rate, np.broadcast_to(mean, rate.shape)))
        return found

    def _ahead(self, trend: Ints, weeks: int) -> Floats:
        """Return what trends make of the mean in the weeks ahead: they go on for a while, then no more."""
        passed = GOES_ON * -np.expm1(-(np.arange(weeks) + 0.5) / GOES_ON)
        found: Floats = np.exp(self._trends[trend][:, None] * (len(self.counts) / 2 + passed))
        return found

    def _grid(self, exposure: float) -> Floats:
        """Return means around that of the counts, so far out that nothing likely is left out."""
        number = len(self.counts)
        centre = (sum(self.counts) + 0.5) / number / exposure
        spread = 6 * math.sqrt(1 / (sum(self.counts) + 0.5) + max(DISPERSIONS) / number)
        reach = min(spread, math.log(1e4))
        return centre * np.exp(np.linspace(-reach, reach, _MEANS))

    def _log_likelihood(self, dispersion: float) -> Floats:
        """Return the log-likelihood of a dispersion, by trend and mean."""
        counts, growth = np.array(self.counts), self._growth
        total, logs = counts.sum(), np.log(growth) @ counts
        if dispersion == 0:
            poisson: Floats = (
                total * np.log(self._means) + logs[:, None] - growth.sum(axis=1)[:, None] * self._means
            )
            return poisson
        shape = 1 / dispersion
        constant = sum(math.lgamma(count + shape) - math.lgamma(shape) for count in self.counts)
        # Axes: trends, means, weeks.
        spread = np.log1p(dispersion * growth[:, None, :] * self._means[None, :, None])
        found: Floats = (
            constant
            + total * (math.log(dispersion) + np.log(self._means))
            + logs[:, None]
            - spread @ (counts + shape)
        )
        return found
