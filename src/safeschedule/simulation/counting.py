"""What is counted of one simulated week, by the base's rules."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from safeschedule.actuals import Attendance, Presence
from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.problem import Problem, Rulebook
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.simulation.figures import RULES
from safeschedule.simulation.unfolding import Unfolded
from safeschedule.verifier import examine
from safeschedule.verifier.intensity import high_of

Counts = dict[str, int | float]


def counted(problem: Problem, schedule: Schedule, week: Unfolded, after: Problem, base: Rulebook) -> Counts:
    """Return the counts of a week, all that its plan and its course decide.

    Parameters
    ----------
    problem, schedule
        As it was planned.
    week
        As it went.
    after
        The week after it.
    base
        The rules by which every policy is judged.
    """
    judged = problem.model_copy(update={"rulebook": base})
    return {
        **_access(problem, schedule, week, after),
        **_exposure(judged, schedule),
        **_strain(week),
        "fte": float(sum(person.fte for person in problem.clinicians)),
    }


def _access(problem: Problem, schedule: Schedule, week: Unfolded, after: Problem) -> Counts:
    asked = sum(request.count for request in problem.requests)
    outcomes = [visit.outcome for visit in week.visits]
    waits = [(each.on - each.referred).days for each in week.first if each.referred is not None]
    end = problem.week_start + timedelta(weeks=1)
    left = [client for client in after.clients if client.clinician is None]
    ages = [(end - client.waiting_since).days for client in left if client.waiting_since is not None]
    return {
        "taken": len(waits),
        "waited_days": sum(waits),
        "waiting": len(left),
        "oldest_days": max(ages, default=0),
        "clients": sum(client.clinician is not None for client in problem.clients),
        "asked": asked,
        "left_out": asked - served(problem, schedule).total(),
        "visits": len(outcomes),
        "attended": outcomes.count(Attendance.ATTENDED),
        "no_shows": outcomes.count(Attendance.NO_SHOW),
    }


def _exposure(judged: Problem, schedule: Schedule) -> Counts:
    is_high = high_of(judged)
    high = sum(own.minutes * len(own.clinicians) for own in schedule.appointments if is_high(own))
    carried = CaseloadFacts(judged).carried.values()
    over = sum(max(0, own.points - own.cap) for own in carried if own.cap is not None)
    amounts = dict.fromkeys(RULES, 0)
    names: Mapping[str, str] = {rule: name for name, rule in RULES.items()}
    for finding in examine(judged, schedule).findings:
        if finding.rule in names:
            amounts[names[finding.rule]] += finding.amount
    return {"high_minutes": high, "points_over": over / 100, **amounts}


def _strain(week: Unfolded) -> Counts:
    there = [day for day in week.days if day.presence is Presence.PRESENT]
    return {
        "crises": week.crises,
        "unreserved": week.unreserved,
        "untimed": week.untimed,
        "days_worked": len(there),
        "days_sick": len(week.days) - len(there),
        "minutes_outside": sum(day.minutes_outside or 0 for day in there),
        "notes_outside": sum(day.documentation_outside or 0 for day in there),
    }
