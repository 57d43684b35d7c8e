"""Solving a part of the week: some clinicians' rows free, the rest of a schedule kept."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part, part_of
from safeschedule.solving.objective import Objective, tier_objective
from safeschedule.solving.processes import Helpers
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.subproblem import PROVING, Assignment, Engine, Subproblem, Whole, complete, improve
from safeschedule.solving.tiers import levels_of


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

    def improve(self, state: State, task: Task) -> Improvement | None:
        """Return the best change that is found of the task's rows; ``None`` when there is none as good."""
        if self.budget.stop.is_set() or (self.budget.over and not self.budget.repeatable):
            return None
        if self.helpers is not None:
            found = self.helpers.solved(state, task, self.budget)
            if found is not None:
                return found.change
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

    def apart(self) -> Solver:
        """Return a solver like this one with an account of its own."""
        return Solver(
            self.index, self.rows, self.tiers, self.budget.apart(), self.seed, self.whole, self.helpers
        )
