"""What is known of a week before it is planned: who starts, leaves, is discharged, and is referred."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.panels.ahead import share_of_caps
from safeschedule.caseload.panels.expected import ExpectedStart
from safeschedule.problem import Clinician, Group, History, Leave, Problem
from safeschedule.routing.referred import with_referral
from safeschedule.verifier.caseload import clients_cap, points_cap

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class ExpectedWeek:
    """A week with what is known of it.

    Parameters
    ----------
    problem
        The week.
    referred, discharged
        Clients who are on the list, and gone, since this week.
    """

    problem: Problem
    referred: tuple[str, ...]
    discharged: tuple[str, ...]


def known_week(problem: Problem, expected: ExpectedChanges) -> ExpectedWeek:
    """Return a week with what is known of it by its first date.

    A change counts from the first week that begins on its date or later. In the week in which somebody
    starts or leaves, the days before and after it are leave.

    Parameters
    ----------
    problem
        The week as the one before has left it.
    expected
        Who comes and who goes.
    """
    monday = problem.week_start
    for start in expected.starts:
        problem = _started(problem, start)
    for leaving in expected.leavers:
        if _since(monday, leaving.on) and leaving.clinician in problem.by_code.clinicians:
            problem = _left(problem, leaving.clinician, leaving.supervisor, leaving.takes_over)
        elif monday < leaving.on < monday + WEEK:
            problem = _away(problem, leaving.clinician, leaving.on, monday + WEEK)
    gone = tuple(each.client for each in expected.discharges if _since(monday, each.on))
    problem = without_clients(problem, gone)
    new = []
    for coming in expected.referrals:
        if coming.client.id not in problem.by_code.clients and _since(monday, coming.on):
            since = coming.client.waiting_since or coming.on
            client = coming.client.model_copy(update={"waiting_since": since})
            problem, _ = with_referral(problem, client, coming.request)
            new.append(client.id)
    return ExpectedWeek(problem, tuple(new), gone)


def _since(monday: date, on: date) -> bool:
    """Return whether a change counts from a week on, and did not in the week before."""
    return monday - WEEK < on <= monday


def _started(problem: Problem, start: ExpectedStart) -> Problem:
    """Return the problem with somebody who starts, with the caps of the week."""
    monday = problem.week_start
    share, before = share_of_caps(start, monday), share_of_caps(start, monday - WEEK)
    if share is None or (before == share == Decimal(1)):
        return problem
    person = problem.by_code.clinicians.get(start.clinician.id) or start.clinician
    if start.on > monday and before is None:
        person = _with_leave(person, monday, start.on)
    return problem.with_clinician(person.model_copy(update=_caps(problem, start, share)))


def _caps(problem: Problem, start: ExpectedStart, share: Decimal) -> dict[str, Any]:
    """Return somebody's own caps at a share of the whole; the whole is as the clinician was announced."""
    if share == 1:
        return {name: getattr(start.clinician, name) for name in ("caseload_cap", "high_acuity_cap")}
    settings = problem.rulebook.settings()
    points, clients = settings["caseload_cap"], settings["high_acuity_cap"]
    found: dict[str, Any] = {}
    if points.enabled:
        found["caseload_cap"] = Decimal(int(points_cap(start.clinician, points) * share)) / 100
    if clients.enabled:
        found["high_acuity_cap"] = int(clients_cap(start.clinician, clients) * share)
    return found


def _left(problem: Problem, code: str, supervisor: str | None, takes_over: str | None) -> Problem:
    """Return the problem without somebody whose clients go to a colleague, or wait from now on."""
    if takes_over is None:
        waiting = {"waiting_since": problem.week_start}
        clients = tuple(
            client.model_copy(update=waiting) if client.clinician == code else client
            for client in problem.clients
        )
        problem = problem.model_copy(update={"clients": clients})
    return problem.without_clinician(code, supervisor=supervisor, takes_over=takes_over)


def _away(problem: Problem, code: str, start: date, end: date) -> Problem:
    people = tuple(
        _with_leave(person, start, end) if person.id == code else person for person in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": people})


def _with_leave(person: Clinician, start: date, end: date) -> Clinician:
    leave = Leave(start=datetime.combine(start, time()), end=datetime.combine(end, time()))
    return person.model_copy(update={"leave": (*person.leave, leave)})


def without_clients(problem: Problem, codes: Collection[str]) -> Problem:
    """Return a problem in which nothing names some clients any more; groups go on without them.

    A joint session of several clients, all or nobody, goes with any of them.
    """
    if not codes:
        return problem
    gone = set(codes)
    joint = {
        group.id for group in problem.groups if gone & set(group.members) and _all_or_nobody(problem, group)
    }

    def stays(entry: Any) -> bool:
        return entry.client not in gone and getattr(entry, "group", None) not in joint

    groups = (group for group in problem.groups if group.id not in joint)
    return problem.model_copy(
        update={
            "clients": tuple(client for client in problem.clients if client.id not in gone),
            "requests": tuple(filter(stays, problem.requests)),
            "upcoming": tuple(filter(stays, problem.upcoming)),
            "tasks": tuple(task for task in problem.tasks if task.client not in gone),
            "groups": tuple(
                group.model_copy(
                    update={"members": tuple(code for code in group.members if code not in gone)}
                )
                if gone & set(group.members)
                else group
                for group in groups
            ),
            "history": History(
                appointments=tuple(p for p in problem.history.appointments if p.client not in gone)
            ),
        }
    )


def _all_or_nobody(problem: Problem, group: Group) -> bool:
    kind = problem.by_code.session_types[group.session_type]
    return kind.smallest == kind.largest == len(group.members)
