"""Planning week after week, each with what the weeks before it left behind."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from safeschedule.arguments import MOST_WORKERS, Arguments
from safeschedule.ledger import Statement
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.rolling.caseload import RollCaseload, look_at, require_fitting
from safeschedule.rolling.caseload_course import CaseloadCourse
from safeschedule.rolling.course import Course, PlannedWeek
from safeschedule.rolling.figures import Summary
from safeschedule.rolling.kept import Kept
from safeschedule.solving.progress import Progress

TIME_LIMIT = 15.0
"""Seconds a week."""


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
    def decisions(self) -> tuple[Statement, ...]:
        """What the weeks would be in a ledger, once people have accepted them; see `CaseloadWeek`."""
        return tuple(said for week in self.weeks if week.caseload for said in week.caseload.decisions)

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
    caseload: RollCaseload | None = None,
    change: Callable[[Problem, int], Problem] | None = None,
    on_week: Callable[[PlannedWeek], None] | None = None,
    on_progress: Callable[[int, Progress], None] | None = None,
    kept: Callable[[int, Problem], Kept | None] | None = None,
    stop: threading.Event | None = None,
) -> Roll:
    """Plan weeks one after the other, each verified against the history that the one before it made.

    Every week is: the caller's changes, the requests that follow from acuity bands, the solve with its
    verification, and `next_week`. With a `caseload` there comes before it what is known of the week and what
    was decided, then those who wait are allocated, and after the solve whoever was left out, or is urgent and
    comes in the week, is routed into it. A week without a schedule ends it, and so does a week whose problem
    has faults (a supervisor on leave, say), except for the first.

    Parameters
    ----------
    problem
        The first week.
    weeks
        How many, at least 1.
    time_limit, seed, workers, deterministic_limit, solver
        Of each week's solve, as for `safeschedule.solve`; the time limit in seconds a week.
    caseload
        The waitlist, the ledger, and what is known of the weeks ahead; ``None``: the weeks know of none.
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
    looked = (
        Arguments("roll")
        .problem(problem)
        .whole("weeks", weeks, 1, 5200)
        .search(time_limit, deterministic_limit, seed, on_progress, stop)
        .whole("workers", workers, 1, MOST_WORKERS)
        .text("solver", solver)
    )
    look_at(looked, caseload)
    looked.done()
    if caseload is not None:
        require_fitting(problem, caseload)
    stop = stop or threading.Event()
    limits = {"time_limit": time_limit, "deterministic_limit": deterministic_limit}
    options = {**limits, "seed": seed, "workers": workers, "solver": solver, "stop": stop}
    beside = None if caseload is None else CaseloadCourse(caseload, problem.week_start)
    course = Course(problem, beside, change, kept, options, on_progress)
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
