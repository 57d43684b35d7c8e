"""Staffing curves: how many sessions, and how long a wait, by what the team adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any

from safeschedule.returned import Returned
from safeschedule.study.comparing import EVERY
from safeschedule.study.proving import ProvenReach, mean_of, reach
from safeschedule.study.runs import StudyRun


@dataclass(frozen=True)
class CurvePoint(Returned):
    """One team of a staffing curve.

    Parameters
    ----------
    problem, scenario
        By name.
    fte, clinicians
        What the team adds up to, and how many they are.
    skill
        The skill that the sessions need; ``all``: whatever they need.
    asked, sessions
        Sessions asked for and placed: means of the runs.
    least, most
        Between what the number of sessions of the best schedule lies, proven; ``None``: not known.
    waiting, wait_weeks
        New clients who are not seen, and weeks until all are seen at this pace; ``None``: nobody is seen.
    """

    problem: str
    scenario: str
    fte: float
    clinicians: float
    skill: str
    asked: float
    sessions: float
    least: float | None = None
    most: float | None = None
    waiting: float | None = None
    wait_weeks: float | None = None

    def __str__(self) -> str:
        most = "" if self.most is None else f" (at most {self.most:,.1f})"
        wait = "" if self.wait_weeks is None else f", {self.wait_weeks:.1f} weeks until all who wait are seen"
        team = f"{self.problem}, {self.scenario}, {self.fte:g} FTE"
        return f"{team}, {self.skill}: {self.sessions:,.1f} of {self.asked:,.1f} sessions{most}{wait}"


def curve_of(runs: Sequence[StudyRun], skill: str | None) -> tuple[CurvePoint, ...]:
    """Return a point for each problem and scenario, the smallest team first.

    Parameters
    ----------
    skill
        Of which sessions; ``None``: of all.
    """
    found = []
    for problem, scenario in dict.fromkeys((run.problem, run.scenario) for run in runs):
        own = [r for r in runs if (r.problem, r.scenario) == (problem, scenario) and r.solved]
        if own:
            found.append(_whole(own) if skill is None else _of_skill(own, skill))
    return tuple(sorted(found, key=lambda point: (point.problem, point.fte)))


def _whole(own: Sequence[StudyRun]) -> CurvePoint:
    by_problem = dict.fromkeys(run.problem_hash for run in own)
    reaches = [reach([r for r in own if r.problem_hash == code], "sessions") for code in by_problem]
    proven: ProvenReach = mean_of(reaches)
    return CurvePoint(
        **_team(own),
        skill=EVERY,
        asked=_mean(own, "asked") or 0.0,
        sessions=_mean(own, "sessions") or 0.0,
        least=proven.least,
        most=proven.most,
        waiting=_mean(own, "waiting"),
        wait_weeks=_mean(own, "wait_weeks"),
    )


def _of_skill(own: Sequence[StudyRun], skill: str) -> CurvePoint:
    found = [run.skills.get(skill, (0, 0, 0, 0)) for run in own]
    waits = [(waiting + seen) / seen for _, _, waiting, seen in found if seen]
    return CurvePoint(
        **_team(own),
        skill=skill,
        asked=mean(each[0] for each in found),
        sessions=mean(each[1] for each in found),
        waiting=mean(each[2] for each in found),
        wait_weeks=mean(waits) if waits else None,
    )


def _team(own: Sequence[StudyRun]) -> dict[str, Any]:
    first = own[0]
    return {
        "problem": first.problem,
        "scenario": first.scenario,
        "fte": _mean(own, "fte"),
        "clinicians": _mean(own, "clinicians"),
    }


def _mean(own: Sequence[StudyRun], figure: str) -> float | None:
    known = [float(value) for run in own if (value := run.figure(figure)) is not None]
    return mean(known) if known else None
