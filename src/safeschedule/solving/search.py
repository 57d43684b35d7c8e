"""The search: plan half-days, find exact times for the plan, improve by neighbourhoods, tier by tier.

The plan layer is a relaxation of the whole model, so what it proves bounds every schedule. The exact
model is then built only over what the plan leaves, and improved where it falls short of the bound.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.build import Build, Var
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import HALVES, Bools, Index
from safeschedule.model.rows import Role
from safeschedule.solving import cpsat
from safeschedule.solving.budget import Budget
from safeschedule.solving.evaluate import values_of
from safeschedule.solving.neighbourhood import (
    clinician_sets,
    held_of,
    of_clinicians,
    part_of,
    supervision_groups,
)
from safeschedule.solving.objective import Objective, soft_tiers, tier_objective
from safeschedule.solving.outcome import Outcome, TierState
from safeschedule.solving.plan import Plan, make_plan
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.solving.tidy import tidy

# Shares of the whole limit after which a phase gives way to the next; measured, see docs/decisions.
_PLAN_SHARE = 0.35
_LEAD_SHARE = 0.75
_IMPROVE_SHARE = 0.85
# Clinicians whose exact times are found together.
_GROUP = 4


class Search:
    """One solve of one problem.

    Parameters
    ----------
    index
        The problem.
    seed, workers
        Of the solver; with a deterministic limit they fix the schedule.
    gap
        Leave a tier when its distance to its bound is at most this fraction of the whole objective.
    """

    def __init__(
        self,
        index: Index,
        budget: Budget,
        *,
        seed: int = 0,
        workers: int = 8,
        gap: float = 0.0,
        on_progress: OnProgress | None = None,
    ) -> None:
        self.index, self.budget = index, budget
        self.seed, self.workers, self.gap = seed, workers, gap
        self.on_progress = on_progress
        self.tiers = [TierState(tier) for tier in soft_tiers(index.settings)] or [TierState(Tier.SERVICE)]
        self.seconds: dict[str, float] = {}
        self.rows = candidates(index)
        # One number for each session, clinician and half-day.
        place = self.rows.clinician * HALVES + index.half_of(self.rows.start)
        self.half_day = self.rows.request * len(index.clinicians) * HALVES + place
        self.chosen: Bools | None = None
        self._level = 0
        self._phase, self._since = "build", budget.elapsed

    def run(self) -> Outcome:
        """Search until the limit, a stop, or proven optimality."""
        self._enter("plan")
        plan = make_plan(
            self.index, self.rows, self.tier_names, self.budget, self._runner, _PLAN_SHARE, self.seed
        )
        if plan.infeasible:
            self._enter("end")
            return Outcome(None, self.tiers, infeasible=True, seconds=self.seconds)
        for state, bound in zip(self.tiers, plan.bounds, strict=False):
            state.bound = bound
        self._enter("times")
        infeasible = self._first_schedule(plan)
        if self.chosen is not None:
            self._improve_all(plan)
        rows = None
        if self.chosen is not None:
            self._enter("tidy")
            self._look(len(self.tiers) - 1)
            self._insert()
            rows = tidy(self.index, self.rows, self.chosen, self.tier_names)
        self._enter("end")
        return Outcome(rows, self.tiers, infeasible=infeasible, seconds=self.seconds)

    # Phases.

    def _first_schedule(self, plan: Plan) -> bool:
        """Find exact times; return whether it is proven that there are none.

        First the protected blocks and pinned sessions alone, in their planned half-days where that can
        be; then the planned sessions, one group of clinicians after the other.
        """
        none = np.zeros(len(self.rows), dtype=bool)
        bare = ~self.rows.is_session | self._due()
        for mask in (plan.blocks | self._due(), bare, np.ones(len(self.rows), dtype=bool)):
            if self.chosen is not None or self.budget.over:
                break
            answer = self._solve(mask, none, 0, min(0.5 * self.budget.left, self.budget.whole), first=True)
            if answer.infeasible and mask.all():
                return True
        if self.chosen is None:
            return False
        self._look(self.lead)
        for people in supervision_groups(self.index, _GROUP):
            if not self.budget.over:
                free = of_clinicians(self.rows, people) & plan.mask
                limit = min(0.5 * self.budget.left, self.budget.whole)
                self._solve(free, self.chosen, self.lead, limit)
        return False

    @property
    def lead(self) -> int:
        """The tier in which placed sessions count; stronger ones only have penalties."""
        access = self.index.settings.get("access")
        tiers = self.tier_names
        return tiers.index(access.tier) if access and not access.hard and access.tier in tiers else 0

    def _look(self, level: int) -> None:
        """Take the values of the present schedule in every tier; report up to this one from now on."""
        assert self.chosen is not None
        self._level = max(self._level, level)
        values = values_of(self.index, self.rows.take(self.chosen))
        for state in self.tiers:
            state.reached = sum(v for n, v in values.items() if self.index.settings[n].tier is state.tier)

    def _due(self) -> Bools:
        """Return the rows of sessions that a hard rule may ask for: all if access is hard, else pinned."""
        access = self.index.settings.get("access")
        if access is not None and access.hard:
            return self.rows.is_session
        pinned = {pin.request for pin in self.index.problem.pinned_appointments}
        asked = np.array([request.id in pinned for request in self.index.requests], dtype=bool)
        return self.rows.of_requests(asked)

    def _improve_all(self, plan: Plan) -> None:
        for level, state in enumerate(self.tiers):
            share = _LEAD_SHARE if level + 1 < len(self.tiers) else _IMPROVE_SHARE
            self._enter("improve" if level == 0 else f"improve {state.tier}")
            if level:
                self._start_tier(level, plan)
                self._within_half_days(level)
            if level == self.lead:
                self._insert()
            self._improve(level, self.budget.whole * share)

    def _within_half_days(self, level: int) -> None:
        """Move sessions inside their half-days only, a group at a time."""
        assert self.chosen is not None
        if self.budget.over or self._done(level):
            return
        for people in supervision_groups(self.index, _GROUP):
            if not self.budget.over:
                kept = np.unique(self.half_day[self.chosen])
                mask = np.isin(self.half_day, kept) | ~self.rows.is_session
                free = of_clinicians(self.rows, people) & mask
                self._solve(free, self.chosen, level, self._step())

    def _insert(self) -> None:
        """Place what was left out where it fits without moving a session; single blocks may give way."""
        assert self.chosen is not None
        wanted = self.rows.of_requests(held_of(self.index, self.rows, self.chosen) < self.index.counts)
        wanted &= ~self.chosen
        if self.budget.over or not wanted.any():
            return
        mine = np.isin(self.rows.clinician, np.unique(self.rows.clinician[wanted]))
        single = ~self.rows.is_session & (self.rows.role == Role.SOLO)
        self._solve(wanted | (mine & single), self.chosen, self.lead, self._step())

    def _start_tier(self, level: int, plan: Plan) -> None:
        """Take the plan's bound of a weaker tier where the stronger tiers reached what it assumes."""
        # The runs for stronger tiers did not look at this one.
        self._look(level)
        kept = all(s.reached >= f for s, f in zip(self.tiers[:level], plan.floors, strict=False))
        self.tiers[level].bound = min(
            plan.bounds[level] if kept and level < len(plan.bounds) else float("inf"), self._best_case(level)
        )

    def _best_case(self, level: int) -> float:
        """Return what a tier of penalties alone cannot exceed: no penalty; infinite where value is earned."""
        earns = any(
            s.tier is self.tiers[level].tier and not s.hard and name == "access"
            for name, s in self.index.settings.items()
        )
        return float("inf") if earns else 0.0

    def _improve(self, level: int, until: float) -> None:
        """Free a few clinicians at a time until nothing has improved for a full round."""
        assert self.chosen is not None
        size, idle = 2, 0
        count = len(self.index.clinicians)
        sets = clinician_sets(self.index, self.rows, self.chosen, size, self.seed + level)
        while not self.budget.over and self.budget.used < until and not self._done(level):
            people = next(sets)
            before = self.tiers[level].reached
            limit = min(self._step(), until - self.budget.used)
            self._solve(of_clinicians(self.rows, people), self.chosen, level, limit)
            improved = self.tiers[level].reached > before
            idle = 0 if improved else idle + 1
            if idle > count:
                if size >= min(count, 4):
                    return
                size, idle = size + 1, 0
                sets = clinician_sets(
                    self.index, self.rows, self.chosen, size, self.seed + 100 * size + level
                )

    def _step(self) -> float:
        """Return what one neighbourhood may use."""
        return 0.1 * self.budget.whole

    def _done(self, level: int) -> bool:
        """Return whether the tier is proven, or its distance small against the whole objective."""
        distance = self.tiers[level].bound - self.tiers[level].reached
        return distance <= max(1e-6, self.gap * abs(sum(state.reached for state in self.tiers)))

    # One run.

    @property
    def tier_names(self) -> list[Tier]:
        """The tiers, strongest first."""
        return [state.tier for state in self.tiers]

    def _solve(
        self, free: Bools, kept: Bools, level: int, limit: float, *, first: bool = False
    ) -> cpsat.Answer:
        """Solve with `free` rows free and the other `kept` rows fixed; take the result when it is no worse.

        With `first` any solution will do.
        """
        part = part_of(self.index, self.rows, kept, free)
        build = encode(self.index, self.rows.take(part.numbers), fixed=part.fixed)
        hint = None if self.chosen is None else self.chosen[part.numbers]
        answer = self._runner(build, level, limit, build.row_vars, hint, first=first)
        if answer.chosen is not None:
            self._accept(part.numbers, answer, level)
            whole = len(part.numbers) == len(self.rows)
            if whole:
                self.tiers[level].bound = min(self.tiers[level].bound, np.floor(answer.bound + 1e-6))
        return answer

    def _accept(self, numbers: np.typing.NDArray[np.int64], answer: cpsat.Answer, level: int) -> None:
        assert answer.chosen is not None
        first = self.chosen is None
        state = self.tiers[level]
        if not first and answer.objective <= state.reached:
            return
        self.chosen = np.zeros(len(self.rows), dtype=bool)
        self.chosen[numbers[answer.chosen]] = True
        state.reached = answer.objective
        self._tell()

    def _runner(
        self,
        build: Build,
        level: int,
        limit: float,
        asked: Sequence[Var],
        hint: Bools | None = None,
        *,
        plain: bool = False,
        first: bool = False,
    ) -> cpsat.Answer:
        """Run CP-SAT on one tier; the stronger ones are held where they are, unless `plain`."""
        floors: list[tuple[Objective, int]] = [
            (tier_objective(build, state.tier), state.reached)
            for state in self.tiers[: 0 if plain else level]
        ]
        return cpsat.maximise(
            build,
            tier_objective(build, self.tiers[level].tier),
            floors,
            asked,
            budget=self.budget,
            limit=limit,
            seed=self.seed,
            workers=self.workers,
            hint=hint,
            bound=self.tiers[level].bound,
            first=first,
        )

    # Telling.

    def _enter(self, phase: str) -> None:
        now = self.budget.elapsed
        self.seconds[self._phase] = self.seconds.get(self._phase, 0.0) + now - self._since
        self._phase, self._since = phase, now
        self._tell()

    def _tell(self) -> None:
        if self.on_progress is None or self._phase == "end":
            return
        # Weaker tiers than the present one have not been looked at and say nothing yet.
        seen = self.tiers[: self._level + 1]
        best = None if self.chosen is None else float(sum(state.reached for state in seen))
        bound = float(sum(state.bound for state in seen))
        self.on_progress(
            Progress(self._phase, self.budget.elapsed, best, bound if np.isfinite(bound) else None)
        )
