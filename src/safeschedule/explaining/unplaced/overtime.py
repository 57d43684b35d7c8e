"""The least overtime with which a request fits and nobody gives way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from safeschedule.catalogue import Trait
from safeschedule.explaining.undecided import UndecidedError
from safeschedule.explaining.unplaced.answers import Overtime, WayIn
from safeschedule.explaining.unplaced.comparing import way_in
from safeschedule.explaining.unplaced.forcing import Forcing
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.rules_apart import RulesApart
from safeschedule.model.spans import DAYS
from safeschedule.problem import Clinician, Problem, WorkingPeriod
from safeschedule.problem.clock import DAY
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.verifier import examine
from safeschedule.workspace.openings import Near, near

MOST = 120
"""The most minutes that are looked at."""

Dates = Sequence[tuple[int, bool]]
"""Dates of the week by number, and whether the time is before the working periods of the date."""


class OvertimeSearch:
    """Looks for the fewest extra minutes of one clinician on one date.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the search.
    """

    def __init__(self, week: Ground, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self.passed_over = False
        """Whether longer hours that make room gave no way that could be told."""

    def search(self, request: int, people: Sequence[int]) -> tuple[WayIn | None, bool]:
        """Return the way in by the least overtime of one of these clinicians, and whether all was looked at.

        Raises
        ------
        DisagreementError
            The verifier refuses what the model accepts.
        """
        grid = self._week.index.grid
        every = [(day, before) for day in range(DAYS) for before in (False, True)]
        least: dict[int, int] = {}
        for clinician in people:
            try:
                least[clinician] = self._least(request, clinician, grid, every)
            except UndecidedError:
                least[clinician] = grid
        for minutes in range(grid, MOST + 1, grid):
            for clinician in (c for c in people if least[c] <= minutes):
                for date in every:
                    if self._budget.over:
                        return None, False
                    way = self._tried(request, clinician, minutes, date)
                    if way is not None:
                        return way, True
        return None, not self._budget.over

    def _tried(self, request: int, clinician: int, minutes: int, date: tuple[int, bool]) -> WayIn | None:
        """Return the way by these minutes, and take note where there might be one and none is told."""
        try:
            found = self._fits(request, clinician, minutes, [date])
            if found is None:
                return None
            way = self._way(request, clinician, minutes, date, *found)
        except UndecidedError:
            way = None
        self.passed_over |= way is None
        return way

    def _least(self, request: int, clinician: int, grid: int, every: Dates) -> int:
        """Return minutes below which no date can be enough, because all at once are not."""
        low, high = 1, MOST // grid
        eased = self._week.problem.rulebook.rules_with(Trait.EASED_BY_HOURS)
        if self._fits(request, clinician, high * grid, every, rules=eased) is None:
            return MOST + 1
        while low < high:
            middle = (low + high) // 2
            if self._fits(request, clinician, middle * grid, every, rules=eased) is None:
                low = middle + 1
            else:
                high = middle
        return low * grid

    def _fits(
        self, request: int, clinician: int, minutes: int, dates: Dates, rules: Sequence[str] = ()
    ) -> tuple[Ground, Near] | None:
        """Return the week with longer hours in which the request fits, or ``None``.

        All hard rules are asked, or only `rules`.

        Raises
        ------
        UndecidedError
            The time is over, or it was stopped.
        """
        if self._budget.over:
            raise UndecidedError
        problem = longer(self._week.problem, clinician, minutes, dates)
        return None if problem is None else self._in(problem, request, clinician, rules)

    def _in(
        self, problem: Problem, request: int, clinician: int, rules: Sequence[str] = ()
    ) -> tuple[Ground, Near] | None:
        week = Ground(problem, self._week.schedule, trusted=self._week.verification)
        around = near(week, request, (clinician,))
        if not around.openings.any():
            return None
        apart = RulesApart(
            week.index, around.adopted.rows, around.part, [around.openings], around.staying, self._budget
        )
        asked = [name for name in apart.rules if name in rules] if rules else apart.rules
        return None if apart.fits(0, asked) is None else (week, around)

    def _way(
        self,
        request: int,
        clinician: int,
        minutes: int,
        date: tuple[int, bool],
        week: Ground,
        around: Near,
    ) -> WayIn | None:
        """Return the way by these longer hours; ``None`` when there is none that is what it says.

        Raises
        ------
        UndecidedError
            The time is over, or it was stopped.
        """
        if self._by_contract(request, clinician, minutes):
            return None
        forcing = Forcing(week, self._budget)
        forced = forcing.solve(around.adopted, around.part, around.openings, limit=self._budget.left)
        if forced.chosen is None:
            if self._budget.over:
                raise UndecidedError
            # The week as it is breaks a rule under the longer hours, say.
            return None
        day, before = date
        overtime = Overtime(
            week.index.clinicians[clinician].id,
            self._week.problem.week_start + timedelta(days=day),
            minutes,
            before,
        )
        way = way_in(
            self._week,
            week.index.requests[request].id,
            week.written(around.adopted.rows, forced.chosen),
            "everything else stays, but for blocks that single clinicians hold, and somebody works longer",
            proven=forced.proven,
            overtime=overtime,
            problem=week.problem,
        )
        return way if way is not None and self._honest(way.schedule, overtime) else None

    def _by_contract(self, request: int, clinician: int, minutes: int) -> bool:
        """Return whether it is only the contract that has to hold more, on no date in particular."""
        problem = self._week.problem
        contracted = problem.clinicians[clinician].contracted_minutes
        if contracted is None:
            return False
        more = {"contracted_minutes": contracted + minutes}
        people = [
            c.model_copy(update=more) if n == clinician else c for n, c in enumerate(problem.clinicians)
        ]
        grown = problem.model_copy(update={"clinicians": tuple(people)})
        return self._in(grown, request, clinician) is not None

    def _honest(self, schedule: Schedule, overtime: Overtime) -> bool:
        """Return whether somebody works in the added time, and nothing else but that is against a rule.

        Longer hours also move what is measured from their ends, which is nothing that makes a week safer.
        """
        hard = [f for f in examine(self._week.problem, schedule).findings if f.hard]
        mine = [f for f in hard if f.rule == "working_hours" and f.who == (overtime.clinician,)]
        return len(mine) == len(hard) and any(
            f.when is not None and f.when.date() == overtime.day for f in mine
        )


def longer(problem: Problem, clinician: int, minutes: int, dates: Dates) -> Problem | None:
    """Return the problem with longer hours of a clinician on dates of the week; ``None``: on none of them.

    The first working period of a date begins earlier, or the last one ends later. What the contract holds
    in minutes grows as much.
    """
    person = problem.clinicians[clinician]
    first = problem.week_start.weekday()
    working = list(person.working)
    for day, before in dates:
        _stretch(working, (first + day) % DAYS, minutes, before=before)
    if tuple(working) == person.working:
        return None
    contracted = person.contracted_minutes
    changed: Clinician = person.model_copy(
        update={
            "working": tuple(working),
            "contracted_minutes": None if contracted is None else contracted + minutes,
        }
    )
    people = [changed if n == clinician else c for n, c in enumerate(problem.clinicians)]
    return problem.model_copy(update={"clinicians": tuple(people)})


def _stretch(working: list[WorkingPeriod], weekday: int, minutes: int, *, before: bool) -> None:
    mine = [n for n, period in enumerate(working) if period.day.number == weekday]
    if not mine:
        return
    if before:
        number = min(mine, key=lambda n: working[n].start)
        if working[number].start >= minutes:
            start = working[number].start - minutes
            working[number] = working[number].model_copy(update={"start": start})
    else:
        number = max(mine, key=lambda n: working[n].end)
        if working[number].end + minutes <= DAY:
            working[number] = working[number].model_copy(update={"end": working[number].end + minutes})
