"""The runs of a study while they are solved: what is kept is taken over, and each result is written down."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from safeschedule.study.executing import solve_jobs
from safeschedule.study.planning import PlannedRun
from safeschedule.study.progress import Counting, StudyProgress
from safeschedule.study.runs import RunStatus, StudyRun, named
from safeschedule.study.store import RunStore


class StudyWork:
    """The runs of a study while they are solved.

    Parameters
    ----------
    runs
        All of them, in the order of the study.
    ceiling
        Wall-clock seconds at which a search ends; ``None``: it does not.
    store
        Where runs are kept; ``None``: in memory alone.
    on_progress
        Called with where the study stands, after each run.
    """

    def __init__(
        self,
        runs: Sequence[PlannedRun],
        ceiling: float | None,
        store: RunStore | None,
        on_progress: Callable[[StudyProgress], None] | None,
    ) -> None:
        self.runs, self.ceiling, self.store = runs, ceiling, store
        self.found: dict[str, StudyRun] = {}
        self.asking: dict[str, list[StudyRun]] = {}
        """Runs by key: two scenarios that make the same problem are solved once."""
        for each in runs:
            if each.job is not None:
                self.asking.setdefault(each.run.key, []).append(each.run)
        self.counting = Counting(len(runs), on_progress)

    def do(
        self, executor: Any, processes: int | None, part: tuple[int, int] | None, stop: threading.Event
    ) -> None:
        """Solve what is neither kept nor faulty; the arguments are those of `Study.run`."""
        jobs = {each.run.key: each.job for each in self.runs if each.job is not None}
        faulty = sum(each.job is None for each in self.runs)
        if faulty:
            self.counting.add(faulty, fault=True)
        self._take(jobs)
        left = {key: job for key, job in jobs.items() if key not in self.found}
        if part is not None:
            number, parts = part
            mine = set(sorted(jobs)[number - 1 :: parts])
            left = {key: job for key, job in left.items() if key in mine}
        solve_jobs(left, executor, processes, self._hear, stop)

    def _take(self, jobs: Iterable[str]) -> None:
        """Take over what is kept, but for what a lower ceiling cut short."""
        for key in jobs if self.store is not None else ():
            assert self.store is not None
            run = self.store.run(key)
            if run is not None and not self._cut_short(run):
                self.found[key] = run
                self.counting.add(len(self.asking[key]), kept=True)

    def _cut_short(self, run: StudyRun) -> bool:
        """Return whether a kept run was cut short where it would not be now."""
        if run.ended != "ceiling":
            return False
        return self.ceiling is None or self.ceiling > 1.2 * (run.seconds or 0.0)

    def _hear(self, key: str, run: StudyRun) -> None:
        run = replace(run, key=key)
        self.found[key] = run
        if self.store is not None and run.status not in (RunStatus.FAULT, RunStatus.CRASH):
            self.store.keep(run)
        first = self.asking[key][0]
        told = f"{first.problem}, {first.scenario}, seed {first.seed}: {run.status}"
        fault = run.status in (RunStatus.FAULT, RunStatus.CRASH)
        self.counting.add(len(self.asking[key]), told, fault=fault)

    def known(self) -> tuple[StudyRun, ...]:
        """Return the runs of which everything is known, by the names by which they were asked for."""
        known = []
        for each in self.runs:
            if each.job is None:
                known.append(each.run)
            elif each.run.key in self.found:
                known.append(named(self.found[each.run.key], each.run))
        return tuple(known)
