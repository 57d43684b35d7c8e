"""The results of a study, and the questions that they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from safeschedule.arguments import Arguments
from safeschedule.returned import Returned
from safeschedule.study.comparing import Comparisons, compared
from safeschedule.study.curves import CurvePoint, curve_of
from safeschedule.study.figures import FIGURES
from safeschedule.study.frames import run_frames
from safeschedule.study.fronts import FrontPoint, front_of
from safeschedule.study.prices import RulePrices, prices_of
from safeschedule.study.runs import RunStatus, StudyRun, named
from safeschedule.study.store import RunStore

if TYPE_CHECKING:
    from typing import Self


@dataclass(frozen=True)
class StudyResults(Returned):
    """What came of a study.

    Parameters
    ----------
    name, base
        The study, and the scenario with which others are compared.
    runs
        By problem, scenario and seed.
    scenarios
        The scenarios, as plain data.
    planned
        How many runs the study has; there are fewer where it was stopped, or only a part was solved.
    notes
        What was found damaged in the folder, in words.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from safeschedule import Study
    >>> results = Study(problem).run(limit=0.1, executor=ThreadPoolExecutor(1))
    >>> results.complete, results.runs[0].figure("sessions")
    (True, 6)
    """

    name: str
    base: str
    runs: tuple[StudyRun, ...]
    scenarios: tuple[Mapping[str, Any], ...] = ()
    planned: int = 0
    notes: tuple[str, ...] = ()

    @classmethod
    def from_folder(cls, folder: str | Path) -> Self:
        """Return the results that a folder holds, as far as they are there.

        Raises
        ------
        InputError
            It holds no study.

        Examples
        --------
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from safeschedule import Study, StudyResults
        >>> results = Study(problem).run(limit=0.1, executor=ThreadPoolExecutor(1), folder=folder / "study")
        >>> StudyResults.from_folder(folder / "study").runs == results.runs
        True
        """
        store = RunStore(folder)
        plan = store.plan()
        asked = [StudyRun.from_dict(entry) for entry in plan["runs"]]
        found = []
        for run in asked:
            kept = store.run(run.key) if run.key else None
            if kept is not None:
                found.append(named(kept, run))
            elif not run.key:
                found.append(run)
        return cls(
            plan["name"], plan["base"], tuple(found), tuple(plan["scenarios"]), len(asked), tuple(store.notes)
        )

    @property
    def complete(self) -> bool:
        """Whether every run is there, those with faults included."""
        return len(self.runs) == self.planned

    @property
    def faults(self) -> tuple[StudyRun, ...]:
        """The runs without a result."""
        return tuple(run for run in self.runs if run.status in (RunStatus.FAULT, RunStatus.CRASH))

    @property
    def unfair(self) -> tuple[StudyRun, ...]:
        """The runs that the wall clock cut short."""
        return tuple(run for run in self.runs if run.ended == "ceiling")

    def frame(self, backend: str = "pandas") -> Any:
        """Return one row for each run; see docs/reference/study.md for the columns.

        Parameters
        ----------
        backend
            ``pandas``, ``polars`` or ``pyarrow``.

        Examples
        --------
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from safeschedule import Study
        >>> results = Study(problem).run(limit=0.1, executor=ThreadPoolExecutor(1))
        >>> frame = results.frame()
        >>> list(frame.columns[:4])
        ['problem', 'scenario', 'seed', 'status']
        """
        return self.frames(backend)["runs"]

    def frames(self, backend: str = "pandas") -> Mapping[str, Any]:
        """Return all frames by name: runs, rules, tiers, skills and timings."""
        return run_frames(self.runs, backend)

    def compare(self, figure: str = "sessions") -> Comparisons:
        """Return each scenario beside the base: paired differences with intervals, and what is proven.

        Parameters
        ----------
        figure
            What is compared; see docs/reference/study.md.

        Raises
        ------
        ArgumentError
            There is no such figure.

        Examples
        --------
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from safeschedule import Study
        >>> results = Study(problem).run(limit=0.1, executor=ThreadPoolExecutor(1))
        >>> print(results.compare("sessions"))  # doctest: +ELLIPSIS
        sessions, compared with base...
        """
        Arguments("StudyResults.compare").choice("figure", figure, FIGURES).done()
        return compared(self.runs, self.base, figure)

    def prices(self) -> RulePrices:
        """Return the price of each rule that some scenario switches off and does nothing else."""
        return prices_of(self.runs, self.base, self.scenarios)

    def front(self, access: str = "access_value", exposure: str = "peak_minutes") -> tuple[FrontPoint, ...]:
        """Return which scenarios no other beats in both access and exposure.

        Parameters
        ----------
        access
            A figure of which more is better.
        exposure
            A figure of which less is better.

        Raises
        ------
        ArgumentError
            There is no such figure.
        """
        looked = Arguments("StudyResults.front").choice("access", access, FIGURES)
        looked.choice("exposure", exposure, FIGURES).done()
        return front_of(self.runs, access, exposure)

    def curve(self, skill: str | None = None) -> tuple[CurvePoint, ...]:
        """Return how many sessions, and how long a wait, by what the team of each scenario adds up to.

        Parameters
        ----------
        skill
            Of sessions that need this skill alone; ``None``: of all.
        """
        Arguments("StudyResults.curve").text("skill", skill, needed=False).done()
        return curve_of(self.runs, skill)

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that sessions need, in any run."""
        return tuple(sorted({skill for run in self.runs for skill in run.skills}))

    def html(self) -> str:
        """Return a page with everything that the study answers; it needs no network and no script."""
        from safeschedule.study.page import study_page

        return study_page(self)

    def without_schedules(self) -> Self:
        """Return the results without the schedules, for sending them on: figures hold no code of a client."""
        return replace(self, runs=tuple(replace(run, schedule=None) for run in self.runs))

    def __str__(self) -> str:
        head = f"{self.name}: {len(self.runs)} of {self.planned} runs"
        problems = [f"{len(self.faults)} without a result"] if self.faults else []
        problems += [f"{len(self.unfair)} cut short by the wall clock"] if self.unfair else []
        parts = ["; ".join([head, *problems])]
        if any(run.scenario != self.base and run.solved for run in self.runs):
            parts.append(str(self.compare()))
        parts += [f"  {run}" for run in self.faults]
        return "\n".join([*parts, *self.notes])
