"""Whether a week is possible in which only some conditions hold: each answer is a model of its own, solved.

No model has an objective or assumptions, because a core that CP-SAT reports of assumptions may name what is
no part of the clash (google/or-tools #3943, #5141), and each is built anew from a problem, so that what
it says of is what people can read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar, cast

from safeschedule.catalogue import Trait
from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.few import asks_the_team, with_few, with_only
from safeschedule.explaining.clashes.useful import useful
from safeschedule.explaining.clashes.week import RelaxedWeek, conditions_of, narrowed, part_of
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.registry import personal_rules
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.subproblem import Engine, Subproblem
from safeschedule.verifier import examine
from safeschedule.verifier.finding import Finding

Conditions = frozenset[Condition]
People = frozenset[str]

T = TypeVar("T")

# How often a rule is asked of more people until the verifier accepts a schedule.
_WIDER = 3


class Way(Enum):
    """Two configurations of the solver that share as little as possible."""

    QUICK = 0
    OTHER = 1


@dataclass(frozen=True)
class Shown:
    """What shows that some conditions can hold together, or why nothing does.

    Parameters
    ----------
    possible
        What the solver says; ``None``: nothing in the time.
    schedule
        One that the verifier accepts; ``None`` without one.
    objections
        What the verifier has against the solver's schedule.
    """

    possible: bool | None
    schedule: Schedule | None = None
    objections: tuple[Finding, ...] = ()


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
    _known: dict[tuple[Conditions, People | None, Way], bool] = field(default_factory=dict)
    _made: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.base = narrowed(self.problem)
        index = Index(self.base)
        self.personal = personal_rules(index.settings.values())
        """The rules that ask something of single clinicians."""
        self.everything = conditions_of(self.base, self.personal)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """Return what is made of the week once, by name."""
        if name not in self._made:
            self._made[name] = make()
        return cast("T", self._made[name])

    def possible(
        self,
        holding: Collection[Condition],
        *,
        people: People | None = None,
        way: Way = Way.QUICK,
        limit: float = float("inf"),
    ) -> bool | None:
        """Return whether there is a schedule; ``None``: not decided in the time.

        Parameters
        ----------
        holding
            What holds.
        people
            Who works, beside those who are pinned; ``None``: everybody. That there is no schedule with some
            people alone is no proof, because others might have helped.
        limit
            Of this answer alone, in the budget's unit.
        """
        key = (frozenset(holding), people, way)
        if key not in self._known:
            part = part_of(self.base, self.everything, key[0])
            problem = part.problem if people is None else with_only(part.problem, people)
            answer = self._solve(part, problem, way, limit)[0]
            if answer is None:
                return None
            self._known[key] = answer
        return self._known[key]

    def witness(self, holding: Collection[Condition]) -> Schedule | None:
        """Return a schedule of a week that is possible, which the verifier accepts; ``None`` without one."""
        return self.show(holding).schedule

    def show(self, holding: Collection[Condition]) -> Shown:
        """Return a schedule that the verifier accepts, or why there is none.

        A finding that names several people may be about some of whom the rule asks nothing here, which the
        finding does not tell. The rule is then asked of all of them: that is more than has to be shown.
        """
        held = frozenset(holding)
        part = part_of(self.base, self.everything, held)
        found = self._any(held, part)
        asked, objections = held, found.objections
        for _ in range(_WIDER):
            wider = asked | frozenset(self._others_named(found.objections))
            if not found.objections or wider == asked:
                break
            asked, found = wider, self._any(wider, part)
        return found if found.schedule is not None else Shown(found.possible, None, objections)

    def _any(self, held: Conditions, judged: RelaxedWeek) -> Shown:
        """Return a schedule of what is held that a part accepts, with few people if possible."""
        part = part_of(self.base, self.everything, held)
        few = _of_few(part)
        shown = Shown(None)
        # First with few people: what they can do alone, they can do beside all others.
        for problem in [part.problem] if few == part.problem else [few, part.problem]:
            possible, schedule = self._solve(part, problem, Way.QUICK)
            if possible is not None and problem is part.problem:
                self._known[held, None, Way.QUICK] = possible
            objections = () if schedule is None else tuple(self._objections(judged, schedule))
            if schedule is not None and not objections:
                return Shown(True, schedule)
            shown = Shown(possible, None, objections)
        return shown

    def _others_named(self, findings: Collection[Finding]) -> Iterator[Condition]:
        named = {(finding.rule, code) for finding in findings for code in finding.who}
        yield from (c for c in self.everything if c.kind == "rule" and c.key in named)

    def _solve(
        self, part: RelaxedWeek, problem: Problem, way: Way, limit: float = float("inf")
    ) -> tuple[bool | None, Schedule | None]:
        """Return whether a part is possible, and a schedule, with all of its people or some."""
        if self.budget.over:
            return None, None
        self.solved += 1
        index = Index(problem, over=lambda: self.budget.interrupted)
        asked = {
            name: [index.clinician_number[c] for c in who]
            for name, who in part.asked.items()
            if name in self.personal
        }
        try:
            build = encode(index, useful(index, candidates(index, asked=asked), part), asked=asked)
        except InterruptedWorkError:
            return None, None
        quick = way is Way.QUICK
        # Two workers find a schedule two to four times sooner; taking turns on one thread they are slower.
        workers = 2 if quick and not self.budget.repeatable else 1
        engine = Engine(workers=workers, linearization=1 if quick else 2, presolve=not quick)
        limit, seed = min(limit, self.budget.left), self.seed + way.value
        answer = Subproblem(build).solve(budget=self.budget, limit=limit, seed=seed, engine=engine)
        if answer.chosen is None:
            return (False if answer.infeasible else None), None
        return True, extract(index, build.rows.take(answer.chosen))

    def _objections(self, part: RelaxedWeek, schedule: Schedule) -> Iterator[Finding]:
        """Yield what the verifier finds against a part's schedule that is asked of anybody."""
        given = part.problem.rulebook.rules_with(Trait.GIVEN)
        for finding in examine(part.problem, schedule).findings:
            who = part.asked.get(finding.rule, ())
            asked = finding.rule not in self.personal or set(who) & set(finding.who)
            if finding.hard and (asked or finding.rule in given):
                yield finding


def _of_few(part: RelaxedWeek) -> Problem:
    """Return a part's problem in which those who are not needed do not work."""
    if any(not who and asks_the_team(part.problem, name) for name, who in part.asked.items()):
        return part.problem
    return with_few(part.problem, {code for who in part.asked.values() for code in who})
