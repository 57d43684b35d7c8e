"""Courses of a generated team: several sessions of one request, spread over dates, at one time of day."""

from __future__ import annotations

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients
from safeschedule.samples.places import Entry

_DAILY = 0.15  # of the courses, for clients who can come at any time; assumption
_SESSIONS = 4  # of a course day by day; assumption


def draw_courses(
    clients: Clients, requests: list[Entry], given: Assumptions, rng: np.random.Generator
) -> None:
    """Make some requests of several sessions courses: at one time of day, days apart or day by day."""
    index_of = {entry["id"]: index for index, entry in enumerate(clients.entries)}
    for request in requests:
        count = request.get("count", 1)
        if count < 2 or "group" in request or rng.random() >= given.courses:
            continue
        request["same_time"] = True
        client = index_of[request["client"]]
        always = bool(clients.halves[client].all())
        if always and rng.random() < _DAILY:
            request["count"] = _SESSIONS
            clients.entries[client]["days_between"] = 0
        elif always and count == 2:
            request["days_between"] = 2
