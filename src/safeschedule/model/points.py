"""Caseload points on the model's side, in whole hundredths of a point."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.variables import Terms
from safeschedule.problem import Client, Flag

_MODIFIERS = ((Flag.COORDINATION, "coordination"), (Flag.SAFETY_PLANNING, "safety_planning"))


def points_of(index: Index, client: Client) -> int:
    """Return a client's points in hundredths: own points, or the band's with the modifiers (TC)."""
    points = client.points
    if points is None:
        # The parameters of caseload_cap hold whether or not that rule is on.
        setting = index.problem.rulebook.setting("caseload_cap")
        added = sum((setting.exact(name) for flag, name in _MODIFIERS if flag in client.flags), Decimal(0))
        points = index.bands[client.band].points + added
    return int(points * 100)


def high_acuity(index: Index, client: Client) -> bool:
    """Return whether a client's band counts as high acuity."""
    return index.bands[client.band].high_acuity


def new_points(build: Build, clinician: int) -> Terms:
    """Return what tells whether each new client joins a clinician, and the client's points in hundredths."""
    joining = build.joining(clinician)
    points = [points_of(build.index, build.index.clients[client]) for client in joining]
    return list(joining.values()), points


def caseload_points(index: Index, clinician: int) -> int:
    """Return the points of a clinician's present caseload in hundredths."""
    loads = index.once(
        "caseload points",
        lambda: [sum(points_of(index, client) for client in panel) for panel in index.panels],
    )
    return loads[clinician]
