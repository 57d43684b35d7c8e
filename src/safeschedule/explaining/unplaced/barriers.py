"""What blocks each option of a request: facts first, then rules, by asking the model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.explaining.unplaced.facts import Activity, Facts
from safeschedule.explaining.unplaced.openings import Near, leaders, near
from safeschedule.explaining.unplaced.rules_apart import BACKGROUND, RulesApart, UndecidedError
from safeschedule.explaining.unplaced.week import Week
from safeschedule.model.index import HALVES
from safeschedule.model.rows import Rows, join_rows
from safeschedule.solving.budget import Budget

_KNOWN = 6


@dataclass(frozen=True)
class Place:
    """An option: who would take the request (for groups: who might lead), and in which half-day (0 to 13)."""

    people: tuple[int, ...]
    half: int


@dataclass(frozen=True)
class Verdict:
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
    examples
        By rule: a week in which the request has the option and, of these rules, only this one is broken.
    """

    place: Place
    fits: bool | None
    rules: tuple[str, ...] = ()
    busy: tuple[Activity, ...] = ()
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

    def __init__(self, week: Week, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._known: Counter[tuple[str, ...]] = Counter()

    def verdicts(self, request: int) -> Iterator[Verdict]:
        """Yield a verdict on each option: clinicians in the half-days in which they work long enough."""
        if self._week.index.of_groups[request]:
            people = leaders(self._week.index, request)
            if people:
                yield from self._asked(request, tuple(people), range(HALVES))
            return
        facts = Facts(self._week, request)
        for clinician in facts.order():
            left = []
            for half in facts.halves(clinician):
                fact = facts.against(clinician, half)
                if fact is None:
                    left.append(half)
                    continue
                example = () if fact.example is None else ((fact.rule, fact.example),)
                yield Verdict(Place((clinician,), half), False, (fact.rule,), fact.busy, example)
            if left:
                yield from self._asked(request, (clinician,), left)

    def _asked(self, request: int, people: tuple[int, ...], halves: Sequence[int]) -> Iterator[Verdict]:
        if self._budget.over and not self._week.index.of_groups[request]:
            yield from (Verdict(Place(people, half), None) for half in halves)
            return
        around = near(self._week, request, people)
        half_of = np.where(around.openings, self._week.index.half_of(around.adopted.rows.start), -1)
        wanted = [(half, half_of == half) for half in halves if (half_of == half).any()]
        if not wanted or self._budget.over:
            yield from (Verdict(Place(people, half), None) for half, _ in wanted)
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
                yield self._verdict(Place(people, half), apart, around, number)
            except UndecidedError:
                yield Verdict(Place(people, half), None)

    def _verdict(self, place: Place, apart: RulesApart, around: Near, number: int) -> Verdict:
        if self._budget.over:
            raise UndecidedError
        core = apart.core(number, [core for core, _ in self._known.most_common(_KNOWN)])
        if core is None:
            return Verdict(place, True)
        if not core:
            return Verdict(place, False, BACKGROUND)
        self._known[core] += 1
        return Verdict(place, False, core, (), tuple(self._examples(apart, around, number, core)))

    def _examples(
        self, apart: RulesApart, around: Near, number: int, core: tuple[str, ...]
    ) -> Iterator[tuple[str, Rows]]:
        """Yield weeks without one rule each: what is kept of the part, and all else as it is."""
        rows, outside = around.adopted.rows, around.adopted.chosen.copy()
        outside[around.part.numbers] = False
        for rule in core:
            chosen = apart.fits(number, [name for name in core if name != rule], quietly=True)
            if chosen is not None:
                yield rule, join_rows([rows.take(outside), rows.take(apart.numbers(chosen))])
