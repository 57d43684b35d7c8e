"""The figures of a week among others: access, load and protected time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from safeschedule.caseload import due_contacts, due_reviews, expected_sessions
from safeschedule.model.index import Index
from safeschedule.problem import BlockKind, Problem
from safeschedule.reports.load import load
from safeschedule.rolling.caseload_figures import CaseloadRow
from safeschedule.rolling.figures import WeekRow
from safeschedule.rolling.kept import Kept
from safeschedule.rolling.passed_over import left_to_age, passed_over
from safeschedule.schedule import Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.objective_constant import stakes


def week_row(
    number: int,
    problem: Problem,
    following: Problem,
    kept: Kept,
    ages: Mapping[str, int],
    caseload: CaseloadRow | None = None,
) -> WeekRow:
    """Return the figures of a week.

    Parameters
    ----------
    number
        Of the week, from 1.
    problem
        What was planned.
    following
        The week after it; what is overdue in it was so at this week's end.
    kept
        The schedule and its account.
    ages
        For how many weeks each of the problem's requests has been left out.
    caseload
        Of a roll with a waitlist or a ledger.
    """
    schedule = kept.schedule
    asked = sum(request.count for request in problem.requests)
    placed = served(problem, schedule).total()
    waits = [ages.get(request.id, 0) for request in problem.requests]
    value = stakes(Index(problem)).get("access", 0)
    return WeekRow(
        week=number,
        week_start=problem.week_start,
        asked=asked,
        placed=placed,
        left_out=asked - placed,
        value_asked=value,
        value_placed=value - kept.verification.penalties.get("access", 0) if value else 0,
        carried=sum(age > 0 for age in waits),
        oldest=max(waits, default=0),
        **_overdue(following),
        left_to_age=len(left_to_age(problem, schedule)),
        passed_over=len(passed_over(problem, schedule)),
        **_load(problem, schedule),
        gap=kept.gap,
        seconds=kept.seconds,
        compliant=kept.verification.compliant,
        expected=round(float(expected_sessions(problem, schedule)), 2),
        pressing=sum(notice.pressing for notice in kept.verification.notices),
        caseload=caseload,
    )


def _overdue(following: Problem) -> dict[str, Any]:
    """Return who is overdue, and who still waits, at the end of the week before `following`."""
    late = [due for due in due_contacts(following) if due.overdue]
    by_band = Counter(due.band for due in late)
    bands = sorted(following.bands, key=lambda band: band.rank)
    waiting = [c for c in following.clients if c.clinician is None and c.waiting_since is not None]
    return {
        "overdue": {band.id: by_band[band.id] for band in bands},
        "overdue_high_acuity": sum(due.high_acuity for due in late),
        "overdue_reviews": sum(due.overdue > 0 for due in due_reviews(following)),
        "waiting": len(waiting),
    }


def _load(problem: Problem, schedule: Schedule) -> dict[str, Any]:
    rows = [row for row in load(problem, schedule) if row.working_minutes]
    protected = Counter[BlockKind]()
    for row in rows:
        protected.update(row.protected)
    return {
        "clinicians": len(rows),
        "fte": float(sum(row.fte for row in rows)),
        "sessions_mean": _mean([row.sessions for row in rows]),
        "sessions_most": max((row.sessions for row in rows), default=0),
        "high_minutes_mean": _mean([row.high_minutes for row in rows]),
        "high_minutes_most": max((row.high_minutes for row in rows), default=0),
        "protected": {str(kind): protected[kind] for kind in BlockKind if protected[kind]},
    }


def _mean(values: list[int]) -> float:
    return round(sum(values) / len(values), 2) if values else 0.0
