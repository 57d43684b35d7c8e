"""Tier after tier: the strongest first, what it reached held for all that follow."""

from __future__ import annotations

import math
import time

import numpy as np
from ortools.math_opt.python import mathopt

from safeschedule.model.build import Build
from safeschedule.model.extract import extract
from safeschedule.schedule import Schedule
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.objective import rule_objective, tier_objective
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import Progress
from safeschedule.solving.tiers import soft_tiers
from safeschedule_mathopt.linear import Floats, Ints, Linear
from safeschedule_mathopt.programme import Answer, Objective, Programme, parameters_of

# Of the time left, what a tier may use while weaker ones wait, and what the last of them may.
_SHARE, _LAST_SHARE = 0.75, 0.9
# Of a tier's time, what its relaxation and then the choice that this leaves may use.
_RELAX_SHARE, _NARROW_SHARE = 0.3, 0.85
# A value above this is used in a relaxation.
_ANY = 1e-6
# Seconds for taking out blocks that no rule asks for.
_TIDY = 5.0


class Tiers:
    """One solve of one translated model.

    Parameters
    ----------
    began, until
        Of the monotonic clock; without an end each tier runs until it is proven.
    """

    def __init__(
        self,
        build: Build,
        linear: Linear,
        engine: mathopt.SolverType,
        limits: Limits,
        *,
        listens: bool,
        began: float,
        until: float | None,
    ) -> None:
        self.build, self.linear, self.engine, self.limits = build, linear, engine, limits
        self.began, self.until = began, until
        self.programme = Programme(linear, engine, listens=listens, stop=limits.stop)
        self.values: Floats | None = None
        self.reached: list[int] = []
        self.bounds: list[float] = []
        self.notes: list[str] = []
        self._tier_until = until
        self.phases: list[Phase] = [Phase("build", time.monotonic() - began)]

    def run(self) -> Found:
        """Return what all tiers came to."""
        settings = self.build.index.settings
        tiers = soft_tiers(settings)
        objectives: list[Objective] = [tier_objective(self.build, tier) for tier in tiers] or [[]]
        names = [f"tier {tier}" for tier in tiers] or ["any"]
        for level, objective in enumerate(objectives):
            if self._over():
                break
            if self._maximise(names[level], objective, last=level == len(objectives) - 1):
                return Found(None, infeasible=True, phases=tuple(self.phases))
            if self.values is None:
                break
        proven = len(self.reached) == len(objectives) and self.reached == self.bounds
        if self.values is None:
            return Found(None, phases=tuple(self.phases), explanation=tuple(self.notes))
        self._fewest_blocks()
        return Found(
            schedule=self._schedule(),
            bounds=tuple(self.bounds) if tiers else (),
            phases=tuple(self.phases),
            account=self._account() if proven else None,
            explanation=tuple(self.notes),
        )

    def _maximise(self, name: str, objective: Objective, *, last: bool) -> bool:
        """Run one tier and hold what it reached; return whether nothing at all keeps the rows."""
        bound = self._most(objective)
        if self.values is None or self._value(objective) < bound:
            share = _LAST_SHARE if last else _SHARE
            self._tier_until = None if self.until is None else _between(time.monotonic(), self.until, share)
            bound, impossible = self._search(name, objective, bound)
            if impossible:
                return True
        self.bounds.append(bound)
        if self.values is not None:
            self.reached.append(self._value(objective))
            if objective:
                self.programme.hold(objective, self.reached[-1])
        return False

    def _search(self, name: str, objective: Objective, bound: float) -> tuple[float, bool]:
        """Relax, then choose among the half-days that the relaxation uses, then among all.

        Alone, an engine finds nothing worth having in a minute for more than a few clinicians; what the
        relaxation leaves is small, and starts the whole from a good solution.
        """
        relaxed = self._run(f"{name}: relaxed", objective, bound, relaxed=True, share=_RELAX_SHARE)
        bound = min(bound, _whole(relaxed.bound))
        if relaxed.infeasible or self._over():
            return bound, relaxed.infeasible and self.values is None
        if relaxed.values is not None:
            out = self._unused(relaxed.values)
            self._run(f"{name}: narrow", objective, bound, out=out, share=_NARROW_SHARE)
        if self._over() or (self.values is not None and self._value(objective) >= bound):
            return bound, False
        answer = self._run(name, objective, bound)
        return min(bound, _whole(answer.bound)), answer.infeasible and self.values is None

    def _run(
        self,
        name: str,
        objective: Objective,
        bound: float,
        *,
        relaxed: bool = False,
        out: Ints | None = None,
        share: float = 1.0,
    ) -> Answer:
        """Run the engine once, and keep its solution when it is better."""
        since = time.monotonic()
        until = None if self._tier_until is None else _between(since, self._tier_until, share)
        parameters = self._parameters(until)
        if relaxed:
            answer = self.programme.relax(objective, parameters)
        else:
            answer = self.programme.maximise(objective, parameters, hint=self.values, out=out)
            if answer.values is not None and (
                self.values is None or answer.objective > self._value(objective)
            ):
                self.values = answer.values
        if answer.note:
            self.notes.append(answer.note)
        if out is None:
            bound = min(bound, _whole(answer.bound))
        best = None if self.values is None else float(sum(self.reached) + self._value(objective))
        self.phases.append(Phase(name, time.monotonic() - since, best, sum(self.bounds) + bound))
        if self.limits.on_progress is not None:
            seconds = time.monotonic() - self.began
            self.limits.on_progress(Progress(name, seconds, best, sum(self.bounds) + bound))
        return answer

    def _unused(self, relaxed: Floats) -> Ints:
        """Return the half-days of sessions that neither the relaxation nor the solution so far uses."""
        plan = np.array([variable.index for variable in self.build.plan_vars], dtype=np.int64)
        used = relaxed[plan] > _ANY
        if self.values is not None:
            used |= self.values[plan] > _ANY
        return plan[self.build.plan.is_session & ~used]

    def _fewest_blocks(self) -> None:
        """Take out blocks that no rule asks for: the tiers have no reason to."""
        if self._over() or self.values is None:
            return
        since, rows = time.monotonic(), self.build.rows
        until = since + _TIDY if self.until is None else min(since + _TIDY, self.until)
        minutes = [
            (-int(rows.minutes[n]), self.build.row_vars[n].index) for n in np.flatnonzero(~rows.is_session)
        ]
        answer = self.programme.maximise(minutes, self._parameters(until, gap=0.01), hint=self.values)
        if answer.values is not None and answer.objective > self._value(minutes):
            self.values = answer.values
        self.phases.append(Phase("tidy", time.monotonic() - since, float(sum(self.reached))))

    def _parameters(self, until: float | None, gap: float | None = None) -> mathopt.SolveParameters:
        limits = self.limits
        return parameters_of(
            self.engine,
            seconds=None if until is None else until - time.monotonic(),
            seed=limits.seed,
            workers=limits.workers,
            gap=limits.gap_limit if gap is None else gap,
        )

    def _value(self, objective: Objective) -> int:
        assert self.values is not None
        return int(sum(factor * self.values[variable] for factor, variable in objective))

    def _most(self, objective: Objective) -> float:
        """Return what the objective cannot exceed whatever the rows say."""
        ends = ((f * self.linear.low[v], f * self.linear.high[v]) for f, v in objective)
        return float(sum(max(pair) for pair in ends))

    def _account(self) -> dict[str, int]:
        """Return each soft rule's penalty; only at proven optima is none of its slack wider than need be."""
        index = self.build.index
        soft = [name for name, setting in index.settings.items() if not setting.hard and setting.weight]
        return {
            name: index.settings[name].weight * self.build.constants.get(name, 0)
            - self._value(rule_objective(self.build, name))
            for name in soft
        }

    def _schedule(self) -> Schedule:
        assert self.values is not None
        chosen = self.values[[variable.index for variable in self.build.row_vars]] > 0.5
        return extract(self.build.index, self.build.rows.take(chosen))

    def _over(self) -> bool:
        return self.limits.stop.is_set() or (self.until is not None and time.monotonic() >= self.until)


def _between(now: float, end: float, share: float) -> float:
    """Return the time at which a share of what is left has passed."""
    return now + share * max(0.0, end - now)


def _whole(bound: float) -> float:
    """Return the largest whole number under a bound that is proven only to a tolerance."""
    return float(math.floor(bound + 1e-6 * abs(bound) + 1e-4)) if math.isfinite(bound) else bound
