"""The plan: who does what in which half-day, and what no schedule can exceed."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.bounding import Bounds
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import small_solver
from safeschedule.solving.linear import Floats
from safeschedule.solving.milp import MilpAnswer, Programme
from safeschedule.solving.objective import (
    Objective,
    ranked_tiers,
    step_of,
    tier_objective,
    weighted,
    weights_of,
)
from safeschedule.solving.worth import worth_of_rows

# Deterministic time for a second opinion on "impossible".
_REFUTING = 50.0
# How much chance is added to the value of a session when the choice is widened, as a share of a step.
_CHANCE = 0.5
# The distance to its bound at which the plan is good enough: exact times cost more than that.
_PLAN_GAP = 1e-4
# What a step of a tier is worth at most in the next one: larger factors make HiGHS several times slower.
STEP_WORTH = 100
# Seconds, and seconds for each that the relaxations took, after which a whole plan is not waited for.
_PATIENCE = (1.0, 2.0)
_POOR = 0.005
# What an entry that is held already counts for, in units of the weakest tier.
_KEPT = 5
# Seconds for which the integer programme is tried for a bound.
_TURNS = (1.0, 3.0)
_LONGEST = 3600.0
_NODES = 500


@dataclass
class Plan:
    """A plan of half-days.

    Parameters
    ----------
    mask
        Rows that the plan leaves: of each request those with the clinician who is to take it, and all
        blocks. Without a plan: all.
    blocks
        Rows of blocks in half-days that the plan uses for them.
    likely
        Rows in half-days in which the plan holds more than half of their session or block.
    worth
        By tier and row: what a session there adds to the tier.
    planned
        By tier and clinician: the worth of the planned sessions.
    levels
        The team levels of the plan, in the order of posting (see `Build.team_level`).
    bounds
        What no schedule exceeds: of each tier alone, strongest first (infinite when unknown).
    total, weights
        Of the weighted sum of the tiers: what no schedule exceeds, and the weights.
    infeasible
        Whether the plan layer, and so every schedule, is proven impossible.
    """

    mask: Bools
    blocks: Bools
    worth: Floats
    planned: Floats
    likely: Bools
    levels: list[int] = field(default_factory=list)
    bounds: list[float] = field(default_factory=list)
    total: float = float("inf")
    weights: list[int] = field(default_factory=list)
    infeasible: bool = False

    @property
    def found(self) -> bool:
        """Whether there is a plan at all."""
        return bool(self.planned.any())

    def close(self, values: Sequence[int]) -> None:
        """Note that these values of the tiers are proven the best."""
        self.bounds = [float(value) for value in values]
        self.total = float(sum(w * v for w, v in zip(self.weights, values, strict=True)))

    def by_clinician(self, worth: Floats, clinician: Ints) -> Floats:
        """Return sums of worth (by tier and entry) by tier and clinician."""
        count = self.planned.shape[1]
        sums: Floats = np.zeros((len(worth), count))
        for level, each in enumerate(worth):
            sums[level] = np.bincount(clinician, each, minlength=count)
        return sums

    def missing(self, rows: Rows, chosen: Bools) -> Floats:
        """Return by tier and clinician what the chosen rows lack of the planned worth (negative: more)."""
        return self.planned - self.held(rows, chosen)

    def held(self, rows: Rows, chosen: Bools) -> Floats:
        """Return by tier and clinician what the chosen rows are worth."""
        held = np.flatnonzero(chosen & rows.is_session)
        return self.by_clinician(self.worth[:, held], rows.clinician[held])

    def bound_of(self, level: int, reached: list[int]) -> float:
        """Return what a tier cannot exceed in schedules that keep the stronger tiers at what they reached."""
        if level >= len(self.bounds):
            return float("inf")
        stronger = sum(w * r for w, r in zip(self.weights[:level], reached[:level], strict=True))
        if level + 1 < len(self.bounds):
            return self.bounds[level]
        return min(self.bounds[level], float(np.floor((self.total - stronger) / self.weights[level])))


def make_plan(index: Index, rows: Rows, budget: Budget, share: float, seed: int) -> Plan:
    """Plan the half-days within a share of the budget.

    The linear relaxation over all half-days bounds every schedule; its bound is tight, and the half-days
    that it uses (and those that it uses when chance is added to the objective, as it has many best
    solutions) hold a plan that is nearly as good. The programme over only these is small and solved at
    once. With a deterministic limit HiGHS is limited by nodes of its search tree only.
    """
    return _Planning(encode(index, rows, exact=False), budget, share * budget.whole, seed).run()


def whole_bounds(
    index: Index, rows: Rows, weights: Sequence[int], stop: threading.Event, seconds: float
) -> Iterator[Bounds]:
    """Yield bounds from the linear relaxation of the whole plan layer over all these rows.

    It is a little tighter than one with pools. First of the weighted sum, then of the strongest tier. A run
    that has begun is waited for.
    """
    planning = _Planning(encode(index, rows, exact=False), Budget(None, None, threading.Event()), seconds, 0)
    if stop.is_set():
        return
    yield float("inf"), floor_to(planning.relax(weighted(planning.objectives, weights)).bound, 1)
    if stop.is_set():
        return
    first = planning.objectives[0]
    yield floor_to(planning.relax(first).bound, step_of(first)), float("inf")


def integer_bounds(
    index: Index, rows: Rows, weights: Sequence[int], stop: threading.Event, seconds: float
) -> Iterator[Bounds]:
    """Yield bounds from the integer programme of the plan: of the strongest tier, then of the weighted sum.

    These are bounds of HiGHS's branch and bound, taken with its tolerances. HiGHS does not listen to a
    stop, so each is tried for a second and then for a few, and what has begun is waited for.
    """
    planning = _Planning(encode(index, rows, exact=False), Budget(None, None, threading.Event()), seconds, 0)
    first, total = planning.objectives[0], weighted(planning.objectives, weights)
    began = planning.budget.elapsed
    for objective, of_first in ((first, True), (total, False)):
        for turn in _TURNS:
            if stop.is_set() or planning.budget.elapsed - began + turn > seconds:
                return
            answer = planning.programme.solve(objective, seconds=turn)
            if of_first:
                yield floor_to(answer.bound, step_of(first)), float("inf")
            else:
                yield float("inf"), floor_to(answer.bound, 1)
            if answer.values is not None and answer.bound <= answer.objective * (1 + 1e-6) + 1e-6:
                break


def make_part(build: Build, budget: Budget, limit: float, seed: int, kept: Bools | None = None) -> Plan:
    """Plan a build of some clinicians, whose team blocks are fixed, within `limit` (in the budget's unit).

    Of equally good plans one that holds many of the `kept` rows is sought. Nothing is said of bounds: what
    is fixed is no relaxation.
    """
    return _Planning(build, budget, budget.used + limit, seed).run_part(kept)


class _Planning:
    def __init__(self, build: Build, budget: Budget, until: float, seed: int) -> None:
        self.build, self.budget = build, budget
        self.until = until
        self.random = np.random.default_rng(seed)
        self.objectives = [tier_objective(build, tier) for tier in ranked_tiers(build.index.settings)]
        self.weights = weights_of(build, self.objectives, STEP_WORTH)
        self.total: list[tuple[float, int]] = [*weighted(self.objectives, self.weights)]
        self.programme = Programme(build.model, budget.stop)
        self.numbers: Ints = np.array([v.index for v in build.plan_vars], dtype=np.int64)
        self.sessions = build.plan.is_session

    @property
    def left(self) -> float:
        """Seconds left for planning; no limit when only nodes may count."""
        if self.budget.repeatable:
            return _LONGEST
        return min(_LONGEST, max(0.5, self.until - self.budget.used))

    def run(self) -> Plan:
        """Return the plan found in the time."""
        plan = self._open_plan()
        relaxations: list[Sequence[tuple[float, int]]] = [self.objectives[0], self.total, self._shaken()]
        began = self.budget.elapsed
        # HiGHS is one thread in itself.
        with ThreadPoolExecutor(max_workers=2) as pool:
            answers = list(pool.map(self.relax, relaxations))
        seconds = _LONGEST if self.budget.repeatable else self.budget.elapsed - began
        if any(answer.infeasible for answer in answers) and refuted(self.build):
            plan.infeasible = True
            return plan
        plan.bounds = [floor_to(answers[0].bound, step_of(self.objectives[0]))]
        plan.bounds += [self._best_case(objective) for objective in self.objectives[1:]]
        plan.total = floor_to(answers[1].bound, 1)
        self._round(plan, answers[1], answers[2], seconds)
        return plan

    def run_part(self, kept: Bools | None) -> Plan:
        """Return the plan of a part; `Plan.found` is false when there is none in the time."""
        plan = self._open_plan()
        if kept is not None:
            entries = np.unique(self.build.plan_of_row[kept & self.build.rows.is_session])
            self.total = [*self.total, *((_KEPT, int(self.numbers[e])) for e in entries)]
        began = self.budget.elapsed
        answers = [self.relax(self.total), self.relax(self._shaken())]
        seconds = _LONGEST if self.budget.repeatable else self.budget.elapsed - began
        plan.total = answers[0].bound
        self._round(plan, answers[0], answers[1], seconds)
        return plan

    def _round(self, plan: Plan, plain: MilpAnswer, shaken: MilpAnswer, seconds: float) -> None:
        """Look for a whole plan in the half-days of two relaxations that took so many seconds."""
        support = ~self.sessions
        for answer in (plain, shaken):
            if answer.values is not None:
                support = support | (answer.values[self.numbers] > 1e-6)
        if plain.values is not None:
            self._leave(plan, plain.values)
        if self.budget.over:
            return
        best = self.programme.solve(
            self.total,
            seconds=min(self.left, _PATIENCE[0] + _PATIENCE[1] * seconds),
            out=self.numbers[~support],
            relative_gap=_PLAN_GAP,
            nodes=_NODES if self.budget.repeatable else None,
        )
        # A poor whole plan misleads more than the relaxation's parts of sessions do.
        if best.values is not None and best.objective >= plan.total - _POOR * abs(plan.total):
            self._leave(plan, best.values)

    def relax(self, objective: Sequence[tuple[float, int]]) -> MilpAnswer:
        """Maximise over the linear relaxation."""
        return self.programme.solve(objective, seconds=self.left, whole=False)

    def _shaken(self) -> list[tuple[float, int]]:
        """Return the weighted sum with chance added to each session."""
        step = max((w * step_of(o) for w, o in zip(self.weights, self.objectives, strict=True)), default=1)
        noise = self.random.random(len(self.numbers)) * _CHANCE * step
        shaken = [(float(noise[n]), int(self.numbers[n])) for n in np.flatnonzero(self.sessions)]
        return [*self.total, *shaken]

    def _best_case(self, objective: Objective) -> float:
        """Return what an objective cannot exceed when nothing else is looked at."""
        proto = self.build.model.proto
        return float(sum(max(f, 0) * proto.variables[v].domain[1] for f, v in objective))

    def _open_plan(self) -> Plan:
        build = self.build
        worth = worth_of_rows(build.index, build.rows, ranked_tiers(build.index.settings))
        return Plan(
            mask=np.ones(len(build.rows), dtype=bool),
            blocks=~build.rows.is_session,
            worth=worth,
            planned=np.zeros((len(self.objectives), len(build.index.clinicians))),
            likely=np.zeros(len(build.rows), dtype=bool),
            weights=self.weights,
        )

    def _leave(self, plan: Plan, values: Floats) -> None:
        """Take the plan from values of the variables, whole or not."""
        build = self.build
        held = values[self.numbers]
        taker = takers(build.index, build.plan.request, build.plan.clinician, held)
        sessions = np.flatnonzero(build.rows.is_session)
        plan.mask[sessions] = taker[build.rows.request[sessions]] == build.rows.clinician[sessions]
        plan.blocks = ~build.rows.is_session & (held > 1e-6)[build.plan_of_row]
        plan.likely = (held > 0.5)[build.plan_of_row]
        heads = np.array([members[0] for members in build.plan_rows], dtype=np.int64)
        plan.planned = plan.by_clinician(held * plan.worth[:, heads], build.plan.clinician)
        plan.levels = [int(np.ceil(values[level.index] - 1e-6)) for level in build.team_levels]


def takers(index: Index, request: Ints, clinician: Ints, held: Floats) -> Ints:
    """Return for each request the clinician who holds most of it; `request` is -1 for other entries."""
    most = np.zeros((len(index.requests), len(index.clinicians)))
    real = request >= 0
    np.add.at(most, (request[real], clinician[real]), held[real] + 1e-9)
    taker: Ints = most.argmax(axis=1) if most.size else np.zeros(len(most), dtype=np.int64)
    return taker


def floor_to(bound: float, step: int) -> float:
    """Return the largest multiple of a step under a bound that is proven only to a tolerance."""
    if not np.isfinite(bound):
        return float("inf")
    return float(np.floor((bound + 1e-9 * abs(bound) + 1e-4) / step) * step)


def refuted(build: Build) -> bool:
    """Return whether CP-SAT, which does not round, also finds the plan layer impossible."""
    return small_solver(_REFUTING).solve(build.model) == cp_model.INFEASIBLE
