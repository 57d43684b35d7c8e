"""Solving a part of the week: some clinicians' rows free, the rest of a schedule kept."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.attending import needing
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part, events, in_full_rooms, part_of
from safeschedule.solving.objective import Objective, tier_objective
from safeschedule.solving.processes import Helpers
from safeschedule.solving.subproblem import PROVING, Assignment, Engine, Subproblem, Whole, complete, improve
from safeschedule.solving.tiers import levels_of


@dataclass(frozen=True)
class State:
    """A schedule in the search.

    Parameters
    ----------
    chosen
        By row.
    values
        Of the tiers, strongest first.
    assignment
        Of the whole model's variables, where there is one (see `Solver.whole`).
    """

    chosen: Bools
    values: tuple[int, ...]
    assignment: Assignment | None = None


@dataclass(frozen=True)
class Improvement:
    """What solving a part would change.

    Parameters
    ----------
    out, into
        Row numbers that leave and enter the schedule.
    gain
        By tier, strongest first.
    optimal
        Whether no other choice of the free rows is better.
    variables, assigned
        Variables of the whole model and their values afterwards, where it was found in that.
    """

    out: Ints
    into: Ints
    gain: tuple[int, ...]
    optimal: bool
    variables: Ints | None = None
    assigned: Ints | None = None


@dataclass(frozen=True)
class Task:
    """A part to be solved.

    Parameters
    ----------
    people
        Clinicians.
    free
        Rows of theirs that may change.
    room
        How much more than now is looked for in each level of the plan (see `levels_of`), strongest first,
        as far as it is known: what cannot be exceeded, or what is good enough.
    limit
        In the budget's unit.
    engine
        How CP-SAT is set: by itself to prove what it finds; in a limit of seconds `PLAIN` has something good
        sooner. With a deterministic limit all is proven.
    """

    people: Sequence[int]
    free: Bools
    room: Sequence[float] = ()
    limit: float = float("inf")
    engine: Engine = PROVING


@dataclass(frozen=True)
class Job:
    """Work on some clinicians' weeks that leads to a change of a state, or to none.

    Parameters
    ----------
    people
        Whose weeks may change.
    work
        Finds the change.
    """

    people: Sequence[int]
    work: Callable[[State, Solver], Improvement | None]


class Solver:
    """Solves parts of one problem.

    Parameters
    ----------
    index, rows
        The problem and all its rows.
    tiers
        Strongest first.
    seed
        Of CP-SAT.
    whole
        The model of all rows, if it was made: parts are cut out of it then, instead of being made anew.
    helpers
        Worker processes that solve parts in its place, if there are some.
    """

    def __init__(
        self,
        index: Index,
        rows: Rows,
        tiers: Sequence[Tier],
        budget: Budget,
        seed: int,
        whole: Whole | None = None,
        helpers: Helpers | None = None,
    ) -> None:
        self.index, self.rows, self.tiers = index, rows, tiers
        self.levels = levels_of(tiers)
        self.budget, self.seed, self.whole = budget, seed, whole
        self.helpers = helpers

    def prepare(self, part: Part, hint: Bools | None, *, goalless: bool = False) -> Subproblem:
        """Return the part, to be solved; `goalless`: any solution will do."""
        made = Subproblem.of(self.index, self.rows, part)
        made.aim([] if goalless else [tier_objective(made.build, tier) for tier in self.tiers])
        if hint is not None:
            made.start(hint)
        return made

    def look(self, chosen: Bools, *, patient: bool = True) -> State | None:
        """Return the state of chosen rows, or ``None`` when they do not keep the hard rules."""
        if self.whole is not None:
            unlimited = Budget(None, None, threading.Event())
            assignment = complete(self.whole, chosen, self.tiers, unlimited)
            if assignment is None:
                return None
            return State(chosen, self.whole.values(assignment, self.tiers), assignment)
        numbers = np.flatnonzero(chosen)
        everything = np.ones(len(numbers), dtype=bool)
        index = self.index.patient if patient else self.index
        solver = Solver(index, self.rows, self.tiers, self.budget, self.seed)
        run = solver.prepare(Part(numbers, everything), everything)
        answer = run.solve(budget=Budget(None, None, threading.Event()), limit=60.0, seed=self.seed)
        if answer.chosen is None:
            return None
        return State(chosen, answer.values)

    def job(self, task: Task) -> Job:
        """Return the improving of a part as a job."""
        return Job(task.people, lambda state, solver: solver.improve(state, task))

    def improve(self, state: State, task: Task) -> Improvement | None:
        """Return the best change that is found of the task's rows; ``None`` when there is none as good."""
        if self.budget.stop.is_set() or (self.budget.over and not self.budget.repeatable):
            return None
        if self.helpers is not None:
            found = self.helpers.solved(state, task, self.budget)
            if found is not None:
                change: Improvement | None = found.change
                return change
        if self.whole is not None and state.assignment is not None:
            return self._cut_out(self.whole, state, state.assignment, task)
        part = part_of(self.index, self.rows, state.chosen, task.free, task.people)
        hint = state.chosen[part.numbers]
        run = self.prepare(part, hint)
        before = run.of_hint(self.budget)
        if before is None:
            return None
        now = self.merged(before)
        run.cap(self._level_objectives(run), [v + more for v, more in zip(now, task.room, strict=False)])
        answer = run.solve(budget=self.budget, limit=task.limit, seed=self.seed, engine=self._engine(task))
        if answer.chosen is None or answer.values < before:
            return None
        gain = tuple(a - b for a, b in zip(answer.values, before, strict=True))
        return Improvement(
            out=part.numbers[hint & ~answer.chosen],
            into=part.numbers[answer.chosen & ~hint],
            gain=gain,
            optimal=answer.optimal,
        )

    def _cut_out(self, whole: Whole, state: State, assignment: Assignment, task: Task) -> Improvement | None:
        """Return the best change of the task's rows that is found in the whole model."""
        factors = [
            np.sum([share * whole.factors[tier] for tier, share in level], axis=0) for level in self.levels
        ]
        found = improve(
            whole,
            assignment,
            task.free,
            self.tiers,
            self.budget,
            task.limit,
            self.seed,
            caps=list(zip(factors, task.room, strict=False)),
            engine=self._engine(task),
        )
        if found is None:
            return None
        after = assignment.copy()
        after[found.variables] = found.values
        free = np.flatnonzero(task.free)
        was, now = state.chosen[free], after[whole.row_variable[free]] > 0
        return Improvement(
            out=free[was & ~now],
            into=free[now & ~was],
            gain=found.gain,
            optimal=found.optimal,
            variables=found.variables,
            assigned=found.values,
        )

    def _engine(self, task: Task) -> Engine:
        """Return how CP-SAT is set; of deterministic time a proof saves more than it takes."""
        return PROVING if self.budget.repeatable else task.engine

    def leading(self, values: Sequence[int]) -> int:
        """Return of values of the tiers what they are in the strongest level of the plan."""
        return self.merged(values)[0]

    def merged(self, values: Sequence[int]) -> list[int]:
        """Return values of the tiers by level of the plan."""
        known = dict(zip(self.tiers, values, strict=True))
        return [sum(share * known[tier] for tier, share in level) for level in self.levels]

    def _level_objectives(self, run: Subproblem) -> list[Objective]:
        known = dict(zip(self.tiers, run.objectives, strict=True))
        return [[(share * f, v) for tier, share in level for f, v in known[tier]] for level in self.levels]

    def accept(self, state: State, change: Improvement) -> State:
        """Return the state after a change that was found on it, or on one from which it is apart."""
        chosen = state.chosen.copy()
        chosen[change.out] = False
        chosen[change.into] = True
        return State(
            chosen,
            tuple(a + b for a, b in zip(state.values, change.gain, strict=True)),
            self._assigned(state, change, chosen),
        )

    def _assigned(self, state: State, change: Improvement, chosen: Bools) -> Assignment | None:
        """Return the assignment after a change; it is looked for where the change was not found in it."""
        if state.assignment is None or self.whole is None:
            return None
        if change.variables is None or change.assigned is None:
            return complete(self.whole, chosen, self.tiers, self.budget)
        after = state.assignment.copy()
        after[change.variables] = change.assigned
        return after

    def stream(
        self,
        pool: Executor,
        state: State,
        draw: Callable[[State, frozenset[int]], Job | None],
        learn: Callable[[State, Job, Improvement | None], None],
        depth: int,
    ) -> State:
        """Solve parts, `depth` of them under way at a time, and take what goes together; return the state.

        A change that meets one taken since its part was drawn (in a client, a room or the team's blocks) is
        left. Answers are taken in the order in which the parts were drawn, so that nothing depends on which
        ends first.

        Parameters
        ----------
        draw
            Gives the next part for the present state, apart from busy clinicians; ``None`` for now.
        learn
            Hears of each part the state after it and its change; ``None`` for one that was left.
        """
        if self.whole is not None and state.assignment is None:
            state = self.look(state.chosen) or state
        under_way: deque[tuple[Job, int, Solver, Future[Improvement | None]]] = deque()
        taken: list[Improvement] = []
        while True:
            while len(under_way) < depth:
                job = draw(state, frozenset(c for each, *_ in under_way for c in each.people))
                if job is None:
                    break
                own = self._apart_in_time()
                under_way.append((job, len(taken), own, pool.submit(job.work, state, own)))
            if not under_way:
                return state
            job, since, own, coming = under_way.popleft()
            change = _result(coming)
            # Booked in the order of drawing: what is left then does not depend on who ends first.
            self.budget.spend(own.budget.spent)
            if change is not None and (len(change.out) or len(change.into)):
                after = self._joined(state, change, taken[since:])
                if after is None:
                    change = None
                else:
                    state = after
                    taken.append(change)
            learn(state, job, change)

    def _joined(self, state: State, change: Improvement, since: Sequence[Improvement]) -> State | None:
        """Return the state after a change; ``None`` where it does not go with those taken since its start."""
        if self.whole is not None and change.variables is not None and state.assignment is not None:
            after = self.accept(state, change)
            assert after.assignment is not None
            if since and not self.whole.keeps(after.assignment, change.variables):
                return None
            after = replace(after, values=self.whole.values(after.assignment, self.tiers))
            return after if after.values >= state.values else None
        if all(self._apart(change, other) for other in since) and self._rooms_fit(state, change):
            return self.accept(state, change)
        return None

    def _apart_in_time(self) -> Solver:
        """Return a solver like this one with an account of its own."""
        return Solver(
            self.index, self.rows, self.tiers, self.budget.apart(), self.seed, self.whole, self.helpers
        )

    def _apart(self, one: Improvement, other: Improvement) -> bool:
        """Return whether two changes share no client, attendant, joint block, or date with an urgent slot."""
        if all(needing(self.index, self.rows.take(change.into)).any() for change in (one, other)):
            return False  # they may have given one attendant to two sessions
        mine, theirs = (self.rows.take(np.concatenate([c.out, c.into])) for c in (one, other))
        one_clients, other_clients = (
            self.index.request_client[r.request[r.is_visit]] for r in (mine, theirs)
        )
        if np.isin(one_clients, other_clients).any():
            return False
        return not events(mine) & events(theirs)

    def _rooms_fit(self, state: State, change: Improvement) -> bool:
        """Return whether there are rooms enough when the change is made to this state."""
        if "room_capacity" not in self.index.settings:
            return True
        there = self.rows.take(np.flatnonzero(self.accept(state, change).chosen))
        # Slots may also be elsewhere than they are taken to be, which takes longer to find out.
        return any(
            not in_full_rooms(self.index, there, 0, anchored=anchored).any() for anchored in (True, False)
        )


def _result(coming: Future[Improvement | None]) -> Improvement | None:
    """Return what a job found; ``None`` when it was interrupted."""
    try:
        return coming.result()
    except InterruptedWorkError:
        return None
