"""Planning a part of the week again: some rows free, one goal after the other, the rest kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.problem.fixed import BROUGHT
from safeschedule.replanning.goals import Goal, Goals
from safeschedule.replanning.reached import Reached
from safeschedule.replanning.situation import Situation, Table, of_item
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import part_of
from safeschedule.solving.subproblem import Answer, Subproblem, value_of

FOREMOST = 4
"""How many goals decide whether a stage is enough."""


@dataclass(frozen=True)
class Scope:
    """What a stage lets change.

    Parameters
    ----------
    people
        Numbers of the clinicians whose own blocks may change, and who may be given sessions.
    movers
        Those among them whose other sessions may move.
    joint
        Whether joint blocks may move that the changes have not broken.
    guests
        Those among them whose blocks all stay; more documentation and the like may be added.
    """

    people: tuple[int, ...]
    movers: tuple[int, ...] = ()
    joint: bool = False
    guests: tuple[int, ...] = ()


@dataclass(frozen=True)
class Decision:
    """What a stage found.

    Parameters
    ----------
    table, chosen
        Rows, and which of them are in the new schedule; ``None``: none was found.
    reached
        The goals, in their order.
    infeasible
        Whether it was proven that the stage has no schedule.
    """

    table: Table
    chosen: Bools | None
    reached: tuple[Reached, ...] = ()
    infeasible: bool = False

    @property
    def values(self) -> list[int]:
        """What the goals came to."""
        return [goal.value for goal in self.reached]


class Attempt:
    """A stage under way: first the goals that decide whether it is enough, the rest when it is.

    Parameters
    ----------
    where, table, scope
        What may change, of what.
    most
        The most people to disturb beyond those whom the changes hit.
    last
        What an earlier stage found, to begin with.
    """

    def __init__(
        self,
        where: Situation,
        table: Table,
        scope: Scope,
        most: int | None,
        budget: Budget,
        seed: int,
        last: Decision | None = None,
    ) -> None:
        self.table = table
        free = free_rows(where, table, scope)
        self._part = part_of(where.index, table.rows, table.kept, free, sorted(scope.people))
        made = Subproblem.of(where.index, table.rows, self._part)
        self._levels = Goals(where, table, self._part, made.build).all()
        if most is not None:
            (disturbed,) = [g for level in self._levels for g in level if g.name == "people disturbed"]
            made.hold(disturbed.objective, -most)
        made.start(_as_before(table, last)[self._part.numbers])
        self._search = _Search(made, budget, seed)

    def begin(self) -> Decision:
        """Pursue the foremost goals, in half of the time that is left."""
        while self._levels and len(self._search.reached) < FOREMOST:
            self._search.pursue(self._levels.pop(0), share=0.5)
            if self._search.answer is None:
                return Decision(self.table, None, (), self._search.infeasible)
        return self._decision()

    def finish(self) -> Decision:
        """Pursue the other goals."""
        while self._levels:
            self._search.pursue(self._levels.pop(0), share=0.7)
        return self._decision()

    def _decision(self) -> Decision:
        answer = self._search.answer
        assert answer is not None
        assert answer.chosen is not None
        chosen = self._part.put(self.table.kept, answer.chosen)
        return Decision(self.table, chosen, tuple(self._search.reached))


def _as_before(table: Table, last: Decision | None) -> Bools:
    """Return which rows an earlier stage had chosen, or else the schedule."""
    if last is None or last.chosen is None:
        return table.chosen
    had = set(last.table.rows.take(last.chosen).records())
    return np.array([record in had for record in table.rows.records()], dtype=bool)


class _Search:
    def __init__(self, made: Subproblem, budget: Budget, seed: int) -> None:
        self._made, self._budget, self._seed = made, budget, seed
        self.reached: list[Reached] = []
        self.answer: Answer | None = None
        self.infeasible = False

    def pursue(self, level: Sequence[Goal], share: float = 1.0) -> None:
        """Make the goals of a level small, the first foremost, and hold them there.

        `share` is the part of the time left that it may take.
        """
        if self.answer is not None and (self._budget.over or not any(goal.terms for goal in level)):
            self._take(level, self.answer, proven=not self._budget.over)
            return
        strict = self._made.aim([goal.objective for goal in level], [goal.reach for goal in level])
        if not strict and len(level) > 1:
            # Too wide for one sum: one after the other, which takes longer.
            for goal in level:
                self.pursue([goal], share)
            return
        found = self._made.solve(budget=self._budget, limit=share * self._budget.left, seed=self._seed)
        if found.chosen is not None:
            self.answer = found
            self._made.go_on(found)
        self.infeasible = found.infeasible
        if self.answer is not None:
            self._take(level, self.answer, proven=found.optimal)

    def _take(self, level: Sequence[Goal], answer: Answer, *, proven: bool) -> None:
        assert answer.assignment is not None
        for goal in level:
            value = value_of(goal.objective, answer.assignment)
            self.reached.append(Reached(goal.name, goal.constant - value, proven))
            if goal.terms:
                self._made.hold(goal.objective, value)


def free_rows(where: Situation, table: Table, scope: Scope) -> Bools:
    """Return the rows that may change within a scope."""
    rows, people = table.rows, list(scope.people)
    ahead = (rows.start >= where.freeze) & ~table.gone
    mine = np.isin(rows.clinician, people)
    mine &= ~np.isin(rows.role, [Role.PAIR, Role.CO]) | np.isin(rows.partner, people)
    wanted = np.zeros(len(where.index.counts) + 1, dtype=bool)
    wanted[[item for item, count in where.demand.items() if count]] = True
    sessions = wanted[rows.request] & ~table.chosen
    for item, start, end in where.avoid:
        at_once = (rows.start < end) & (start < rows.end)
        sessions &= ~(of_item(where.index, rows, item) & at_once)
    moving = rows.is_session & table.moving[rows.request]
    solo = rows.is_block & (rows.role == Role.SOLO)
    staying = np.isin(rows.clinician, list(scope.guests))
    solo &= ~staying | (~table.chosen & rows.of_block(*BROUGHT))
    joint = rows.is_block & (rows.role != Role.SOLO)
    asked = np.isin(rows.clinician, list(where.asked)) | (rows.role == Role.HOST)
    asked |= (rows.role == Role.PAIR) & np.isin(rows.partner, list(where.asked))
    joint &= scope.joint | (asked & ~table.chosen)
    free: Bools = ahead & mine & (sessions | moving | solo | joint)
    return free
