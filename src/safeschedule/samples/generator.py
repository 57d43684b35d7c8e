"""Makes realistic weeks of community mental-health teams, for demonstrations, benchmarks and tests."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from safeschedule.problem import Problem, Rulebook
from safeschedule.samples.assumptions import PROFILES, Assumptions
from safeschedule.samples.caseload import draw_clients, draw_reviews, make_bands
from safeschedule.samples.cells import CELL
from safeschedule.samples.demand import RequestDrawer, newcomers, session_capacity
from safeschedule.samples.happenings import incidents, long_leave, split_days
from safeschedule.samples.places import make_rooms, make_travel, site_codes
from safeschedule.samples.programmes import Programmes
from safeschedule.samples.session_types import TYPES
from safeschedule.samples.staff import draw_leave, draw_staff, make_meetings

SMALLEST, LARGEST = 4, 500
"""Clinicians."""


def generate(
    clinicians: int,
    seed: int,
    *,
    profile: str = "community",
    demand: float | None = None,
    part_time: float | None = None,
    rooms: float | None = None,
    week_start: date = date(2026, 10, 5),
    time_zone: str = "Europe/London",
    rulebook: Rulebook | None = None,
    assumptions: Assumptions | None = None,
) -> Problem:
    """Return a made-up week of a team; the same arguments give the same week.

    Parameters
    ----------
    clinicians
        How many, 4 to 500.
    seed
        Of ``numpy.random.default_rng``.
    profile
        One of `PROFILES`: the kind of team or of difficulty.
    demand
        Sessions asked for over sessions that fit, as a ratio; otherwise the profile's.
    part_time
        Share of clinicians below full time, 0 to 1; otherwise the profile's.
    rooms
        Consulting rooms for each clinician; otherwise the profile's.
    week_start
        A Monday.
    time_zone
        An IANA time zone.
    rulebook
        The rules of the week, which also decide how many sessions fit; otherwise the profile's.
    assumptions
        All figures, instead of the profile's.

    Returns
    -------
    Problem
        A week without faults, in which the protected blocks of all rules fit and, by default, some
        sessions do not.

    Raises
    ------
    ValueError
        An argument is outside its range.
    """
    given = _figures(profile, demand, part_time, rooms, rulebook, assumptions)
    if not SMALLEST <= clinicians <= LARGEST:
        raise ValueError(f"clinicians must be {SMALLEST} to {LARGEST}, not {clinicians}")
    if week_start.weekday() != 0:
        raise ValueError(f"week_start must be a Monday, not {week_start:%A} {week_start}")
    # What was added later draws from a generator of its own, so that the rest of a week stays as it was.
    team, away, people, work, reviews, more = np.random.default_rng(seed).spawn(6)

    sites = site_codes(clinicians, given)
    staff = draw_staff(clinicians, sites, given, team)
    draw_leave(staff, week_start, given, away)
    split_days(staff.entries, sites, given, more)
    long_leave(staff.entries, week_start, given, more)
    meetings = make_meetings(staff, week_start, given)
    capacity = session_capacity(staff, given)
    intakes = newcomers(staff, capacity, given)
    clients = draw_clients(staff, intakes, given, people)
    share = max(0.0, capacity.sum() * given.demand - intakes) / max(1.0, capacity.sum())
    drawer = RequestDrawer(staff, clients, given, week_start, work)
    drawer.draw(np.rint(capacity * share).astype(np.int64))
    draw_reviews(clients, week_start, given, reviews)
    programmes = Programmes(staff.entries, staff.free, clients.entries, given, more)
    programmes.draw(sites)

    return Problem.model_validate(
        {
            "name": f"{profile}-{clinicians}-{seed}",
            "week_start": week_start,
            "time_zone": time_zone,
            "grid": CELL,
            "clinicians": staff.entries,
            "clients": clients.entries,
            "session_types": [*(sample.entry() for sample in TYPES), *programmes.types],
            "requests": _numbered([*drawer.requests, *programmes.requests]),
            "groups": programmes.groups,
            "bands": make_bands(given),
            "sites": [{"id": site} for site in sites],
            "rooms": [*make_rooms(clinicians, sites, given), *programmes.rooms],
            "travel": make_travel(sites),
            "meetings": meetings,
            "incidents": incidents(staff.entries, week_start, given, more),
            "history": {"appointments": drawer.history},
            "rulebook": given.rulebook.model_dump(),
        }
    )


def _figures(
    profile: str,
    demand: float | None,
    part_time: float | None,
    rooms: float | None,
    rulebook: Rulebook | None,
    assumptions: Assumptions | None,
) -> Assumptions:
    """Return the profile's figures with the caller's instead where given."""
    if profile not in PROFILES:
        raise ValueError(f"profile must be one of {', '.join(PROFILES)}, not {profile!r}")
    given = PROFILES[profile] if assumptions is None else assumptions
    if demand is not None:
        if not 0 < demand <= 5:
            raise ValueError(f"demand must be over 0 and at most 5, not {demand}")
        given = replace(given, demand=demand)
    if rooms is not None:
        if not 0 <= rooms <= 5:
            raise ValueError(f"rooms must be 0 to 5, not {rooms}")
        given = replace(given, rooms=rooms)
    if rulebook is not None:
        given = replace(given, rulebook=rulebook)
    return given if part_time is None else replace(given, fte_shares=_shares(part_time, given))


def _shares(part_time: float, given: Assumptions) -> tuple[float, ...]:
    if not 0 <= part_time <= 1:
        raise ValueError(f"part_time must be 0 to 1, not {part_time}")
    others = given.fte_shares[1:]
    return (1 - part_time, *(part_time * share / sum(others) for share in others))


def _numbered(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    width = max(3, len(str(len(requests))))
    return [{"id": f"R{number:0{width}d}", **entry} for number, entry in enumerate(requests, 1)]
