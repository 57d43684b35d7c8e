"""Any schedule: starts anywhere, mostly where people work, so that much collides."""

from __future__ import annotations

from safeschedule.problem import BlockKind
from safeschedule.problem.fixed import JOINT
from safeschedule.testing.strategies.choosing import any_start, clinician_for, place_for
from safeschedule.testing.strategies.drawing import chance, one_of, whole
from safeschedule.testing.strategies.gathering import scatter_groups
from safeschedule.testing.strategies.week import DrawnWeek


def scatter(week: DrawnWeek, max_blocks: int) -> None:
    """Place sessions and blocks without regard for each other."""
    for request in week.problem.requests:
        for _ in range(request.count if request.group is None else 0):
            if not chance(week.draw, 20):
                code = clinician_for(week, request)
                start = any_start(week, code, week.types[request.session_type].minutes)
                week.add(request, [code], start, place_for(week, request, code, start))
    scatter_groups(week)
    for _ in range(whole(week.draw, 0, max_blocks) if week.lengths else 0):
        _scatter_block(week)


def _scatter_block(week: DrawnWeek) -> None:
    draw = week.draw
    kind, code = one_of(draw, *week.lengths), one_of(draw, *week.codes)
    minutes = one_of(draw, *week.lengths[kind])
    hosts = [other for other in week.codes if other != code]
    joint = kind in JOINT and bool(hosts) and not chance(draw, 10)
    host = one_of(draw, *hosts) if joint else None
    guests = [other for other in hosts if other != host and joint and chance(draw, 25)]
    site = one_of(draw, *week.sites, None) if kind is BlockKind.TRAVEL else None
    week.add_block(kind, [code, *guests], any_start(week, code, minutes), minutes, host, site)
