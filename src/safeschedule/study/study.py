"""A study: problems, scenarios and seeds, solved with limits that compare fairly."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safeschedule.arguments import LARGEST_SEED, MOST_WORKERS, Arguments
from safeschedule.errors import ArgumentError, Fault, InputError
from safeschedule.problem import Problem, require_sound
from safeschedule.problem.kinds import require_path
from safeschedule.scenarios import Scenario
from safeschedule.solving.backend import AUTO
from safeschedule.solving.parameters import SearchParameters
from safeschedule.study.executing import executor_of
from safeschedule.study.given import by_name, listed, look_at_part, require_once
from safeschedule.study.jobs import StudyLimits
from safeschedule.study.planning import PlannedRun, hopeless, planned
from safeschedule.study.prices import price_scenarios, priced_rules
from safeschedule.study.progress import StudyProgress
from safeschedule.study.results import StudyResults
from safeschedule.study.store import RunStore
from safeschedule.study.work import StudyWork

if TYPE_CHECKING:
    from typing import Self

BASE = "base"
"""The name of the scenario without changes."""

MOST_RUNS = 100_000


@dataclass(frozen=True, init=False)
class Study:
    """Problems under scenarios, with seeds: every scenario of every problem with every seed.

    Parameters
    ----------
    problems
        A problem, several, or several by name; without names they have their own.
    scenarios
        What is to be compared. The base, which is the problem as it is unless a scenario has its name, comes
        first.
    seeds
        Of the searches, and of what scenarios draw: the same seed draws the same people in every scenario.
    base
        The name of the scenario with which others are compared, and by whose rules all are judged.
    name
        What the study is called.

    Raises
    ------
    ArgumentError
        An argument makes no sense, or a name comes twice; with every fault.
    InputError
        A problem has faults.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from safeschedule import Scenario, Study
    >>> study = Study(problem, [Scenario("less", demand=0.5)], seeds=[1])
    >>> results = study.run(limit=0.1, executor=ThreadPoolExecutor(1))
    >>> [(run.scenario, run.status.value) for run in results.runs]
    [('base', 'optimal'), ('less', 'optimal')]
    """

    problems: Mapping[str, Problem]
    scenarios: tuple[Scenario, ...]
    seeds: tuple[int, ...]
    base: str
    name: str

    def __init__(
        self,
        problems: Problem | Iterable[Problem] | Mapping[str, Problem],
        scenarios: Iterable[Scenario] = (),
        seeds: Iterable[int] = (0,),
        *,
        base: str = BASE,
        name: str = "study",
    ) -> None:
        looked = Arguments("Study").text("base", base).text("name", name)
        named = by_name(problems, looked)
        given = listed("scenarios", scenarios, Scenario, looked)
        numbers = listed("seeds", seeds, int, looked)
        for place, number in enumerate(numbers):
            looked.whole(f"seeds[{place}]", number, 0, LARGEST_SEED)
        require_once(
            "scenarios", [scenario.name for scenario in given if isinstance(scenario, Scenario)], looked
        )
        require_once("seeds", [str(number) for number in numbers], looked)
        looked.done()
        for problem in named.values():
            require_sound(problem)
        if base not in [scenario.name for scenario in given]:
            given = [Scenario(base), *given]
        for name_of, value in {
            "problems": named,
            "scenarios": tuple(given),
            "seeds": tuple(numbers),
            "base": base,
            "name": name,
        }.items():
            object.__setattr__(self, name_of, value)
        if len(named) * len(given) * len(numbers) > MOST_RUNS:
            runs = len(named) * len(given) * len(numbers)
            fault = Fault("too_long", "scenarios", f"{runs} runs", f"at most {MOST_RUNS} runs")
            raise ArgumentError("arguments of Study", [fault])

    @classmethod
    def of_rules(
        cls,
        problems: Problem | Iterable[Problem] | Mapping[str, Problem],
        rules: Sequence[str] = (),
        seeds: Iterable[int] = (0,),
        *,
        name: str = "price of rules",
    ) -> Self:
        """Return the study that prices rules: without each of them, and without any.

        Parameters
        ----------
        problems, seeds, name
            As for `Study`.
        rules
            Which; none: every hard rule of the tiers safety and service that some problem has.

        Examples
        --------
        >>> from safeschedule import Study
        >>> [scenario.name for scenario in Study.of_rules(problem, ["breaks"]).scenarios]
        ['base', 'without breaks']
        """
        first = cls(problems, (), seeds, name=name)
        named = tuple(rules) or priced_rules(first.problems.values())
        return cls(first.problems, price_scenarios(named), first.seeds, name=name)

    @classmethod
    def from_file(cls, path: str | Path) -> Self:
        r"""Return the study of a TOML file; its limits are for `run` (see `read_study`).

        Raises
        ------
        InputError
            The file cannot be read, or has faults; with every one of them.
        """
        from safeschedule.study.reading import read_study

        found = read_study(path).study
        return cls(found.problems, found.scenarios, found.seeds, base=found.base, name=found.name)

    def planned(self, limits: StudyLimits | None = None) -> tuple[PlannedRun, ...]:
        """Return every run before it is solved, with its key or its faults."""
        base = next(scenario for scenario in self.scenarios if scenario.name == self.base)
        return planned(self.problems, self.scenarios, self.seeds, base, limits or StudyLimits())

    def run(
        self,
        *,
        limit: float = 1.0,
        ceiling: float | None = None,
        executor: Any = None,
        folder: str | Path | None = None,
        part: tuple[int, int] | None = None,
        processes: int | None = None,
        workers: int = 1,
        solver: str = AUTO,
        parameters: SearchParameters | None = None,
        on_progress: Callable[[StudyProgress], None] | None = None,
        stop: threading.Event | None = None,
    ) -> StudyResults:
        """Solve what is not solved yet, and return the results.

        Parameters
        ----------
        limit
            How much each search may do, in the solver's own units of work, which are the same on every
            machine: so that results compare fairly, and are the same each time.
        ceiling
            Wall-clock seconds at which a search ends all the same. Such a run says so, and counts as unfair.
        executor
            Who solves: any executor of `concurrent.futures`, or a client of ``dask.distributed``; ``None``:
            processes of this machine. In a script these need ``if __name__ == "__main__":``, as the standard
            library says.
        folder
            Where runs are kept, a file in Parquet each, by the hash of all that decides their result: a run
            that is there is not solved again, whichever study asked for it. ``None``: in memory alone.
        part
            ``(3, 20)``: solve the third of twenty parts alone, for machines that share the folder.
        processes
            How many, without an executor; ``None``: one for each processor.
        workers
            Of each search, as for `safeschedule.solve`.
        solver, parameters
            As for `safeschedule.solve`.
        on_progress
            Called with where the study stands, after each run.
        stop
            When set, it ends soon; what is done stays.

        Returns
        -------
        StudyResults
            What was solved or is kept. A run that cannot be solved is in it, with its faults.

        Raises
        ------
        ArgumentError
            An argument makes no sense.
        InputError
            A scenario can be made of none of the problems, or a library for the folder is not installed.
        """
        looked = Arguments("Study.run").number("limit", limit, 1e9, needed=True).seconds("ceiling", ceiling)
        looked.whole("workers", workers, 1, MOST_WORKERS).text("solver", solver)
        looked.watching(on_progress, stop)
        if parameters is not None:
            looked.kind("parameters", parameters, SearchParameters, "search parameters")
        if processes is not None:
            looked.whole("processes", processes, 1, 1024)
        look_at_part(part, looked)
        looked.done()
        if folder is not None:
            require_path("Study.run", "folder", folder)
        if executor is not None:
            executor_of(executor)
        limits = StudyLimits(limit, ceiling, workers, solver, parameters or SearchParameters())
        runs = self.planned(limits)
        if faults := hopeless(runs):
            raise InputError(f"study {self.name}", faults)
        store = None if folder is None else RunStore(folder)
        if store is not None:
            store.keep_plan(self._plan(runs, limits))
        work = StudyWork(runs, ceiling, store, on_progress)
        work.do(executor, processes, part, stop or threading.Event())
        return StudyResults(
            self.name,
            self.base,
            work.known(),
            tuple(scenario.to_dict() for scenario in self.scenarios),
            len(runs),
            () if store is None else tuple(store.notes),
        )

    def _plan(self, runs: Sequence[PlannedRun], limits: StudyLimits) -> dict[str, Any]:
        """Return which runs belong to the study, as plain data."""
        return {
            "format": "safeschedule study 1",
            "name": self.name,
            "base": self.base,
            "limits": {**limits.told(), "solver": limits.solver},
            "scenarios": [scenario.to_dict() for scenario in self.scenarios],
            "runs": [each.run.to_dict() for each in runs],
        }
