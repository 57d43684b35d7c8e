"""The figures of one schedule: counted by the verifier and the problem, judged by the base's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from safeschedule.caseload import expected_sessions
from safeschedule.judging import objectives
from safeschedule.problem import Problem, Request, Rulebook, Setting, faults
from safeschedule.reports.load import load
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.tiers import ranked_tiers
from safeschedule.verifier import Verification, verify
from safeschedule.verifier.intensity import Intensities

Values = dict[str, int | float | None]

_READ = ("access", "urgent_access", "documentation", "recovery_buffer", "crisis_reset")
"""Rules whose parameters make the value of a session, whether they are on or not."""


@dataclass(frozen=True)
class Measured:
    """What was counted of a schedule.

    Parameters
    ----------
    values
        The figures by name.
    rules
        How much of each rule of the base is broken, or costs, in the rule's unit.
    skills
        Sessions asked for and placed, by the skill that they need.
    """

    values: Mapping[str, int | float | None]
    rules: Mapping[str, int]
    skills: Mapping[str, tuple[int, int]]


def measured(problem: Problem, base: Rulebook, result: Result, lost: int = 0) -> Measured:
    """Return the figures of a result.

    Parameters
    ----------
    problem
        What was planned, by the scenario's rules.
    base
        The rules by which it is judged.
    result
        The outcome; without a schedule only what is asked for is known.
    lost
        Sessions that the scenario cannot ask of anybody.
    """
    values = _asked(problem, result, lost)
    schedule = result.schedule
    if schedule is None:
        return Measured(values, {}, _skills(problem, None))
    judged = problem.model_copy(update={"rulebook": base})
    if faults.find(judged):
        judged = problem  # what the scenario asks for has no place in the base's rules
    account = verify(judged, schedule)
    values |= _placed(problem, schedule) | _tiers(problem, judged, account, result) | _load(problem, schedule)
    values["broken"] = sum(finding.hard for finding in account.findings)
    values["gap"] = result.gap
    return Measured(values, dict(account.amounts), _skills(problem, schedule))


def _asked(problem: Problem, result: Result, lost: int) -> Values:
    asked = sum(request.count for request in problem.requests)
    most = asked if result.most_sessions is None else min(asked, result.most_sessions)
    values: Values = {
        "asked": asked,
        "lost": lost,
        "clinicians": len(problem.clinicians),
        "fte": float(sum(person.fte for person in problem.clinicians)),
    }
    if result.schedule is not None:
        values |= {"sessions_most": most, **_longest(problem, most)}
    return values


def _longest(problem: Problem, most: int) -> Values:
    """Return what minutes cannot exceed: as many of the longest as there can be sessions."""
    types = problem.by_code.session_types
    known = Intensities(problem.clients, problem.requests, problem.rulebook.setting("daily_intensity"))

    def high(request: Request) -> bool:
        return known.is_high(types[request.session_type], [request.client], request.group)

    asked = [(types[r.session_type].minutes, r) for r in problem.requests for _ in range(r.count)]
    asked.sort(key=lambda entry: -entry[0])
    intense = [minutes for minutes, request in asked if request.group is None and high(request)]
    # A session of a group counts for each who leads it, however many come.
    pinned = max((len(pin.clinicians) for pin in problem.pinned_groups), default=0)
    of_groups = 0
    for group in problem.groups:
        kind = types[group.session_type]
        if known.is_high(kind, (), group.id):
            of_groups += group.sessions * kind.minutes * max(problem.asking.due(kind), pinned)
    return {
        "minutes_most": sum(minutes for minutes, _ in asked[:most]),
        "high_minutes_most": sum(intense[:most]) + of_groups,
    }


def _placed(problem: Problem, schedule: Schedule) -> Values:
    types, found = problem.by_code.session_types, served(problem, schedule)
    seen = {client for appointment in schedule.appointments for client in appointment.clients}
    new = [c.id for c in problem.clients if c.clinician is None and c.waiting_since is not None]
    first = sum(client in seen for client in new)
    return {
        "sessions": found.total(),
        "minutes": sum(types[r.session_type].minutes * found[r.id] for r in problem.requests),
        "expected": round(float(expected_sessions(problem, schedule)), 2),
        "waiting": len(new) - first,
        "new_seen": first,
        "wait_weeks": round(len(new) / first, 2) if first else (0.0 if not new else None),
    }


def _tiers(problem: Problem, judged: Problem, account: Verification, result: Result) -> Values:
    """Return what the tiers of access and of urgent work are worth, and what they cannot exceed."""
    access = judged.rulebook.setting("access")
    found = objectives(judged, account)
    bounds = {tier.tier: tier.bound for tier in result.tiers}
    values: Values = {}
    proven, alike = True, True
    for tier, parts, most in found:
        value = sum(parts.values())
        alike &= _alike(problem.rulebook, judged.rulebook, str(tier))
        # A bound of the scenario's own rules holds of the base's where both count the tier alike.
        bound = int(bounds.get(str(tier), most)) if alike else most
        bound = max(value, min(most, bound))
        if str(tier) == "urgent":
            values |= {"urgent_value": value, "urgent_most": bound}
        if tier is access.tier and access.enabled and not access.hard:
            least = value if proven else None
            values |= {"access_value": value, "access_most": bound, "access_least": least}
            break
        proven &= value == bound
    return values


def _alike(one: Rulebook, other: Rulebook, tier: str) -> bool:
    """Return whether two rulebooks count a tier, and what sessions are worth, alike."""
    if any(one.setting(name).values != other.setting(name).values for name in _READ):
        return False
    return _soft(one, tier) == _soft(other, tier)


def _soft(book: Rulebook, tier: str) -> dict[str, Setting]:
    settings = book.settings()
    if tier not in map(str, ranked_tiers(settings)):
        return {}
    return {
        name: replace(setting, custom=None)
        for name, setting in settings.items()
        if str(setting.tier) == tier and not setting.hard
    }


def _load(problem: Problem, schedule: Schedule) -> Values:
    rows = load(problem, schedule)
    per_fte = max((Fraction(row.high_minutes) / Fraction(row.fte) for row in rows), default=Fraction(0))
    return {
        "high_minutes": sum(row.high_minutes for row in rows),
        "peak_minutes": max((row.high_minutes for row in rows), default=0),
        "peak_per_fte": round(float(per_fte), 1),
        "protected_minutes": sum(row.protected_minutes for row in rows),
    }


def _skills(problem: Problem, schedule: Schedule | None) -> dict[str, tuple[int, int]]:
    types = problem.by_code.session_types
    found = {} if schedule is None else served(problem, schedule)
    by_skill: dict[str, tuple[int, int]] = {}
    for request in problem.requests:
        needs = dict.fromkeys((*types[request.session_type].skills, *request.skills))
        for skill in needs or {"": None}:
            asked, placed = by_skill.get(skill, (0, 0))
            by_skill[skill] = asked + request.count, placed + found.get(request.id, 0)
    return by_skill
