"""Planning: the plan layer's relaxation, cuts, and the integer programme over the half-days they use."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build
from safeschedule.model.index import Ints
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import small_solver, watched
from safeschedule.solving.objective import (
    Objective,
    level_objective,
    step_of,
    tier_objective,
    unit_of,
    weighted,
    weights_of,
)
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.relaxation.lagrangian import Relaxed, tightened, week_limits
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.mip import MilpAnswer, Programme, factors_of
from safeschedule.solving.relaxation.most_sessions import by_multipliers
from safeschedule.solving.relaxation.plan import Plan, floor_to, takers
from safeschedule.solving.tiers import Level, levels_of, ranked_tiers

# Deterministic time for a second opinion on "impossible".
_REFUTING = 50.0
# What a step of a tier is worth at most in the next one: larger factors make HiGHS several times slower.
STEP_WORTH = 100
_LEAST_SHARE = 0.05
# What a unit of fairness counts for in a plan, in units of the weakest tier: a session is worth hundreds.
_EVEN = 5
# Less than this is nothing that a relaxation leaves out.
_SHORT = 0.5
_LONGEST = 3600.0
_NODES = 500


def make_plan(build: Build, budget: Budget, parameters: PlanParameters, seed: int) -> Plan:
    """Plan the half-days within the share of the budget that is for it.

    The linear relaxation over all half-days bounds every schedule; its bound is tight, and the half-days
    that it uses (and those that it uses when chance is added to the objective, as it has many best
    solutions) hold a plan that is nearly as good. The programme over only these is small and solved at
    once. With a deterministic limit HiGHS is limited by nodes of its search tree, and has that limit once
    more for itself: when it has used it, there are no cuts and no whole plan.
    """
    return PlanSolver(build, budget, parameters.share * budget.whole, seed, parameters).run()


def make_part(
    build: Build,
    budget: Budget,
    limit: float,
    seed: int,
    parameters: PlanParameters,
) -> Plan:
    """Plan a build of some clinicians, whose team blocks are fixed, within `limit` (in the budget's unit).

    Nothing is said of bounds: what is fixed is no relaxation.
    """
    return PlanSolver(build, budget, budget.used + limit, seed, parameters).run_part()


class PlanSolver:
    """The planning of one build: of a whole team with bounds (`run`), or of some clinicians (`run_part`).

    Parameters
    ----------
    until
        Of the budget's use.
    parameters
        What planning is tuned by.
    """

    def __init__(
        self,
        build: Build,
        budget: Budget,
        until: float,
        seed: int,
        parameters: PlanParameters,
    ) -> None:
        self.build, self.budget, self.parameters = build, budget, parameters
        self.until = until
        self.random = np.random.default_rng(seed)
        self.levels = levels_of(ranked_tiers(build.index.settings))
        self.objectives = [level_objective(build, level) for level in self.levels]
        self.weights = weights_of(build, self.objectives, STEP_WORTH, unit_of)
        self.total: list[tuple[float, int]] = [*weighted(self.objectives, self.weights)]
        self.guide = [*self.total, *evenness(build, self.levels)]
        self.programme = Programme(build.model, lambda: budget.interrupted)
        self.numbers: Ints = np.array([v.index for v in build.plan_vars], dtype=np.int64)
        self.sessions = build.plan.is_session

    @property
    def by_level(self) -> list[tuple[Level, Objective]]:
        """The objectives, each with the tiers of which it is made."""
        return list(zip(self.levels, self.objectives, strict=True))

    @property
    def left(self) -> float:
        """Seconds left for planning; no limit but a ceiling when only nodes may count."""
        if self.budget.repeatable:
            return min(_LONGEST, self.budget.wall_left)
        return min(_LONGEST, max(0.0, self.until - self.budget.used))

    @property
    def _enough(self) -> bool:
        """Whether HiGHS has done as much as the deterministic limit, which the search has for itself."""
        return self.programme.meter.beyond(self.budget.deterministic)

    def run(self) -> Plan:
        """Return the plan found in the time.

        Cuts from single weeks tighten its bounds by little and take longer than the relaxation: with a clock
        they are left to whoever bounds beside the search.
        """
        plan = self._open_plan()
        began = self.budget.elapsed
        # The others begin where the first one ended: side by side each would begin anew.
        total, first = self.relax(self.total), self.relax(self.objectives[0])
        plain, shaken = self.relax(self.guide), self.relax(self._shaken())
        seconds = _LONGEST if self.budget.repeatable else self.budget.elapsed - began
        if any(each.infeasible for each in (first, total, shaken)) and refuted(self.build, self.budget):
            plan.infeasible = True
            return plan
        plan.relaxed = Relaxed(
            self.programme, self.build, self.by_level, self.total, total, self.build.people
        )
        self._bound(plan, first, total)
        if not self._enough:
            patience = _patience(self.parameters.team_patience, seconds)
            self._round(plan, plain, shaken, patience, self.parameters.team_gap)
        elif total.values is not None:
            self._leave(plan, total.values)
        if self.budget.repeatable and not self._enough:
            plan.relaxed = tightened(plan.relaxed, week_limits(self.budget, self.left), lambda: self.left)
            self.programme = plan.relaxed.programme
            self._bound(plan, self.relax(self.objectives[0]), plan.relaxed.answer)
        return plan

    def _bound(self, plan: Plan, first: MilpAnswer, total: MilpAnswer) -> None:
        """Take what the relaxations of the strongest level, and of the weighted sum, bound."""
        bounds = [floor_to(first.bound, step_of(self.objectives[0]))]
        bounds += [self._best_case(objective) for objective in self.objectives[1:]]
        plan.bounds = [min(pair) for pair in zip(bounds, plan.bounds or bounds, strict=True)]
        plan.total = min(plan.total, floor_to(total.bound, 1))
        self._bound_parts(plan, total)
        plan.most_sessions = self._most_sessions(total)

    def run_part(self) -> Plan:
        """Return the plan of a part; `Plan.found` is false when there is none in the time."""
        plan = self._open_plan()
        began = self.budget.elapsed
        answers = [self.relax(self.guide), self.relax(self._shaken())]
        seconds = _LONGEST if self.budget.repeatable else self.budget.elapsed - began
        plan.total = answers[0].bound
        patience = _patience(self.parameters.group_patience, seconds)
        self._round(plan, answers[0], answers[1], patience, self.parameters.group_gap)
        return plan

    def _bound_parts(self, plan: Plan, answer: MilpAnswer) -> None:
        """Bound the tiers that are a part of a level, where the relaxation has not all that is asked for."""
        counts, values = self.build.index.counts, answer.values
        if values is None:
            return
        for level in self.levels:
            for tier, _ in level[:-1]:
                objective = tier_objective(self.build, tier)
                factors = factors_of(objective, len(values))[self.numbers]
                best = np.zeros(len(counts))
                np.maximum.at(best, self.build.plan.request[factors > 0], factors[factors > 0])
                if factors @ values[self.numbers] < best @ counts - _SHORT:
                    plan.tops[tier] = floor_to(self.relax(objective).bound, step_of(objective))

    def _most_sessions(self, answer: MilpAnswer) -> int | None:
        if answer.duals is None:
            return None
        system, visits = self.programme.system, self.numbers[self.build.plan.is_visit].tolist()
        return by_multipliers(system, factors_of(self.total, len(system.lower)), answer.duals, visits)

    def _round(self, plan: Plan, plain: MilpAnswer, shaken: MilpAnswer, patience: float, gap: float) -> None:
        """Look for a whole plan in the half-days of two relaxations, within some seconds."""
        support = ~self.sessions
        for answer in (plain, shaken):
            if answer.values is not None:
                support = support | (answer.values[self.numbers] > 1e-6)
        if plain.values is not None:
            self._leave(plan, plain.values)
        if self.budget.over:
            return
        share = 1.0 if plain.values is None else self._share_of_others(plain.values)
        best = self.programme.solve(
            self.guide,
            seconds=min(self.left, patience),
            out=self.numbers[~support],
            relative_gap=gap * share,
            nodes=_NODES if self.budget.repeatable else None,
        )
        # A poor whole plan misleads more than the relaxation's parts of sessions do.
        if best.values is None:
            return
        made = float(factors_of(self.total, len(best.values)) @ best.values)
        if made >= plan.total - self.parameters.poor * share * abs(plan.total):
            self._leave(plan, best.values)
            plan.made = made

    def _share_of_others(self, values: Floats) -> float:
        """Return the share of the weighted sum that gaps are of: not what urgent work counts besides."""
        build = self.build
        total = sum(factor * values[variable] for factor, variable in self.total)
        urgent = 0.0
        for weight, level in zip(self.weights, self.levels, strict=True):
            for tier, share in level[:-1]:
                terms = tier_objective(build, tier)
                urgent += weight * share * sum(factor * values[variable] for factor, variable in terms)
        return float(max(_LEAST_SHARE, 1.0 - urgent / total)) if total > 0 else 1.0

    def relax(self, objective: Sequence[tuple[float, int]]) -> MilpAnswer:
        """Maximise over the linear relaxation."""
        return self.programme.solve(objective, seconds=self.left, whole=False)

    def _shaken(self) -> list[tuple[float, int]]:
        """Return the weighted sum with chance added to each session."""
        step = max((w * step_of(o) for w, o in zip(self.weights, self.objectives, strict=True)), default=1)
        noise = self.random.random(len(self.numbers)) * self.parameters.chance * step
        shaken = [(float(noise[n]), int(self.numbers[n])) for n in np.flatnonzero(self.sessions)]
        return [*self.guide, *shaken]

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
            levels_of_tiers=self.levels,
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
        # Sessions of groups stay as they were placed, whoever plans.
        own = held * build.plan.is_session
        plan.planned = plan.by_clinician(own * plan.worth[:, heads], build.plan.clinician)


def evenness(build: Build, levels: Sequence[Level]) -> list[tuple[float, int]]:
    """Return what is added to an objective, so that of plans as good the one that loads evenly is taken.

    Fairness is none of the levels: it bounds nothing, and hardly ever decides whether a session is planned.
    """
    if any(tier is Tier.FAIRNESS for level in levels for tier, _ in level):
        return []
    return [(float(_EVEN * factor), variable) for factor, variable in tier_objective(build, Tier.FAIRNESS)]


def refuted(build: Build, budget: Budget) -> bool:
    """Return whether CP-SAT, which does not round, also finds the plan layer impossible."""
    return watched(small_solver(_REFUTING), build.model, budget) == cp_model.INFEASIBLE


def _patience(patience: tuple[float, float], seconds: float) -> float:
    """Return how long a plan is waited for when the relaxations took so many seconds."""
    return patience[0] + patience[1] * seconds
