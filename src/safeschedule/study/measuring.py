"""The figures of one schedule: counted by the verifier and the problem, judged by the base's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from safeschedule.caseload import expected_sessions
from safeschedule.judging import objectives
from safeschedule.model.interrupting import Over, never
from safeschedule.problem import Problem, Rulebook, Setting, faults
from safeschedule.reports.load import load
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.relaxation.totals import MostOfWeek, most_of_week
from safeschedule.solving.tiers import ranked_tiers
from safeschedule.verifier import Verification, verify

Values = dict[str, int | float | None]
BySkill = tuple[int, int, int, int]

LARGEST = 60
"""Clinicians up to which counts are bounded by relaxations of their own; of larger teams by the search."""

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
        By the skill that they need: sessions asked for and placed, new clients who wait and who are seen.
    """

    values: Mapping[str, int | float | None]
    rules: Mapping[str, int]
    skills: Mapping[str, BySkill]


def measured(problem: Problem, base: Rulebook, result: Result, lost: int = 0, over: Over = never) -> Measured:
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
    over
        Asked while bounds are looked for: when it is time to end, they stay unknown.
    """
    values = _asked(problem, lost)
    schedule = result.schedule
    if schedule is None:
        return Measured(values, {}, _skills(problem, None))
    judged = problem.model_copy(update={"rulebook": base})
    if faults.find(judged):
        judged = problem  # what the scenario asks for has no place in the base's rules
    account = verify(judged, schedule)
    values |= _placed(problem, schedule) | _tiers(problem, judged, account, result) | _load(problem, schedule)
    values |= _bounds(problem, result, values, over)
    values["broken"] = sum(finding.hard for finding in account.findings)
    values["gap"] = result.gap
    return Measured(values, dict(account.amounts), _skills(problem, schedule))


def _asked(problem: Problem, lost: int) -> Values:
    return {
        "asked": sum(request.count for request in problem.requests),
        "lost": lost,
        "clinicians": len(problem.clinicians),
        "fte": float(sum(person.fte for person in problem.clinicians)),
    }


def _bounds(problem: Problem, result: Result, values: Values, over: Over) -> Values:
    """Return what no schedule exceeds: by relaxations, and by what is asked for."""
    small = len(problem.clinicians) <= LARGEST
    known = most_of_week(problem, over) if small else MostOfWeek()
    types = problem.by_code.session_types
    asked = {
        "sessions": values["asked"],
        "minutes": sum(types[r.session_type].minutes * r.count for r in problem.requests),
    }
    found: Values = {}
    for name in ("sessions", "minutes", "high_minutes", "peak_minutes"):
        bounds = [getattr(known, name), asked.get(name)]
        bounds += [result.most_sessions] if name == "sessions" else []
        least = min((bound for bound in bounds if bound is not None), default=None)
        value = values[name]
        # What was found can be had, whatever rounding says.
        found[f"{name}_most"] = None if least is None or value is None else max(least, value)
    return found


def _placed(problem: Problem, schedule: Schedule) -> Values:
    types, found = problem.by_code.session_types, served(problem, schedule)
    seen = {client for appointment in schedule.appointments for client in appointment.clients}
    new = _new(problem)
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


def _skills(problem: Problem, schedule: Schedule | None) -> dict[str, BySkill]:
    types = problem.by_code.session_types
    found = {} if schedule is None else served(problem, schedule)
    new = set(_new(problem))
    by_skill: dict[str, tuple[int, int]] = {}
    clients: dict[str, dict[str, bool]] = {}
    for request in problem.requests:
        needs = dict.fromkeys((*types[request.session_type].skills, *request.skills))
        placed = found.get(request.id, 0)
        for skill in needs or {"": None}:
            before = by_skill.get(skill, (0, 0))
            by_skill[skill] = before[0] + request.count, before[1] + placed
            if request.client in new:
                seen = clients.setdefault(skill, {})
                seen[request.client] = seen.get(request.client, False) or placed > 0
    told = {skill: list(clients.get(skill, {}).values()) for skill in by_skill}
    return {
        skill: (*counts, told[skill].count(False), told[skill].count(True))
        for skill, counts in by_skill.items()
    }


def _new(problem: Problem) -> list[str]:
    """Return the clients who are on nobody's caseload and wait."""
    return [c.id for c in problem.clients if c.clinician is None and c.waiting_since is not None]
