"""The runs of a study: every scenario of every problem with every seed, and what is to be solved for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from safeschedule.errors import Fault, InputError
from safeschedule.problem import Problem, problem_hash
from safeschedule.scenarios import Scenario
from safeschedule.study.jobs import StudyJob, StudyLimits
from safeschedule.study.runs import RunStatus, StudyRun


@dataclass(frozen=True)
class PlannedRun:
    """A run before it is solved.

    Parameters
    ----------
    run
        What is known of it already: its names, its key, its notes; or its faults.
    job
        What is to be solved; ``None``: nothing, because it has faults.
    """

    run: StudyRun
    job: StudyJob | None = None


def planned(
    problems: Mapping[str, Problem],
    scenarios: Sequence[Scenario],
    seeds: Sequence[int],
    base: Scenario,
    limits: StudyLimits,
) -> tuple[PlannedRun, ...]:
    """Return every run of a study, in order."""
    made: dict[tuple[str, str], Problem] = {}
    return tuple(
        _planned(name, problem, scenario, seed, base, limits, made)
        for name, problem in problems.items()
        for scenario in scenarios
        for seed in seeds
    )


def _planned(
    name: str,
    problem: Problem,
    scenario: Scenario,
    seed: int,
    base: Scenario,
    limits: StudyLimits,
    known: dict[tuple[str, str], Problem],
) -> PlannedRun:
    run = StudyRun(name, scenario.name, seed, RunStatus.FAULT)
    try:
        first = base.applied(problem, seed)
        made = first if scenario is base else scenario.applied(problem, seed)
    except InputError as error:
        return PlannedRun(replace(run, faults=_placed(error, scenario)))
    # Most scenarios draw nothing: their problem is held once, whatever the seed.
    changed = known.setdefault((name, problem_hash(made.problem)), made.problem)
    job = StudyJob(changed, first.problem.rulebook, seed, limits, max(0, made.lost - first.lost))
    relaxes = not base.changes and scenario.relaxes(problem)
    return PlannedRun(
        replace(
            run,
            status=RunStatus.UNKNOWN,
            key=job.key(),
            problem_hash=problem_hash(changed),
            relaxes=relaxes,
            notes=made.notes,
        ),
        job,
    )


def _placed(error: InputError, scenario: Scenario) -> tuple[Fault, ...]:
    return tuple(replace(fault, place=f"scenarios.{scenario.name}.{fault.place}") for fault in error.faults)


def hopeless(runs: Sequence[PlannedRun]) -> tuple[Fault, ...]:
    """Return the faults of scenarios that can be made of no problem: slips of the pen."""
    found: dict[str, tuple[Fault, ...]] = {}
    sound: set[str] = set()
    for planned_run in runs:
        if planned_run.job is None:
            found.setdefault(planned_run.run.scenario, planned_run.run.faults)
        else:
            sound.add(planned_run.run.scenario)
    return tuple(fault for name, faults in found.items() if name not in sound for fault in faults)
