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
from safeschedule.solving.subproblem import Engine, Subproblem
from safeschedule.verifier import verify

LIMIT = 30.0
"""Deterministic limit of the solve: it ends at the first place, or at the proof that there is none."""


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
) -> Fitting:
    """Return whether a session of a request fits beside all appointments of a schedule.

    The model has every hard rule and no objective: what stands is pinned, the session has to be there, and
    rooms and protected blocks are free. That there is no solution says something of the session only where
    there is one without it: where the schedule keeps the hard rules. Nobody of `closed` gives the session.
    """
    stop = stop or threading.Event()
    budget = Budget(None, LIMIT, stop)
    asked = standing_week(problem, schedule, request)
    index = Index(asked, over=lambda: budget.interrupted)
    try:
        hard = {name: setting for name, setting in index.settings.items() if setting.hard}
        build = encode(index, candidates(index), settings=hard)
        week = Subproblem(build)
        number = [each.id for each in index.requests].index(request.id)
        own = build.rows.is_session & (build.rows.request == number)
        barred = np.isin(build.rows.clinician, [index.clinician_number[code] for code in closed])
        week.count(own & ~barred, least=1)
        week.count(own & barred, most=0)
        answer = week.solve(budget=budget, limit=LIMIT, seed=0, engine=Engine(first=True))
    except InterruptedWorkError:
        return Fitting(None)
    if answer.chosen is None:
        proven = answer.infeasible and verify(problem, schedule).compliant
        return Fitting(False if proven else None)
    made = extract(index, build.rows.take(answer.chosen))
    return Fitting(True, made) if verify(problem, made).compliant else Fitting(None)
