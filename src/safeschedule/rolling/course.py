"""One week after the other of a roll: each is prepared, planned or taken over, and left behind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from safeschedule.caseload import with_requests_from_bands
from safeschedule.errors import DisagreementError, InputError
from safeschedule.pipeline import solve
from safeschedule.problem import Problem, require_sound
from safeschedule.result import Result
from safeschedule.returned import Returned
from safeschedule.rolling.agenda import Agenda
from safeschedule.rolling.caseload_course import CaseloadCourse
from safeschedule.rolling.caseload_week import CaseloadWeek
from safeschedule.rolling.figures import WeekRow
from safeschedule.rolling.following import next_week
from safeschedule.rolling.intakes import Allocated, restricted_taker
from safeschedule.rolling.kept import Kept
from safeschedule.rolling.summary import week_row
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.progress import Progress
from safeschedule.verifier import Verification, verify


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
    caseload
        Who was taken, who waits, what was decided; ``None``: the roll goes by nothing beside the first week.
    asked
        What was planned, before anybody was routed into it afterwards; ``None``: nobody was.
    """

    _in_files: ClassVar[tuple[str, ...]] = (
        "problem",
        "schedule",
        "verification",
        "result",
        "caseload",
        "asked",
    )

    number: int
    problem: Problem
    schedule: Schedule
    verification: Verification
    row: WeekRow
    result: Result | None = None
    caseload: CaseloadWeek | None = None
    asked: Problem | None = None


class Course:
    """Where a roll stands: the problem of the next week to plan, and what waits or comes again."""

    def __init__(
        self,
        problem: Problem,
        caseload: CaseloadCourse | None,
        change: Callable[[Problem, int], Problem] | None,
        kept: Callable[[int, Problem], Kept | None] | None,
        options: dict[str, Any],
        on_progress: Callable[[int, Progress], None] | None,
    ) -> None:
        self.problem, self.agenda, self.caseload = problem, Agenda.of(problem), caseload
        self.change, self.kept, self.options, self.on_progress = change, kept, options, on_progress
        self.ages: dict[str, int] = {}
        self.trouble = ""

    def week(self, number: int) -> PlannedWeek | None:
        """Return the next week, planned or taken over, and move on; ``None`` when it cannot be."""
        try:
            full = self._prepared(number)
            week = Allocated(full, full, None) if self.caseload is None else self.caseload.allocate(full)
            have, result = self._taken_over(number, week), None
            if have is None:
                result = self._solve(number, week.asked)
                have = None if result.interrupted else self._planned(week, result)
        except (DisagreementError, InputError) as error:
            # Bad input to begin with is the caller's; later, the weeks before are worth having.
            if number == 1:
                raise
            self._stopped(number, str(error))
            return None
        if have is None:
            return None
        problem = week.asked if have.problem is None else have.problem
        ages = {r.id: self.ages.get(r.id, 0) for r in full.requests} | self.agenda.ages()
        self._move_on(week, problem, have.schedule, ages)
        beside = None
        if self.caseload is not None:
            beside = self.caseload.end(number, week, problem, have.schedule, self.problem)
        row = week_row(number, problem, self.problem, have, ages, None if beside is None else beside.row)
        asked = None if have.problem is None else week.asked
        return PlannedWeek(number, problem, have.schedule, have.verification, row, result, beside, asked)

    def _prepared(self, number: int) -> Problem:
        if self.change is not None:
            self.problem = self.change(self.problem, number)
        if self.caseload is not None:
            self.problem = self.caseload.begin(self.problem)
        self.agenda = self.agenda.taking(self.problem)
        require_sound(self.problem)
        return with_requests_from_bands(self.problem, self.agenda.unmet())

    def _taken_over(self, number: int, week: Allocated) -> Kept | None:
        """Return a week that is there; none that sends a client to somebody whose intakes are closed."""
        have = self.kept(number, week.asked) if self.kept else None
        if have is None or self.caseload is None or week.allocation is None:
            return have
        problem = week.asked if have.problem is None else have.problem
        view = self.caseload.view(problem.week_start)
        return None if restricted_taker(problem, have.schedule, view) else have

    def _solve(self, number: int, problem: Problem) -> Result:
        hear = self.on_progress
        listen = None if hear is None else lambda progress: hear(number, progress)
        overrides = () if self.caseload is None else self.caseload.overrides(problem.week_start)
        result = solve(problem, on_progress=listen, overrides=overrides, **self.options)
        if result.schedule is None and not result.interrupted:
            self._stopped(number, " ".join(result.explanation) or f"It is {result.status}.")
        return result

    def _planned(self, week: Allocated, result: Result) -> Kept | None:
        """Return a week as it was planned, with whoever was routed into it."""
        have = Kept.of(result)
        if have is None or self.caseload is None:
            return have
        routed = self.caseload.route(week, have.schedule, self.options["stop"])
        if self.options["stop"].is_set():
            return None  # not everybody had a turn: planned again, the week is another
        if not routed.clients:
            return have
        account = verify(routed.problem, routed.schedule)
        if not account.compliant:
            broken = [finding for finding in account.findings if finding.hard]
            raise DisagreementError([f"verifier: [{each.rule}] {each.sentence}" for each in broken])
        return replace(have, schedule=routed.schedule, verification=account, problem=routed.problem)

    def _stopped(self, number: int, why: str) -> None:
        self.trouble = f"Week {number} ({self.problem.week_start}) has no schedule. {why}"

    def _move_on(self, week: Allocated, problem: Problem, schedule: Schedule, ages: dict[str, int]) -> None:
        met = served(problem, schedule)
        self.ages = {r.id: ages[r.id] + 1 for r in week.full.requests if met[r.id] < r.count}
        there = {request.id for request in week.full.requests}
        new = tuple(request for request in problem.requests if request.id not in there)
        if new:
            # Who came in the week asks in it for the first time.
            known = self.problem.by_code.clients
            clients = tuple(client for client in problem.clients if client.id not in known)
            self.agenda = self.agenda.taking(
                self.problem.model_copy(
                    update={
                        "clients": (*self.problem.clients, *clients),
                        "requests": (*self.problem.requests, *new),
                    }
                )
            )
        self.agenda = self.agenda.after(problem, schedule)
        self.problem = next_week(problem, schedule, self.agenda)
