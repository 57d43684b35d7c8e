"""The search: plan half-days, find exact times clinician by clinician, then improve where the plan is missed.

The plan layer is a relaxation of the whole model, so what it proves bounds every schedule, and says of
each clinician how much the exact times should be worth. See docs/decisions.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.candidates import candidates, sessions_of, suiting
from safeschedule.model.index import DAYS, Bools, Index, Ints
from safeschedule.model.rows import Role, Rows, join_rows
from safeschedule.problem import BlockKind
from safeschedule.solving.budget import Budget
from safeschedule.solving.choosing import Chooser
from safeschedule.solving.groups import Replanner, groups_of
from safeschedule.solving.neighbourhood import only_of, part_of, team_blocks
from safeschedule.solving.objective import ranked_tiers
from safeschedule.solving.outcome import Outcome, Phase, TierState
from safeschedule.solving.parts import Change, Job, Solver, State, Task
from safeschedule.solving.plan import Plan, integer_bounds, make_plan, whole_bounds
from safeschedule.solving.pooled import pooled_requests
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.solving.seats import few_hosts
from safeschedule.solving.tidy import tidy, tidy_team
from safeschedule.solving.wide import offers, plan_of, relax

Result = TypeVar("Result")

# Clinicians from which the plan is made with open requests pooled, then group by group; see docs/decisions.
_POOLED = 15
# Clinicians from which an open request is not offered to everyone who could take it.
_WIDE = 25
# Shares of the whole limit: how long to plan, and when to stop improving.
_PLAN_SHARE, _IMPROVE_SHARE = 0.4, 0.9
# Clinicians a thread whose weeks are under way together: a slow one does not make the others wait.
_AHEAD = 4
# What one part may take: a share of the limit, and at most so much a clinician (in its unit).
_STEP_SHARE, _STEP = 0.15, 4.0


class Search:
    """One solve of one problem.

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
        self._bounding: Future[tuple[float, float]] | None = None

    def run(self) -> Outcome:
        """Search until the limit, a stop, or proven optimality."""
        threads = self.workers if self.budget.repeatable else min(self.workers, processors())
        with ThreadPoolExecutor(max_workers=max(1, min(threads, processors()))) as pool:
            plan = self._make_plan(pool)
            infeasible = plan.infeasible or self._first(plan)
            if not infeasible and self.state is not None:
                self._group(pool, plan)
                self._times(pool, threads, plan)
                self._replan(pool, threads, plan)
                self._improve(pool, threads, plan)
        rows = None
        if self.best is not None and not infeasible:
            self._enter("tidy")
            rows = tidy(self.solver, self.best)
        self._enter("end")
        return Outcome(rows, self._states(self.best), infeasible=infeasible, phases=tuple(self.phases))

    # Phases.

    def _use(self, rows: Rows) -> None:
        """Search over these rows from now on."""
        self.rows = rows
        self.solver = Solver(self.index, rows, self.tiers, self.budget, self.seed)
        self.open = self._open_requests()
        self.team = team_blocks(rows)

    def _make_plan(self, pool: ThreadPoolExecutor) -> Plan:
        """Plan; meanwhile, unless it must be repeatable, look for a first schedule without a plan."""
        self._enter("plan")
        if self.pooled:
            wide = self._aside(pool, lambda: relax(self.index, self.suits, self.budget, _PLAN_SHARE))
            groups = groups_of(self.index)
            offered, placed, homes = offers(self.index, self.suits, wide, groups, self.seed)
            if self.wide:
                self._widen(sessions_of(self.index, offered))
            self.plan, takers = plan_of(self.index, self.rows, self.tiers, wide, placed)
            self.homes = np.where(homes >= 0, homes, groups[takers])
            if not self.wide:
                self._bound_whole(pool, self.plan)
        else:
            self.plan = self._aside(
                pool, lambda: make_plan(self.index, self.rows, self.budget, _PLAN_SHARE, self.seed)
            )
        return self.plan

    def _bound_whole(self, pool: ThreadPoolExecutor, plan: Plan) -> None:
        """Look for a tighter bound than with pools; beside the search unless it must be repeatable."""
        until = self.budget.used + _PLAN_SHARE * self.budget.whole
        self._bounding = pool.submit(whole_bounds, self.index, self.rows, plan.weights, self.budget, until)
        if self.budget.repeatable:
            self._bounding.result()
        self._tighten()

    def _tighten(self) -> None:
        """Take a tighter bound when there is one by now."""
        if self.plan is not None and self._bounding is not None and self._bounding.done():
            self._bound(*self._bounding.result())
            self._bounding = None

    def _bound(self, first: float, total: float) -> None:
        """Take bounds of the strongest tier and of the weighted sum."""
        assert self.plan is not None
        if self.plan.bounds:
            self.plan.bounds[0] = min(self.plan.bounds[0], first)
            self.plan.total = min(self.plan.total, total)

    def _bound_integer(self, plan: Plan, seconds: float) -> threading.Event:
        """Look for bounds by the integer programme, beside the search; return what stops it."""
        stop = threading.Event()

        def work() -> None:
            for found in integer_bounds(self.index, self.rows, plan.weights, stop, seconds):
                if not stop.is_set():
                    self._bound(*found)

        threading.Thread(target=work, daemon=True).start()
        return stop

    def _widen(self, more: Rows) -> None:
        """Add rows; those that there were keep their numbers."""
        self._use(join_rows([self.rows, more]))
        if self.best is not None:
            chosen = np.append(self.best.chosen, np.zeros(len(more), dtype=bool))
            self.state = self.best = replace(self.best, chosen=chosen)

    def _aside(self, pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        if self.budget.repeatable:
            return work()
        coming = pool.submit(work)
        self._meanwhile(coming.done)
        return coming.result()

    def _meanwhile(self, done: Callable[[], bool]) -> None:
        """Make a first schedule: blocks, joint ones on the hour with the own supervisor if possible."""
        blocks = ~self.rows.is_session | self._due()
        for mask in (blocks & self._plain(), blocks):
            if self.state is None and not done() and not self.budget.over:
                found, _ = self._blocks(mask)
                if found is not None:
                    self._take(found)
        for person in range(len(self.index.clinicians)):
            if self.state is None or done() or self.budget.over:
                return
            free = only_of(self.rows, [person]) & ~self.open & ~self.team
            change = self.solver.improve(self.state, Task([person], free, limit=self._step(1)))
            if change is not None:
                self._take(self.solver.accept(self.state, change))

    def _plain(self) -> Bools:
        """Return all rows but those of joint blocks off the hour or with somebody else's supervisor."""
        rows, number = self.rows, self.index.clinician_number
        leads = np.array([number.get(c.supervisor or "", -1) for c in self.index.clinicians])
        off = self.team & (
            (rows.start % 60 != 0)
            | (rows.role == Role.ATTEND)
            & (leads[rows.clinician] >= 0)
            & (leads[rows.clinician] != rows.partner)
        )
        plain: Bools = ~off | rows.of_block(BlockKind.URGENT_SLOT)
        return plain

    def _first(self, plan: Plan) -> bool:
        """Place the blocks where the plan has them; return whether it is proven that nothing can be.

        First with the team's blocks in their planned half-days, then anywhere; with a pooled plan only on
        the hour and with the own supervisor, and else as they were found meanwhile.
        """
        self._enter("blocks")
        blocks = ~self.rows.is_session
        planned = plan.blocks | (blocks & ~self.team)
        masks = [planned, blocks]
        if self.pooled:
            seats = blocks & (self.rows.role == Role.ATTEND)
            masks = [(planned | seats) & self._plain(), blocks & self._plain(), *masks]
        found = None
        for mask in (*(mask | self._due() for mask in masks), np.ones(len(self.rows), dtype=bool)):
            found, impossible = self._blocks(mask, plan.levels)
            if impossible and mask.all():
                return True
            if found is None and self.pooled and self.state is not None:
                found = self.solver.look(self.state.chosen, plan.levels)
            if found is not None or self.budget.over:
                break
        if found is not None and not self.budget.over:
            # Blocks that nothing asks for would be in the way of sessions.
            found = tidy_team(self.solver, found)
        if found is not None:
            self._take(found)
        self.settled = self.state
        return False

    def _blocks(self, free: Bools, levels: Sequence[int] = ()) -> tuple[State | None, bool]:
        """Return any schedule of these rows that keeps the rules, and whether there is none, proven."""
        part = part_of(self.index, self.rows, np.zeros(len(self.rows), dtype=bool), free)
        run = self.solver.prepare(part, None, goalless=True)
        limit = min(0.5 * self.budget.left, self.budget.whole)
        answer = run.solve(budget=self.budget, limit=limit, seed=self.seed, workers=8, first=True)
        if answer.chosen is None:
            return None, answer.infeasible
        chosen = np.zeros(len(self.rows), dtype=bool)
        chosen[part.numbers[answer.chosen]] = True
        return self.solver.look(chosen, levels), False

    def _group(self, pool: ThreadPoolExecutor, plan: Plan) -> None:
        """Make the pooled plan whole, group by group."""
        if not self.pooled or self.budget.over or not plan.found or self.state is None:
            return
        self._enter("groups")
        replanner = Replanner(self.solver, plan)
        groups = groups_of(self.index)
        own = np.append(self.homes, -1)[self.rows.request]
        state, limit = self.state, self._step(3)

        def work(group: int) -> tuple[Ints, Plan] | None:
            if self.budget.over:
                return None
            people = np.flatnonzero(groups == group).tolist()
            return replanner.make(state, people, limit, ~self.rows.is_session | (own == group))

        count = int(groups.max()) + 1
        for group, made in enumerate(pool.map(work, range(count))):
            if made is not None:
                replanner.write(np.flatnonzero(groups == group).tolist(), made)

    def _replan(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Plan again for the groups in which a clinician's week cannot be timed as planned."""
        if not self.pooled or self.state is None or not plan.found:
            return
        self._enter("replan")
        replanner = Replanner(self.solver, plan)
        groups = groups_of(self.index)
        ceilings = np.full(len(self.index.clinicians), np.inf)
        made: dict[tuple[int, ...], tuple[Ints, Plan] | None] = {}
        missing = plan.missing(self.rows, self.state.chosen)[0]
        held = plan.held(self.rows, self.state.chosen)[0]
        ceilings[missing > 0] = held[missing > 0]
        waiting = deque(sorted(set(groups[missing > 0].tolist())))

        def draw(_: State, busy: frozenset[int]) -> Job | None:
            del busy
            if self.budget.over or not waiting:
                return None
            people = np.flatnonzero(groups == waiting.popleft()).tolist()
            limit = self._step(3)

            def work(state: State) -> Change | None:
                change, made[tuple(people)] = replanner.improve(state, people, limit, ceilings)
                return change

            return Job(people, work)

        def learn(state: State, job: Job, change: Change | None) -> None:
            known = made.pop(tuple(job.people))
            if change is not None and known is not None:
                replanner.write(job.people, known)
            self._take(state)

        self._take(self.solver.stream(pool, self.state, draw, learn, threads))

    def _times(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Find each clinician's best week, alone, the team's blocks and open requests as planned.

        First in the planned half-days, or at least dates; then all rows of those who miss their plan, most
        missing first.
        """
        self._enter("times")
        assert self.state is not None
        allowed = np.where(self.rows.is_session, plan.mask | ~self.open, ~self.team)
        everyone = range(len(self.index.clinicians))
        if not plan.found:
            self._alone(pool, threads, plan, everyone, allowed)
        else:
            blocks = ~self.rows.is_session
            date = self.rows.request * DAYS + self.rows.day
            dates = np.isin(date, date[plan.likely & self.rows.is_session])
            self._alone(pool, threads, plan, everyone, allowed & (dates | blocks), plan.likely | blocks)
            missing = plan.missing(self.rows, self.state.chosen)[0]
            lacking = [int(c) for c in np.argsort(-missing, kind="stable") if missing[c] > 0]
            self._alone(pool, threads, plan, lacking, allowed)
        self._settle(plan.levels)

    def _alone(
        self,
        pool: ThreadPoolExecutor,
        threads: int,
        plan: Plan,
        people: Sequence[int],
        allowed: Bools,
        first: Bools | None = None,
    ) -> None:
        """Improve weeks one by one over allowed rows (see `Task`)."""
        # Whose change met another's is asked once more.
        waiting, again = deque(people), set[int]()

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or not waiting or (waiting[0] in again and busy):
                return None
            person = waiting.popleft()
            room = plan.missing(self.rows, state.chosen)[:, person].tolist() if plan.found else ()
            free = only_of(self.rows, [person]) & allowed
            return self.solver.job(Task([person], free, room, self._step(1), first))

        def learn(state: State, job: Job, change: Change | None) -> None:
            self._take(state)
            (person,) = job.people
            if change is None and person not in again:
                again.add(person)
                waiting.append(person)

        assert self.state is not None
        self._take(self.solver.stream(pool, self.state, draw, learn, _AHEAD * threads))

    def _improve(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Free a few clinicians at a time, those first who miss their plan, until nothing helps any more."""
        self._enter("improve")
        assert self.state is not None
        chooser = Chooser(self.index, self.rows, plan, self.seed)
        until = _IMPROVE_SHARE * self.budget.limit
        stop = None
        if not self.pooled and not self.budget.repeatable and not self._done():
            stop = self._bound_integer(plan, max(0.0, min(until, self.budget.whole) - self.budget.used))

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or self.budget.used >= until or self._done():
                return None
            self._tighten()
            room = self._room()
            chooser.turn_to(len(room) - 1)
            people = chooser.choose(state, busy)
            if not people:
                return None
            limit = min(self._step(chooser.size), until - self.budget.used)
            return self.solver.job(Task(people, only_of(self.rows, people), room, limit))

        def learn(state: State, job: Job, change: Change | None) -> None:
            chooser.learn(job.people, change)
            self._take(state)

        self._take(self.solver.stream(pool, self.state, draw, learn, threads))
        if chooser.exhausted and not self.budget.over and not self._done():
            self._prove(until - self.budget.used)
        if stop is not None:
            stop.set()
        self._settle()

    def _prove(self, limit: float) -> None:
        """Free everything: nothing smaller helps any more, so this does or the schedule is the best."""
        assert self.plan is not None
        # Nothing is proven of schedules with lower peaks while the team levels are held from below.
        self._settle()
        if self.state is None:
            return
        self.state = replace(self.state, levels=())
        everyone = list(range(len(self.index.clinicians)))
        everything = np.ones(len(self.rows), dtype=bool)
        change = self.solver.improve(self.state, Task(everyone, everything, self._room(), limit))
        if change is None:
            return
        self._take(self.solver.accept(replace(self.state, levels=change.levels), change))
        if change.optimal and not self.wide:
            self.plan.close(self.state.values)

    def _settle(self, levels: Sequence[int] = ()) -> None:
        """Take the exact values of the present schedule; go back to an earlier one if it is at fault."""
        assert self.state is not None
        state = self.solver.look(self.state.chosen, levels)
        if state is None:
            # Changes that were found side by side clash in a way that was not foreseen.
            self.state = self.best = self.settled
            return
        self.settled = self.state = state
        self.best = state if self.best is None or state.values >= self.best.values else self.best
        self._tell()

    def _room(self) -> list[float]:
        """Return how much more each tier can have, as far as every stronger one is at its bound."""
        found: list[float] = []
        for state in self._states(self.state):
            found.append(state.bound - state.reached)
            if found[-1] > 1e-6:
                break
        return found

    # What the search knows.

    def _open_requests(self) -> Bools:
        """Return the rows of sessions that more than one clinician could take."""
        sessions = np.flatnonzero(self.rows.is_session)
        several = np.zeros(len(self.index.requests), dtype=bool)
        pairs = np.unique(np.stack([self.rows.request[sessions], self.rows.clinician[sessions]]), axis=1)
        several[np.flatnonzero(np.bincount(pairs[0], minlength=len(several)) > 1)] = True
        return self.rows.of_requests(several)

    def _due(self) -> Bools:
        """Return the rows of sessions that a hard rule may ask for: all if access is hard, else pinned."""
        access = self.index.settings.get("access")
        if access is not None and access.hard:
            return self.rows.is_session
        pinned = {pin.request for pin in self.index.problem.pinned_appointments}
        asked = np.array([request.id in pinned for request in self.index.requests], dtype=bool)
        return self.rows.of_requests(asked)

    def _states(self, state: State | None) -> list[TierState]:
        """Return value and bound of each tier."""
        reached = list(state.values) if state else [0] * len(self.tiers)
        bounds = [float("inf")] * len(self.tiers)
        if self.plan is not None:
            bounds = [self.plan.bound_of(level, reached) for level in range(len(self.tiers))]
        return [TierState(*each) for each in zip(self.tiers, reached, bounds, strict=True)]

    def _done(self) -> bool:
        """Return whether every tier is proven, or the distance small against the whole objective."""
        states = self._states(self.state)
        distance = sum(state.bound - state.reached for state in states)
        return distance <= max(1e-6, self.gap * abs(sum(state.reached for state in states)))

    def _step(self, size: int) -> float:
        """Return what a part of so many clinicians may use."""
        return min(_STEP * size, _STEP_SHARE * self.budget.whole, max(0.05, self.budget.left))

    # Telling.

    def _take(self, state: State) -> None:
        self.state = state
        if self.best is None or state.values > self.best.values:
            self.best = state
            self._tell()

    def _standing(self) -> tuple[float | None, float | None]:
        """Return objective and bound as far as they are known."""
        states = self._states(self.best)
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


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
