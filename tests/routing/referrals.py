"""Small planned weeks, and a second opinion on whether anybody can take one client more."""

from __future__ import annotations

from functools import cache
from typing import Any

from safeschedule import solve
from safeschedule.problem import Client, PinnedAppointment, Problem, Request
from safeschedule.schedule import Schedule
from tests.stressing.weeks import HELD, planned, team

CAPS = {"caseload_cap": {"parameters": {"points": {"default": "7.5"}}}}
CAPS |= {"high_acuity_cap": {"parameters": {"clients": {"default": 3}}}}


@cache
def week(people: int, sessions: int, rooms: int) -> tuple[Problem, Schedule]:
    """Give a planned week with room for some clients more under the caps."""
    problem = team(people, sessions, rooms, rulebook={"rules": HELD | CAPS})
    return problem, planned(problem)


def referral(**said: Any) -> tuple[Client, Request]:
    """Give a new client with a request for a first session."""
    of_client = {name: said[name] for name in ("band", "windows", "flags") if name in said}
    of_request = {name: said[name] for name in ("skills", "mode", "latest", "session_type") if name in said}
    client = Client.model_validate({"id": "NEW"} | of_client)
    request = Request.model_validate({"id": "first", "client": "NEW", "session_type": "talk"} | of_request)
    return client, request


def can_be_taken(problem: Problem, schedule: Schedule, client: Client, request: Request) -> bool:
    """Return whether the model of the whole week finds a place, with each appointment where it is.

    Every rule is as the service has it, soft ones too; nothing here asks how routing looks for a place.
    """
    pins = [
        PinnedAppointment(
            request=given.request, clinician=given.clinicians[0], start=given.start, mode=given.mode
        )
        for given in schedule.appointments
        if given.request is not None
    ]
    placed = {pin.request for pin in pins}
    asked = problem.model_copy(
        update={
            "clients": (*problem.clients, client),
            "requests": (*(r for r in problem.requests if r.id in placed), request),
            "pinned_appointments": tuple(pins),
        }
    )
    found = solve(asked, deterministic_limit=2.0, workers=1).schedule
    assert found is not None
    return any(given.request == request.id for given in found.appointments)
