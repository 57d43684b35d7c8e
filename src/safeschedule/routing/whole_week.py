"""Whether one more session fits into a week when everything but people's appointments may move."""

from __future__ import annotations

import threading
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem, Request
from safeschedule.routing.standing_week import standing_week
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.subproblem import Answer, Engine, Subproblem
from safeschedule.verifier import verify

LIMIT = 12.0
"""Deterministic limit of all solves of a question: each ends at the first place, or at the proof of none.

A unit takes some seconds in a team of 30. Of 200 drawn referrals of small teams none needs more.
"""


@dataclass(frozen=True)
class Fitting:
    """What one model of the whole week says of one session.

    Parameters
    ----------
    fits
        Whether it fits; ``None``: the search ended before that was known, or the week as it stands breaks a
        hard rule.
    schedule
        The week with it, which the verifier accepts.
    """

    fits: bool | None
    schedule: Schedule | None = None


def fits_whole_week(
    problem: Problem,
    schedule: Schedule,
    request: Request,
    stop: threading.Event | None = None,
    closed: Collection[str] = (),
    budget: Budget | None = None,
) -> Fitting:
    """Return whether a session of a request fits beside all appointments of a schedule.

    The model has every hard rule and no objective: what stands is pinned, the session has to be there, and
    rooms and protected blocks are free. That there is no solution says something of the session only where
    there is one without it: where the schedule keeps the hard rules, or another arrangement of its blocks
    does. Nobody of `closed` gives the session. The budget may be that of several weeks (`LIMIT` by itself).
    """
    if budget is None:
        budget = Budget(None, LIMIT, stop or threading.Event())
    week = standing_week(problem, schedule, request)
    try:
        answer, made = _solved(week, request, budget, closed, taken=True)
        if answer.infeasible:
            stands = verify(problem, schedule).compliant
            stands = stands or _solved(week, request, budget, closed, taken=False)[1] is not None
            return Fitting(False if stands else None)
    except InterruptedWorkError:
        return Fitting(None)
    if made is None or not verify(problem, made).compliant:
        return Fitting(None)
    return Fitting(True, made)


def _solved(
    week: Problem, request: Request, budget: Budget, closed: Collection[str], *, taken: bool
) -> tuple[Answer, Schedule | None]:
    """Return a week as it stands with the session, given by somebody who is not closed, or without it."""
    index = Index(week, over=lambda: budget.interrupted)
    hard = {name: setting for name, setting in index.settings.items() if setting.hard}
    build = encode(index, candidates(index), settings=hard)
    number = [each.id for each in index.requests].index(request.id)
    own = build.rows.is_session & (build.rows.request == number)
    barred = np.isin(build.rows.clinician, [index.clinician_number[code] for code in closed])
    asked = Subproblem(build)
    if taken:
        asked.count(own & ~barred, least=1)
        asked.count(own & barred, most=0)
    else:
        asked.count(own, most=0)
    answer = asked.solve(budget=budget, limit=budget.left, seed=0, engine=Engine(first=True))
    chosen = answer.chosen
    return answer, None if chosen is None else extract(index, build.rows.take(chosen))
