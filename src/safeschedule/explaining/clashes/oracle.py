"""Whether a week is possible in which only some conditions hold: each answer is a model of its own, solved.

No model has an objective or assumptions, because a core that CP-SAT reports of assumptions may name what is
no part of the clash (google/or-tools #3943, #5141), and each is built anew from a problem, so that what
it says of is what people can read.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.few import asks_the_team, with_few
from safeschedule.explaining.clashes.week import ALWAYS, Part, conditions_of, narrowed, part_of
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import run, solver_for
from safeschedule.verifier import examine

Conditions = frozenset[Condition]


class Way(Enum):
    """Two configurations of the solver that share as little as possible."""

    QUICK = 0
    OTHER = 1


@dataclass
class Oracle:
    """Answers whether a week is possible in which only some of its conditions hold.

    Parameters
    ----------
    problem
        The week.
    budget
        How long answers may take in all; after its end, and after a stop, nothing is known any more.
    seed
        Of the solver.
    """

    problem: Problem
    budget: Budget
    seed: int = 0
    solved: int = 0
    _known: dict[tuple[Conditions, bool, Way], bool | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = narrowed(self.problem)
        index = Index(self.base)
        self.personal = frozenset(encode(index, candidates(index)).personal_rules)
        """The rules that ask something of single clinicians."""
        self.everything = conditions_of(self.base, self.personal)

    def possible(
        self, holding: Collection[Condition], *, near: bool = False, way: Way = Way.QUICK
    ) -> bool | None:
        """Return whether there is a schedule; ``None``: not decided in the time.

        `near`: with the clinicians alone of whom something is asked or who may be needed for it. That there
        is none is then no proof, because others might have helped.
        """
        key = (frozenset(holding), near, way)
        if key not in self._known:
            part = part_of(self.base, self.everything, key[0])
            self._known[key] = self._solve(part, _of_few(part) if near else part.problem, way)[0]
        return self._known[key]

    def witness(self, holding: Collection[Condition]) -> Schedule | None:
        """Return a schedule of a week that is possible, which the verifier accepts; ``None`` without one."""
        held = frozenset(holding)
        part = part_of(self.base, self.everything, held)
        few = _of_few(part)
        # First with few people: what they can do alone, they can do beside all others.
        for problem in [part.problem] if few == part.problem else [few, part.problem]:
            possible, schedule = self._solve(part, problem, Way.QUICK)
            self._known[held, problem is not part.problem, Way.QUICK] = possible
            if schedule is not None and self._accepted(part, schedule):
                return schedule
        return None

    def _solve(self, part: Part, problem: Problem, way: Way) -> tuple[bool | None, Schedule | None]:
        """Return whether a part is possible, and a schedule, with all of its people or some."""
        if self.budget.over:
            return None, None
        self.solved += 1
        index = Index(problem)
        asked = {
            name: [index.clinician_number[c] for c in who]
            for name, who in part.asked.items()
            if name in self.personal
        }
        build = encode(index, candidates(index, asked=asked), asked=asked)
        quick = way is Way.QUICK
        # Two workers find a schedule two to four times sooner; taking turns on one thread they are slower.
        workers = 2 if quick and not self.budget.repeatable else 1
        solver = solver_for(self.budget, self.budget.left, self.seed + way.value, workers)
        solver.parameters.cp_model_presolve = not quick
        solver.parameters.linearization_level = 1 if quick else 2
        status = run(solver, build.model, self.budget)
        if status == cp_model.INFEASIBLE:
            return False, None
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, None
        chosen = np.array([solver.value(variable) for variable in build.row_vars], dtype=np.int64) > 0
        return True, extract(index, build.rows.take(chosen))

    def _accepted(self, part: Part, schedule: Schedule) -> bool:
        """Return whether the verifier finds nothing against a part's schedule that is asked of anybody."""
        for finding in examine(part.problem, schedule).findings:
            who = part.asked.get(finding.rule, ())
            asked = finding.rule not in self.personal or set(who) & set(finding.who)
            if finding.hard and (asked or finding.rule in ALWAYS):
                return False
        return True


def _of_few(part: Part) -> Problem:
    """Return a part's problem in which those who are not needed do not work."""
    if any(not who and asks_the_team(name) for name, who in part.asked.items()):
        return part.problem
    return with_few(part.problem, {code for who in part.asked.values() for code in who})
