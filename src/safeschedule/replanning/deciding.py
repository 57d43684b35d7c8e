"""Planning a part of the week again: some rows free, one goal after the other, the rest kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.encode import encode
from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.problem.fixed import BROUGHT
from safeschedule.replanning.goals import Goal, Goals
from safeschedule.replanning.reached import Reached
from safeschedule.replanning.situation import Situation, Table, of_item
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, solver_for
from safeschedule.solving.neighbourhood import part_of

_WIDEST = 2**60
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
        rows = table.rows.take(self._part.numbers)
        self._build = encode(where.index, rows, fixed=self._part.fixed, people=self._part.people)
        goals = Goals(where, table, self._part, self._build)
        self._levels = goals.all()
        if most is not None:
            (disturbed,) = [g for level in self._levels for g in level if g.name == "people disturbed"]
            self._build.model.add(disturbed.expression() <= most)
        hint = _as_before(table, last)[self._part.numbers].astype(np.int64)
        _hint(self._build.model, [v.index for v in self._build.row_vars], hint.tolist())
        self._search = _Search(self._build.model, budget, seed)

    def begin(self) -> Decision:
        """Pursue the foremost goals, in half of the time that is left."""
        while self._levels and len(self._search.reached) < FOREMOST:
            self._search.pursue(self._levels.pop(0), share=0.5)
            if self._search.solution is None:
                return Decision(self.table, None, (), self._search.infeasible)
        return self._decision()

    def finish(self) -> Decision:
        """Pursue the other goals."""
        while self._levels:
            self._search.pursue(self._levels.pop(0), share=0.7)
        return self._decision()

    def _decision(self) -> Decision:
        solution = self._search.solution
        assert solution is not None
        chosen = self.table.kept.copy()
        chosen[self._part.numbers] = [solution[v.index] > 0 for v in self._build.row_vars]
        return Decision(self.table, chosen, tuple(self._search.reached))


def _as_before(table: Table, last: Decision | None) -> Bools:
    """Return which rows an earlier stage had chosen, or else the schedule."""
    if last is None or last.chosen is None:
        return table.chosen
    had = set(last.table.rows.take(last.chosen).records())
    return np.array([record in had for record in table.rows.records()], dtype=bool)


class _Search:
    def __init__(self, model: cp_model.CpModel, budget: Budget, seed: int) -> None:
        self.model, self.budget, self.seed = model, budget, seed
        self.reached: list[Reached] = []
        self.solution: list[int] | None = None
        self.infeasible = False

    def pursue(self, level: Sequence[Goal], share: float = 1.0) -> None:
        """Make the goals of a level small, the first foremost, and hold them there.

        `share` is the part of the time left that it may take.
        """
        if self.solution is not None and (self.budget.over or not any(goal.terms for goal in level)):
            self._take(level, proven=not self.budget.over)
            return
        weights = _weights(level)
        if weights is None:
            # Too wide for one sum: one after the other, which takes longer.
            for goal in level:
                self.pursue([goal], share)
            return
        terms = [(w * f, v) for w, goal in zip(weights, level, strict=True) for f, v in goal.terms]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms]))
        solver = solver_for(self.budget, share * self.budget.left, self.seed, 1)
        status = run(solver, self.model, self.budget)
        if status == cp_model.MODEL_INVALID:
            raise ValueError(f"the solver refuses the model: {self.model.validate()}")
        if status in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            self.solution = list(solver.response_proto.solution)
            _hint(self.model, range(len(self.solution)), self.solution)
        self.infeasible = status == cp_model.INFEASIBLE
        if self.solution is not None:
            self._take(level, proven=status == cp_model.OPTIMAL)

    def _take(self, level: Sequence[Goal], *, proven: bool) -> None:
        assert self.solution is not None
        for goal in level:
            value = sum(factor * self.solution[variable.index] for factor, variable in goal.terms)
            self.reached.append(Reached(goal.name, goal.constant + value, proven))
            if goal.terms:
                self.model.add(goal.expression() <= value)


def _weights(level: Sequence[Goal]) -> list[int] | None:
    """Return weights with which one unit of a goal outweighs all goals after it; ``None``: too large."""
    weights, reach = [], 0
    for goal in reversed(level):
        weights.append(reach + 1)
        reach += (reach + 1) * goal.reach
    return weights[::-1] if reach < _WIDEST or len(level) == 1 else None


def _hint(model: cp_model.CpModel, numbers: Sequence[int], values: Sequence[int]) -> None:
    model.proto.clear_solution_hint()
    model.proto.solution_hint.vars.extend(numbers)
    model.proto.solution_hint.values.extend(values)


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
