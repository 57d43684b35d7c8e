"""Standing appointments of a generated team that come every other week, or every fourth."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from safeschedule.samples.assumptions import Assumptions
from safeschedule.samples.caseload import Clients
from safeschedule.samples.cells import CELL, WEEKDAYS, moment
from safeschedule.samples.places import Entry

_MONTHLY = 0.25  # of those that do not come every week; assumption


def draw_turns(
    clients: Clients,
    requests: list[Entry],
    history: list[Entry],
    week_start: date,
    given: Assumptions,
    rng: np.random.Generator,
) -> None:
    """Let some standing appointments come rarer; last week another client had the time of those in turns."""
    index_of = {entry["id"]: index for index, entry in enumerate(clients.entries)}
    asking = {request["client"] for request in requests}
    for request in [request for request in requests if request.get("every") == 1 and "standing" in request]:
        if rng.random() >= given.fortnights:
            continue
        request["every"] = 4 if rng.random() < _MONTHLY else 2
        day, client = WEEKDAYS.index(request["standing"]["day"]), index_of[request["client"]]
        last = week_start + timedelta(days=day - 7 * request["every"])
        clients.entries[client]["last_contact"] = str(last)
        start = moment(week_start, day - 7, _minutes(request["standing"]["start"]))
        seen = [past for past in history if (past["client"], past["start"]) == (request["client"], start)]
        partner = _partner(clients, client, request, asking, rng) if request["every"] == 2 else None
        for past in seen:
            if partner is None:
                history.remove(past)
            else:
                past["client"] = partner["id"]
        if partner is not None:
            partner["last_contact"] = str(week_start + timedelta(days=day - 7))
            asking.add(partner["id"])


def _partner(
    clients: Clients, client: int, request: Entry, asking: set[str], rng: np.random.Generator
) -> Entry | None:
    """Return another client of the caseload who asks for nothing this week and can come at that time."""
    day, cell = WEEKDAYS.index(request["standing"]["day"]), _minutes(request["standing"]["start"]) // CELL
    flags = set(clients.entries[client]["flags"])
    able = [
        other
        for other in np.flatnonzero(clients.owner == clients.owner[client]).tolist()
        if clients.entries[other]["id"] not in asking
        and set(clients.entries[other]["flags"]) == flags
        and clients.free_cells(other)[day, cell]
    ]
    return clients.entries[int(rng.choice(able))] if able else None


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return 60 * int(hours) + int(minutes)
