"""The whole exact model solved at once by plain CP-SAT: a second opinion without plan or neighbourhoods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import Objective, level_objective, tier_objective
from safeschedule.solving.tiers import levels_of, ranked_tiers, soft_tiers


@dataclass(frozen=True)
class Whole:
    """The best of every tier or level, each under the stronger ones at their best, and rows that have it."""

    best: tuple[int, ...]
    rows: Rows


def solve_whole(problem: Problem, *, seed: int = 7) -> Whole | None:
    """Return the optimum of the whole exact model, or ``None`` when there is no schedule at all."""
    index = Index(problem)
    return solve_rows(index, candidates(index), seed=seed)


def solve_rows(index: Index, rows: Rows, *, seed: int = 7) -> Whole | None:
    """Return the optimum over given rows, or ``None`` when nothing keeps the hard rules."""
    build = encode(index, rows)
    return _solve(build, rows, [tier_objective(build, tier) for tier in soft_tiers(index.settings)], seed)


def solve_levels(problem: Problem, *, seed: int = 7) -> Whole | None:
    """Return the optimum by what a plan goes by: its levels instead of the tiers, and no fairness."""
    index = Index(problem)
    rows = candidates(index)
    build = encode(index, rows)
    levels = levels_of(ranked_tiers(index.settings))
    return _solve(build, rows, [level_objective(build, level) for level in levels], seed)


def _solve(build: Build, rows: Rows, objectives: Sequence[Objective], seed: int) -> Whole | None:
    best: list[int] = []
    chosen = chosen_by(build, seed)
    if chosen is None:
        return None
    for each in objectives:
        objective = terms(build, each)
        solver = solved_to_the_end(build, objective, seed)
        best.append(round(solver.objective_value))
        chosen = np.array([solver.value(v) > 0 for v in build.row_vars], dtype=bool)
        build.model.add(objective >= best[-1])
    return Whole(tuple(best), rows.take(chosen))


def best_beside(problem: Problem, reached: Sequence[int], *, seed: int = 7) -> tuple[int, ...]:
    """Return the best of every tier among schedules that keep the stronger tiers at what was reached."""
    index = Index(problem)
    build = encode(index, candidates(index))
    best: list[int] = []
    for tier, least in zip(soft_tiers(index.settings), reached, strict=True):
        objective = terms(build, tier_objective(build, tier))
        solver = solved_to_the_end(build, objective, seed)
        best.append(round(solver.objective_value))
        build.model.add(objective >= least)
    return tuple(best)


def solved_to_the_end(build: Build, objective: cp_model.LinearExprT, seed: int) -> cp_model.CpSolver:
    """Return a solver that has found the most that an objective can have."""
    build.model.maximize(objective)
    solver = solver_of(seed)
    status = solver.solve(build.model)
    assert status == cp_model.OPTIMAL, "the whole model is small enough to be solved to the end"
    return solver


def chosen_by(build: Build, seed: int = 7) -> Bools | None:
    """Return which rows a first solution chooses, or ``None`` when it is proven that there is none."""
    solver = solver_of(seed)
    status = solver.solve(build.model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE), "the whole model is small enough to be decided"
    return np.array([solver.value(v) > 0 for v in build.row_vars], dtype=bool)


def random_rows(build: Build, random: np.random.Generator) -> Bools | None:
    """Return rows that are best by weights drawn for every row, or ``None`` when nothing is found."""
    weights = random.integers(-3, 8, len(build.row_vars)).tolist()
    build.model.maximize(cp_model.LinearExpr.weighted_sum(build.row_vars, weights))
    solver = solver_of(1)
    # Any schedule will do, a good one by the weights is only more varied.
    solver.parameters.max_deterministic_time = 0.2
    if solver.solve(build.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return np.array([solver.value(v) > 0 for v in build.row_vars], dtype=bool)


def solver_of(seed: int) -> cp_model.CpSolver:
    """Return a solver of one worker that nothing but the model and the seed steers."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    return solver
