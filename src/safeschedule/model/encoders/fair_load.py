"""Encoder of ``fair_load``: the peaks of exposure and of points."""

from __future__ import annotations

from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.points import caseload_points, new_points, points_of
from safeschedule.model.rows import groups
from safeschedule.problem import Setting

NEEDS = (Need.JOINING,)


def post(build: Build, setting: Setting) -> None:
    """Bound both peaks from below by every clinician's load, and charge them."""
    _charge(build, setting, _minutes_peak(build), 1)
    if setting.whole("minutes_per_point"):
        _charge(build, setting, _points_peak(build), setting.whole("minutes_per_point"))


def _charge(build: Build, setting: Setting, peak: Var, unit: int) -> None:
    if setting.hard:
        build.model.add(peak == 0)
    else:
        build.amounts[setting.rule.id].append((unit, peak))


def _minutes_peak(build: Build) -> Var:
    plan, model = build.plan, build.model
    peak = build.team_level(_most_minutes(build))
    high = plan.of_requests(build.index.request_high)
    for (clinician,), members in groups(plan.clinician, where=high):
        load = cp_model.LinearExpr.weighted_sum(
            [build.plan_vars[m] for m in members], [100 * int(m) for m in plan.minutes[members]]
        )
        model.add(build.index.fte_percent(clinician) * peak >= load)
    return peak


def _most_minutes(build: Build) -> int:
    """Return what the peak of exposure cannot exceed: nobody has more than all sessions that are asked for.

    The ranges of the peaks decide how far apart the weights of the tiers lie, so that they are kept small.
    They are the same whatever rows a build has: a peak that is planned for all can be held in a part.
    """
    index = build.index
    least = min((_fte(index, c) for c in range(len(index.clinicians))), default=1)
    high = index.request_high
    return -(-100 * int(index.request_minutes[high] @ index.counts[high]) // least)


def _new_points(index: Index) -> int:
    return sum(points_of(index, client) for client in index.clients if client.clinician is None)


def _fte(index: Index, clinician: int) -> int:
    return max(1, index.fte_percent(clinician))


def _points_peak(build: Build) -> Var:
    index, model = build.index, build.model
    new = index.once("points of new clients", lambda: _new_points(index))
    loads = [-(-(caseload_points(index, c) + new) // _fte(index, c)) for c in range(len(index.clinicians))]
    peak = build.team_level(max(loads, default=0))
    for clinician in range(len(index.clinicians)):
        added = cp_model.LinearExpr.weighted_sum(*new_points(build, clinician))
        model.add(index.fte_percent(clinician) * peak >= caseload_points(index, clinician) + added)
    return peak
