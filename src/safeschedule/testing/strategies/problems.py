"""Small problems in which rules and people get in each other's way."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from hypothesis import strategies as st

from safeschedule.problem import Problem, Request
from safeschedule.testing.strategies.attendants import draw_attendants
from safeschedule.testing.strategies.clients import draw_bands, draw_clients
from safeschedule.testing.strategies.drawing import Draw, Entry, chance, one_of, scenes, whole
from safeschedule.testing.strategies.fixed import (
    draw_closures,
    draw_history,
    draw_incidents,
    draw_meetings,
    draw_rooms_of_meetings,
    draw_tasks,
)
from safeschedule.testing.strategies.groups import draw_group_types, draw_groups, draw_joint
from safeschedule.testing.strategies.people import draw_clinicians, longest_period
from safeschedule.testing.strategies.pins import draw_pins
from safeschedule.testing.strategies.places import draw_equipment, draw_rooms, draw_travel, short_of_rooms
from safeschedule.testing.strategies.rulebooks import rulebooks
from safeschedule.testing.strategies.work import draw_requests, draw_session_types


@st.composite
def problems(
    draw: st.DrawFn,
    *,
    max_clinicians: int = 3,
    max_sessions: int = 5,
    max_days: int = 4,
    rules: Collection[str] | None = None,
    pins: bool = True,
) -> Problem:
    """Draw a small week with short working days, so that conflicts are frequent.

    Parameters
    ----------
    max_clinicians
        Clinicians, 1 to so many.
    max_sessions
        Sessions with one client that are asked for, 0 to so many; mostly so many. In half of the problems
        visits to groups are asked for beside them, fewer than so many.
    max_days
        Dates with working hours, 1 to so many (at most 7).
    rules
        Rules whose parameters vary; ``None``: all. Which rules are on, and how hard, stays the catalogue's.
    pins
        Whether some problems have pinned appointments and blocks.
    """
    scene, zone = scenes(draw, max_days)
    clinicians = draw_clinicians(draw, scene, whole(draw, 1, max_clinicians))
    if not any(entry["working"] for entry in clinicians):
        clinicians[0]["working"] = [{"day": scene.weekday(scene.days[0]), "start": "09:00", "end": "13:00"}]
    longest = longest_period(clinicians)
    for_several = draw_group_types(draw, scene, longest) if max_sessions > 1 else []
    bands, contact_days = draw_bands(draw)
    most = max(1, max_sessions - 1)
    count = whole(draw, min(3, most) if for_several else 1, most)
    clients = draw_clients(draw, scene, clinicians, contact_days, count)
    groups, visits = draw_groups(draw, scene, clients, for_several, clinicians, most)
    types, rooms = draw_session_types(draw, scene, longest), draw_rooms(draw, scene)
    if chance(draw, 40):
        types, rooms = short_of_rooms(draw, scene, types)
    given: Entry = {
        "name": "drawn",
        "week_start": scene.week_start,
        "time_zone": zone,
        "grid": scene.grid,
        "clinicians": clinicians,
        "clients": clients,
        "session_types": [*types, *for_several],
        "requests": [
            *draw_requests(draw, scene, clients, types, clinicians, max_sessions),
            *visits,
            *draw_joint(draw, scene, clients, for_several, clinicians),
        ],
        "groups": groups,
        "sites": [{"id": site} for site in scene.sites],
        "rooms": rooms,
        "equipment": draw_equipment(draw, scene),
        "travel": draw_travel(draw, scene),
        "meetings": draw_meetings(draw, scene, clinicians),
        "closures": draw_closures(draw, scene),
        "incidents": draw_incidents(draw, scene, clinicians),
        "history": draw_history(draw, scene, clients, clinicians),
        "rulebook": draw(rulebooks(rules)),
    }
    if bands is not None:
        given["bands"] = bands
    _leave_out_impossible(given)
    if pins:
        given |= draw_pins(draw, scene, given)
    draw_attendants(draw, scene, given)
    draw_rooms_of_meetings(draw, given)
    given["tasks"] = draw_tasks(draw, scene, clients, clinicians)
    return _coming(draw, _starting(draw, Problem.model_validate(given)))


def _leave_out_impossible(given: Entry) -> None:
    """Take out a joint request for which there are not enough people with the skills."""
    asking = Problem.model_validate(given).asking
    for request in [Request.model_validate(entry) for entry in given["requests"]]:
        if asking.is_joint(request) and any(asking.faults(request)):
            given["requests"] = [entry for entry in given["requests"] if entry["id"] != request.id]


def _coming(draw: Draw, problem: Problem) -> Problem:
    """Return some problems with requests of later weeks, which change nothing in this one."""
    asked = [r for r in problem.requests if r.group is None and not r.with_clients and not r.with_clinicians]
    if not asked or not chance(draw, 10):
        return problem
    later = {"earliest": problem.week_start + timedelta(days=whole(draw, 7, 30)), "latest": None}
    upcoming = (one_of(draw, *asked).model_copy(update=later),)
    return problem.model_copy(update={"upcoming": upcoming})


def _starting(draw: Draw, problem: Problem) -> Problem:
    """Return some problems with sessions that start on a wider grid, where nothing fixed is off it."""
    if not chance(draw, 20):
        return problem
    from safeschedule.problem.faults import find

    wider = problem.model_copy(update={"start_every": 2 * problem.grid})
    return problem if find(wider) else wider


def sound_problems(
    *,
    max_clinicians: int = 3,
    max_sessions: int = 5,
    max_days: int = 4,
    rules: Collection[str] | None = None,
    pins: bool = True,
) -> st.SearchStrategy[Problem]:
    """Draw problems without faults; the parameters are those of `problems`."""
    from safeschedule.problem.faults import find

    drawn = problems(
        max_clinicians=max_clinicians, max_sessions=max_sessions, max_days=max_days, rules=rules, pins=pins
    )
    return drawn.filter(lambda problem: not find(problem))
