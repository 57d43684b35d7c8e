"""A simulation: policies, each over the same replications, until intervals are narrow enough."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from safeschedule.arguments import LARGEST_SEED, Arguments
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem, require_sound
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.figures import RUN_FIGURES
from safeschedule.simulation.policies import Policy
from safeschedule.simulation.replication import Replication
from safeschedule.simulation.replications import SimulationJob, simulate_job
from safeschedule.simulation.results import SimulationResults
from safeschedule.simulation.store import ReplicationStore
from safeschedule.study.executing import TICK, executor_of
from safeschedule.study.progress import Counting, StudyProgress

MOST_WEEKS, MOST_REPLICATIONS = 520, 10_000


@dataclass(frozen=True)
class Simulation:
    """Policies of a team over weeks in a row.

    Parameters
    ----------
    problem
        The first week, before any policy; its rules judge all of them.
    policies
        What is compared; the first is the base.
    assumptions
        What happens.
    weeks, warm_up
        How many weeks, and how many of them do not count.
    seed
        With which random numbers begin.
    effort
        Of the search for each week, in the solver's own units of work; 0: constructed alone.
    name
        What it is called.

    Raises
    ------
    ArgumentError
        An argument makes no sense; with every fault.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from safeschedule import Simulation, SimulationPolicy
    >>> from safeschedule.samples import generate
    >>> simulation = Simulation(generate(3, seed=1), [SimulationPolicy("as now")], weeks=2, warm_up=0)
    >>> results = simulation.run(replications=1, executor=ThreadPoolExecutor(1))
    >>> len(results.replications[0].weeks)
    2
    """

    problem: Problem
    policies: Sequence[Policy]
    assumptions: SimulationAssumptions = field(default_factory=SimulationAssumptions)
    weeks: int = 52
    warm_up: int = 8
    seed: int = 0
    effort: float = 0.0
    name: str = "simulation"

    def __post_init__(self) -> None:
        looked = Arguments("Simulation").problem(self.problem).text("name", self.name)
        looked.kind("policies", self.policies, Sequence, "a list of policies")
        looked.kind("assumptions", self.assumptions, SimulationAssumptions, "SimulationAssumptions")
        looked.whole("weeks", self.weeks, 1, MOST_WEEKS).whole("warm_up", self.warm_up, 0, MOST_WEEKS)
        looked.whole("seed", self.seed, 0, LARGEST_SEED).done()
        object.__setattr__(self, "policies", tuple(self.policies))
        for number, policy in enumerate(self.policies):
            looked.kind(f"policies[{number}]", policy, Policy, "a policy")
        looked.done()
        names = [policy.name for policy in self.policies]
        for name in sorted({own for own in names if names.count(own) > 1}):
            looked.fault("duplicate", "policies", name, "each name once")
        if not names:
            looked.fault("missing_argument", "policies", "none", "at least one policy")
        if self.warm_up >= self.weeks:
            looked.fault("out_of_range", "warm_up", self.warm_up, f"less than the {self.weeks} weeks")
        if not 0 <= self.effort <= 1e9:
            looked.fault("out_of_range", "effort", self.effort, "0 or more")
        looked.done()
        require_sound(self.problem)

    def run(
        self,
        *,
        replications: int = 10,
        until: tuple[str, float] | None = None,
        most: int = 200,
        folder: str | Path | None = None,
        executor: Any = None,
        processes: int | None = None,
        on_progress: Callable[[StudyProgress], None] | None = None,
        stop: threading.Event | None = None,
    ) -> SimulationResults:
        """Simulate what is not there yet, and return the results.

        Parameters
        ----------
        replications
            Of each policy; with `until` at least so many.
        until
            A figure and half the width of the interval that is narrow enough: of its difference from the
            base, or of its mean where there is one policy. Replications are added, half as many again each
            time, until it is, or there are `most`.
        most
            How many replications there are at most.
        folder
            Where replications are kept, a file in Parquet each, by the hash of all that decides their
            result; what is there is not simulated again. ``None``: in memory alone.
        executor
            Any executor of `concurrent.futures`, or a client of ``dask.distributed``; ``None``: processes
            of this machine, which need ``if __name__ == "__main__":`` in a script.
        processes
            How many, without an executor; ``None``: one for each processor.
        on_progress
            Called with where the simulation stands, after each replication.
        stop
            When set, it ends soon; what is done stays.

        Raises
        ------
        ArgumentError
            An argument makes no sense.
        """
        looked = Arguments("Simulation.run").whole("replications", replications, 1, MOST_REPLICATIONS)
        looked.whole("most", most, 1, MOST_REPLICATIONS).watching(on_progress, stop)
        if processes is not None:
            looked.whole("processes", processes, 1, 1024)
        looked.done()
        if until is not None:
            _look_at_until(until)
        work = _Work(self, None if folder is None else ReplicationStore(folder), on_progress)
        stop = stop or threading.Event()
        own = executor is None
        pool = _processes(processes) if own else executor_of(executor)
        try:
            work.do(pool, replications, stop)
            while until is not None and not stop.is_set() and replications < most:
                if _narrow(work.results(), *until):
                    break
                replications = min(most, replications + max(2, replications // 2))
                work.do(pool, replications, stop)
        finally:
            if own:
                pool.shutdown(wait=True, cancel_futures=True)
        return work.results()

    def job(self, policy: Policy, number: int) -> SimulationJob:
        """Return a replication of a policy before it is simulated."""
        given = (self.assumptions, self.seed, number, self.weeks, self.warm_up, self.effort)
        return SimulationJob(self.problem, policy, *given)


class _Work:
    """A simulation while it is under way."""

    def __init__(
        self,
        simulation: Simulation,
        store: ReplicationStore | None,
        on_progress: Callable[[StudyProgress], None] | None,
    ) -> None:
        self.simulation, self.store, self.on_progress = simulation, store, on_progress
        self.found: dict[tuple[int, str], Replication] = {}

    def do(self, pool: Executor, replications: int, stop: threading.Event) -> None:
        """Simulate what is missing of so many replications of each policy; pairs come together."""
        jobs = [
            self.simulation.job(policy, number)
            for number in range(replications)
            for policy in self.simulation.policies
            if (number, policy.name) not in self.found
        ]
        counting = Counting(len(jobs), self.on_progress)
        left = []
        for job in jobs:
            kept = None if self.store is None else self.store.get(job.key(), job.policy.name)
            if kept is None:
                left.append(job)
            else:
                self.found[job.number, job.policy.name] = kept
                counting.add(1, kept=True)
        waiting = {pool.submit(simulate_job, job) for job in left}
        while waiting and not stop.is_set():
            done, waiting = wait(waiting, timeout=TICK, return_when=FIRST_COMPLETED)
            for future in done:
                made = future.result()
                self.found[made.number, made.policy] = made
                if self.store is not None:
                    self.store.keep(made)
                told = f"{made.policy}, replication {made.number}"
                counting.add(1, told, fault=bool(made.faults))
        for future in waiting:
            future.cancel()

    def results(self) -> SimulationResults:
        """Return what is known so far."""
        given, names = self.simulation, [policy.name for policy in self.simulation.policies]
        made = sorted(self.found.values(), key=lambda each: (names.index(each.policy), each.number))
        notes = () if self.store is None else tuple(self.store.notes)
        return SimulationResults(
            given.name, tuple(names), given.weeks, given.warm_up, float(given.effort), tuple(made), notes
        )


def _processes(count: int | None) -> Executor:
    # Threads of solvers do not survive a fork.
    return ProcessPoolExecutor(count or os.cpu_count() or 1, multiprocessing.get_context("spawn"))


def _look_at_until(until: Iterable[Any]) -> None:
    figure, half = tuple(until)
    faults = []
    if figure not in RUN_FIGURES:
        expected = f"one of: {', '.join(RUN_FIGURES)}{did_you_mean(str(figure), list(RUN_FIGURES))}"
        faults.append(Fault("unknown_value", "until", show(figure), expected))
    if not isinstance(half, int | float) or not half > 0:
        faults.append(Fault("out_of_range", "until", show(half), "more than 0: half the interval's width"))
    if faults:
        raise ArgumentError("arguments of Simulation.run", faults)


def _narrow(results: SimulationResults, figure: str, half: float) -> bool:
    """Return whether the interval of a figure is narrow enough, of every difference or of the one mean."""
    rows = results.differences if len(results.policies) > 1 else results.means
    own = [each for each in rows if each.figure == figure]
    return bool(own) and all(
        each.low is not None and each.high is not None and each.high - each.low <= 2 * half for each in own
    )
