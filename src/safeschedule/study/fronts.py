"""Which scenarios are worth a choice: those that no other beats in both access and exposure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import mean

from safeschedule.returned import Returned
from safeschedule.study.runs import StudyRun


@dataclass(frozen=True)
class FrontPoint(Returned):
    """A scenario between access and exposure.

    Parameters
    ----------
    problem, scenario
        By name.
    access, exposure
        The means of its runs.
    on_front
        Whether no other scenario has as much access with as little exposure, and more or less of one.
    beaten_by
        One that does; empty: none.
    """

    problem: str
    scenario: str
    access: float
    exposure: float
    on_front: bool = True
    beaten_by: str = ""

    def __str__(self) -> str:
        place = "on the front" if self.on_front else f"beaten by {self.beaten_by}"
        figures = f"access {self.access:,.1f}, exposure {self.exposure:,.1f}"
        return f"{self.problem}, {self.scenario}: {figures}; {place}"


def front_of(runs: Sequence[StudyRun], access: str, exposure: str) -> tuple[FrontPoint, ...]:
    """Return every scenario as a point, the one with the least exposure first."""
    found: list[FrontPoint] = []
    for problem in dict.fromkeys(run.problem for run in runs):
        own = [run for run in runs if run.problem == problem]
        points = [
            point
            for name in dict.fromkeys(r.scenario for r in own)
            if (point := _point(own, name, access, exposure))
        ]
        found += sorted((_judged(point, points) for point in points), key=lambda p: (p.exposure, -p.access))
    return tuple(found)


def _point(runs: Sequence[StudyRun], scenario: str, access: str, exposure: str) -> FrontPoint | None:
    pairs = [
        (float(gain), float(cost))
        for run in runs
        if run.scenario == scenario
        and (gain := run.figure(access)) is not None
        and (cost := run.figure(exposure)) is not None
    ]
    if not pairs:
        return None
    return FrontPoint(runs[0].problem, scenario, mean(a for a, _ in pairs), mean(b for _, b in pairs))


def _judged(point: FrontPoint, points: Sequence[FrontPoint]) -> FrontPoint:
    for other in points:
        as_good = other.access >= point.access and other.exposure <= point.exposure
        better = other.access > point.access or other.exposure < point.exposure
        if as_good and better:
            return replace(point, on_front=False, beaten_by=other.scenario)
    return point
