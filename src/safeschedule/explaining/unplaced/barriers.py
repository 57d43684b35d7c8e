"""What blocks each option of a request: facts first, then rules, by asking the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.explaining.undecided import UndecidedError
from safeschedule.explaining.unplaced.any_week import AnyWeek
from safeschedule.explaining.unplaced.cores import Core, core_with_examples
from safeschedule.explaining.unplaced.facts import Commitment, Fact, Facts
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.rules_apart import RulesApart
from safeschedule.model.rows import Rows
from safeschedule.model.spans import HALVES
from safeschedule.solving.budget import Budget
from safeschedule.workspace.openings import Near, leaders, near

_KNOWN = 6


@dataclass(frozen=True)
class Possibility:
    """An option: who would take the request (for groups: who might lead), and in which half-day (0 to 13)."""

    people: tuple[int, ...]
    half: int


@dataclass(frozen=True)
class OptionVerdict:
    """What was found of an option.

    Parameters
    ----------
    place
        The option.
    fits
        Whether it is free as the week stands; ``None``: that was not decided.
    rules
        Hard rules that forbid it together, of which none can be spared; ``no_overlap`` alone means that
        what is fixed leaves no time.
    busy
        Fixed activities that take part in it.
    finding
        What the verifier finds against the rule, where a single one forbids every opening by itself.
    examples
        By rule: a week in which the request has the option and, of these rules, only this one is broken.
    """

    place: Possibility
    fits: bool | None
    rules: tuple[str, ...] = ()
    busy: tuple[Commitment, ...] = ()
    finding: str = ""
    examples: tuple[tuple[str, Rows], ...] = ()


class Barriers:
    """Asks of each option of a request what blocks it.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the asking; what is left then is undecided.
    """

    def __init__(self, week: Ground, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._any_week = AnyWeek(week, budget)
        self._known: Counter[tuple[str, ...]] = Counter()

    def verdicts(self, request: int) -> Iterator[OptionVerdict]:
        """Yield a verdict on each option: clinicians in the half-days in which they work long enough.

        Told is first what holds in any week, because making room in this one would not help.
        """
        if self._week.index.of_groups[request]:
            people = leaders(self._week.index, request)
            if people:
                yield from self._asked(request, tuple(people), range(HALVES))
            return
        facts = Facts(self._week, request, enough=lambda: self._budget.over)
        for clinician in facts.order():
            left = []
            halves = facts.halves(clinician)
            always = {half: fact for half in halves if (fact := facts.in_any_week(clinician, half))}
            core = self._in_any_week(request, clinician, facts) if len(always) < len(halves) else None
            for half in halves:
                place = Possibility((clinician,), half)
                if half in always:
                    yield _of_fact(place, always[half])
                elif core is not None:
                    yield OptionVerdict(place, False, core.rules, examples=core.examples)
                elif (fact := facts.as_it_stands(clinician, half)) is not None:
                    yield _of_fact(place, fact)
                else:
                    left.append(half)
            if left:
                yield from self._asked(request, (clinician,), left)

    def _in_any_week(self, request: int, clinician: int, facts: Facts) -> Core | None:
        try:
            return None if self._budget.over else self._any_week.core(request, clinician, facts)
        except UndecidedError:
            return None

    def _asked(self, request: int, people: tuple[int, ...], halves: Sequence[int]) -> Iterator[OptionVerdict]:
        if self._budget.over and not self._week.index.of_groups[request]:
            yield from (OptionVerdict(Possibility(people, half), None) for half in halves)
            return
        around = near(self._week, request, people)
        half_of = np.where(around.openings, self._week.index.half_of(around.adopted.rows.start), -1)
        wanted = [(half, half_of == half) for half in halves if (half_of == half).any()]
        if not wanted or self._budget.over:
            yield from (OptionVerdict(Possibility(people, half), None) for half, _ in wanted)
            return
        apart = RulesApart(
            self._week.index,
            around.adopted.rows,
            around.part,
            [mask for _, mask in wanted],
            around.staying,
            self._budget,
        )
        for number, (half, _) in enumerate(wanted):
            try:
                yield self._verdict(Possibility(people, half), apart, around, number)
            except UndecidedError:
                yield OptionVerdict(Possibility(people, half), None)

    def _verdict(self, place: Possibility, apart: RulesApart, around: Near, number: int) -> OptionVerdict:
        if self._budget.over:
            raise UndecidedError
        rules = apart.core(number, [core for core, _ in self._known.most_common(_KNOWN)])
        if rules is None:
            return OptionVerdict(place, True)
        if rules:
            self._known[rules] += 1
        core = core_with_examples(apart, number, rules, around.adopted.rows, around.outside)
        return OptionVerdict(place, False, core.rules, examples=core.examples)


def _of_fact(place: Possibility, fact: Fact) -> OptionVerdict:
    return OptionVerdict(place, False, (fact.rule,), fact.busy, fact.finding)
