"""One reason for a request left out: facts first, then the rules that bind as the week stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.explaining.unplaced.any_week import AnyWeek
from safeschedule.explaining.unplaced.barriers import Place, Verdict
from safeschedule.explaining.unplaced.cores import core_with_examples
from safeschedule.explaining.unplaced.facts import Facts, covering
from safeschedule.explaining.unplaced.group_facts import against_group
from safeschedule.explaining.unplaced.openings import leaders, near
from safeschedule.explaining.unplaced.rules_apart import RulesApart, UndecidedError
from safeschedule.explaining.unplaced.told import Reason, names, nobody, sentence, told
from safeschedule.explaining.unplaced.week import Week
from safeschedule.explaining.unplaced.words import Wording
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Rows
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import LeftOut, LeftOutKind
from safeschedule.schedule.serving import served
from safeschedule.solving.budget import Budget
from safeschedule.verifier.again import Standing

_FACTS = 0.01
"""What looking at facts is booked with, in the solver's units."""

UNTRIED = Reason(LeftOutKind.NOT_EXAMINED, (), "Not examined: there was no time left to try its openings.")


@dataclass(frozen=True)
class _Asked:
    """Some clinicians who were asked of, with their model and what forbids every opening with them."""

    people: tuple[int, ...]
    apart: RulesApart
    rules: tuple[str, ...]
    evidence: tuple[str, ...]


class Reasons:
    """Finds reasons in a planned week.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the search; what is not looked at then is said not to be.
    """

    def __init__(self, week: Week, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._any_week = AnyWeek(week, budget)
        self._served = served(week.problem, week.schedule)

    def entry(self, request: int) -> LeftOut:
        """Return what is told of a request of which sessions are missing."""
        asked = self._week.index.requests[request]
        try:
            reason = UNTRIED if self._budget.over else self._reason(request)
        except InterruptedWorkError:
            reason = UNTRIED
        return LeftOut(
            request=asked.id,
            sessions=asked.count - self._served[asked.id],
            kind=reason.kind,
            rules=reason.rules,
            reason=reason.sentence,
        )

    def _reason(self, request: int) -> Reason:
        week = self._week
        self._budget.spend(_FACTS)
        if week.index.of_groups[request]:
            people = tuple(leaders(week.index, request))
            return against_group(week.index, request) or self._asked_of(request, [people], [])
        facts = Facts(week.index, week.standing, request, everyone=False)
        found = in_any_week(week.index, facts, request) or self._in_empty_diaries(request, facts)
        return found or as_it_stands(week.index, facts, request) or self._by_models(request, facts)

    def _in_empty_diaries(self, request: int, facts: Facts) -> Reason | None:
        """Return what forbids the request with each clinician even when nothing else is planned."""
        index, found = self._week.index, list[Verdict]()
        for clinician in facts.order():
            if not (facts.allowed & (facts.rows.clinician == clinician)).any():
                continue
            try:
                core = None if self._budget.over else self._any_week.core(request, clinician, facts)
            except UndecidedError:
                core = None
            if core is None:
                return None
            found.append(Verdict(Place((clinician,), 0), False, core.rules, examples=core.examples))
        wording = Wording(self._week, request, self._budget)
        rules = [rule for verdict in found for rule in verdict.rules]
        rest = ~facts.allowed & ~np.isin(facts.rows.clinician, [v.place.people[0] for v in found])
        rules += covering(_first(facts.alone, rules), rest) or ()
        evidence = [line for verdict in found for line in wording.evidence(verdict)]
        return sentence(LeftOutKind.IMPOSSIBLE, names(index, facts.people), rules, evidence)

    def _by_models(self, request: int, facts: Facts) -> Reason:
        """Ask of each clinician of whom the facts do not tell whether it fits when own blocks move."""
        forbids = facts.standing()
        free = ~np.logical_or.reduce(list(forbids.values()))
        people = [c for c in facts.order() if free[facts.rows.clinician == c].any()]
        closed = ~np.isin(facts.rows.clinician, people)
        return self._asked_of(request, [(c,) for c in people], [(facts, closed)])

    def _asked_of(
        self, request: int, people: Sequence[tuple[int, ...]], closed: Sequence[tuple[Facts, Bools]]
    ) -> Reason:
        index, asked, untried = self._week.index, list[_Asked](), list[int]()
        wording = Wording(self._week, request, self._budget)
        known: list[str] = []
        for some in people:
            try:
                found = self._ask(request, some, known, wording)
            except UndecidedError:
                untried += some
                continue
            if isinstance(found, Reason):
                return found
            asked.append(found)
            known += [rule for rule in found.rules if rule not in known]
        evidence = list(dict.fromkeys(line for each in asked for line in each.evidence))
        if untried:
            return _not_all(index, untried, evidence)
        for facts, where in closed:
            known += [r for r in covering(_first(facts.standing(), known), where) or () if r not in known]
        rules = self._needed(asked, closed, known)
        for facts, where in closed:
            if where.any():
                mine = [rule for rule in rules if (facts.standing().get(rule, ~where) & where).any()]
                evidence += [
                    line for line in told(index, facts, request, mine, where) if line not in evidence
                ]
        everyone = [c for some in people for c in some] + [
            c for facts, where in closed for c in np.unique(facts.rows.clinician[where]).tolist()
        ]
        return sentence(LeftOutKind.BLOCKED, names(index, everyone), rules, evidence)

    def _ask(
        self, request: int, people: tuple[int, ...], known: Sequence[str], wording: Wording
    ) -> _Asked | Reason:
        if self._budget.over:
            raise UndecidedError
        week = self._week
        around = near(week, request, people)
        if not around.openings.any():
            raise UndecidedError
        adopted = around.adopted
        apart = RulesApart(
            week.index, adopted.rows, around.part, [around.openings], around.staying, self._budget
        )
        chosen = apart.fits(0, apart.rules)
        if chosen is not None:
            there = adopted.rows.take(apart.numbers(chosen))
            return _fits(week.index, request, there, week.own)
        # What is known of others already needs no second reason beside it.
        both = [rule for rule in known if rule in apart.rules]
        rules = both if both and apart.fits(0, both) is None else apart.rules
        core = core_with_examples(apart, 0, apart.core_of(0, rules), adopted.rows, around.outside)
        verdict = Verdict(Place(people, 0), False, core.rules, examples=core.examples)
        return _Asked(people, apart, core.rules, wording.evidence(verdict))

    def _needed(
        self, asked: Sequence[_Asked], closed: Sequence[tuple[Facts, Bools]], rules: Sequence[str]
    ) -> list[str]:
        """Return of rules that forbid it with everybody those of which none can be spared."""
        held = list(rules)
        for rule in reversed(rules):
            rest = [name for name in held if name != rule]
            if not rest or self._budget.over:
                break
            if all(_forbidden(facts, where, rest) for facts, where in closed) and self._clash(asked, rest):
                held = rest
        return held

    def _clash(self, asked: Sequence[_Asked], rules: Sequence[str]) -> bool:
        try:
            return all(each.apart.fits(0, rules) is None for each in asked)
        except UndecidedError:
            return False


def in_any_week(index: Index, facts: Facts, request: int) -> Reason | None:
    """Return the rules that forbid every opening by themselves, whatever else is planned."""
    if not facts.suited:
        return nobody(index, facts, request)
    who, minutes = names(index, facts.people), index.types[index.requests[request].session_type].minutes
    if not len(facts.rows):
        said = f"{who} never works {minutes} minutes in a row where it can be held."
        return Reason(LeftOutKind.IMPOSSIBLE, ("working_hours",), said)
    everything = np.ones(len(facts.rows), dtype=bool)
    rules = covering(facts.alone, everything)
    if rules is None:
        return None
    if rules == ("client_availability",):
        said = f"The times asked for and the working hours of {who} do not meet for {minutes} minutes."
        return Reason(LeftOutKind.IMPOSSIBLE, rules, said)
    evidence = told(index, facts, request, rules, everything)
    return sentence(LeftOutKind.IMPOSSIBLE, who, rules, evidence)


def as_it_stands(index: Index, facts: Facts, request: int) -> Reason | None:
    """Return what forbids every opening one by one as the week stands."""
    everything = np.ones(len(facts.rows), dtype=bool)
    rules = covering(facts.standing(), everything)
    if rules is None:
        return None
    evidence = told(index, facts, request, rules, everything)
    return sentence(LeftOutKind.BLOCKED, names(index, facts.people), rules, evidence)


def without_opening(standing: Standing, code: str) -> Reason:
    """Return why a request has no opening, in a schedule from anywhere, without any solving."""
    index = Index(standing.problem)
    request = index.request_number[code]
    facts = Facts(index, standing, request, everyone=False)
    return in_any_week(index, facts, request) or as_it_stands(index, facts, request) or UNTRIED


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


def _forbidden(facts: Facts, where: Bools, rules: Sequence[str]) -> bool:
    masks = [mask for name, mask in facts.standing().items() if name in rules]
    return bool(np.logical_or.reduce([~where, *masks]).all())


def _first(forbids: dict[str, Bools], rules: Sequence[str]) -> dict[str, Bools]:
    """Return what forbids openings, these rules before others."""
    return dict(sorted(forbids.items(), key=lambda item: item[0] not in rules))
