"""A week of which only some conditions hold: as a problem, and of whom its rules ask something."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from safeschedule.catalogue import rules
from safeschedule.explaining.clashes import asking
from safeschedule.explaining.clashes.condition import Condition, gives_way
from safeschedule.explaining.clashes.facts import find_facts, without
from safeschedule.model.index import Index
from safeschedule.problem import Clinician, Problem, RuleSetting
from safeschedule.solving.worth import demanded

ALWAYS = frozenset({"client_availability", "leave", "no_overlap", "pinned", "working_hours"})
"""Rules that hold whatever else does; what they rest on are facts."""


@dataclass(frozen=True)
class RelaxedWeek:
    """A week of which only some conditions hold.

    Parameters
    ----------
    problem
        The problem: facts that do not hold are no hindrance, other rules are off.
    asked
        By rule that is on: of which clinicians it asks what it asks of clinicians.
    """

    problem: Problem
    asked: dict[str, tuple[str, ...]]


def conditions_of(problem: Problem, personal: Collection[str]) -> tuple[Condition, ...]:
    """Return everything that may be part of a clash: what rules ask of all, or of each, and the facts.

    `personal` names the rules that ask something of single clinicians.
    """
    hard = [n for n, s in problem.rulebook.settings().items() if s.hard and n not in ALWAYS]
    team = [_rule(problem, name) for name in hard if name not in personal]
    own = [_rule(problem, name, person) for person in problem.clinicians for name in hard if name in personal]
    return (*team, *own, *find_facts(problem))


def _rule(problem: Problem, name: str, person: Clinician | None = None) -> Condition:
    title = rules()[name].title
    what, tier = f"{title[:1].lower()}{title[1:]}", gives_way(problem.rulebook.setting(name))
    if person is None:
        return Condition("rule", (name,), (), f"The rule {name} holds: {what}.", tier)
    whom, who = asking.whom(problem, name, person)
    return Condition("rule", (name, person.id), who, f"The rule {name} holds for {whom}: {what}.", tier)


def narrowed(problem: Problem) -> Problem:
    """Return the problem with only the requests and groups that have to be: pinned, or asked for by rules."""
    index = Index(problem)
    access = index.settings.get("access")
    pinned = {pin.request for pin in problem.pinned_appointments}
    groups: set[str | None] = {pin.group for pin in problem.pinned_groups}
    if access is not None and access.hard:
        wanted = [True] * len(problem.requests)
    else:
        wanted = demanded(index).tolist()
    groups |= {r.group for r, asked in zip(problem.requests, wanted, strict=True) if asked}
    requests = tuple(
        r
        for r, asked in zip(problem.requests, wanted, strict=True)
        if asked or r.id in pinned or (r.group is not None and r.group in groups)
    )
    held = tuple(group for group in problem.groups if group.id in groups)
    return problem.model_copy(update={"requests": requests, "groups": held})


def part_of(
    problem: Problem, everything: Collection[Condition], holding: Collection[Condition]
) -> RelaxedWeek:
    """Return the week in which of everything only some conditions hold."""
    held = set(holding)
    open_to_all = without(problem, [c for c in everything if c.kind != "rule" and c not in held])
    asked: dict[str, tuple[str, ...]] = dict.fromkeys(_names(held), ())
    for condition in everything:
        if condition.kind == "rule" and condition in held and len(condition.key) > 1:
            asked[str(condition.key[0])] += (str(condition.key[1]),)
    settings = problem.rulebook.settings()
    off = RuleSetting(enabled=False)
    book = {n: off for n in settings if n not in asked and n not in ALWAYS}
    book |= {n: off for n, s in settings.items() if not s.hard}
    rulebook = problem.rulebook.model_copy(update={"rules": {**problem.rulebook.rules, **book}})
    # Of what is open again, what may be left out is no part of it either.
    return RelaxedWeek(narrowed(open_to_all.model_copy(update={"rulebook": rulebook})), asked)


def _names(held: Collection[Condition]) -> Iterator[str]:
    for condition in sorted((c for c in held if c.kind == "rule"), key=lambda c: [str(k) for k in c.key]):
        yield str(condition.key[0])
