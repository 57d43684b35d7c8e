"""Makes realistic weeks of community mental-health teams, for demonstrations, benchmarks and tests."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np

from safeschedule.problem import Problem, Rulebook
from safeschedule.samples.assumptions import PROFILES, Assumptions
from safeschedule.samples.caseload import draw_clients, draw_reviews, make_bands
from safeschedule.samples.cells import CELL
from safeschedule.samples.closed import avoid, draw_closures
from safeschedule.samples.courses import draw_courses
from safeschedule.samples.demand import RequestDrawer, newcomers, session_capacity
from safeschedule.samples.features import ALL, FEATURES, with_features
from safeschedule.samples.happenings import incidents, long_leave, split_days
from safeschedule.samples.joint import JointSessions
from safeschedule.samples.places import make_rooms, make_travel, site_codes
from safeschedule.samples.programmes import Programmes
from safeschedule.samples.remote import draw_telehealth_days
from safeschedule.samples.shifts import (
    draw_late_shifts,
    draw_nights,
    evening_calls,
    keep_waking_hours,
    work_shifts,
)
from safeschedule.samples.staff import draw_leave, draw_staff, make_meetings
from safeschedule.samples.tracks import Tracks
from safeschedule.samples.turns import draw_turns

SMALLEST, LARGEST = 1, 500
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
    features: Iterable[str] = (),
) -> Problem:
    """Return a made-up week of a team; the same arguments give the same week.

    Parameters
    ----------
    clinicians
        How many, 1 to 500.
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
    features
        What the team has besides, of `FEATURES`, or ``all``: late shifts, nights over midnight, days by
        telehealth alone, couples, families and co-therapy, turns, a closed date, courses.

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
    names = _names(features)
    given = with_features(_figures(profile, demand, part_time, rooms, rulebook, assumptions), names)
    if not SMALLEST <= clinicians <= LARGEST:
        raise ValueError(f"clinicians must be {SMALLEST} to {LARGEST}, not {clinicians}")
    if week_start.weekday() != 0:
        raise ValueError(f"week_start must be a Monday, not {week_start:%A} {week_start}")
    # What was added later draws from a generator of its own, so that the rest of a week stays as it was.
    team, away, people, work, reviews, more, *later = np.random.default_rng(seed).spawn(6 + 8)
    late, night, remote, joint, turns, closed, course, track = later

    sites = site_codes(clinicians, given)
    staff = draw_staff(clinicians, sites, given, team)
    work_shifts(staff, given)
    draw_nights(staff, given, night)
    draw_late_shifts(staff, given, late)
    closures = draw_closures(staff, week_start, given, closed)
    draw_leave(staff, week_start, given, away)
    split_days(staff.entries, sites, given, more)
    draw_telehealth_days(staff, given, remote)
    long_leave(staff.entries, week_start, given, more)
    meetings = make_meetings(staff, week_start, given)
    capacity = session_capacity(staff, given)
    intakes = newcomers(staff, capacity, given)
    clients = draw_clients(staff, intakes, given, people)
    share = max(0.0, capacity.sum() * given.demand - intakes) / max(1.0, capacity.sum())
    drawer = RequestDrawer(staff, clients, given, week_start, work)
    drawer.draw(np.rint(capacity * share).astype(np.int64))
    draw_reviews(clients, week_start, given, reviews)
    programmes = Programmes(staff.entries, staff.free & ~staff.remote, clients.entries, given, more)
    programmes.draw(sites)
    requests = [*drawer.requests, *programmes.requests]
    draw_courses(clients, requests, given, course)
    draw_turns(clients, requests, drawer.history, week_start, given, turns)
    avoid(closures, requests, week_start)
    together = JointSessions(staff, clients, {request["client"] for request in requests}, given, joint)
    together.draw()
    requests += together.requests
    requests += evening_calls(staff, clients, requests, given, night)
    tracks = Tracks(staff, clients, sites[0], given, track)
    tracks.draw()
    requests += tracks.requests
    keep_waking_hours(clients, requests, given)

    return Problem.model_validate(
        {
            "name": "-".join((profile, str(clinicians), str(seed), *names)),
            "week_start": week_start,
            "time_zone": time_zone,
            "grid": CELL,
            "clinicians": staff.entries,
            "clients": clients.entries,
            "session_types": [
                *(sample.entry() for sample in given.types),
                *programmes.types,
                *together.types,
                *tracks.types,
            ],
            "requests": _numbered(requests),
            "groups": [*programmes.groups, *tracks.groups],
            "bands": make_bands(given),
            "sites": [{"id": site} for site in sites],
            "rooms": [*make_rooms(clinicians, sites, given), *programmes.rooms, *tracks.rooms],
            "travel": make_travel(sites),
            "meetings": meetings,
            "closures": closures,
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


def _names(features: Iterable[str]) -> tuple[str, ...]:
    """Return features in their order, each once."""
    asked = set(features)
    every = set(FEATURES) if ALL in asked else asked
    return (*(name for name in FEATURES if name in every), *sorted(every - set(FEATURES)))


def _shares(part_time: float, given: Assumptions) -> tuple[float, ...]:
    if not 0 <= part_time <= 1:
        raise ValueError(f"part_time must be 0 to 1, not {part_time}")
    others = given.fte_shares[1:]
    return (1 - part_time, *(part_time * share / sum(others) for share in others))


def _numbered(requests: list[dict[str, Any]]) -> list[dict[str, Any]]:
    width = max(3, len(str(len(requests))))
    return [{"id": f"R{number:0{width}d}", **entry} for number, entry in enumerate(requests, 1)]
