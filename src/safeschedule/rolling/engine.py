"""Planning week after week, each with what the weeks before it left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from safeschedule.arguments import MOST_WORKERS, Arguments
from safeschedule.caseload import with_requests_from_bands
from safeschedule.errors import DisagreementError, InputError
from safeschedule.pipeline import solve
from safeschedule.problem import Problem, require_sound
from safeschedule.result import Result
from safeschedule.returned import Returned
from safeschedule.rolling.agenda import Agenda
from safeschedule.rolling.figures import Summary, WeekRow
from safeschedule.rolling.following import next_week
from safeschedule.rolling.kept import Kept
from safeschedule.rolling.summary import week_row
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.progress import Progress
from safeschedule.verifier import Verification

TIME_LIMIT = 15.0
"""Seconds a week."""

UNMET_WEEKS = 2
"""After so many weeks left out, a request does not stand in the way of a contact; an assumption."""


@dataclass(frozen=True)
class PlannedWeek(Returned):
    """One week of a roll.

    Parameters
    ----------
    number
        From 1.
    problem
        What was planned: with the history of the weeks before, and the requests that follow from bands.
    schedule, verification
        The schedule, and the verifier's account of it against this problem.
    row
        Its line of the summary.
    result
        The solve; ``None`` for a week that was taken over.
    """

    _in_files: ClassVar[tuple[str, ...]] = (
        "problem",
        "schedule",
        "verification",
        "result",
    )

    number: int
    problem: Problem
    schedule: Schedule
    verification: Verification
    row: WeekRow
    result: Result | None = None


@dataclass(frozen=True)
class Roll(Returned):
    """Weeks planned one after the other.

    Parameters
    ----------
    weeks
        The weeks that have a schedule, without a break from the first.
    asked
        How many were asked for.
    following
        The problem of the week after the last, without requests that follow from bands.
    stopped
        Why there are fewer weeks than were asked for; empty when there are not.
    """

    _derived: ClassVar[tuple[str, ...]] = ("complete",)
    _in_files: ClassVar[tuple[str, ...]] = ("following",)

    weeks: tuple[PlannedWeek, ...]
    asked: int
    following: Problem
    stopped: str = ""

    @property
    def complete(self) -> bool:
        """Whether every week that was asked for has a schedule that the verifier accepts."""
        return len(self.weeks) == self.asked

    @property
    def summary(self) -> Summary:
        """The weeks' figures, and those of all together."""
        return Summary(tuple(week.row for week in self.weeks), self.asked, self.stopped)


def roll(
    problem: Problem,
    weeks: int,
    *,
    time_limit: float | None = TIME_LIMIT,
    seed: int = 0,
    workers: int = 8,
    deterministic_limit: float | None = None,
    solver: str = "auto",
    change: Callable[[Problem, int], Problem] | None = None,
    on_week: Callable[[PlannedWeek], None] | None = None,
    on_progress: Callable[[int, Progress], None] | None = None,
    kept: Callable[[int, Problem], Kept | None] | None = None,
    stop: threading.Event | None = None,
) -> Roll:
    """Plan weeks one after the other, each verified against the history that the one before it made.

    Every week is: the caller's changes, the requests that follow from acuity bands, the solve with its
    verification, and `next_week`. A week without a schedule ends it, and so does a week whose problem has
    faults (a supervisor on leave, say), except for the first.

    Parameters
    ----------
    problem
        The first week.
    weeks
        How many, at least 1.
    time_limit, seed, workers, deterministic_limit, solver
        Of each week's solve, as for `safeschedule.solve`; the time limit in seconds a week.
    change
        Called before each week with its problem (without requests that follow from bands) and number, and
        returns it with what has changed since: arrivals, leave, other requests, confirmed bands.
    on_week
        Called with each week when it is planned.
    on_progress
        Called with the week's number and where its solve stands.
    kept
        Called with each week's number and problem; a week that it returns is taken over, not planned.
    stop
        When set, it ends soon with the weeks that are done. The week that is under way is left: it had
        not its time, and planned again it is better.

    Raises
    ------
    ArgumentError
        An argument makes no sense, such as less than one week.
    InputError
        The first week's problem has faults.

    Examples
    --------
    >>> from safeschedule import roll
    >>> weeks = roll(problem, 1, deterministic_limit=0.3, workers=1)
    >>> weeks.complete, weeks.summary.weeks[0].placed
    (True, 6)
    """
    Arguments("roll").problem(problem).whole("weeks", weeks, 1, 5200).search(
        time_limit, deterministic_limit, seed, on_progress, stop
    ).whole("workers", workers, 1, MOST_WORKERS).text("solver", solver).done()
    stop = stop or threading.Event()
    limits = {"time_limit": time_limit, "deterministic_limit": deterministic_limit}
    options = {**limits, "seed": seed, "workers": workers, "solver": solver, "stop": stop}
    course = _Course(problem, change, kept, options, on_progress)
    done: list[PlannedWeek] = []
    while len(done) < weeks and not stop.is_set():
        week = course.week(len(done) + 1)
        if week is None:
            break
        done.append(week)
        if on_week is not None:
            on_week(week)
    stopped = course.trouble
    if not stopped and len(done) < weeks:
        stopped = f"Stopped after {len(done)} of {weeks} weeks."
    return Roll(tuple(done), weeks, course.problem, stopped)


class _Course:
    """Where a roll stands: the problem of the next week to plan, and what waits or comes again."""

    def __init__(
        self,
        problem: Problem,
        change: Callable[[Problem, int], Problem] | None,
        kept: Callable[[int, Problem], Kept | None] | None,
        options: dict[str, Any],
        on_progress: Callable[[int, Progress], None] | None,
    ) -> None:
        self.problem, self.agenda = problem, Agenda.of(problem)
        self.change, self.kept, self.options, self.on_progress = change, kept, options, on_progress
        self.ages: dict[str, int] = {}
        self.trouble = ""

    def week(self, number: int) -> PlannedWeek | None:
        """Return the next week, planned or taken over, and move on; ``None`` when it cannot be."""
        try:
            full = self._prepared(number)
            have = self.kept(number, full) if self.kept else None
            result = None if have else self._solve(number, full)
        except (DisagreementError, InputError) as error:
            # Bad input to begin with is the caller's; later, the weeks before are worth having.
            if number == 1:
                raise
            self._stopped(number, str(error))
            return None
        if result is not None:
            have = None if result.interrupted else Kept.of(result)
        if have is None:
            return None
        ages = {r.id: self.ages.get(r.id, 0) for r in full.requests} | self.agenda.ages()
        self._move_on(full, have.schedule, ages)
        row = week_row(number, full, self.problem, have, ages)
        return PlannedWeek(number, full, have.schedule, have.verification, row, result)

    def _prepared(self, number: int) -> Problem:
        if self.change is not None:
            self.problem = self.change(self.problem, number)
        self.agenda = self.agenda.taking(self.problem)
        require_sound(self.problem)
        unmet = (code for code, age in self.agenda.ages().items() if age >= UNMET_WEEKS)
        return with_requests_from_bands(self.problem, tuple(unmet))

    def _solve(self, number: int, problem: Problem) -> Result:
        hear = self.on_progress
        listen = None if hear is None else lambda progress: hear(number, progress)
        result = solve(problem, on_progress=listen, **self.options)
        if result.schedule is None and not result.interrupted:
            self._stopped(number, " ".join(result.explanation) or f"It is {result.status}.")
        return result

    def _stopped(self, number: int, why: str) -> None:
        self.trouble = f"Week {number} ({self.problem.week_start}) has no schedule. {why}"

    def _move_on(self, problem: Problem, schedule: Schedule, ages: dict[str, int]) -> None:
        met = served(problem, schedule)
        self.ages = {r.id: ages[r.id] + 1 for r in problem.requests if met[r.id] < r.count}
        self.agenda = self.agenda.after(problem, schedule)
        self.problem = next_week(problem, schedule, self.agenda)
