"""One reason for a request left out: facts first, then the rules that bind as the week stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.explaining.undecided import UndecidedError
from safeschedule.explaining.unplaced.any_week import AnyWeek
from safeschedule.explaining.unplaced.barriers import OptionVerdict, Possibility
from safeschedule.explaining.unplaced.cores import core_with_examples
from safeschedule.explaining.unplaced.facts import Facts, covering
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.group_facts import against_group, group_as_it_stands
from safeschedule.explaining.unplaced.rules_apart import BACKGROUND, RulesApart
from safeschedule.explaining.unplaced.told import (
    Reason,
    names,
    never_at_work,
    nobody,
    sentence,
    told,
    told_of_any_week,
    with_whom,
)
from safeschedule.explaining.unplaced.words import Wording
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import LeftOut, LeftOutKind
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget
from safeschedule.verifier.again import Standing
from safeschedule.workspace.openings import Near, leaders, near

_FACTS = 0.01
"""What looking at facts is booked with, in the solver's units."""

_MODELS = 6
"""Clinicians with whom it is asked whether a rule can be spared."""

_LINES = 3
"""Findings after which no more are looked for."""

UNTRIED = Reason(
    LeftOutKind.NOT_EXAMINED,
    (),
    "Not examined: there was no time left to try its openings; a longer limit may tell.",
)


@dataclass(frozen=True)
class _Asked:
    """Some clinicians who were asked of, with their part of the week, its model and rules that forbid it."""

    people: tuple[int, ...]
    around: Near
    apart: RulesApart
    rules: tuple[str, ...]


class Reasons:
    """Finds reasons in a planned week.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the search; what is not looked at then is said not to be.
    """

    def __init__(self, week: Ground, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._any_week = AnyWeek(week, budget)
        self._served = served(week.problem, week.schedule)

    def entry(self, request: int) -> LeftOut:
        """Return what is told of a request of which sessions are missing."""
        asked = self._week.index.requests[request]
        reason = plainly(self._week, request) or self.of([request])[request]
        return LeftOut(
            request=asked.id,
            sessions=asked.count - self._served[asked.id],
            kind=reason.kind,
            rules=reason.rules,
            reason=reason.sentence,
        )

    def of(self, requests: Sequence[int]) -> dict[int, Reason]:
        """Return reasons for requests for which the data alone give none (see `plainly`).

        First what stands in the schedule is asked of all of them; then models: of those for which nothing
        is known yet, and then of the others whether it holds in any week.
        """
        found: dict[int, Reason | None] = dict.fromkeys(requests)
        for number in requests:
            found[number] = self._in_time(lambda n, _: self._as_it_stands(n), number, None)
        for number in sorted(requests, key=lambda n: found[n] is not None):
            found[number] = self._in_time(self._by_solving, number, found[number])
        return {number: reason or UNTRIED for number, reason in found.items()}

    def _in_time(
        self, ask: Callable[[int, Reason | None], Reason | None], request: int, known: Reason | None
    ) -> Reason | None:
        """Return what is found of a request; when the time is over, what is known already."""
        try:
            return known if self._budget.over else ask(request, known)
        except InterruptedWorkError:
            return known

    def _facts(self, request: int) -> Facts:
        return Facts(self._week, request, everyone=False)

    def _as_it_stands(self, request: int) -> Reason | None:
        self._budget.spend(_FACTS)
        if self._week.index.of_groups[request]:
            return group_as_it_stands(self._week, request)
        return as_it_stands(self._week.index, self._facts(request), request)

    def _by_solving(self, request: int, known: Reason | None) -> Reason | None:
        if self._week.index.of_groups[request]:
            return known or self._asked_of(request, [tuple(leaders(self._week.index, request))], None)
        facts = self._facts(request)
        found = self._in_empty_diaries(request, facts) or known
        return found or self._by_models(request, facts)

    def _in_empty_diaries(self, request: int, facts: Facts) -> Reason | None:
        """Return what forbids the request with each clinician even when nothing else is planned."""
        index, found = self._week.index, list[OptionVerdict]()
        for clinician in facts.order():
            if not (facts.allowed & (facts.rows.clinician == clinician)).any():
                continue
            try:
                core = None if self._budget.over else self._any_week.core(request, clinician, facts)
            except UndecidedError:
                core = None
            if core is None:
                return None
            found.append(
                OptionVerdict(Possibility((clinician,), 0), False, core.rules, examples=core.examples)
            )
        rules = list(dict.fromkeys(rule for verdict in found for rule in verdict.rules))
        rest = ~facts.allowed & ~np.isin(facts.rows.clinician, [v.place.people[0] for v in found])
        rules += [r for r in covering(_first(facts.alone, rules), rest) or () if r not in rules]

        def barred(clinician: int, names: Sequence[str]) -> bool:
            return self._any_week.forbids(request, clinician, facts, names)

        rules = self._needed(rules, facts.order(), facts, facts.alone, barred)
        wording = Wording(self._week, request, self._budget)
        evidence = [line for v in found if set(v.rules) <= set(rules) for line in wording.evidence(v)]
        return sentence(LeftOutKind.IMPOSSIBLE, with_whom(index, facts.people), rules, evidence)

    def _by_models(self, request: int, facts: Facts) -> Reason:
        """Ask of each clinician of whom the facts do not tell whether it fits when own blocks move."""
        forbids = facts.standing()
        free = ~np.logical_or.reduce(list(forbids.values()))
        people = [c for c in facts.order() if free[facts.rows.clinician == c].any()]
        return self._asked_of(request, [(c,) for c in people], facts)

    def _asked_of(self, request: int, people: Sequence[tuple[int, ...]], facts: Facts | None) -> Reason:
        index, asked, untried = self._week.index, list[_Asked](), list[int]()
        rules: list[str] = []
        for some in people:
            try:
                found = self._ask(request, some, rules)
            except UndecidedError:
                untried += some
                continue
            if isinstance(found, Reason):
                return found
            asked.append(found)
            rules += [rule for rule in found.rules if rule not in rules]
        if untried:
            return _not_all(index, untried, self._evidence(request, asked, rules))
        group = index.requests[request].group
        if facts is None:
            lines = self._evidence(request, asked, rules)
            return sentence(LeftOutKind.BLOCKED, f"in the group {group}", rules, lines)
        closed = ~np.isin(facts.rows.clinician, [c for some in people for c in some])
        rules += [r for r in covering(_first(facts.standing(), rules), closed) or () if r not in rules]
        models = {each.people[0]: each.apart for each in asked}

        def barred(clinician: int, names: Sequence[str]) -> bool:
            if clinician not in models:
                _, models[clinician] = self._model(request, (clinician,))
            return models[clinician].fits(0, names) is None

        rules = self._needed(rules, facts.order(), facts, facts.standing(), barred)
        lines = self._evidence(request, asked, rules)
        mine = [rule for rule in rules if (facts.standing().get(rule, ~closed) & closed).any()]
        lines += [line for line in told(index, facts, request, mine, closed) if line not in lines]
        return sentence(LeftOutKind.BLOCKED, with_whom(index, facts.people), rules, lines)

    def _ask(self, request: int, people: tuple[int, ...], known: Sequence[str]) -> _Asked | Reason:
        around, apart = self._model(request, people)
        chosen = apart.fits(0, apart.rules)
        if chosen is not None:
            there = around.adopted.rows.take(apart.numbers(chosen))
            return _fits(self._week.index, request, there, self._week.placements)
        # What is known of others already needs no second reason beside it.
        both = [rule for rule in known if rule in apart.rules]
        rules = both if both and apart.fits(0, both) is None else apart.rules
        return _Asked(people, around, apart, apart.core_of(0, rules) or BACKGROUND)

    def _model(self, request: int, people: tuple[int, ...]) -> tuple[Near, RulesApart]:
        if self._budget.over:
            raise UndecidedError
        around = near(self._week, request, people)
        if not around.openings.any():
            raise UndecidedError
        rows, asked = around.adopted.rows, [around.openings]
        return around, RulesApart(self._week.index, rows, around.part, asked, around.staying, self._budget)

    def _evidence(self, request: int, asked: Sequence[_Asked], rules: Sequence[str]) -> list[str]:
        """Return what rules find with each of those who were asked of, by no more of them than it takes."""
        wording, lines = Wording(self._week, request, self._budget), list[str]()
        for each in asked:
            if len(lines) >= _LINES or self._budget.over:
                break
            try:
                own = [rule for rule in rules if rule in each.apart.rules]
                needed = each.rules if set(each.rules) <= set(rules) else each.apart.core_of(0, own)
                named = [rule for rule in needed if rule not in BACKGROUND]
                adopted = each.around.adopted
                core = core_with_examples(each.apart, 0, named, adopted.rows, each.around.outside)
            except UndecidedError:
                continue
            verdict = OptionVerdict(Possibility(each.people, 0), False, core.rules, examples=core.examples)
            lines += [line for line in wording.evidence(verdict) if line not in lines]
        return lines

    def _needed(
        self,
        rules: Sequence[str],
        people: Sequence[int],
        facts: Facts,
        forbids: dict[str, Bools],
        barred: Callable[[int, Sequence[str]], bool],
    ) -> list[str]:
        """Return of rules that forbid it with everybody those of which none can be spared.

        Where the facts do not say it of somebody, a model is asked, unless that would be many models.
        """
        held = list(rules)
        for rule in reversed(rules):
            rest = [name for name in held if name != rule]
            if not rest or self._budget.over:
                break
            masks = [mask for name, mask in forbids.items() if name in rest]
            left = ~np.logical_or.reduce([np.zeros(len(facts.rows), dtype=bool), *masks])
            unsaid = [c for c in people if left[facts.rows.clinician == c].any()]
            if unsaid and rule in BACKGROUND:
                # No model is without it.
                continue
            try:
                if len(unsaid) <= _MODELS and all(barred(clinician, rest) for clinician in unsaid):
                    held = rest
            except UndecidedError:
                break
        return held


def plainly(ground: Ground, request: int) -> Reason | None:
    """Return what the data alone say against a request, whatever is planned; nothing is solved."""
    if ground.index.of_groups[request]:
        return against_group(ground.index, request)
    return in_any_week(ground.index, Facts(ground, request, everyone=False), request)


def in_any_week(index: Index, facts: Facts, request: int) -> Reason | None:
    """Return the rules that forbid every opening by themselves, whatever else is planned."""
    if not facts.suited:
        return nobody(index, facts, request)
    who, minutes = names(index, facts.people), index.types[index.requests[request].session_type].minutes
    if not len(facts.rows):
        return never_at_work(index, facts, request)
    everything = np.ones(len(facts.rows), dtype=bool)
    rules = covering(facts.alone, everything)
    if rules is None:
        return None
    if rules == ("client_availability",):
        said = f"The times asked for and the working hours of {who} do not meet for {minutes} minutes."
        return Reason(LeftOutKind.IMPOSSIBLE, rules, said)
    evidence = told_of_any_week(index, facts, request, rules)
    return sentence(LeftOutKind.IMPOSSIBLE, f"with {who}", rules, evidence)


def as_it_stands(index: Index, facts: Facts, request: int) -> Reason | None:
    """Return what forbids every opening one by one as the week stands."""
    everything = np.ones(len(facts.rows), dtype=bool)
    rules = covering(facts.standing(), everything)
    if rules is None:
        return None
    evidence = told(index, facts, request, rules, everything)
    return sentence(LeftOutKind.BLOCKED, with_whom(index, facts.people), rules, evidence)


def without_opening(standing: Standing, code: str) -> Reason | None:
    """Return why a request has no opening, in a schedule from anywhere, without any solving.

    ``None``: facts do not forbid each of its openings.
    """
    ground = Ground(standing.problem, standing.schedule, standing=standing)
    request = ground.index.request_number[code]
    facts = Facts(ground, request, everyone=False)
    return in_any_week(ground.index, facts, request) or as_it_stands(ground.index, facts, request)


def _fits(index: Index, request: int, there: Rows, before: Rows) -> Reason:
    mine = there.take((there.request == request) & there.is_visit)
    old = set(before.take((before.request == request) & before.is_visit).records())
    number = next(n for n, record in enumerate(mine.records()) if record not in old)
    person = index.clinicians[int(mine.clinician[number])].id
    start = moment_at(index.problem.week_start, int(mine.start[number]))
    said = (
        f"The search ended before it was placed; as the week stands it fits with {person} on "
        f"{start:%A at %H:%M}, and a longer time limit may place it."
    )
    return Reason(LeftOutKind.FITS, (), said)


def _not_all(index: Index, untried: Sequence[int], evidence: Sequence[str]) -> Reason:
    if not evidence:
        return UNTRIED
    said = f"Not examined with {names(index, untried)}, because there was no time left; with others: "
    return Reason(LeftOutKind.NOT_EXAMINED, (), said + "; ".join(e.rstrip(".") for e in evidence[:2]) + ".")


def _first(forbids: dict[str, Bools], rules: Sequence[str]) -> dict[str, Bools]:
    """Return what forbids openings, these rules before others."""
    return dict(sorted(forbids.items(), key=lambda item: item[0] not in rules))
