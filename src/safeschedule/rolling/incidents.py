"""Incidents after a week: whose debrief and follow-up have been held, and which are over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from safeschedule.problem import BlockKind, Clinician, Incident, Problem
from safeschedule.problem.at_work import works_on
from safeschedule.schedule import Block, Schedule

KEPT_DAYS = 60
"""No follow-up is due later (the most that the rule ``debrief`` may have for it)."""

_REACH = 28
_Time = tuple[datetime, datetime]


def after_week(problem: Problem, schedule: Schedule) -> tuple[Incident, ...]:
    """Return the incidents that the next week still has to know of, with what this week has held of them.

    A debrief or follow-up counts as in the rule ``debrief``: a debrief block of the length asked for, begun
    in the time in which it is due, led by another clinician who is a supervisor.

    Parameters
    ----------
    problem
        The week as it was planned.
    schedule
        What takes place.
    """
    oldest = problem.week_start + timedelta(days=7 - KEPT_DAYS)
    moved = (_after(problem, schedule, incident) for incident in problem.incidents)
    return tuple(entry for entry in moved if entry.happened.date() >= oldest and not _done(entry))


def _done(incident: Incident) -> bool:
    return set(incident.clinicians) <= set(incident.debriefed) & set(incident.followed_up)


def _after(problem: Problem, schedule: Schedule, incident: Incident) -> Incident:
    setting = problem.rulebook.setting("debrief")
    supervisors = {person.id for person in problem.clinicians if person.is_supervisor}
    blocks = [b for b in schedule.blocks if b.kind is BlockKind.DEBRIEF and b.supervisor in supervisors]
    debriefed, followed_up = list(incident.debriefed), list(incident.followed_up)
    for person in problem.clinicians:
        if person.id not in incident.clinicians:
            continue
        own = [b for b in blocks if person.id in b.clinicians and person.id != b.supervisor]
        due = _debrief_time(problem, incident, person, setting.whole("days"))
        if person.id not in debriefed and _held(own, due, setting.whole("minutes")):
            debriefed.append(person.id)
        due = _follow_time(incident, setting.whole("follow_from"), setting.whole("follow_to"))
        if person.id not in followed_up and _held(own, due, setting.whole("follow_minutes")):
            followed_up.append(person.id)
    return incident.model_copy(update={"debriefed": tuple(debriefed), "followed_up": tuple(followed_up)})


def _held(blocks: list[Block], due: _Time, minutes: int) -> bool:
    return any(due[0] <= block.start < due[1] and block.minutes >= minutes for block in blocks)


def _debrief_time(problem: Problem, incident: Incident, person: Clinician, days: int) -> _Time:
    """Return the time from the incident to the end of the last of the first working dates after it."""
    after = (incident.happened.date() + timedelta(days=number) for number in range(1, _REACH + 1))
    closed = problem.closed_dates
    at_work = [day for day in after if day not in closed and works_on(person, day)][:days]
    end = _midnight_after(at_work[-1]) if at_work else incident.happened
    return incident.happened, end


def _follow_time(incident: Incident, first: int, last: int) -> _Time:
    day = incident.happened.date()
    return datetime.combine(day + timedelta(days=first), time()), _midnight_after(day + timedelta(days=last))


def _midnight_after(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time())
