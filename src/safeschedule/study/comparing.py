"""Scenarios beside the base: paired differences with intervals, and what the bounds prove."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from safeschedule.returned import Returned
from safeschedule.study.declared import COMPARISONS
from safeschedule.study.figures import FIGURES
from safeschedule.study.frames import frame_of
from safeschedule.study.intervals import LEVEL, interval
from safeschedule.study.proving import ProvenReach, difference, mean_of, told
from safeschedule.study.runs import StudyRun

EVERY = "all"
"""Stands for all problems together."""


@dataclass(frozen=True)
class Comparison(Returned):
    """A scenario beside the base, in one figure.

    Parameters
    ----------
    problem
        The problem, or ``all``: the mean over the problems.
    scenario
        The scenario.
    figure, unit
        What is compared.
    pairs
        Pairs of runs with the same problem and seed; for all problems, how many problems.
    base_mean, mean, difference
        Of the figures that the schedules have.
    low, high
        The interval of the difference; ``None`` for one pair. Of one problem it tells the chance of searches
        and draws, of all problems also that of the problems.
    least, most
        Between what the difference of the best schedules lies, proven; ``None``: not known.
    unfair
        Pairs with a run that the wall clock cut short.
    """

    problem: str
    scenario: str
    figure: str
    unit: str
    pairs: int
    base_mean: float
    mean: float
    difference: float
    low: float | None = None
    high: float | None = None
    least: float | None = None
    most: float | None = None
    unfair: int = 0

    @property
    def proven(self) -> str:
        """What the bounds prove, in words."""
        return told(ProvenReach(self.least, self.most), self.unit)

    def __str__(self) -> str:
        spread = "" if self.low is None else f" ({LEVEL:.0%} interval {self.low:+.1f} to {self.high:+.1f})"
        cut = f"; {self.unfair} pairs cut short by the wall clock" if self.unfair else ""
        found = f"{self.difference:+.1f} {self.unit}{spread}; proven: {self.proven}{cut}"
        return f"{self.problem}, {self.scenario}: {found}"


@dataclass(frozen=True)
class Comparisons(Returned):
    """All scenarios of a study beside its base, in one figure.

    Parameters
    ----------
    figure, base
        What is compared, and with which scenario.
    rows
        By problem and scenario; after them, where there are several problems, the mean of all.
    """

    figure: str
    base: str
    rows: tuple[Comparison, ...] = ()

    def frame(self, backend: str = "pandas") -> Any:
        """Return the rows as a data frame of pandas, polars or Arrow."""
        rows = [{**row.to_dict(), "proven": row.proven} for row in self.rows]
        return frame_of(COMPARISONS, rows, backend, "Comparisons.frame")

    def __str__(self) -> str:
        head = f"{self.figure}, compared with {self.base}"
        return "\n".join([head, *(f"  {row}" for row in self.rows)])


def compared(runs: Sequence[StudyRun], base: str, figure: str) -> Comparisons:
    """Return each scenario beside the base."""
    problems = list(dict.fromkeys(run.problem for run in runs))
    scenarios = [name for name in dict.fromkeys(run.scenario for run in runs) if name != base]
    rows = []
    for scenario in scenarios:
        own = [row for problem in problems for row in _one(runs, problem, scenario, base, figure)]
        rows += own
        if len(own) > 1:
            rows.append(_all(own, scenario, figure))
    return Comparisons(figure, base, tuple(rows))


def _one(
    runs: Sequence[StudyRun], problem: str, scenario: str, base: str, figure: str
) -> Iterator[Comparison]:
    pairs = list(paired(runs, problem, scenario, base, figure))
    if not pairs:
        return
    values = [(_of(first, figure), _of(other, figure)) for first, other in pairs]
    differences = [b - a for a, b in values]
    spread = interval(differences)
    reaches = [
        ProvenReach(0.0, 0.0)
        if other.problem_hash == first.problem_hash and FIGURES[figure].bounds is not None
        else difference(_alike(runs, other), _alike(runs, first), figure)
        for first, other in pairs
    ]
    proven = mean_of(reaches)
    yield Comparison(
        problem=problem,
        scenario=scenario,
        figure=figure,
        unit=FIGURES[figure].unit,
        pairs=len(pairs),
        base_mean=mean(a for a, _ in values),
        mean=mean(b for _, b in values),
        difference=mean(differences),
        low=None if spread is None else spread[0],
        high=None if spread is None else spread[1],
        least=proven.least,
        most=proven.most,
        unfair=sum("ceiling" in (first.ended, other.ended) for first, other in pairs),
    )


def paired(
    runs: Sequence[StudyRun], problem: str, scenario: str, base: str, figure: str
) -> Iterator[tuple[StudyRun, StudyRun]]:
    """Yield the runs of base and scenario with the same problem and seed, where both have the figure."""
    known = {
        (run.scenario, run.seed): run
        for run in runs
        if run.problem == problem and run.solved and run.figure(figure) is not None
    }
    for seed in sorted({seed for _, seed in known}):
        first, other = known.get((base, seed)), known.get((scenario, seed))
        if first is not None and other is not None:
            yield first, other


def _alike(runs: Sequence[StudyRun], run: StudyRun) -> list[StudyRun]:
    """Return the runs of one scenario with the same changed problem: what one proves holds of all."""
    return [
        other
        for other in runs
        if (other.problem, other.scenario) == (run.problem, run.scenario)
        and other.problem_hash == run.problem_hash
    ]


def _of(run: StudyRun, figure: str) -> float:
    value = run.figure(figure)
    assert value is not None
    return float(value)


def _all(own: Sequence[Comparison], scenario: str, figure: str) -> Comparison:
    differences = [row.difference for row in own]
    spread = interval(differences)
    proven = mean_of([ProvenReach(row.least, row.most) for row in own])
    return Comparison(
        problem=EVERY,
        scenario=scenario,
        figure=figure,
        unit=FIGURES[figure].unit,
        pairs=len(own),
        base_mean=mean(row.base_mean for row in own),
        mean=mean(row.mean for row in own),
        difference=mean(differences),
        low=None if spread is None else spread[0],
        high=None if spread is None else spread[1],
        least=proven.least,
        most=proven.most,
        unfair=sum(row.unfair for row in own),
    )
