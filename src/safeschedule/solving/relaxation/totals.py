"""What no schedule of a week exceeds, whatever it is worth: sessions, minutes, and exposure.

The search bounds what its tiers are worth. Studies ask for counts, and those follow badly from worth: a
multiplier that prices a crisis session is no price of a short one. So each count is an objective of its own
over the linear relaxation of the plan layer, one begun at the basis of the one before.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.interrupting import Over, never
from safeschedule.problem import Problem
from safeschedule.solving.relaxation.mip import Objective, Programme
from safeschedule.solving.relaxation.plan import floor_to

_LONGEST = 3600.0


@dataclass(frozen=True)
class MostOfWeek:
    """What no schedule exceeds that keeps every hard rule; ``None``: not known.

    Parameters
    ----------
    sessions
        Sessions, each client's visit to a group counted.
    minutes
        Minutes of these.
    high_minutes
        Minutes that clinicians have in sessions of high intensity.
    peak_minutes
        The same of the clinician who could have the most.
    """

    sessions: int | None = None
    minutes: int | None = None
    high_minutes: int | None = None
    peak_minutes: int | None = None


def most_of_week(problem: Problem, over: Over = never) -> MostOfWeek:
    """Return what no schedule exceeds, by linear relaxation.

    Parameters
    ----------
    problem
        A problem without faults.
    over
        Asked while it goes on; what is not known by then stays unknown.
    """
    index = Index(problem)
    build = encode(index, candidates(index), exact=False)
    try:
        programme = Programme(build.model, over)
    except ValueError:
        return MostOfWeek()  # a rule of one's own posts what cannot be said in rows
    plan = build.plan
    numbers: Ints = np.array([variable.index for variable in build.plan_vars], dtype=np.int64)
    high = plan.is_work & index.request_high[plan.request]

    def most(which: Bools, weights: Ints) -> int | None:
        if not which.any():
            return 0
        objective: Objective = [(float(weights[n]), int(numbers[n])) for n in np.flatnonzero(which)]
        answer = programme.solve(objective, seconds=_LONGEST, whole=False)
        if answer.infeasible or not math.isfinite(answer.bound):
            return None
        return int(floor_to(answer.bound, int(np.gcd.reduce(weights[which]))))

    def of_each() -> Iterator[int | None]:
        for person in range(len(index.clinicians)):
            yield most(high & (plan.clinician == person), plan.minutes)

    each = list(of_each())
    return MostOfWeek(
        sessions=most(plan.is_visit, np.ones(len(plan.minutes), dtype=np.int64)),
        minutes=most(plan.is_visit, plan.minutes),
        high_minutes=most(high, plan.minutes),
        peak_minutes=None if None in each else max((value for value in each if value is not None), default=0),
    )
