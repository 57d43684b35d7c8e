"""A week of which only some conditions hold: as a problem, and of whom its rules ask something."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from safeschedule.catalogue import Trait
from safeschedule.explaining.clashes import asking
from safeschedule.explaining.clashes.condition import Condition, gives_way
from safeschedule.explaining.clashes.facts import find_facts, without
from safeschedule.model.index import Index
from safeschedule.problem import Clinician, Problem
from safeschedule.problem.rulebook import OFF
from safeschedule.solving.profit import demanded


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
    hard = [n for n, s in problem.rulebook.settings().items() if s.hard and Trait.GIVEN not in s.rule.traits]
    team = [_rule(problem, name) for name in hard if name not in personal]
    own = [_rule(problem, name, person) for person in problem.clinicians for name in hard if name in personal]
    return (*team, *own, *find_facts(problem))


def _rule(problem: Problem, name: str, person: Clinician | None = None) -> Condition:
    setting = problem.rulebook.setting(name)
    title = setting.rule.title
    what, tier = f"{title[:1].lower()}{title[1:]}", gives_way(setting)
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
    settings, given = problem.rulebook.settings(), problem.rulebook.rules_with(Trait.GIVEN)
    book = {n: OFF for n, s in settings.items() if not s.hard or (n not in {*asked, *given})}
    # Of what is open again, what may be left out is no part of it either.
    return RelaxedWeek(narrowed(open_to_all.with_settings(book)), asked)


def _names(held: Collection[Condition]) -> Iterator[str]:
    for condition in sorted((c for c in held if c.kind == "rule"), key=lambda c: [str(k) for k in c.key]):
        yield str(condition.key[0])
