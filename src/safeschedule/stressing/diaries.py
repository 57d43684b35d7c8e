"""The team's diaries as rows, with urgent cases on offer: what is fixed, what may move, who can take what."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.errors import DisagreementError, Fault, InputError
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.represent import represent
from safeschedule.model.rows import Role, Rows, join_rows
from safeschedule.problem import BlockKind, Problem, Setting
from safeschedule.problem.fixed import BUFFERS, YIELDING
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import part_of
from safeschedule.solving.objective import Objective
from safeschedule.solving.subproblem import SMALL, Subproblem
from safeschedule.stressing.urgent import Arrival, Urgent, with_cases

EFFORT = 20.0
"""Deterministic limit of one question; nearly all need a hundredth of it."""

_TOGETHER = frozenset(("urgent_slots", "urgent_rooms", "access", "urgent_access"))
_ALONE = _TOGETHER | {"room_capacity"}


@dataclass(frozen=True)
class UrgentCapacity:
    """The most urgent cases that some clinicians can take.

    Parameters
    ----------
    least, most
        What was found, and what was proven not to be exceeded.
    cases
        Row numbers of the cases' sessions.
    out, into
        Row numbers of the blocks that make way, and of those that are there instead.
    """

    least: int
    most: int
    cases: Ints
    out: Ints
    into: Ints


_NOBODY: Ints = np.zeros(0, dtype=np.int64)


class Diaries:
    """A week's diaries with urgent cases on offer in each half-day.

    Parameters
    ----------
    problem, schedule
        The week, and what was planned; it keeps the rules.
    urgent
        What each case needs.
    halves
        The half-days in which cases may come.
    count
        How many cases may come in each.
    seed
        Of the solver.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        urgent: Urgent,
        halves: Sequence[Arrival],
        count: int,
        seed: int,
    ) -> None:
        self.count, self.seed = count, seed
        self.problem = with_cases(problem, urgent, [(arrival, count) for arrival in halves])
        self.schedule = schedule
        self.index = Index(self.problem)
        self._own = len(problem.requests)
        self._minutes = urgent.kind.minutes
        self._halves = [arrival.half for arrival in halves]
        self._make_rows()

    def _make_rows(self) -> None:
        index = self.index
        offered = suiting(index)
        offered[: self._own] = False
        rows = candidates(index, offered)
        own = (rows.role == Role.SOLO) & rows.of_block(*YIELDING)
        given = tuple(b for b in self.schedule.blocks if b.kind in BUFFERS)
        try:
            adopted = adopt(index, self.schedule, rows.take(rows.is_session | own))
            # Whether rules ask for them or not, preparation and recovery stay where they are.
            beside = represent(index, self.schedule.model_copy(update={"appointments": (), "blocks": given}))
        except ValueError as error:
            expected = "a schedule as `safeschedule solve` writes them"
            raise InputError("schedule", [Fault("not_planned", "schedule", str(error), expected)]) from error
        self.rows: Rows = join_rows([adopted.rows, beside])
        self.chosen: Bools = np.append(adopted.chosen, np.ones(len(beside), dtype=bool))
        self._number = np.where(self.rows.is_session, self.rows.request - self._own, -1)
        self._is_case = self._number >= 0
        slots = self.rows.of_block(BlockKind.URGENT_SLOT) & self.chosen
        self._movable = (self.rows.role == Role.SOLO) & (self.rows.of_block(*YIELDING) | slots)

    def cases(self, arrival: Arrival, count: int) -> Bools:
        """Return the rows of the first `count` cases of a half-day."""
        first = self._halves.index(arrival.half) * self.count
        found: Bools = self._is_case & (self._number >= first) & (self._number < first + count)
        return found

    def movable(self, arrival: Arrival) -> Bools:
        """Return the rows of blocks that may move when cases come: on that date, and not begun before."""
        found: Bools = self._movable & (self.rows.day == arrival.half // 2)
        found &= self.rows.start >= arrival.begin
        return found

    def at_work(self, arrival: Arrival) -> list[int]:
        """Return the clinicians with working time free of leave from the cases' coming until their limit."""
        return [
            number
            for number, spans in enumerate(self.index.free)
            if any(start < arrival.until and arrival.begin < end for start, end in spans)
        ]

    def planned(self, arrival: Arrival) -> bool:
        """Return whether anybody has a working period then, on leave or not."""
        return any(
            period.start < arrival.until and arrival.begin < period.end
            for periods in self.index.periods
            for period in periods
        )

    def without(self, arrival: Arrival, absent: Sequence[int]) -> Bools:
        """Return the chosen rows less those sessions of absent clinicians that nobody else gives.

        Their rooms are free then. All else stays in the diaries: what a colleague's absence makes fall out
        is not taken for time that could be given away.
        """
        rows, found = self.rows, self.chosen.copy()
        away = self.chosen & (rows.day == arrival.half // 2) & np.isin(rows.clinician, list(absent))
        found[away & rows.is_session] = False
        lead = away & (rows.role == Role.LEAD)
        beside = self.chosen & (rows.role == Role.CO)
        for number in np.flatnonzero(lead).tolist():
            who, start = int(rows.clinician[number]), int(rows.start[number])
            if not (beside & (rows.partner == who) & (rows.start == start)).any():
                seats = (rows.role == Role.SEAT) & (rows.clinician == who) & (rows.start == start)
                found[number] = False
                found[self.chosen & seats] = False
        return found

    def alone(
        self,
        arrival: Arrival,
        clinician: int,
        count: int,
        budget: Budget,
        *,
        without: frozenset[str] = frozenset(),
    ) -> UrgentCapacity:
        """Return how many of `count` cases a clinician can take in a half-day, rooms left aside.

        `without` names rules that are left aside, too.
        """
        count = min(count, self._at_once(arrival, clinician))
        return self._most(arrival, [clinician], count, self.chosen, _ALONE | without, budget, gentle=False)

    def _at_once(self, arrival: Arrival, clinician: int) -> int:
        """Return how many cases one clinician's working time can hold: more offered are only more alike."""
        high = arrival.until + self._minutes
        spans = [(max(a, arrival.begin), min(b, high)) for a, b in self.index.free[clinician]]
        return sum(max(0, end - start) for start, end in spans) // self._minutes

    def together(
        self,
        arrival: Arrival,
        people: Sequence[int],
        absent: Sequence[int],
        budget: Budget,
        *,
        gentle: bool = False,
        effort: float = EFFORT,
    ) -> UrgentCapacity:
        """Return how many cases some clinicians can take with others absent; gentle: moving little else."""
        chosen = self.without(arrival, absent)
        return self._most(
            arrival, people, self.count, chosen, _TOGETHER, budget, gentle=gentle, effort=effort
        )

    def _most(
        self,
        arrival: Arrival,
        people: Sequence[int],
        count: int,
        chosen: Bools,
        left_out: frozenset[str],
        budget: Budget,
        *,
        gentle: bool,
        effort: float = EFFORT,
    ) -> UrgentCapacity:
        mine = np.isin(self.rows.clinician, list(people))
        cases = self.cases(arrival, count) & mine
        if not cases.any():
            return UrgentCapacity(0, 0, _NOBODY, _NOBODY, _NOBODY)
        free = (self.movable(arrival) & mine) | cases
        part = part_of(self.index, self.rows, chosen, free, people)
        made = Subproblem.of(self.index, self.rows, part, _hard(self.index.settings, left_out))
        asked, held = cases[part.numbers], chosen[part.numbers]
        made.aim(_goals(made, asked, held, part.fixed, gentle=gentle))
        # One clinician's question is answered before anybody could stop it.
        budget = Budget(None, None, threading.Event()) if len(people) == 1 else budget
        answer = made.solve(budget=budget, limit=effort, seed=self.seed, engine=SMALL)
        if answer.infeasible:
            who = ", ".join(self.index.clinicians[c].id for c in people)
            raise DisagreementError(["verifier: keeps every hard rule", f"model: the week of {who} does not"])
        if answer.chosen is None:
            return UrgentCapacity(0, count, _NOBODY, _NOBODY, _NOBODY)
        found = answer.chosen
        least = int((found & asked).sum())
        most = least if answer.optimal else count if gentle else min(count, int(answer.bound + 1e-6))
        return UrgentCapacity(
            least,
            most,
            part.numbers[found & asked],
            part.numbers[held & ~found],
            part.numbers[found & ~held & ~asked],
        )


def _goals(made: Subproblem, asked: Bools, held: Bools, fixed: Bools, *, gentle: bool) -> list[Objective]:
    """Return the most cases; gentle: then the most blocks where they are, and few that are new."""
    variables = made.build.row_index
    wanted = [(1, number) for number in variables[asked].tolist()]
    stay = [(2, number) for number in variables[held & ~fixed].tolist()]
    new = [(-1, number) for number in variables[~held & ~asked].tolist()]
    return [wanted, stay + new] if gentle else [wanted]


def _hard(settings: dict[str, Setting], left_out: frozenset[str]) -> dict[str, Setting]:
    return {name: s for name, s in settings.items() if s.hard and name not in left_out}
