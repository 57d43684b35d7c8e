"""What a search has in hand: its rows, plan and schedules, how good they are, and how it tells of them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows, join_rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import team_blocks
from safeschedule.solving.objective_constant import stakes
from safeschedule.solving.outcome import Phase, TierState
from safeschedule.solving.parts import Solver, State
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.solving.relaxation.aggregation import pooled_requests
from safeschedule.solving.relaxation.bounding import Bounding
from safeschedule.solving.relaxation.hosts import few_hosts
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.subproblem import Whole, whole_of
from safeschedule.solving.tiers import pursued_first, ranked_tiers

# Clinicians from which the plan is made with open requests pooled, then group by group; see docs/decisions.
_POOLED = 15
# Clinicians from which an open request is not offered to everyone who could take it.
_WIDE = 25
# Clinicians up to which fairness is pursued with the other tiers from the beginning.
_AT_ONCE = 3
# What one part may take: a share of the limit, and at most so much a clinician (in its unit).
_STEP_SHARE, _STEP = 0.15, 4.0
# What a row takes in the encoding of the model of all rows, in seconds of a slow processor.
_WHOLE_ROW = 1e-4
# What it takes to time a clinician's week anew, in deterministic time and in seconds of a processor.
_WEEK_WORK, _WEEK_SECONDS = 0.2, 0.6


class Course:
    """One solve of one problem, as far as it has come.

    Parameters
    ----------
    index
        The problem.
    seed, workers
        Of the solver: `workers` parts are solved side by side. With a deterministic limit both fix the
        schedule; otherwise no more than there are processors are used.
    gap
        Stop when the distance to the bound is at most this fraction of the whole objective.
    pooled_from
        Clinicians from which the plan is made with open requests pooled.
    wide_from
        Clinicians from which, besides, an open request is offered to some only.
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
        pooled_from: int = _POOLED,
        wide_from: int = _WIDE,
    ) -> None:
        self.index, self.budget = index, budget
        self.seed, self.workers, self.gap = seed, workers, gap
        self.on_progress = on_progress
        self.tiers: list[Tier] = ranked_tiers(index.settings)
        # What states are told by: in small teams all tiers at once, else at first without fairness.
        small = len(index.clinicians) <= _AT_ONCE
        self.pursued = self.tiers if small else pursued_first(self.tiers)
        self._stakes = _stakes_of(index)
        self.phases: list[Phase] = []
        self._phase, self._since = "build", 0.0
        self._tell()
        self.wide = len(index.clinicians) >= wide_from
        self.pooled = self.wide or len(index.clinicians) >= pooled_from
        self.suits = suiting(index)
        offered = self.suits.copy()
        if self.wide:
            offered[pooled_requests(index, self.suits)] = False
        rows = candidates(index, offered)
        self._use(few_hosts(index, rows, seed) if self.wide else rows)
        self.plan: Plan | None = None
        self.state: State | None = None
        self.best: State | None = None
        self.settled: State | None = None
        self.constructed: State | None = None
        self.offered: Bools = np.zeros_like(self.suits)
        self.bounding: Bounding | None = None

    def _use(self, rows: Rows) -> None:
        """Search over these rows from now on."""
        self.rows = rows
        self.whole: Whole | None = None
        self.solver = Solver(self.index, rows, self.pursued, self.budget, self.seed)
        self.open = self._open_requests()
        self.team = team_blocks(rows)

    def _encode_whole(self, share: float) -> None:
        """Encode the model of all rows, out of which parts are cut from now on, if there is time.

        Where it takes more than a share of what is left (in large teams), each part is encoded by itself.
        """
        late = _WHOLE_ROW * len(self.rows) > share * self.budget.left
        if self.whole is not None or late or self.budget.over:
            return
        try:
            self.whole = whole_of(encode(self.index, self.rows, recording=True), self.tiers)
        except ValueError:
            # A rule of one's own posts what cannot be said in rows: its parts are encoded one by one.
            return
        self.solver = Solver(self.index, self.rows, self.pursued, self.budget, self.seed, self.whole)
        if self.state is not None:
            self.state = self.solver.look(self.state.chosen) or self.state

    def _widen(self, more: Rows) -> None:
        """Add rows; those that there were keep their numbers."""
        self._use(join_rows([self.rows, more]))
        if self.best is not None:
            chosen = np.append(self.best.chosen, np.zeros(len(more), dtype=bool))
            self.state = self.best = replace(self.best, chosen=chosen, assignment=None)
            self.constructed = self.settled = self.best

    def _open_requests(self) -> Bools:
        """Return the rows of sessions that more than one clinician could take."""
        sessions = np.flatnonzero(self.rows.is_session)
        several = np.zeros(len(self.index.requests), dtype=bool)
        pairs = np.unique(np.stack([self.rows.request[sessions], self.rows.clinician[sessions]]), axis=1)
        several[np.flatnonzero(np.bincount(pairs[0], minlength=len(several)) > 1)] = True
        return self.rows.of_requests(several)

    def _take(self, state: State) -> None:
        self.state = state
        if self.best is None or state.values > self.best.values:
            self.best = state
            self._tell()

    def _settle(self, levels: Sequence[int] = ()) -> None:
        """Take the exact values of the present schedule; go back to an earlier one if it is at fault."""
        assert self.state is not None
        # What was found in the whole model has exact values.
        exact = self.whole is not None and self.state.assignment is not None
        state = self.state if exact else self.solver.look(self.state.chosen, levels)
        if state is None:
            # Changes that were found side by side clash in a way that was not foreseen.
            known = [each for each in (self.settled, self.constructed) if each is not None]
            self.state = self.best = max(known, key=lambda each: each.values, default=None)
            return
        self.settled = state
        self.best = state if self.best is None or state.values >= self.best.values else self.best
        # What was constructed may be better than what a plan came to in the time.
        self.state = self.best
        self._tell()

    def _states(self, state: State | None) -> list[TierState]:
        """Return value and bound of each tier; nothing is reached of those that are not pursued yet."""
        known = dict(zip(self.pursued, state.values, strict=True)) if state else {}
        reached = [known.get(tier, 0) for tier in self.tiers]
        bounds = [float("inf")] * len(self.tiers)
        if self.plan is not None:
            bounds = self.plan.tier_bounds(self.tiers, self._stakes, reached)
        return [TierState(*each) for each in zip(self.tiers, reached, bounds, strict=True)]

    def _pursued_states(self, state: State | None) -> list[TierState]:
        """Return value and bound of each tier that is pursued by now."""
        return [each for each in self._states(state) if each.tier in self.pursued]

    def _pursue_all(self) -> State | None:
        """Go by all tiers from now on; return the schedule to go on from, if there is one."""
        self._settle()
        solver = Solver(self.index, self.rows, self.tiers, self.budget, self.seed, self.whole)
        found = None if self.state is None else solver.look(self.state.chosen)
        if found is not None:
            self.pursued, self.solver = self.tiers, solver
            self.state = self.best = self.settled = self.constructed = found
        return found

    def _room(self) -> list[float]:
        """Return how much more each level of the plan can have, while every stronger one is at its bound."""
        assert self.plan is not None
        assert self.state is not None
        found: list[float] = []
        reached = self.plan.merged(self.pursued, self.state.values)
        for level, value in enumerate(reached):
            found.append(self.plan.bound_of(level, reached) - value)
            if found[-1] > 1e-6:
                break
        return found

    def _done(self) -> bool:
        """Return whether every tier is proven, or the distance small against the whole objective."""
        states = self._pursued_states(self.state)
        distance = sum(state.bound - state.reached for state in states)
        return distance <= max(1e-6, self.gap * abs(sum(state.reached for state in states)))

    def _ended(self) -> bool:
        """Return whether there is no more time, or nothing more to be had."""
        return self.budget.over or self._done()

    def _step(self, size: int) -> float:
        """Return what a part of so many clinicians may use."""
        return min(_STEP * size, _STEP_SHARE * self.budget.whole, max(0.05, self.budget.left))

    def _weeks_take(self, work: float = _WEEK_WORK, seconds: float = _WEEK_SECONDS) -> float:
        """Return what everybody's week takes when a clinician's takes so much, in the budget's unit."""
        unit = work if self.budget.repeatable else seconds / self._threads()
        return unit * len(self.index.clinicians)

    def _threads(self) -> int:
        """Return how many runs go on side by side: with a clock no more than there are processors."""
        return self.workers if self.budget.repeatable else min(self.workers, processors())

    def _tighten(self) -> None:
        """Take the tighter bounds that were found beside the search by now."""
        if self.plan is None or self.bounding is None or not self.plan.bounds:
            return
        for first, total in self.bounding.take():
            self.plan.bounds[0] = min(self.plan.bounds[0], first)
            self.plan.total = min(self.plan.total, total)

    def _standing(self) -> tuple[float | None, float | None]:
        """Return objective and bound as far as they are known."""
        states = self._pursued_states(self.best)
        best = None if self.best is None else float(sum(state.reached for state in states))
        bound = float(sum(state.bound for state in states))
        return best, bound if np.isfinite(bound) else None

    def _enter(self, phase: str) -> None:
        self._tighten()
        now = self.budget.elapsed
        self.phases.append(Phase(self._phase, now - self._since, *self._standing()))
        self._phase, self._since = phase, now
        self._tell()

    def _tell(self) -> None:
        if self.on_progress is not None and self._phase != "end":
            standing = self._standing() if hasattr(self, "best") else (None, None)
            self.on_progress(Progress(self._phase, self.budget.elapsed, *standing))


def _stakes_of(index: Index) -> dict[Tier, int]:
    """Return by tier what it is worth when every session is held without a penalty."""
    found: dict[Tier, int] = {}
    for name, stake in stakes(index).items():
        tier = index.settings[name].tier
        found[tier] = found.get(tier, 0) + stake
    return found


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
