"""What a simulation found: means with intervals, and differences with random numbers in common."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean, variance
from typing import Any, ClassVar

from safeschedule.exchange.frames.kinds import NUMBER, TEXT, WHOLE
from safeschedule.exchange.frames.layout import FrameColumn, FrameTable
from safeschedule.returned import Returned
from safeschedule.simulation.figures import RUN_FIGURES, WEEK_FIGURES
from safeschedule.simulation.replication import Replication
from safeschedule.study.frames import frame_of
from safeschedule.study.intervals import LEVEL, interval, t_quantile


@dataclass(frozen=True)
class SimulatedMean(Returned):
    """A figure of a policy: its mean over replications, with the interval of Student's t.

    Parameters
    ----------
    policy, figure, unit
        Of what.
    replications
        How many have it.
    mean, low, high
        The mean and its interval; ``None``: one replication has none.
    """

    policy: str
    figure: str
    unit: str
    replications: int
    mean: float
    low: float | None = None
    high: float | None = None

    def __str__(self) -> str:
        spread = "" if self.low is None else f" ({self.low:.3g} to {self.high:.3g})"
        return f"{self.figure}: {self.mean:.4g} {self.unit}{spread}"


@dataclass(frozen=True)
class SimulatedDifference(Returned):
    """A policy less the base in one figure, by pairs of replications with the same random numbers.

    Parameters
    ----------
    policy, base, figure, unit
        Of what.
    pairs
        How many.
    difference, low, high
        The mean difference and its interval.
    factor
        By how much common random numbers have narrowed the interval: the width that as many independent
        replications of each would have, by this width; ``None`` where a width is 0 or there is one pair.
    """

    policy: str
    base: str
    figure: str
    unit: str
    pairs: int
    difference: float
    low: float | None = None
    high: float | None = None
    factor: float | None = None

    def __str__(self) -> str:
        spread = "" if self.low is None else f" ({self.low:+.3g} to {self.high:+.3g})"
        narrowed = "" if self.factor is None else f"; interval {self.factor:.1f} times narrower"
        return f"{self.figure}: {self.difference:+.4g} {self.unit}{spread}{narrowed}"


_WHICH = (
    FrameColumn("policy", "", TEXT, about="The policy."),
    FrameColumn("replication", "", WHOLE, about="The replication, from 0."),
)
FRAMES: dict[str, FrameTable] = {
    "weeks": FrameTable(
        "weeks",
        (
            *_WHICH,
            *(
                FrameColumn(o.name, "", WHOLE if o.whole else NUMBER, about=o.about)
                for o in WEEK_FIGURES.values()
            ),
        ),
        "One row for each policy, replication and week.",
    ),
    "figures": FrameTable(
        "figures",
        (*_WHICH, *(FrameColumn(o.name, "", NUMBER, about=o.about) for o in RUN_FIGURES.values())),
        "One row for each policy and replication: its figures after the warm-up.",
    ),
    "measures": FrameTable(
        "measures",
        (
            *_WHICH,
            FrameColumn("measure", "", TEXT, about="A balanced measure."),
            FrameColumn("value", "", NUMBER, about="Its value over the weeks after the warm-up."),
        ),
        "One row for each policy, replication and measure that is known.",
    ),
}
"""The frames of a simulation."""


@dataclass(frozen=True)
class SimulationResults(Returned):
    """What a simulation found.

    Parameters
    ----------
    name
        Of the simulation.
    policies
        By name; the first is the base with which the others are compared.
    weeks, warm_up, effort
        As it was asked for.
    replications
        By policy, then by number.
    notes
        What was found damaged and simulated again.
    """

    _derived: ClassVar[tuple[str, ...]] = ("means", "differences")

    name: str
    policies: tuple[str, ...]
    weeks: int
    warm_up: int
    effort: float
    replications: tuple[Replication, ...]
    notes: tuple[str, ...] = ()

    @property
    def faulty(self) -> tuple[Replication, ...]:
        """Replications that could not be simulated to the end."""
        return tuple(each for each in self.replications if each.faults)

    @property
    def means(self) -> tuple[SimulatedMean, ...]:
        """Every figure of every policy."""
        found = []
        for policy in self.policies:
            for own in RUN_FIGURES.values():
                values = list(self._values(policy, own.name).values())
                if values:
                    spread = interval(values) or (None, None)
                    found.append(
                        SimulatedMean(policy, own.name, own.unit, len(values), mean(values), *spread)
                    )
        return tuple(found)

    @property
    def differences(self) -> tuple[SimulatedDifference, ...]:
        """Every figure of every policy but the base, less the base's."""
        base, *others = self.policies or ("",)
        found = []
        for policy in others:
            for own in RUN_FIGURES.values():
                first, other = self._values(base, own.name), self._values(policy, own.name)
                both = [number for number in first if number in other]
                if both:
                    pairs = [(first[number], other[number]) for number in both]
                    low, high, factor = _paired(pairs)
                    middle = mean(b - a for a, b in pairs)
                    found.append(
                        SimulatedDifference(
                            policy, base, own.name, own.unit, len(both), middle, low, high, factor
                        )
                    )
        return tuple(found)

    def _values(self, policy: str, figure: str) -> dict[int, float]:
        own = (each for each in self.replications if each.policy == policy and each.figures is not None)
        return {each.number: each.figures[figure] for each in own if each.figures and figure in each.figures}

    def frames(self, backend: str = "pandas") -> dict[str, Any]:
        """Return the weeks, figures and measures as data frames of pandas, polars or Arrow."""
        weeks, figures, measures = [], [], []
        for each in self.replications:
            which = {"policy": each.policy, "replication": each.number}
            weeks += [{**which, **week} for week in each.weeks]
            figures += [{**which, **each.figures}] if each.figures else []
            measures += [{**which, "measure": n, "value": v} for n, v in (each.measures or {}).items()]
        rows = {"weeks": weeks, "figures": figures, "measures": measures}
        call = "SimulationResults.frames"
        return {name: frame_of(FRAMES[name], own, backend, call) for name, own in rows.items()}

    def __str__(self) -> str:
        head = f"{self.name}: {self.weeks} weeks, {self.warm_up} of them warm-up; {LEVEL:.0%} intervals"
        lines = [head]
        for policy in self.policies:
            own = [each for each in self.means if each.policy == policy]
            count = max((each.replications for each in own), default=0)
            lines += [f"{policy}, {count} replications", *(f"  {each}" for each in own)]
        for policy in self.policies[1:]:
            lines.append(f"{policy} less {self.policies[0]}")
            lines += [f"  {each}" for each in self.differences if each.policy == policy]
        return "\n".join(lines)


def _paired(pairs: Sequence[tuple[float, float]]) -> tuple[float | None, float | None, float | None]:
    """Return the interval of a mean difference, and how much wider it were of independent replications."""
    spread = interval([b - a for a, b in pairs])
    if spread is None:
        return None, None, None
    half = (spread[1] - spread[0]) / 2
    both = variance([a for a, _ in pairs]) + variance([b for _, b in pairs])
    apart = t_quantile(2 * len(pairs) - 2, LEVEL) * math.sqrt(both / len(pairs))
    return (*spread, round(apart / half, 4) if half > 1e-12 and apart > 0 else None)
