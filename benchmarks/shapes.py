"""Weeks of unusual shape: small in clinicians, large in something else. What is quadratic in it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeschedule import Problem

_DAYS = ("mon", "tue", "wed", "thu", "fri")


def _team(clinicians: int, **more: Any) -> Problem:
    """Return a week of a team under the standard rules, the first of whom supervises."""
    from safeschedule import Problem

    hours = [{"day": day, "start": "09:00", "end": "17:00"} for day in _DAYS]
    people = [
        {"id": f"C{n}", "working": hours, "is_supervisor": n == 0, "supervisor": "C0" if n else None}
        for n in range(clinicians)
    ]
    types = [
        {"id": "talk", "minutes": 60},
        {"id": "circle", "minutes": 90, "kind": "group", "smallest": 2, "largest": 8},
    ]
    week = {"week_start": "2026-10-05", "time_zone": "Europe/London", "clinicians": people}
    return Problem.model_validate({**week, "session_types": types, **more})


def many_sites(sites: int = 60, clinicians: int = 8) -> Problem:
    """Return a week whose sessions are at many sites, with a way from each to each other."""
    count = 15 * clinicians
    return _team(
        clinicians,
        sites=[{"id": f"S{n}"} for n in range(sites)],
        travel=[
            {"origin": f"S{one}", "destination": f"S{other}", "minutes": 10 + 5 * ((one + other) % 7)}
            for one in range(sites)
            for other in range(one)
        ],
        clients=[{"id": f"K{n}", "clinician": f"C{n % clinicians}"} for n in range(count)],
        requests=[
            {"id": f"R{n}", "client": f"K{n}", "session_type": "talk", "site": f"S{n % sites}"}
            for n in range(count)
        ],
    )


def many_requests(count: int = 5000) -> Problem:
    """Return a week in which many clients ask for one clinician."""
    return _team(
        1,
        clients=[{"id": f"K{n}", "clinician": "C0"} for n in range(count)],
        requests=[{"id": f"R{n}", "client": f"K{n}", "session_type": "talk"} for n in range(count)],
    )


def many_groups(groups: int = 1000, clinicians: int = 10) -> Problem:
    """Return a week with many groups of three clients each."""
    return _team(
        clinicians,
        clients=[{"id": f"K{n}", "clinician": f"C{n % clinicians}"} for n in range(3 * groups)],
        groups=[
            {
                "id": f"G{n}",
                "session_type": "circle",
                "members": [f"K{3 * n + member}" for member in range(3)],
                "facilitators": [f"C{n % clinicians}"],
            }
            for n in range(groups)
        ],
        requests=[
            {"id": f"R{n}", "client": f"K{n}", "session_type": "circle", "group": f"G{n // 3}"}
            for n in range(3 * groups)
        ],
    )


SHAPES: dict[str, Callable[[], Problem]] = {
    "60 sites": many_sites,
    "5000 requests for one": many_requests,
    "1000 groups": many_groups,
}
"""By name."""
