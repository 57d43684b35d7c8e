"""A reason in one plain sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.explaining.unplaced.facts import OVERLAP, Commitment, Facts, covering
from safeschedule.explaining.unplaced.words import listing, of_people, title
from safeschedule.model.index import Bools, Index
from safeschedule.problem.clock import DAY, format_clock, moment_at
from safeschedule.reports.words import weekday
from safeschedule.schedule import LeftOutKind

_NAMED = 3


@dataclass(frozen=True)
class Reason:
    """What is known of a request that is left out (see `LeftOut`)."""

    kind: LeftOutKind
    rules: tuple[str, ...]
    sentence: str


def sentence(kind: LeftOutKind, where: str, rules: Sequence[str], evidence: Sequence[str]) -> Reason:
    """Return a reason with what the rules find."""
    named = tuple(dict.fromkeys(rules))
    head = (
        f"In no week can it be {where}"
        if kind is LeftOutKind.IMPOSSIBLE
        else f"As the week stands it fits nowhere {where}, even when own blocks move"
    )
    lines = list(dict.fromkeys(line.rstrip(".") for line in evidence if line))
    said = "; ".join(lines[:_NAMED]) or f"{listing(named)} {'forbids' if len(named) == 1 else 'forbid'} it"
    return Reason(kind, named, f"{head}: {said}.")


def told(index: Index, facts: Facts, request: int, rules: Sequence[str], openings: Bools) -> list[str]:
    """Return what rules find against some openings as the week stands, one line each."""
    return _lines(index, facts, request, rules, openings, facts.standing())


def told_of_any_week(index: Index, facts: Facts, request: int, rules: Sequence[str]) -> list[str]:
    """Return what rules find against every opening in any week, one line each; nothing planned is named."""
    everything = np.ones(len(facts.rows), dtype=bool)
    return _lines(index, facts, request, rules, everything, facts.alone, planned=False)


def _lines(
    index: Index,
    facts: Facts,
    request: int,
    rules: Sequence[str],
    openings: Bools,
    forbids: dict[str, Bools],
    *,
    planned: bool = True,
) -> list[str]:
    lines = []
    for rule in rules:
        if rule not in forbids:
            continue
        where = np.flatnonzero(openings & forbids[rule])
        if rule == OVERLAP:
            rest = [forbids[other] for other in rules if other != rule and other in forbids]
            left = openings & ~np.logical_or.reduce([np.zeros(len(openings), dtype=bool), *rest])
            lines += taken_lines(index, facts, request, left & forbids[rule], planned=planned)
        elif len(where):
            clinician = int(facts.rows.clinician[where[0]])
            said = of_people(index, index.requests[request], clinician, rule)
            person = index.clinicians[clinician].id
            lines.append(f"{person} {said}" if said.startswith(("lacks", "does not")) else said)
            lines[-1] = lines[-1] or _found(facts, rule, openings & forbids[rule], planned=planned)
    return lines


def _found(facts: Facts, rule: str, openings: Bools, *, planned: bool) -> str:
    if not openings.any():
        return title(rule)
    first = facts.rows.clinician == facts.rows.clinician[np.flatnonzero(openings)[0]]
    if planned and rule in facts.limits:
        return facts.limit(rule, openings & first) or title(rule)
    return facts.finding(rule, openings) or title(rule)


def taken_lines(
    index: Index, facts: Facts, request: int, openings: Bools, *, planned: bool = True
) -> list[str]:
    """Return what stands where somebody's openings are, of one clinician after the other."""
    minutes = index.types[index.requests[request].session_type].minutes
    lines = []
    for clinician in facts.order():
        busy = facts.busy(openings & (facts.rows.clinician == clinician), planned=planned)
        if busy:
            verb = "is" if len(busy) == 1 else "are"
            person = index.clinicians[clinician].id
            there = f"{_activities(index, busy)} {verb} there"
            lines.append(f"{person} has no {minutes} minutes free then, because {there}")
    return lines


def _activities(index: Index, busy: Sequence[Commitment]) -> str:
    first = index.problem.week_start
    named = [
        f"{a.name} on {weekday(moment_at(first, a.start))} at {format_clock(a.start % DAY)}"
        for a in busy[:_NAMED]
    ]
    return listing([*named, *([f"{len(busy) - _NAMED} more"] if len(busy) > _NAMED else [])])


def nobody(index: Index, facts: Facts, request: int) -> Reason:
    """Return why no clinician may take a request, whatever the time."""
    asked = index.requests[request]
    table = {
        name: unsuiting[request] | _never(index, facts, name) for name, unsuiting in facts.unsuiting.items()
    }
    # Whoever never works where it can be held needs no rule to be out of question.
    able = np.isin(np.arange(len(index.clinicians)), facts.rows.clinician)
    if not able.any():
        return never_at_work(index, facts, request)
    rules = covering(table, able) or tuple(table)
    skills = ", ".join(sorted({*asked.skills, *index.types[asked.session_type].skills}))
    if rules == ("qualification",) and facts.unsuiting["qualification"][request].all():
        return Reason(
            LeftOutKind.IMPOSSIBLE, rules, f"No clinician has all the skills that it needs ({skills})."
        )
    if set(rules) == {"continuity", "qualification"} and asked.clinician is not None:
        said = f"{asked.clinician} is named for it but lacks a skill that it needs ({skills})."
        return Reason(LeftOutKind.IMPOSSIBLE, rules, said)
    lines, left = [], set(range(len(index.clinicians)))
    for rule in rules:
        who = sorted(left & set(np.flatnonzero(table[rule]).tolist()), key=lambda c: (not able[c], c))
        left -= set(who)
        lines += _of_everyone(index, facts, request, rule, who)
    if left:
        lines.append(never_at_work(index, facts, request, sorted(left)).sentence)
    return sentence(LeftOutKind.IMPOSSIBLE, with_whom(index, facts.people), rules, lines)


def never_at_work(index: Index, facts: Facts, request: int, people: Sequence[int] | None = None) -> Reason:
    """Return that some clinicians, or all who are asked, never work where a request can be held."""
    minutes = index.types[index.requests[request].session_type].minutes
    who = names(index, facts.people if people is None else people)
    said = f"{who} never works {minutes} minutes in a row where it can be held."
    return Reason(LeftOutKind.IMPOSSIBLE, ("working_hours",), said)


def _never(index: Index, facts: Facts, rule: str) -> Bools:
    """Return the clinicians all of whose openings a rule forbids by itself."""
    everyone, people = np.arange(len(index.clinicians)), facts.rows.clinician
    found: Bools = np.isin(everyone, people) & ~np.isin(everyone, people[~facts.alone[rule]])
    return found


def _of_everyone(index: Index, facts: Facts, request: int, rule: str, who: Sequence[int]) -> list[str]:
    """Return what a rule finds against some clinicians, of those of whom it says the same told once."""
    alike: dict[str, list[int]] = {}
    for clinician in who:
        alike.setdefault(of_people(index, index.requests[request], clinician, rule), []).append(clinician)
    return [_of_alike(index, facts, rule, people, said) for said, people in alike.items()]


def _of_alike(index: Index, facts: Facts, rule: str, who: Sequence[int], said: str) -> str:
    if not said:
        return _found(facts, rule, facts.rows.clinician == who[0], planned=False)
    if not said.startswith(("lacks", "does not")):
        return said
    if len(who) == 1:
        return f"{index.clinicians[who[0]].id} {said}"
    people = f"{len(who)} clinicians" if len(who) > _NAMED else listing([index.clinicians[c].id for c in who])
    return f"{people} {said.replace('lacks', 'lack', 1).replace('does not', 'do not', 1)}"


def names(index: Index, people: Sequence[int]) -> str:
    """Return clinicians in words."""
    every = list(dict.fromkeys(people))
    if len(every) > _NAMED:
        return f"any of {len(every)} clinicians"
    return " or ".join(index.clinicians[c].id for c in every)


def with_whom(index: Index, people: Sequence[int]) -> str:
    """Return with which clinicians, in words."""
    return f"with {names(index, people)}"
