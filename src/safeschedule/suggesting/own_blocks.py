"""A clinician's own blocks arranged anew, so that a session fits into a half-day."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import KIND_NUMBER, KINDS, MODES, Role, Rows
from safeschedule.problem import Request
from safeschedule.problem.clock import DAY, moment_at
from safeschedule.problem.fixed import OWN
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part, only_of
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.subproblem import Subproblem
from safeschedule.solving.tiers import ranked_tiers
from safeschedule.suggesting.around import around
from safeschedule.verifier.again import Standing
from safeschedule.verifier.nearby import Given

_LIMIT = 0.5
"""Deterministic time of one arrangement; nearly all take a hundredth of it."""


@dataclass(frozen=True)
class Arranged:
    """A session in its place, and what happens to the clinician's own blocks."""

    appointment: Appointment
    gone: tuple[Block, ...]
    come: tuple[Block, ...]


class OwnBlocks:
    """One clinician's week, in which the blocks of a date may be arranged anew round a session.

    Parameters
    ----------
    request
        Whose session is to be placed.
    without
        What does not count: the appointment that is to be moved.
    """

    def __init__(
        self, standing: Standing, request: Request, clinician: str, without: Collection[Given]
    ) -> None:
        problem, schedule = around(standing, request, clinician, without)
        self._schedule = standing.schedule
        self._standing, self._request = standing, request
        self._index = Index(problem)
        self._person = self._index.clinician_number[clinician]
        self._asked = self._index.request_number[request.id]
        self._rows, self._chosen = self._adopted(schedule)

    def _adopted(self, schedule: Schedule) -> tuple[Rows, Bools]:
        """Return the rows of the clinician's week: the sessions asked for, own blocks, and what is there."""
        index = self._index
        offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
        offered[self._asked, self._person] = True
        rows = candidates(index, offered)
        wanted = (rows.request == self._asked) & (rows.clinician == self._person)
        adopted = adopt(index, schedule, rows.take(wanted | self._own(rows)))
        return adopted.rows, adopted.chosen

    def _own(self, rows: Rows) -> Bools:
        """Return the rows that are the clinician's own blocks of kinds that may move."""
        kinds = rows.of_block(*OWN) & (rows.role == Role.SOLO)
        found: Bools = kinds & only_of(rows, [self._person])
        return found

    def arrange(self, allowed: Sequence[Appointment], stop: threading.Event) -> Arranged | None:
        """Return the best arrangement with the session at one of some places on one date, or ``None``.

        The best by the rulebook's tiers; then the fewest changed blocks; then the earliest.
        """
        index, rows, chosen = self._index, self._rows, self._chosen
        places = {self._place(given) for given in allowed}
        asked = (rows.request == self._asked) & ~chosen
        for n in np.flatnonzero(asked).tolist():
            asked[n] = (int(rows.start[n]), int(rows.mode[n]), int(rows.site[n])) in places
        day = index.shifts[self._person].day(index.minute(allowed[0].start))
        pinned = self._pinned()
        free = self._own(rows) & (index.day_of(rows.clinician, rows.start) == day) & ~pinned
        if not asked.any():
            return None
        numbers = np.flatnonzero(chosen | free | asked)
        part = Part(numbers, (chosen & ~free)[numbers], (self._person,))
        made = Subproblem.of(index, rows, part)
        made.count(asked[numbers], least=1, most=1)
        tiers = [tier_objective(made.build, tier) for tier in ranked_tiers(index.settings)]
        variables = made.build.row_index
        calm = [(1 if chosen[numbers[n]] else -1, int(variables[n])) for n in np.flatnonzero(free[numbers])]
        early = [
            (-int(rows.start[numbers[n]] % DAY) // index.grid, int(variables[n]))
            for n in np.flatnonzero(asked[numbers])
        ]
        made.aim([*tiers, calm, early])
        answer = made.solve(budget=Budget(None, _LIMIT, stop), limit=_LIMIT, seed=0)
        if answer.chosen is None:
            return None
        placed = numbers[answer.chosen & asked[numbers]]
        out = numbers[free[numbers] & chosen[numbers] & ~answer.chosen]
        into = numbers[free[numbers] & ~chosen[numbers] & answer.chosen]
        given = next(a for a in allowed if self._place(a) == self._key(int(placed[0])))
        return Arranged(given, tuple(self._there(out)), tuple(self._block(n) for n in into.tolist()))

    def _pinned(self) -> Bools:
        """Return the rows of pinned blocks."""
        rows = self._rows
        found = np.zeros(len(rows), dtype=bool)
        for pin in self._standing.problem.pinned_blocks:
            same = (rows.kind == KIND_NUMBER[pin.kind]) & (rows.start == self._index.minute(pin.start))
            found |= same & (rows.minutes == pin.minutes)
        return found

    def _place(self, given: Appointment) -> tuple[int, int, int]:
        site = -1 if given.site is None else self._index.site_number[given.site]
        return self._index.minute(given.start), MODES.index(given.mode), site

    def _key(self, number: int) -> tuple[int, int, int]:
        rows = self._rows
        return int(rows.start[number]), int(rows.mode[number]), int(rows.site[number])

    def _block(self, number: int) -> Block:
        rows, index = self._rows, self._index
        return Block(
            kind=KINDS[int(rows.kind[number])],
            clinicians=(index.clinicians[self._person].id,),
            start=moment_at(index.problem.week_start, int(rows.start[number])),
            minutes=int(rows.minutes[number]),
            site=[*index.site_number, None][int(rows.site[number])],
        )

    def _there(self, numbers: np.typing.NDArray[np.int64]) -> list[Block]:
        """Return the schedule's own objects for rows of blocks that it has."""
        wanted = [self._block(number) for number in numbers.tolist()]
        own = self._standing.nearby.of([("clinician", self._index.clinicians[self._person].id)])
        found: list[Block] = []
        for block in wanted:
            found.append(next(g for g in own if isinstance(g, Block) and g == block))
        return found
