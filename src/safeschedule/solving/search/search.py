"""The search: plan half-days, find exact times clinician by clinician, then improve where the plan is missed.

The plan layer is a relaxation of the whole model, so what it proves bounds every schedule, and says of
each clinician how much the exact times should be worth. See docs/decisions.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np

from safeschedule.model.index import Bools, Ints
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.solving.ending import closing_over, closing_seconds, ended
from safeschedule.solving.neighbourhood import dates_at_work, only_of
from safeschedule.solving.outcome import Ended, SearchOutcome
from safeschedule.solving.parts import Improvement, Job, Solver, State, Task
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.cleanup.early_notes import without_early_notes
from safeschedule.solving.search.cleanup.filling import fill
from safeschedule.solving.search.cleanup.tidy import tidy_own, tidy_team
from safeschedule.solving.search.course import processors
from safeschedule.solving.search.group_plans import Replanner
from safeschedule.solving.search.opening import Opened, Opener
from safeschedule.solving.search.operators import Adaptive, Placements, standard_operators
from safeschedule.solving.search.operators.load_pairs import Pairs
from safeschedule.solving.search.operators.regrouping import Regrouper

# When to stop improving, as a share of the whole limit.
_IMPROVE_SHARE = 0.9
# When to turn to fairness where the stronger tiers are not at their bounds, as a share of the whole limit.
_FAIRNESS_SHARE = 0.84
# Until when plans are made again, as a share of the limit; and how many for each group may be in vain.
_REPLAN_SHARE, _IDLE = 0.75, 2
# From how much for a clinician (in deterministic time, in seconds of a processor) a week that is begun empty
# comes to be better than one that is constructed first; and where parts are cut out of the whole model, as
# what follows a construction is quicker then.
_ANEW_WORK, _ANEW_SECONDS, _ANEW_CUT = 0.2, 1.0, 3.0
# Of the time that is left, what encoding the model of the whole week may take.
_WHOLE_SHARE = 0.15
# What a clinician's planned half-days, and what one date, may take of the time for a whole week.
_PLANNED_SHARE, _DATE_SHARE = 0.5, 0.5
# Seconds of a processor for a clinician's week that is constructed round what stands.
_COMPLETING = 0.05
# Rows up to which a week that was arranged by date is solved as a whole after that.
_SMALL = 20_000
# What the dates of a part may take, as a part of what as many weeks may.
_OF_A_WEEK = 8.0
# Clinicians a thread whose weeks are under way together: a slow one does not make the others wait.
_AHEAD = 4


class Search(Opened):
    """Plans, times, plans again where times cannot follow, and improves."""

    def run(self, opener: Opener | None = None) -> SearchOutcome:
        """Search until the limit, a stop, or proven optimality; an opener is tried before anything else."""
        self.budget.hold(closing_seconds(self.budget))
        try:
            infeasible = self._run(opener)
        except InterruptedWorkError:
            infeasible = False
        finally:
            if self.bounding is not None:
                self.bounding.finish()
        how = Ended.ITSELF if self.best is not None and self._done() else ended(self.budget, _IMPROVE_SHARE)
        self.budget.release()
        rows = None
        if self.best is not None and not infeasible:
            rows = self._finished(self.best)
        self._enter("end")
        return SearchOutcome(
            rows,
            self._states(self.best),
            infeasible=infeasible,
            phases=tuple(self.phases),
            ended=how,
            most_sessions=None if self.plan is None else self.plan.most_sessions,
        )

    def _finished(self, state: State) -> Rows:
        """Return the rows of the best schedule, without blocks that nothing asks for, and filled."""
        over = closing_over(self.budget)
        self._enter("fill")
        state = self._rounded_off(state, over)
        solver = Solver(self.index.until(over), self.rows, self.pursued, self.budget, self.seed, self.whole)
        state = tidy_team(solver, state)
        if not self._done():
            solver, state = fill(solver, state, over)
        chosen = without_early_notes(self.index.patient, solver.rows, state.chosen)
        state = replace(state, chosen=chosen)
        self.best = state
        self._enter("tidy")
        return tidy_own(solver, state)

    def _rounded_off(self, best: State, over: Callable[[], bool]) -> State:
        """Return the better of the best schedule and one that is half way to another, completed.

        Weeks that were timed round planned blocks when the limit came are worth more than those constructed.
        """
        state, budget = self.state, self.budget
        short = budget.wall_left < _COMPLETING * len(self.index.clinicians)
        if state is None or state.values >= best.values or budget.stop.is_set() or short:
            return best
        worth = worth_of_rows(self.index.patient, self.rows, self.tiers)
        try:
            return max(best, self._completed(state, worth, over), key=lambda each: each.values)
        except InterruptedWorkError:
            return best

    def _run(self, opener: Opener | None) -> bool:
        """Go through the phases; return whether it is proven that there is no schedule."""
        if self._opened(opener):
            left = _IMPROVE_SHARE * self.budget.limit - self.budget.used
            if len(self.rows) <= _SMALL and left > 0 and not self.budget.over and not self._done():
                self._enter("improve")
                self._prove(left)
            return False
        self._construct()
        if self.state is not None and self.budget.stop.is_set():
            # To build a plan takes longer in a large team than a stop may.
            return False
        threads = self._threads()
        with ThreadPoolExecutor(max_workers=max(1, min(threads, processors()))) as pool:
            plan = self._make_plan(pool)
            infeasible = plan.infeasible or (not self._keeps(plan) and self._first(plan))
            if not infeasible and self.state is not None:
                self._group(pool, plan)
                self._times(pool, threads, plan)
                self._replan(pool, threads, plan)
                self._improve(pool, threads, plan)
                if self._even_out(pool, threads) and not self._ended():
                    self._improve(pool, threads, plan)
        return infeasible

    def _keeps(self, plan: Plan) -> bool:
        """Return whether what was constructed is bettered where it stands, without a plan or time for one.

        To begin anew with the planned blocks is better in the end, and worse until all weeks are timed.
        """
        if self.state is None:
            return False
        return not plan.found or self.budget.left < self._weeks_take()

    def _times(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Find each clinician's best week, alone, the team's blocks and open requests as planned.

        First in the planned half-days (a construction does that in a hurry), then what fits beside them; from
        there each date is made anew, which takes a small part of the time of a whole week, and is nearly
        always proven the best. Where each part is encoded by itself, the whole weeks of those who miss their
        plan come last; where parts are cut out, what follows is better (see `_improve`).
        """
        self._encode_whole(_WHOLE_SHARE)
        self._enter("times")
        assert self.state is not None
        allowed = np.where(self.rows.is_session, plan.mask | ~self.open, ~self.team)
        likely = allowed & (plan.likely | ~self.rows.is_session)
        everyone = range(len(self.index.clinicians))
        seconds = _ANEW_SECONDS if self.whole is None else _ANEW_CUT
        hurried = self.budget.left < self._weeks_take(_ANEW_WORK, seconds)
        if plan.found and not hurried:
            self._alone(pool, threads, plan, [(c, None) for c in everyone], likely, _PLANNED_SHARE)
        elif plan.found and self.whole is not None:
            self._complete(likely)
        self._complete(allowed)
        dates = dates_at_work(self.rows, len(everyone))
        self._alone(pool, threads, plan, dates, allowed, _DATE_SHARE)
        if self.whole is None:
            missing = plan.missing(self.rows, self.state.chosen)[0]
            lacking = [int(c) for c in np.argsort(-missing, kind="stable") if missing[c] > 0]
            self._alone(pool, threads, plan, [(c, None) for c in lacking], allowed)
        self._settle(plan.levels)

    def _complete(self, allowed: Bools) -> None:
        """Put on what fits of allowed rows as the week stands; nothing after a stop."""
        assert self.state is not None
        if self.budget.stop.is_set():
            return
        worth = worth_of_rows(self.index, self.rows, self.tiers)
        worth[:, self.rows.is_session & ~allowed] = -1.0
        self._take(self._completed(self.state, worth, lambda: self.budget.over))

    def _alone(
        self,
        pool: ThreadPoolExecutor,
        threads: int,
        plan: Plan,
        asked: Sequence[tuple[int, int | None]],
        allowed: Bools,
        share: float = 1.0,
    ) -> None:
        """Improve clinicians' weeks, or single dates of them, one by one over allowed rows.

        Parameters
        ----------
        asked
            Clinicians with a date, or with ``None`` for the whole week. In a whole week no more is looked for
            than is planned; on a date whatever can be had.
        share
            Of a step (see `_step`), what each may take.
        """
        # Whose change met another's is asked once more.
        waiting, again = deque(asked), set[tuple[int, int | None]]()
        under_way = deque[tuple[int, int | None]]()
        day = self.rows.day

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or not waiting or waiting[0][0] in busy or (waiting[0] in again and busy):
                return None
            under_way.append(waiting.popleft())
            person, date = under_way[-1]
            free, room = only_of(self.rows, [person]) & allowed, list[float]()
            if date is not None:
                free &= day == date
            elif plan.found:
                room = np.maximum(plan.missing(self.rows, state.chosen)[:, person], 0.0).tolist()
            return self.solver.job(Task([person], free, room, share * self._step(1)))

        def learn(state: State, _: Job, change: Improvement | None) -> None:
            self._take(state)
            one = under_way.popleft()
            if change is None and one not in again:
                again.add(one)
                waiting.append(one)

        assert self.state is not None
        self._take(self.solver.stream(pool, self.state, draw, learn, _AHEAD * threads))

    def _replan(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Plan again for the groups in which a clinician's week cannot be timed as planned.

        Then, in teams of several groups, for other sets as long as that places more of what is left out.
        """
        if not self.pooled or self.state is None or not plan.found:
            return
        self._enter("replan")
        groups = groups_of(self.index)
        size = int(np.bincount(groups).max())
        regrouper = Regrouper(self.index, self.rows, self.open, plan.worth[0], size, self.seed)
        ceilings = np.full(len(self.index.clinicians), np.inf)
        made: dict[tuple[int, ...], tuple[Ints, Plan] | None] = {}
        self._lower(ceilings, plan, range(len(ceilings)))
        missing = np.isfinite(ceilings)
        waiting = deque(np.flatnonzero(groups == g).tolist() for g in np.unique(groups[missing]))
        until = _REPLAN_SHARE * self.budget.limit

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or self._done():
                return None
            people = waiting.popleft() if waiting else []
            if (
                not people
                and self.wide
                and self.budget.used < until
                and regrouper.idle < _IDLE * len(missing) / size
            ):
                people = regrouper.draw(state, busy)
            if not people:
                return None
            limit = self._step(3)

            def work(state: State, solver: Solver) -> Improvement | None:
                change, made[tuple(people)] = Replanner(solver, plan).improve(state, people, limit, ceilings)
                return change

            return Job(people, work)

        def learn(state: State, job: Job, change: Improvement | None) -> None:
            # Nothing was made where the work was interrupted.
            known = made.pop(tuple(job.people), None)
            regrouper.learn(job.people, gained=change is not None and self.solver.leading(change.gain) > 0)
            if change is not None and known is not None:
                Replanner(self.solver, plan).write(job.people, known)
            self._take(state)
            self._lower(ceilings, plan, job.people)

        self._take(self.solver.stream(pool, self.state, draw, learn, threads))

    def _lower(self, ceilings: Floats, plan: Plan, people: Sequence[int]) -> None:
        """Set the ceilings of those who miss their plan to what they have, and nobody's below it."""
        assert self.state is not None
        some = np.array(people, dtype=np.int64)
        missing = plan.missing(self.rows, self.state.chosen)[0, some]
        held = plan.held(self.rows, self.state.chosen)[0, some]
        ceilings[some] = np.where(missing > 0, held, np.maximum(ceilings[some], held))

    def _improve(self, pool: ThreadPoolExecutor, threads: int, plan: Plan) -> None:
        """Free some dates of a few clinicians at a time, until nothing helps any more."""
        self._enter("improve")
        assert self.state is not None
        placements = Placements(self.index, self.rows)
        operators = Adaptive(standard_operators(placements), placements.clinicians, self.seed)
        later = self.pursued != self.tiers
        until = (_FAIRNESS_SHARE if later else _IMPROVE_SHARE) * self.budget.limit
        booked = self.budget.spent
        if not self.pooled and not self._done():
            self._bound_beside(plan)

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or self.budget.used >= until or self._done():
                return None
            self._tighten()
            room = self._room()
            if later and len(room) > 1:
                # The strongest level is at its bound, and fairness comes before what is left.
                return None
            freed = operators.draw(self._lacking(plan, state, len(room) - 1), busy)
            if freed is None:
                return None
            limit = min(self._step(freed.size) / _OF_A_WEEK, until - self.budget.used)
            task = Task(freed.people, placements.mask(freed), room, limit)
            return self.solver.job(task, freed)

        def learn(state: State, job: Job, change: Improvement | None) -> None:
            nonlocal booked
            assert job.freed is not None
            work, booked = self.budget.spent - booked, self.budget.spent
            gain = 0 if change is None else sum(change.gain)
            operators.learn(job.freed, gain, work, better=change is not None and any(change.gain))
            self._take(state)

        self._take(self.solver.stream(pool, self.state, draw, learn, threads))
        left = until - self.budget.used
        if operators.exhausted and left > 0 and not self.wide and not self.budget.over and not self._done():
            self._prove(left)
        self._settle()

    def _lacking(self, plan: Plan, state: State, level: int) -> Floats:
        """Return by clinician how much the schedule lacks of what was planned in a level (negative: more)."""
        missing = plan.missing(self.rows, state.chosen)
        level = min(level, len(missing) - 1)
        if (missing[level] > 0).any():
            own: Floats = missing[level]
            return own
        weighted: Floats = np.array(plan.weights) @ missing
        return weighted

    def _even_out(self, pool: ThreadPoolExecutor, threads: int) -> bool:
        """Pursue fairness as well: two clinicians at a time, who has much with who has little.

        Sessions that only one of them could give stay as they are. Return whether it was turned to now.
        """
        until = _IMPROVE_SHARE * self.budget.limit
        if self.pursued == self.tiers or self.budget.over or self.budget.used >= until:
            return False
        self._enter("fairness")
        found = self._pursue_all()
        if found is None:
            return False
        pairs = Pairs(self.index, self.rows, self.open)
        free = self.open | (self.rows.is_block & ~self.team)

        def draw(state: State, busy: frozenset[int]) -> Job | None:
            if self.budget.over or self.budget.used >= until or self._done():
                return None
            people = pairs.draw(state, busy)
            if not people:
                return None
            limit = min(self._step(2), until - self.budget.used)
            return self.solver.job(Task(people, only_of(self.rows, people) & free, self._room(), limit))

        def learn(state: State, job: Job, change: Improvement | None) -> None:
            pairs.learn(job.people, helped=change is not None and any(change.gain))
            self._take(state)

        self._take(self.solver.stream(pool, found, draw, learn, threads))
        self._settle()
        return True

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
        if change.optimal:
            self.plan.close(self.pursued, self.state.values)
