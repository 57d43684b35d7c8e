"""How a search begins: a constructed schedule, the plan, and the team's blocks at exact times."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

import numpy as np

from safeschedule.model.candidates import sessions_of
from safeschedule.model.index import Bools, Ints
from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind
from safeschedule.solving.neighbourhood import dates_at_work, only_of, part_of
from safeschedule.solving.parts import State, Task
from safeschedule.solving.profit import demanded, worth_of_rows
from safeschedule.solving.relaxation.aggregation import pooled_requests
from safeschedule.solving.relaxation.assignment_plan import make_plan
from safeschedule.solving.relaxation.bounding import Bounding, Bounds
from safeschedule.solving.relaxation.bounds import tighter_bounds, whole_bounds
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.relaxation.relax_and_round import offers, plan_of, relax
from safeschedule.solving.search.cleanup.tidy import tidy_team
from safeschedule.solving.search.construction import confirm, construct, construct_again, offered_to
from safeschedule.solving.search.course import Course
from safeschedule.solving.search.group_plans import Replanner
from safeschedule.solving.subproblem import Answer, Engine, Subproblem

Result = TypeVar("Result")

# How much of the whole limit planning may take.
_PLAN_SHARE = 0.4
# When the first schedule is left as it is, as a multiple of a second more than there was none: to better it
# takes processors from the plan.
_MEANWHILE = 2.0
# Of the time for a clinician's week, what one beside the planning may take.
_SOON = 0.2
# Of the time that is left, what encoding the model of the whole week may take beside the planning.
_BESIDE_SHARE = 0.5
# Of the whole limit, what a construction may take before it leaves out the rest, and what blocks may take
# where it did not come to anything.
_CONSTRUCTION_SHARE, _PLAIN_BLOCKS_SHARE = 0.5, 0.1
# Of the whole limit, what further constructions may take, and the deterministic time that one counts for a
# clinician: a solver takes about as long for so much.
_AGAIN_SHARE, _CONSTRUCTION_WORK = 0.05, 0.004
# The share where there is no time to find anybody's week from nothing.
_AGAIN_SHARE_IN_A_HURRY = 0.5
# Of the time for any schedule of the blocks, what the quick way to one may take.
_PLAIN_SHARE = 0.3
# Until when tighter bounds are looked for, as a share of the whole limit.
_BOUND_SHARE = 0.8


class Beginning(Course):
    """Constructs a first schedule, makes the plan and places the team's blocks as it says."""

    def _construct(self) -> None:
        """Construct a first schedule; where the model allows nothing of it, round blocks that it finds."""
        self._enter("construction")
        if self.wide:
            asked = np.array(pooled_requests(self.index, self.suits), dtype=np.int64)
            self.offered = offered_to(self.index, self.suits, asked)
            self._widen(sessions_of(self.index, self.offered))
        worth = worth_of_rows(self.index, self.rows, self.tiers)
        until = _CONSTRUCTION_SHARE * self.budget.limit

        def over() -> bool:
            late = not self.budget.repeatable and self.budget.used > until
            return late or self.budget.over

        found = confirm(self.solver, construct(self.index, self.rows, worth, over), partly=True)
        if found is None:
            found = self._round_blocks(worth, over)
        if found is not None:
            self._take(found)
            found = construct_again(self.solver, found, worth, over, self._again)
            self._take(found)
        self.constructed = self.settled = found

    def _again(self, made: int) -> bool:
        """Return whether there is time for one more construction beside those made, and book it."""
        work = _CONSTRUCTION_WORK * len(self.index.clinicians)
        coming = work if self.budget.repeatable else self.budget.elapsed / made
        hurried = self.budget.limit < self._weeks_take()
        share = _AGAIN_SHARE_IN_A_HURRY if hurried else _AGAIN_SHARE
        if self.budget.over or self.budget.used + coming > share * self.budget.limit:
            return False
        self.budget.spend(work)
        return True

    def _round_blocks(self, worth: Floats, over: Callable[[], bool]) -> State | None:
        """Return a schedule round any blocks that keep the rules, with what they ask for."""
        blocks = ~self.rows.is_session | self._due()
        for mask in (blocks & self._plain(), blocks):
            found, impossible = self._blocks(mask, share=_PLAIN_BLOCKS_SHARE)
            if found is not None:
                return self._completed(found, worth, over)
            if self.budget.over or (impossible and mask.all()):
                break
        return None

    def _completed(self, state: State, worth: Floats, over: Callable[[], bool]) -> State:
        """Return a schedule with what a construction puts round it; as it is, where that is refused."""
        built = construct(self.index, self.rows, worth, over, state.chosen)
        return confirm(self.solver, built) or state

    def _make_plan(self, pool: ThreadPoolExecutor) -> Plan:
        """Plan; meanwhile, unless it must be repeatable, better what was constructed."""
        self._enter("plan")
        if self.pooled:
            wide = self._aside(pool, lambda: relax(self.index, self.suits, self.budget, _PLAN_SHARE))
            groups = groups_of(self.index)
            offered, placed, homes = offers(self.index, self.suits, wide, groups, self.seed)
            if self.wide:
                self._widen(sessions_of(self.index, offered & ~self.offered))
            self.plan, takers = plan_of(self.index, self.rows, self.tiers, wide, placed)
            self.homes = np.where(homes >= 0, homes, groups[takers])
        else:
            self.plan = self._aside(
                pool, lambda: make_plan(self.index, self.rows, self.budget, _PLAN_SHARE, self.seed)
            )
        if not self.wide and self.plan.relaxed is not None and (self.pooled or self.plan.relaxed.unsettled):
            self._bound_beside(self.plan)
        return self.plan

    def _bound_beside(self, plan: Plan) -> None:
        """Look for tighter bounds beside the search, unless it must be repeatable."""
        known, whole = plan.relaxed, not self.pooled
        seconds = _BOUND_SHARE * self.budget.whole - self.budget.used
        if known is None or not known.solved or plan.infeasible or seconds <= 0:
            return
        if self.budget.repeatable or self.bounding is not None:
            return
        rows = self.rows

        def integer() -> tuple[bool, bool]:
            """Return whether the integer programme can tell anything of the first tier, and of the sum."""
            reached = -np.inf if self.best is None else plan.merged(self.pursued, self.best.values)[0]
            return whole and reached < plan.bounds[0], whole and plan.total - plan.made > 1.0

        def work(stop: threading.Event) -> Iterator[Bounds]:
            if whole:
                yield from tighter_bounds(known, stop, seconds, integer)
            else:
                yield from whole_bounds(self.index, rows, plan, stop, seconds)

        self.bounding = Bounding(work)
        self.bounding.start()

    def _aside(self, pool: ThreadPoolExecutor, work: Callable[[], Result]) -> Result:
        if self.budget.repeatable:
            return work()
        coming = pool.submit(work)
        self._meanwhile(coming.done)
        return coming.result()

    def _meanwhile(self, done: Callable[[], bool]) -> None:
        """Encode the model of the week; then better the constructed schedule, date by date."""
        if not self.wide:
            self._encode_whole(_BESIDE_SHARE)
        until = _MEANWHILE * (1.0 + self.budget.elapsed)
        day = self.rows.day
        for person, date in dates_at_work(self.rows, len(self.index.clinicians)):
            if self.state is None or done() or self.budget.over or self.budget.elapsed > until:
                return
            free = only_of(self.rows, [person]) & ~self.open & ~self.team & (day == date)
            change = self.solver.improve(self.state, Task([person], free, limit=_SOON * self._step(1)))
            if change is not None:
                self._take(self.solver.accept(self.state, change))

    def _plain(self) -> Bools:
        """Return all rows but joint blocks off the hour and consultations of somebody else's supervisor."""
        rows, number = self.rows, self.index.clinician_number
        leads = np.array([number.get(c.supervisor or "", -1) for c in self.index.clinicians])
        off = self.team & (
            (rows.start % 60 != 0)
            | (rows.role == Role.ATTEND)
            & rows.of_block(BlockKind.CONSULTATION)
            & (leads[rows.clinician] >= 0)
            & (leads[rows.clinician] != rows.partner)
        )
        plain: Bools = ~off | rows.of_block(BlockKind.URGENT_SLOT)
        return plain

    def _due(self) -> Bools:
        """Return the rows of sessions that a hard rule may ask for: all if access is hard, else some."""
        access = self.index.settings.get("access")
        if access is not None and access.hard:
            return self.rows.request >= 0
        problem = self.index.problem
        pinned = {pin.request for pin in problem.pinned_appointments}
        groups: set[str | None] = {pin.group for pin in problem.pinned_groups}
        wanted = demanded(self.index).tolist()
        asked = [
            r.id in pinned or r.group in groups or is_wanted
            for r, is_wanted in zip(self.index.requests, wanted, strict=True)
        ]
        groups |= {r.group for r, is_wanted in zip(self.index.requests, wanted, strict=True) if is_wanted}
        asked += [group.id in groups for group in self.index.groups]
        found: Bools = (self.rows.request >= 0) & np.array([*asked, False], dtype=bool)[self.rows.request]
        return found

    def _first(self, plan: Plan) -> bool:
        """Place the blocks where the plan has them; return whether it is proven that nothing can be.

        First with the team's blocks in their planned half-days, then anywhere; with a pooled plan only on
        the hour and with the own supervisor, and else as they were constructed.
        """
        self._enter("blocks")
        blocks = ~self.rows.is_session
        planned = plan.blocks | (blocks & ~self.team)
        masks = [planned, blocks]
        if self.pooled:
            seats = blocks & (self.rows.role == Role.ATTEND)
            masks = [(planned | seats) & self._plain(), blocks & self._plain(), *masks]
        found, gathered = None, None
        due = self._due()
        planned_due = [masks[0] | (due & plan.likely)] if due.any() else []
        masks = [*planned_due, *(mask | due for mask in masks)]
        for mask in (*masks, np.ones(len(self.rows), dtype=bool)):
            gathered, impossible = self._gathered(mask, plan)
            found = gathered
            if found is None and not impossible:
                found, impossible = self._blocks(mask, plan.levels)
            if impossible and mask.all():
                # The rows of a wide search are not all that there are.
                return not self.wide
            if found is None and self.pooled and self.state is not None:
                found = self.solver.look(self.state.chosen, plan.levels)
            if found is not None or self.budget.over:
                break
        if found is not None and not self.budget.over:
            # Blocks that nothing asks for would be in the way of sessions.
            found = tidy_team(self.solver, found)
        if found is not None:
            self._take(found)
        if gathered is None:
            self._gather(plan)
        self.settled = self.state
        return False

    def _gathered(self, mask: Bools, plan: Plan) -> tuple[State | None, bool]:
        """Return the best schedule of the team's blocks and the groups' sessions, and whether there is none.

        Of the groups the sessions that the mask has, and where a planned group gets none, any. Without
        groups there is nothing to be the best of. Sessions of single clients come after them.
        """
        gathering, limit = self.rows.in_group, self._group_step()
        if not gathering.any() or mask.all():
            return None, False
        best, impossible = self._blocks(mask, plan.levels, best_within=limit)
        if (gathering & ~mask).any() and (best is None or self._lacks_groups(best, plan)):
            found, impossible = self._blocks(mask | gathering, plan.levels, best_within=limit)
            if found is not None and (best is None or found.values > best.values):
                best = found
        return best, impossible and best is None

    def _gather(self, plan: Plan) -> None:
        """Add sessions of groups to a schedule that has none of a planned group; the rest of it stays."""
        if self.state is None or self.budget.over or not self._lacks_groups(self.state, plan):
            return
        gathering = self.rows.in_group
        leading = np.unique(self.rows.clinician[gathering])
        own = self.rows.is_block & ~self.team & np.isin(self.rows.clinician, leading)
        task = Task(range(len(self.index.clinicians)), gathering | own, limit=self._group_step())
        change = self.solver.improve(self.state, task)
        if change is not None:
            self._take(self.solver.accept(self.state, change))

    def _lacks_groups(self, state: State, plan: Plan) -> bool:
        """Return whether the plan has groups of which a schedule has no session."""
        leads = self.rows.role == Role.LEAD
        planned = np.unique(self.rows.request[leads & plan.blocks])
        return bool(np.setdiff1d(planned, self.rows.request[leads & state.chosen]).size)

    def _group_step(self) -> float:
        """Return what placing the sessions of groups may use."""
        return self._step(len(np.unique(self.rows.clinician[self.rows.in_group])))

    def _blocks(
        self,
        free: Bools,
        levels: Sequence[int] = (),
        best_within: float | None = None,
        share: float = 1.0,
    ) -> tuple[State | None, bool]:
        """Return any schedule of these rows that keeps the rules, and whether there is none, proven.

        `best_within`: the best that is found in so much of the budget. `share`: what it may take at most.
        """
        if self.budget.stop.is_set():
            return None, False
        part = part_of(self.index, self.rows, np.zeros(len(self.rows), dtype=bool), free)
        goalless = best_within is None
        run = self.solver.prepare(part, None, () if goalless else levels, goalless=goalless)
        limit = min(0.5 * self.budget.left, share * self.budget.whole)
        if best_within is None:
            answer = self._any(run, limit)
        else:
            answer = run.solve(budget=self.budget, limit=min(limit, best_within), seed=self.seed)
        if answer.chosen is None:
            return None, answer.infeasible
        chosen = np.zeros(len(self.rows), dtype=bool)
        chosen[part.numbers[answer.chosen]] = True
        return self.solver.look(chosen, levels), False

    def _any(self, run: Subproblem, limit: float) -> Answer:
        """Return any solution of a run.

        To simplify these models takes ten times as long as to solve them as they are, nearly always.
        """
        solve = partial(run.solve, budget=self.budget, seed=self.seed)
        plain = Engine(workers=2, presolve=False, first=True)
        answer = solve(limit=_PLAIN_SHARE * limit, engine=plain)
        if answer.chosen is None and not answer.infeasible:
            answer = solve(limit=limit, engine=Engine(workers=8, first=True))
        return answer

    def _group(self, pool: ThreadPoolExecutor, plan: Plan) -> None:
        """Make the pooled plan whole, group by group."""
        if not self.pooled or self.budget.over or not plan.found or self.state is None:
            return
        self._enter("groups")
        replanner = Replanner(self.solver, plan)
        groups = groups_of(self.index)
        own = np.append(self.homes, np.full(len(self.index.groups) + 1, -1))[self.rows.request]
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
