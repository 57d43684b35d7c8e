"""The least staff with which a target is reached, by search, and what is proven of one person fewer."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

from safeschedule.arguments import Arguments
from safeschedule.problem import Problem
from safeschedule.problem.entity import SHORT
from safeschedule.returned import Returned
from safeschedule.scenarios import Scenario
from safeschedule.study.proving import reach
from safeschedule.study.results import StudyResults
from safeschedule.study.study import BASE, Study


@dataclass(frozen=True)
class StaffStep(Returned):
    """One team that was tried.

    Parameters
    ----------
    change
        Clinicians more (or fewer) than there are.
    fte
        What the team adds up to.
    sessions
        Sessions that some search placed; ``None``: it has no schedule.
    most
        The number that no schedule exceeds; ``None``: not known.
    reached
        Whether the target is reached.
    impossible
        Whether it is proven that no schedule of this team reaches it.
    """

    change: int
    fte: float
    sessions: int | None
    most: int | None
    reached: bool
    impossible: bool

    def __str__(self) -> str:
        found = "no schedule" if self.sessions is None else f"{self.sessions} sessions"
        most = "" if self.most is None else f", at most {self.most}"
        verdict = "reached" if self.reached else "impossible" if self.impossible else "not reached"
        return f"{self.change:+d} clinicians, {self.fte:g} FTE: {found}{most}; {verdict}"


@dataclass(frozen=True)
class LeastStaff(Returned):
    """The answer of `least_staff`.

    Parameters
    ----------
    target
        Sessions that are to be placed.
    asked
        Sessions that are asked for.
    least
        Clinicians more (or fewer) with which the target is reached; ``None``: with none of those tried.
    proven
        Whether it is proven that one fewer cannot reach it.
    steps
        Every team that was tried, the smallest first.
    """

    _derived: ClassVar[tuple[str, ...]] = ("answer",)

    target: int
    asked: int
    least: int | None
    proven: bool
    steps: tuple[StaffStep, ...]

    @property
    def answer(self) -> str:
        """The answer in words."""
        head = f"{self.target} of {self.asked} sessions"
        if self.least is None:
            never = self.steps and self.steps[-1].impossible
            return (
                f"{head} are not reached{', and cannot be,' if never else ''} with any team that was tried."
            )
        who = "the team as it is" if self.least == 0 else f"{self.least:+d} clinicians"
        if self.steps and self.least == self.steps[0].change:
            return f"{head} are reached with {who}; smaller teams were not tried."
        proof = (
            "proven: one fewer cannot"
            if self.proven
            else "with one fewer no search did, which proves nothing"
        )
        return f"{head} are reached with {who} ({proof})."

    def __str__(self) -> str:
        return "\n".join([self.answer, *(f"  {step}" for step in self.steps)])


def least_staff(
    problem: Problem,
    like: str,
    target: float = 0.95,
    *,
    most: int = 4,
    leaving: Sequence[str] = (),
    seeds: Sequence[int] = (0,),
    limit: float = 1.0,
    ceiling: float | None = None,
    executor: Any = None,
    folder: str | Path | None = None,
    workers: int = 1,
    on_step: Callable[[StaffStep], None] | None = None,
    stop: threading.Event | None = None,
) -> LeastStaff:
    """Return the smallest team with which so many of the sessions asked for are placed.

    Teams are tried by halves, which takes for granted that more people do not place fewer sessions.

    Parameters
    ----------
    problem
        The team as it is.
    like
        Whom clinicians who come are like.
    target
        A share of the sessions that are asked for.
    most
        How many may come.
    leaving
        Who may leave, in this order; their clients are spread.
    seeds, limit, ceiling, executor, folder, workers
        As for `Study.run`; of several seeds the best search counts.
    on_step
        Called with each team that was tried.
    stop
        When set, it ends soon with what is known.

    Raises
    ------
    ArgumentError
        An argument makes no sense.
    InputError
        Somebody is not in the team, or nobody would be there to supervise.

    Examples
    --------
    >>> from concurrent.futures import ThreadPoolExecutor
    >>> from safeschedule import least_staff
    >>> code = problem.clinicians[0].id
    >>> found = least_staff(problem, code, 1.0, most=1, limit=0.1, executor=ThreadPoolExecutor(1))
    >>> found.least, found.answer
    (0, '6 of 6 sessions are reached with the team as it is; smaller teams were not tried.')
    """
    looked = Arguments("least_staff").problem(problem).number("target", target, 1, needed=True)
    looked.whole("most", most, 0, 50).text("like", like).codes("leaving", leaving).watching(on_step, stop)
    if len(leaving) > SHORT:
        looked.fault("too_long", "leaving", len(leaving), f"at most {SHORT}")
    looked.done()
    asked = sum(request.count for request in problem.requests)
    search = _Search(problem, like, tuple(leaving), -int(-asked * target // 1), on_step)
    options = {"limit": limit, "ceiling": ceiling, "executor": executor, "folder": folder, "workers": workers}
    search.bisect(-len(leaving), most, tuple(seeds), {**options, "stop": stop})
    return search.answer(asked)


class _Search:
    """Teams by how many they are more, and what was found of them."""

    def __init__(
        self,
        problem: Problem,
        like: str,
        leaving: tuple[str, ...],
        target: int,
        on_step: Callable[[StaffStep], None] | None,
    ) -> None:
        self.problem, self.like, self.leaving, self.target = problem, like, leaving, target
        self.on_step = on_step
        self.tried: dict[int, StaffStep] = {}

    def bisect(self, low: int, high: int, seeds: tuple[int, ...], options: dict[str, Any]) -> None:
        """Halve the range until the smallest team is known, and look at the next smaller one."""
        stop = options["stop"]
        # The largest first: without it nothing is reached.
        if not self._reached(high, seeds, options):
            return
        while low < high and not (stop is not None and stop.is_set()):
            middle = (low + high) // 2
            if self._reached(middle, seeds, options):
                high = middle
            else:
                low = middle + 1

    def _reached(self, change: int, seeds: tuple[int, ...], options: dict[str, Any]) -> bool:
        if change not in self.tried:
            scenario = self._scenario(change)
            results = Study(self.problem, [scenario], seeds, base=scenario.name).run(**options)
            step = self._step(change, results)
            self.tried[change] = step
            if self.on_step is not None:
                self.on_step(step)
        return self.tried[change].reached

    def _scenario(self, change: int) -> Scenario:
        if change > 0:
            return Scenario(f"{change:+d}", add={"like": self.like, "count": change})
        if change < 0:
            return Scenario(f"{change:+d}", remove=list(self.leaving[:-change]))
        return Scenario(BASE)

    def _step(self, change: int, results: StudyResults) -> StaffStep:
        found = reach(results.runs, "sessions")
        fte = next((run.figure("fte") for run in results.runs if run.figure("fte") is not None), 0.0)
        least = None if found.least is None else int(found.least)
        most = None if found.most is None else int(found.most)
        return StaffStep(
            change,
            float(fte or 0.0),
            least,
            most,
            reached=least is not None and least >= self.target,
            impossible=most is not None and most < self.target,
        )

    def answer(self, asked: int) -> LeastStaff:
        steps = tuple(self.tried[change] for change in sorted(self.tried))
        reached = [step.change for step in steps if step.reached]
        least = min(reached, default=None)
        below = None if least is None else self.tried.get(least - 1)
        return LeastStaff(self.target, asked, least, below is not None and below.impossible, steps)
