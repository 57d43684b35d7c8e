"""Planning a part of the week again: some rows free, one goal after the other, the rest kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.problem.fixed import BROUGHT
from safeschedule.replanning.goals import Goal, Goals
from safeschedule.replanning.reached import Reached
from safeschedule.replanning.situation import Situation, Table, of_item
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import part_of
from safeschedule.solving.subproblem import PLAIN, PROVING, Answer, Engine, Subproblem, value_of

FOREMOST = 4
"""How many goals decide whether a stage is enough."""
_SOON, _FIRST = replace(PLAIN, first=True), 0.4
"""How the first plan is found where sessions of others change, and its share of the time left.

A team of four whose leader is ill has one after 0.01 of the solver's deterministic units, and after 0.4 to
1.2 by what proves best. That one does not begin at it: in as much time it finds less from there.
"""


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
    droppers
        Those among them whose other single sessions may be given up, and not moved. That is a small model: it
        has a schedule soon where no plan without moves has one, and moves begin with it.
    """

    people: tuple[int, ...]
    movers: tuple[int, ...] = ()
    joint: bool = False
    guests: tuple[int, ...] = ()
    droppers: tuple[int, ...] = ()

    @property
    def felt(self) -> bool:
        """Whether sessions may change that the changes have not touched."""
        return bool(self.movers or self.droppers)


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
        self.table, self.scope = table, scope
        free = free_rows(where, table, scope)
        self._part = part_of(where.index, table.rows, table.kept, free, sorted(scope.people))
        made = Subproblem.of(where.index, table.rows, self._part)
        self._levels = Goals(where, table, self._part, made.build).all()
        if most is not None:
            (disturbed,) = [g for level in self._levels for g in level if g.name == "people disturbed"]
            made.hold(disturbed.objective, -most)
        made.start(_as_before(table, last)[self._part.numbers])
        self._search = _Search(made, budget, seed, hurried=scope.felt and last is None)

    def begin(self, share: float) -> Decision:
        """Pursue the foremost goals, in a share of the time that is left."""
        while self._levels and len(self._search.reached) < FOREMOST:
            self._search.pursue(self._levels.pop(0), share)
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
    def __init__(self, made: Subproblem, budget: Budget, seed: int, *, hurried: bool) -> None:
        self._made, self._budget, self._seed, self._hurried = made, budget, seed, hurried
        self.reached: list[Reached] = []
        self.answer: Answer | None = None
        self.infeasible = False
        self._optimal = False

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
        if self.answer is None and self._hurried:
            self._solve(_FIRST, _SOON)
        if not self.infeasible:
            self._solve(share, PROVING)
        if self.answer is not None:
            self._made.go_on(self.answer)
            self._take(level, self.answer, proven=self._optimal)

    def _solve(self, share: float, engine: Engine) -> None:
        limit = share * self._budget.left
        found = self._made.solve(budget=self._budget, limit=limit, seed=self._seed, engine=engine)
        if found.chosen is not None and (self.answer is None or found.values >= self._now(self.answer)):
            self.answer = found
        self.infeasible, self._optimal = found.infeasible, found.optimal

    def _now(self, answer: Answer) -> tuple[int, ...]:
        assert answer.assignment is not None
        return self._made.values_of(answer.assignment)

    def _take(self, level: Sequence[Goal], answer: Answer, *, proven: bool) -> None:
        assert answer.assignment is not None
        for goal in level:
            value = value_of(goal.objective, answer.assignment)
            self.reached.append(Reached(goal.name, goal.constant - value, proven))
            if goal.terms:
                self._made.hold(goal.objective, value)


def _given_up(where: Situation, table: Table, scope: Scope) -> Bools:
    """Return by request whether its sessions may be given up."""
    rows, found = table.rows, np.zeros(len(where.index.counts) + 1, dtype=bool)
    theirs = rows.is_visit & table.kept & np.isin(rows.clinician, list(scope.droppers))
    found[rows.request[theirs]] = True
    found[:-1] &= ~where.index.of_groups
    found[list(where.demand)] = False
    return found


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
    moving = rows.is_session & (table.moving[rows.request] | _given_up(where, table, scope)[rows.request])
    solo = rows.is_block & (rows.role == Role.SOLO)
    staying = np.isin(rows.clinician, list(scope.guests))
    solo &= ~staying | (~table.chosen & rows.of_block(*BROUGHT))
    joint = rows.is_block & (rows.role != Role.SOLO)
    asked = np.isin(rows.clinician, list(where.asked)) | (rows.role == Role.HOST)
    asked |= (rows.role == Role.PAIR) & np.isin(rows.partner, list(where.asked))
    joint &= scope.joint | (asked & ~table.chosen)
    free: Bools = ahead & mine & (sessions | moving | solo | joint)
    return free
