"""Who can take a new client: asked as a job, because the whole week may have to be looked at."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from safeschedule import (
    AllowedMode,
    Client,
    LedgerEntry,
    Problem,
    Progress,
    Request,
    Schedule,
    ledger_view,
    route_intake,
)
from safeschedule.web.jobs.outcome import JobOutcome, Offer

KINDS_OF_ENTRIES = ("exception_opened", "exception_decided", "resolved", "correction")
"""What of the ledger says whose intakes are restricted."""

_PRIORITY, _WEEKS = 4, 6


def intake(
    problem: Problem,
    now: Schedule,
    asked: dict[str, Any],
    tell: Callable[[Progress], None],
    stop: threading.Event,
) -> JobOutcome:
    """Say who can take a client who waits or is new, each with a first session; or why nobody can."""
    code = str(asked.get("client") or "") or _free("NEW", {client.id for client in problem.clients})
    known = {client.id for client in problem.clients}
    client: Client | str = code if code in known else _new(problem, code, asked)
    request = None
    if asked.get("session_type"):
        taken = {each.id for each in problem.requests}
        request = Request(
            id=_free("INTAKE", taken),
            client=code,
            session_type=asked["session_type"],
            mode=AllowedMode(asked.get("mode") or "either"),
            priority=_PRIORITY,
        )
    view = ledger_view(
        [LedgerEntry.model_validate(each) for each in asked.get("ledger", ())],
        date.fromisoformat(asked["on"]) if asked.get("on") else problem.week_start,
    )
    tell(Progress("asking each clinician", 0.0))
    timer = threading.Timer(float(asked["seconds"]), stop.set)
    timer.daemon = True
    timer.start()
    try:
        found = route_intake(problem, now, client, request, weeks=_WEEKS, ledger=view, stop=stop)
    finally:
        timer.cancel()
    offers = tuple(
        Offer(
            each.schedule.model_dump_json(exclude_defaults=True),
            {
                "kind": "intake",
                "client": found.client,
                "clinician": each.clinician,
                "told": list(each.reasons),
                "when": f"{each.appointment.start:%A %H:%M}",
            },
            found.problem.model_dump_json(exclude_defaults=True),
        )
        for each in found.proposals
    )
    body = {
        "client": found.client,
        "told": [found.head()],
        "refusals": [
            {"clinician": each.clinician, "reason": each.reason, "change": each.change}
            for each in found.refusals
        ],
        "when": "" if found.proposals else found.when(),
        "instead": [] if found.proposals else list(found.instead),
    }
    return JobOutcome(body, offers)


def _new(problem: Problem, code: str, asked: dict[str, Any]) -> Client:
    flags = [flag.strip() for flag in str(asked.get("flags") or "").split(",") if flag.strip()]
    given: dict[str, Any] = {"id": code, "flags": flags, "waiting_since": str(problem.week_start)}
    return Client.model_validate(given | ({"band": asked["band"]} if asked.get("band") else {}))


def _free(word: str, taken: set[str]) -> str:
    return next(f"{word}{number}" for number in range(1, len(taken) + 2) if f"{word}{number}" not in taken)
