"""What jobs do. Each function asks the library one question, in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from typing import Any

from safeschedule import (
    Desk,
    InputError,
    Problem,
    Progress,
    Schedule,
    SickCall,
    explain_left_out,
    replan,
    solve,
    stress,
    verify,
)
from safeschedule.reports.unplaced import unplaced
from safeschedule.web.jobs.admitting import intake
from safeschedule.web.jobs.comparing import worth
from safeschedule.web.jobs.outcome import JobOutcome, Offer

Tell = Callable[[Progress], None]
Work = Callable[[Problem, Schedule, dict[str, Any], Tell, threading.Event], JobOutcome]


def plan(
    problem: Problem, now: Schedule, asked: dict[str, Any], tell: Tell, stop: threading.Event
) -> JobOutcome:
    """Plan the week anew; what is no better than the present week is not offered."""
    found = solve(problem, time_limit=asked["seconds"], workers=asked["workers"], on_progress=tell, stop=stop)
    told = list(found.explanation)
    if found.schedule is None or found.verification is None:
        return JobOutcome({"told": told or ["No schedule was found."], "better": False})
    before, after = worth(problem, verify(problem, now)), worth(problem, found.verification)
    if after <= before:
        told.insert(0, "Nothing better was found: the week as it is stands at least as good.")
        return JobOutcome({"told": told, "better": False})
    body = {"kind": "plan", "told": told, "placed": found.placed, "gap": found.gap}
    return JobOutcome({"told": told, "better": True}, (Offer(_text(found.schedule), body),))


def fill(
    problem: Problem, now: Schedule, _asked: dict[str, Any], tell: Tell, stop: threading.Event
) -> JobOutcome:
    """Place what is left out and still fits, the most harmful first, while all that is booked stays."""
    week, placed, told = now, 0, []
    for number, line in enumerate(unplaced(problem, now)):
        for _ in range(line.entry.sessions):
            if stop.is_set():
                break
            tell(Progress(f"fill {line.entry.request}", float(number)))
            try:
                answer = Desk(problem, week).suggest(line.entry.request, 1, stop=stop)
            except InputError as error:
                told.append(str(error.faults[0]))
                break
            if not answer.slots:
                told.append(f"{line.entry.request} ({line.client}): {answer.reason}")
                break
            week, placed = answer.slots[0].schedule, placed + 1
    if not placed or worth(problem, verify(problem, week)) <= worth(problem, verify(problem, now)):
        told.insert(0, "Nothing that is left out fits while all that is booked stays.")
        return JobOutcome({"told": told, "better": False})
    body = {"kind": "fill", "told": told, "placed": placed}
    return JobOutcome({"told": told, "better": True}, (Offer(_text(week), body),))


def sick(
    problem: Problem, now: Schedule, asked: dict[str, Any], tell: Tell, stop: threading.Event
) -> JobOutcome:
    """Plan the week again because somebody is ill, with the fewest people disturbed."""
    call = SickCall(
        clinician=asked["clinician"],
        start=datetime.fromisoformat(asked["start"]),
        end=datetime.fromisoformat(asked["end"]),
        cover=asked.get("cover") or None,
        supervisor=asked.get("supervisor") or None,
    )
    found = replan(
        problem,
        now,
        [call],
        freeze_before=call.start,
        time_limit=asked["seconds"],
        on_progress=tell,
        stop=stop,
    )
    told = list(found.notes)
    if found.schedule is None:
        return JobOutcome({"told": told or ["No plan was found."], "better": False})
    body = {
        "kind": "sick",
        "told": told,
        "who": call.clinician,
        "dropped": [f"{_who(each.appointment)}: {each.reason}" for each in found.dropped],
        "tell": [
            {"kind": each.kind, "code": each.code, "before": each.before.isoformat(), "changes": each.changes}
            for each in found.tell
        ],
    }
    offer = Offer(_text(found.schedule), body, found.problem.model_dump_json(exclude_defaults=True))
    return JobOutcome({"told": told, "better": True}, (offer,))


def why(
    problem: Problem, now: Schedule, asked: dict[str, Any], tell: Tell, stop: threading.Event
) -> JobOutcome:
    """Explain why a request is left out, with the cheapest ways in."""
    account = explain_left_out(
        problem, now, asked["request"], time_limit=asked["seconds"], on_progress=tell, stop=stop
    )
    if not account.explanations:
        return JobOutcome({"told": ["It was not reached in the time."], "request": asked["request"]})
    found = account.explanations[0]
    cells = [
        {
            "who": " and ".join(option.clinicians),
            "day": option.day.isoformat(),
            "afternoon": option.afternoon,
            "fits": option.fits,
            "rules": option.rules,
            "evidence": option.evidence,
        }
        for option in found.options
    ]
    offers = tuple(
        Offer(
            _text(way.schedule),
            {"kind": "way", "request": found.request, "told": str(way).splitlines()},
            way.problem.model_dump_json(exclude_defaults=True),
        )
        for way in found.ways
    )
    body = {
        "request": found.request,
        "told": [*found.barriers, *found.notes],
        "reason": found.reason.reason,
        "cells": cells,
        "complete": found.complete,
    }
    return JobOutcome(body, offers)


def safe(
    problem: Problem, now: Schedule, asked: dict[str, Any], tell: Tell, stop: threading.Event
) -> JobOutcome:
    """Say of each half-day whether urgent cases still fit, whoever is absent."""
    found = stress(
        problem,
        now,
        asked["urgent"],
        asked["sick"],
        time_limit=asked["seconds"],
        on_progress=tell,
        stop=stop,
    )
    halves = [
        {
            "name": half.name,
            "day": half.day.isoformat(),
            "afternoon": half.afternoon,
            "verdict": half.verdict.value,
            "left": half.left,
            "absent": half.absent,
        }
        for half in found.half_days
    ]
    asked_for = {"urgent": found.urgent, "sick": found.sick, "verdict": found.verdict.value}
    return JobOutcome({"told": list(found.sentences), "halves": halves, **asked_for})


KINDS: dict[str, Work] = {
    "plan": plan,
    "fill": fill,
    "sick": sick,
    "why": why,
    "safe": safe,
    "intake": intake,
}
"""The kinds of jobs by their words."""


def _text(schedule: Schedule) -> str:
    return schedule.model_dump_json(exclude_defaults=True)


def _who(given: Any) -> str:
    return f"{given.session_type} of {', '.join(given.clients)}, {given.start:%a %H:%M}"
