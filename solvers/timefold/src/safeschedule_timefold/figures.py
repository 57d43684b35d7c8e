"""The week's figures by rule, clinician, date and client, as the Java side reads them (`Facts.java`)."""

from __future__ import annotations

from typing import Any

from safeschedule.catalogue import Tier
from safeschedule.model.encoders import (
    breaks,
    caseload_cap,
    consultation,
    coordination,
    fair_load,
    high_acuity_cap,
    urgent_slots,
)
from safeschedule.model.index import Index
from safeschedule.model.points import caseload_points, high_acuity, points_of
from safeschedule.model.slot_rooms import holds_rooms
from safeschedule.model.slots import case_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY

SCORED = (
    "access",
    "breaks",
    "caseload_cap",
    "client_spacing",
    "consultation",
    "continuity",
    "coordination",
    "daily_intensity",
    "documentation",
    "fair_load",
    "high_acuity_cap",
    "high_intensity_run",
    "intake_spacing",
    "intensity_pairing",
    "no_overlap",
    "room_capacity",
    "session_limits",
    "supervision",
    "urgent_slots",
    "working_hours",
)
"""The rules that are scored, in the order of `Rule.java`; the others are kept by what a task is offered."""

LEVELS = 1 + len(Tier)
"""The hard level and one for each tier."""

_NEVER = 10**6
_IN_MINUTES = {
    "documentation",
    "coordination",
    "no_overlap",
    "room_capacity",
    "working_hours",
    "caseload_cap",
}
# One piece of a broken hard rule weighs as much as half an hour of a rule that is counted in minutes: the
# hard level is a slope to walk down, its height means nothing.
_PIECE = 30


def level_of(setting: Setting) -> int:
    """Return the score level of a rule: 0 when it is hard, otherwise that of its tier."""
    return 0 if setting.hard else 1 + list(Tier).index(setting.tier)


def figures(index: Index) -> dict[str, Any]:
    """Return every figure of `Facts.java` by name, but for those that depend on the tasks."""
    settings = index.settings
    found: dict[str, Any] = {
        "people": len(index.clinicians),
        "grid": index.grid,
        "midday": index.midday,
        "level": [level_of(settings[n]) if n in settings else 0 for n in SCORED],
        "weight": [_weight(settings.get(name)) for name in SCORED],
        "meetings": [[c, a, b] for c, spans in enumerate(index.meetings) for a, b in spans],
    }
    return found | _of_clinicians(index) | _of_clients(index) | _of_rooms(index) | _parameters(index)


def _weight(setting: Setting | None) -> int:
    if setting is None:
        return 0
    if not setting.hard:
        return setting.weight
    return 1 if setting.rule.id in _IN_MINUTES else _PIECE


def _of_clinicians(index: Index) -> dict[str, Any]:
    settings, people = index.settings, index.clinicians
    everyone = range(len(people))
    limits, rest = settings.get("session_limits"), settings.get("breaks")
    points, high = settings.get("caseload_cap"), settings.get("high_acuity_cap")
    talks, contacts = settings.get("consultation"), settings.get("coordination")
    members = set() if talks is None else set(consultation.members_of(index, talks))
    found: dict[str, Any] = {
        "contracted": [-1 if p.contracted_minutes is None else p.contracted_minutes for p in people],
        "caseload": [caseload_points(index, c) for c in everyone],
        "fte": [index.fte_percent(c) for c in everyone],
        "daySessions": [_NEVER] * len(people),
        "weekSessions": [_NEVER] * len(people),
        "roomForPoints": [
            _NEVER if points is None else caseload_cap.headroom(index, points, c) for c in everyone
        ],
        "roomForHigh": [
            _NEVER if high is None else high_acuity_cap.headroom(index, high, c) for c in everyone
        ],
        "member": [c in members for c in everyone],
        "coordinationNeed": [
            0 if contacts is None else coordination.week_need(index, contacts, c) for c in everyone
        ],
        "needsMeal": [
            rest is not None and breaks.needs_block(index, rest, c, d) for c in everyone for d in range(DAYS)
        ],
    }
    if limits is not None:
        found["daySessions"] = [
            limits.whole("day") if p.daily_sessions is None else p.daily_sessions for p in people
        ]
        found["weekSessions"] = [
            int(limits.whole("week") * p.fte) if p.weekly_sessions is None else p.weekly_sessions
            for p in people
        ]
    return found


def _of_clients(index: Index) -> dict[str, Any]:
    spacing = index.settings.get("client_spacing")
    exempt = () if spacing is None else spacing.names("exempt")
    past: list[set[int]] = [set() for _ in index.clients]
    for seen in index.problem.history.appointments:
        day = index.minute(seen.start) // DAY
        if -DAYS <= day < 0 and seen.kind not in exempt and seen.client in index.client_number:
            past[index.client_number[seen.client]].add(day)
    sessions = [0] * len(index.clients)
    for request in index.requests:
        sessions[index.client_number[request.client]] += request.count
    between = 0 if spacing is None else spacing.whole("days")
    return {
        "judged": [n > 1 or bool(days) for n, days in zip(sessions, past, strict=True)],
        "newPoints": [points_of(index, c) if c.clinician is None else -1 for c in index.clients],
        "newHigh": [high_acuity(index, c) for c in index.clients],
        "between": [
            between if c.days_between is None or spacing is None else c.days_between for c in index.clients
        ],
        "pastDays": [sorted(days) for days in past],
    }


def room_kinds(index: Index) -> list[str]:
    """Return the kinds of rooms that sessions and urgent slots need, in the order of their numbers."""
    asked = [t.room_kind for t in index.request_types]
    return sorted({kind for kind in (*asked, slot_room(index)) if kind is not None})


def slot_room(index: Index) -> str | None:
    """Return the kind of room that has to be kept for urgent slots; ``None``: none."""
    case = case_of(index).kind
    return case.room_kind if case is not None and holds_rooms(index) else None


def _of_rooms(index: Index) -> dict[str, Any]:
    kinds = room_kinds(index)
    rooms = [0] * (max(1, len(kinds)) * (1 + len(index.site_number)))
    for room in index.problem.rooms:
        if room.kind in kinds:
            site = -1 if room.site is None else index.site_number[room.site]
            rooms[(site + 1) * len(kinds) + kinds.index(room.kind)] += 1
    return {"roomKinds": max(1, len(kinds)), "rooms": rooms}


def _parameters(index: Index) -> dict[str, int]:
    settings = index.settings

    def whole(rule: str, name: str, off: int = _NEVER) -> int:
        return settings[rule].whole(name) if rule in settings else off

    slots = settings.get("urgent_slots")
    share = _NEVER
    if slots is not None:
        at_work = sum(bool(spans) for spans in index.free)
        share = -(-sum(urgent_slots.needs(index, slots)) // max(1, at_work)) + 1
    return {
        "docMinutes": whole("documentation", "minutes", 0),
        "meal": whole("breaks", "meal"),
        "longest": whole("breaks", "longest"),
        "workStretch": whole("breaks", "work_stretch"),
        "pause": whole("breaks", "pause", 0),
        "heavy": whole("coordination", "heavy"),
        "heavyMinutes": whole("coordination", "minutes", 0),
        "dayHigh": whole("daily_intensity", "most"),
        "runMost": whole("high_intensity_run", "most"),
        "runGap": whole("high_intensity_run", "gap", 0),
        "pairGap": whole("intensity_pairing", "gap", 0),
        "intakeGap": whole("intake_spacing", "gap", 0),
        "mostSeats": whole("consultation", "most"),
        "urgentShare": share,
        "spacingDay": whole("client_spacing", "day"),
        "minutesPerPoint": whole("fair_load", "minutes_per_point", 0),
        "fairStep": whole("fair_load", "step"),
        "fairPoints": whole("fair_load", "points"),
        "lightest": fair_load.lightest(index),
    }
