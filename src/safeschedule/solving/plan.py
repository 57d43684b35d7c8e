"""The plan: who does what in which half-day, and what no schedule can exceed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import Answer, small_solver, terms
from safeschedule.solving.milp import Programme
from safeschedule.solving.objective import Objective, tier_objective

Runner = Callable[..., Answer]
_LONGEST = 3600.0
# Deterministic time for a second opinion on "impossible".
_REFUTING = 50.0
# How much a weaker tier steers the plan beside a stronger one, and how much chance does.
_WEAKER, _CHANCE = 0.2, 5.0


@dataclass
class Plan:
    """A plan of half-days.

    Parameters
    ----------
    mask
        Rows that the plan leaves: sessions in their planned half-day, and all blocks. Without a plan: all.
    blocks
        Rows of blocks in their planned half-days.
    bounds
        Proven bounds of the tiers, strongest first, as far as they were found; each holds for schedules
        that reach `floors` in the stronger tiers.
    floors
        What the plan reaches in each tier.
    infeasible
        Whether the plan layer, and so every schedule, is proven impossible.
    """

    mask: Bools
    blocks: Bools
    bounds: list[float] = field(default_factory=list)
    floors: list[int] = field(default_factory=list)
    infeasible: bool = False


def make_plan(
    index: Index, rows: Rows, tiers: Sequence[Tier], budget: Budget, runner: Runner, share: float, seed: int
) -> Plan:
    """Plan the half-days within a share of the budget.

    With a deterministic limit CP-SAT plans (HiGHS knows no such limit), otherwise HiGHS does.
    """
    build = encode(index, rows, exact=False)
    objectives = [tier_objective(build, tier) for tier in tiers]
    if budget.repeatable:
        return _plan_by_cpsat(build, objectives, budget, runner, share)
    return _PlanByMilp(build, objectives, budget, share, seed).run()


def _plan_by_cpsat(
    build: Build, objectives: list[Objective], budget: Budget, runner: Runner, share: float
) -> Plan:
    plan = _open_plan(build)
    for level, objective in enumerate(objectives):
        limit = share * budget.whole / 2**level / 2
        answer = runner(build, level, limit, build.plan_vars, plain=True)
        if answer.infeasible and level == 0:
            plan.infeasible = True
        if answer.chosen is None:
            break
        _leave(plan, build, answer.chosen)
        plan.bounds.append(_whole(answer.bound))
        plan.floors.append(answer.objective)
        build.model.add(terms(build, objective) >= answer.objective)
    return plan


class _PlanByMilp:
    """LP first: its bound is tight, and the half-days that it uses hold a plan that is nearly as good.

    The programme over only these half-days is small and solved at once. As the LP has many best
    solutions, further ones (the objective shaken a little) widen the choice until the plan meets the
    bound or the time is up.
    """

    def __init__(
        self, build: Build, objectives: list[Objective], budget: Budget, share: float, seed: int
    ) -> None:
        self.build, self.objectives, self.budget = build, objectives, budget
        self.until = share * budget.whole
        self.random = np.random.default_rng(seed)
        self.programme = Programme(build.model, budget.stop)
        self.numbers: Ints = np.array([v.index for v in build.plan_vars], dtype=np.int64)
        self.sessions = build.plan.is_session
        self.support = ~self.sessions

    @property
    def left(self) -> float:
        """Seconds left for planning."""
        return min(_LONGEST, max(0.5, self.until - self.budget.used))

    def run(self) -> Plan:
        """Return the best plan found in the time."""
        plan = _open_plan(self.build)
        lead = self.objectives[0]
        first = self.programme.solve(lead, seconds=self.left, relaxed=True)
        if first.infeasible and _refuted(self.build):
            plan.infeasible = True
            return plan
        if first.values is None:
            return plan
        bound = _whole(first.bound)
        self._widen(first.values)
        self._shake(0.0)
        best, best_value = None, -np.inf
        while not self.budget.over:
            self._shake(_CHANCE)
            if self.budget.over:
                break
            answer = self._plan_on_support()
            value = -np.inf if answer is None else self._value(answer, 0)
            settled = value <= best_value
            if answer is not None and value >= best_value:
                best, best_value = answer, value
            if best_value >= bound or settled or self.budget.used > 0.6 * self.until:
                break
        if best_value < bound and not self.budget.over:
            bound = self._tighten(bound)
        plan.bounds.append(bound)
        if best is not None:
            _leave(plan, self.build, best[self.numbers] > 0.5)
            plan.floors.append(round(best_value))
            self._bound_weaker_tiers(plan, best)
        return plan

    def _widen(self, values: np.typing.NDArray[np.float64]) -> None:
        self.support = self.support | (values[self.numbers] > 1e-6)

    def _shake(self, chance: float) -> None:
        if self.budget.over:
            return
        noise = self.random.random(len(self.numbers)) * chance
        shaken = [(float(noise[n]), int(self.numbers[n])) for n in np.flatnonzero(self.sessions)]
        answer = self.programme.solve([*self._mixed(), *shaken], seconds=self.left / 2, relaxed=True)
        if answer.values is not None:
            self._widen(answer.values)

    def _mixed(self) -> list[tuple[float, int]]:
        return [(_WEAKER**level * f, v) for level, o in enumerate(self.objectives) for f, v in o]

    def _plan_on_support(self) -> np.typing.NDArray[np.float64] | None:
        out = self.numbers[~self.support]
        return self.programme.solve(self._mixed(), seconds=self.left, out=out).values

    def _value(self, values: np.typing.NDArray[np.float64], level: int) -> float:
        return float(round(sum(f * values[v] for f, v in self.objectives[level])))

    def _tighten(self, bound: float) -> float:
        """Let branch and cut over all half-days try to prove less than the LP's bound."""
        answer = self.programme.solve(self.objectives[0], seconds=max(0.4 * self.left, 0.1 * self.until))
        return min(bound, _whole(answer.bound))

    def _bound_weaker_tiers(self, plan: Plan, best: np.typing.NDArray[np.float64]) -> None:
        for level in range(1, len(self.objectives)):
            if self.budget.over:
                return
            self.programme.hold(self.objectives[level - 1], plan.floors[level - 1])
            seconds = max(self.left, 0.05 * self.budget.whole)
            answer = self.programme.solve(
                self.objectives[level], seconds=min(seconds, _LONGEST), relaxed=True
            )
            plan.bounds.append(_whole(answer.bound))
            plan.floors.append(round(self._value(best, level)))


def _whole(bound: float) -> float:
    """Return the largest whole number under a bound that is proven only to a tolerance."""
    return float(np.floor(bound + 1e-6 * abs(bound) + 1e-4)) if np.isfinite(bound) else bound


def _refuted(build: Build) -> bool:
    """Return whether CP-SAT, which does not round, also finds the plan layer impossible."""
    return small_solver(_REFUTING).solve(build.model) == cp_model.INFEASIBLE


def _open_plan(build: Build) -> Plan:
    return Plan(mask=np.ones(len(build.rows), dtype=bool), blocks=~build.rows.is_session)


def _leave(plan: Plan, build: Build, planned: Bools) -> None:
    """Leave the rows of planned sessions and of all blocks."""
    rows = planned[build.plan_of_row]
    plan.mask = ~build.rows.is_session | rows
    plan.blocks = ~build.rows.is_session & rows
