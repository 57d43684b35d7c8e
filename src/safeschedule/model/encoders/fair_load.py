"""Encoder of ``fair_load``: each further step of exposure, and of new points, costs more than the last.

The penalty is convex, so that of two ways to spread the same load the one with the smaller peak costs less
(minimax fairness; what that may cost in access is nothing, as access is a stronger tier. On the price of
fairness: Bertsimas, Farias and Trichakis 2011, doi:10.1287/opre.1100.0865).

Said of exact times alone: a plan that weighed it would be slower and place less (see docs/decisions).
"""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.points import caseload_points, new_points, points_of
from safeschedule.model.rows import groups
from safeschedule.model.variables import Terms, Var, top
from safeschedule.problem import Setting

HELPERS = ("lightest",)
NEEDS = (Need.JOINING,)

# Of the amount: a quarter of an hour, in hundredths of a minute.
_UNIT = 1500

Parts = list[tuple[int, Var]]
"""Pieces of a sum, each with what a unit of it counts."""


def post(build: Build, setting: Setting) -> None:
    """Charge each clinician's steps."""
    plan, index = build.plan, build.index
    high = dict(groups(plan.clinician, where=plan.of_requests(index.request_high)))
    pooled = dict(groups(plan.clinician, where=plan.of_requests(index.pools)))
    worth = setting.whole("minutes_per_point")
    for clinician in range(len(index.clinicians)):
        counted: Parts = []
        if (clinician,) in high:
            counted += _exposure(build, setting, clinician, high[clinician,])
        if worth:
            counted += _new_clients(build, setting, clinician, worth, pooled.get((clinician,)))
        if counted:
            most = sum(factor * top(part) for factor, part in counted)
            amount = build.slack(setting, most=-(-most // _UNIT))
            total = cp_model.LinearExpr.weighted_sum([part for _, part in counted], [f for f, _ in counted])
            build.model.add(_UNIT * amount >= total)


def _exposure(build: Build, setting: Setting, clinician: int, members: Ints) -> Parts:
    """Return the pieces of a clinician's minutes of high intensity."""
    index, plan = build.index, build.plan
    held = [build.plan_vars[m] for m in members], [int(plan.minutes[m]) for m in members]
    asked = {int(plan.request[m]): int(plan.minutes[m]) for m in members}
    # Several entries of a request are no more sessions than it asks for.
    most = sum(minutes * int(index.counts[request]) for request, minutes in asked.items())
    step, fte = setting.whole("step"), index.fte_percent(clinician)
    limits = [0]
    while limits[-1] < most:
        limits.append(-(-len(limits) * step * fte // 100))
    return _pieces(build, held, [*limits[:-1], most], 0, 100)


def _new_clients(build: Build, setting: Setting, clinician: int, worth: int, pooled: Ints | None) -> Parts:
    """Return the pieces of the points that new clients, pooled ones too, add to a clinician's caseload."""
    index = build.index
    held, own = new_points(build, clinician), caseload_points(index, clinician)
    most, step, fte = own + sum(held[1]), 100 * setting.whole("points"), index.fte_percent(clinician)
    if pooled is not None:
        more, added = _pooled_points(build, pooled)
        held, most = ([*held[0], *more[0]], [*held[1], *more[1]]), most + added
    ends, below, number = [0], 0, 1
    while held[0]:
        limit = -(-(lightest(index) + number * step) * fte // 100)
        if limit >= most:
            break
        below += limit <= own
        ends += [limit - own] if limit > own else []
        number += 1
    return _pieces(build, held, [*ends, most - own], below, worth)


def _pooled_points(build: Build, members: Ints) -> tuple[Terms, int]:
    """Return the entries of a clinician's pools with the points of a session of each, and what all have.

    In a relaxation that pools new clients (see `aggregation`), each session has its share of their points.
    """
    index, numbers = build.index, build.plan.request[members].tolist()
    points = {n: points_of(index, index.clients[index.request_client[n]]) for n in set(numbers)}
    most = sum(each * int(index.counts[n]) for n, each in points.items())
    return ([build.plan_vars[m] for m in members.tolist()], [points[n] for n in numbers]), most


def lightest(index: Index) -> int:
    """Return the least caseload at full time, in hundredths of a point."""

    def least() -> int:
        people = range(len(index.clinicians))
        return min((100 * caseload_points(index, c) // index.fte_percent(c) for c in people), default=0)

    return index.once("lightest caseload", least)


def _pieces(build: Build, held: Terms, ends: list[int], below: int, worth: int) -> Parts:
    """Cut a sum into pieces between ends; the first lies above `below` limits, each other above one more."""
    new = build.model.new_int_var
    pieces = {n: new(0, end - start, "") for n, (start, end) in enumerate(pairwise(ends)) if end > start}
    if not pieces:
        return []
    build.model.add(cp_model.LinearExpr.sum([*pieces.values()]) >= cp_model.LinearExpr.weighted_sum(*held))
    return [(worth * (below + n), piece) for n, piece in pieces.items() if below + n]
