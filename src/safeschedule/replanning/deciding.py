"""Planning a part of the week again: some rows free, one goal after the other, the rest kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.encode import encode
from safeschedule.model.index import Bools
from safeschedule.model.rows import Role
from safeschedule.replanning.goals import Goal, Goals
from safeschedule.replanning.situation import Situation, Table
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, solver_for
from safeschedule.solving.neighbourhood import part_of

_WIDEST = 2**60


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
    """

    people: tuple[int, ...]
    movers: tuple[int, ...] = ()
    joint: bool = False


@dataclass(frozen=True)
class Reached:
    """A goal, what it came to, and whether nothing smaller is possible within the stage."""

    name: str
    value: int
    proven: bool


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

    def value(self, name: str) -> int:
        """Return what a goal came to."""
        return next((goal.value for goal in self.reached if goal.name == name), 0)


def decide(
    where: Situation, table: Table, scope: Scope, most: int | None, budget: Budget, seed: int
) -> Decision:
    """Return the best schedule that changes nothing outside a scope.

    Parameters
    ----------
    most
        The most people to disturb beyond those whom the changes hit.
    """
    people = sorted(scope.people)
    free = free_rows(where, table, scope)
    part = part_of(where.index, table.rows, table.kept, free, people)
    build = encode(where.index, table.rows.take(part.numbers), fixed=part.fixed, people=part.people)
    goals = Goals(where, table, part, build)
    ordered = goals.all()
    if most is not None:
        disturbed = next(goal for level in ordered for goal in level if goal.name == "people disturbed")
        build.model.add(disturbed.expression() <= most)
    _hint(build.model, [v.index for v in build.row_vars], goals.was.astype(np.int64).tolist())
    search = _Search(build.model, budget, seed)
    for level in ordered:
        search.pursue(level)
        if search.solution is None:
            return Decision(table, None, (), search.infeasible)
    chosen = table.kept.copy()
    chosen[part.numbers] = [search.solution[v.index] > 0 for v in build.row_vars]
    return Decision(table, chosen, tuple(search.reached))


class _Search:
    def __init__(self, model: cp_model.CpModel, budget: Budget, seed: int) -> None:
        self.model, self.budget, self.seed = model, budget, seed
        self.reached: list[Reached] = []
        self.solution: list[int] | None = None
        self.infeasible = False

    def pursue(self, level: Sequence[Goal]) -> None:
        """Make the goals of a level small, the first foremost, and hold them there."""
        if self.solution is not None and (self.budget.over or not any(goal.terms for goal in level)):
            self._take(level, proven=not self.budget.over)
            return
        weights = _weights(level)
        if weights is None:
            # Too wide for one sum: one after the other, which takes longer.
            for goal in level:
                self.pursue([goal])
            return
        terms = [(w * f, v) for w, goal in zip(weights, level, strict=True) for f, v in goal.terms]
        self.model.minimize(cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms]))
        solver = solver_for(self.budget, self.budget.left, self.seed, 1)
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
    for item, start in where.avoid:
        sessions &= ~((np.append(where.index.items, -1)[rows.request] == item) & (rows.start == start))
    moving = rows.is_session & table.moving[rows.request]
    solo = rows.is_block & (rows.role == Role.SOLO)
    joint = rows.is_block & (rows.role != Role.SOLO)
    asked = np.isin(rows.clinician, list(where.asked)) | (rows.role == Role.HOST)
    asked |= (rows.role == Role.PAIR) & np.isin(rows.partner, list(where.asked))
    joint &= scope.joint | (asked & ~table.chosen)
    free: Bools = ahead & mine & (sessions | moving | solo | joint)
    return free
