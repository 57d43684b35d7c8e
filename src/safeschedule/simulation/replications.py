"""One replication of one policy before it is simulated, its hash, and its simulation."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass, replace
from importlib.metadata import version

from safeschedule.caseload.measures import balanced_measures
from safeschedule.errors import Fault, InputError, SafeScheduleError
from safeschedule.problem import Problem, problem_hash, rulebook_hash
from safeschedule.simulation.arrivals import Outside
from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.counting import Counts
from safeschedule.simulation.course import Lived, SimulatedCourse
from safeschedule.simulation.figures import WEEK_FIGURES, run_figures
from safeschedule.simulation.planning import planner
from safeschedule.simulation.policies import Policy
from safeschedule.simulation.replication import Replication
from safeschedule.simulation.streams import Streams

FORMAT = "1"
"""Of what is kept of a replication; weeks that go by otherwise need another."""


@dataclass(frozen=True)
class SimulationJob:
    """A replication before it is simulated.

    Parameters
    ----------
    problem
        The first week, before any policy.
    policy, assumptions
        What the team does, and what happens to it.
    seed, number
        With what random numbers begin.
    weeks, warm_up
        How many, and how many of them do not count.
    effort
        Of the search for each week.
    """

    problem: Problem
    policy: Policy
    assumptions: SimulationAssumptions
    seed: int
    number: int
    weeks: int
    warm_up: int
    effort: float

    def key(self) -> str:
        """Return the SHA-256 of all that decides the result."""
        plain = {
            "format": FORMAT,
            "problem": problem_hash(self.problem),
            "rules": rulebook_hash(self.problem.rulebook),
            "policy": [type(self.policy).__qualname__, self.policy.told()],
            "assumptions": self.assumptions.model_dump(mode="json"),
            "numbers": [self.seed, self.number, self.weeks, self.warm_up, self.effort],
            "versions": [version(name) for name in ("safeschedule", "ortools", "highspy", "numpy")],
        }
        text = json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False)
        return hashlib.sha256(text.encode()).hexdigest()


def simulate_job(job: SimulationJob) -> Replication:
    """Simulate a replication; what is wrong is returned, not raised."""
    blank = Replication(job.policy.name, job.number, job.key())
    try:
        outside = Outside(job.problem, job.assumptions, Streams(job.seed, job.number))
        plan = planner(job.effort, 0, threading.Event())
        first = job.policy.begin(job.problem)
        course = SimulatedCourse(first, outside, job.policy, plan, job.problem.rulebook, job.weeks)
        lived = [course.week(number) for number in range(1, job.weeks + 1)]
    except InputError as error:
        return replace(blank, faults=error.faults)
    except SafeScheduleError as error:
        told = str(error).splitlines()[0]
        return replace(blank, faults=(Fault("no_result", "week", type(error).__name__, told),))
    counted = lived[job.warm_up :]
    return replace(
        blank,
        weeks=tuple(_in_order(each.counts) for each in lived),
        figures=run_figures(each.counts for each in counted),
        measures=_measures(course.problem, counted),
    )


def _in_order(counts: Counts) -> Counts:
    """Return counts in the order of a file's columns: what is kept and what was just found are one."""
    return {name: counts[name] for name in WEEK_FIGURES if name in counts}


def _measures(problem: Problem, lived: list[Lived]) -> dict[str, float]:
    report = balanced_measures(problem, [each.actuals for each in lived])
    values = {measure.id: measure.total.value for measure in report.measures}
    return {name: float(value) for name, value in values.items() if value is not None}
