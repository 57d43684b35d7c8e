"""Small problems in which rules and people get in each other's way."""

from __future__ import annotations

from collections.abc import Collection

from hypothesis import strategies as st

from safeschedule.problem import Problem
from safeschedule.problem.clock import parse_clock
from safeschedule.testing.strategies.drawing import Entry, scenes
from safeschedule.testing.strategies.people import draw_clients, draw_clinicians
from safeschedule.testing.strategies.pins import draw_pins
from safeschedule.testing.strategies.rulebooks import rulebooks
from safeschedule.testing.strategies.work import (
    draw_bands,
    draw_history,
    draw_meetings,
    draw_requests,
    draw_rooms,
    draw_session_types,
)


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
        Sessions asked for, 0 to so many; mostly so many.
    max_days
        Dates with working hours, 1 to so many (at most 7).
    rules
        Rules whose parameters vary; ``None``: all. Which rules are on, and how hard, stays the catalogue's.
    pins
        Whether some problems have pinned appointments and blocks.
    """
    scene, zone = scenes(draw, max_days)
    clinicians = draw_clinicians(draw, scene, draw(st.integers(1, max_clinicians)))
    if not any(entry["working"] for entry in clinicians):
        clinicians[0]["working"] = [{"day": scene.weekday(scene.days[0]), "start": "09:00", "end": "13:00"}]
    bands, band_codes = draw_bands(draw)
    clients = draw_clients(
        draw, scene, clinicians, band_codes, draw(st.integers(1, max(1, max_sessions - 1)))
    )
    types = draw_session_types(draw, scene, _longest(clinicians))
    given: Entry = {
        "name": "drawn",
        "week_start": scene.week_start,
        "time_zone": zone,
        "grid": scene.grid,
        "clinicians": clinicians,
        "clients": clients,
        "session_types": types,
        "requests": draw_requests(draw, scene, clients, types, clinicians, max_sessions),
        "sites": [{"id": site} for site in scene.sites],
        "rooms": draw_rooms(draw, scene),
        "meetings": draw_meetings(draw, scene, clinicians),
        "history": draw_history(draw, scene, clients, clinicians),
        "rulebook": draw(rulebooks(rules)),
    }
    if bands is not None:
        given["bands"] = bands
    if pins:
        given["pinned_appointments"], given["pinned_blocks"] = draw_pins(draw, scene, given)
    return Problem.model_validate(given)


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


def _longest(clinicians: list[Entry]) -> int:
    periods = [period for entry in clinicians for period in entry["working"]]
    return max(parse_clock(period["end"]) - parse_clock(period["start"]) for period in periods)
