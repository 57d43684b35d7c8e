"""Hard rules that ask for something in a week and are not part of Timefold's score."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.model.attending import needs_of
from safeschedule.model.encoders import before_leave, case_review, debrief, response_reserve, return_days
from safeschedule.model.index import Index
from safeschedule.problem import Setting

_SCORED = frozenset(
    (
        "access",
        "breaks",
        "caseload_cap",
        "client_availability",
        "client_spacing",
        "consultation",
        "contact_expectations",
        "continuity",
        "coordination",
        "cover",
        "crisis_reset",
        "daily_intensity",
        "documentation",
        "even_days",
        "fair_load",
        "group_support",
        "high_acuity_cap",
        "high_intensity_run",
        "intake_spacing",
        "intensity_pairing",
        "late_intake",
        "late_intensity",
        "leave",
        "no_overlap",
        "pinned",
        "preferences",
        "preparation",
        "qualification",
        "recovery_buffer",
        "rest",
        "rolling_exposure",
        "room_capacity",
        "session_limits",
        "stability",
        "supervision",
        "urgent_access",
        "urgent_rooms",
        "urgent_slots",
        "working_hours",
    )
)
"""Rules that the score or the places offered stand for; any other is named as unknown."""


def unknown_rules(index: Index) -> list[str]:
    """Return the names of the hard rules that would be broken unseen."""
    hard = {name: setting for name, setting in index.settings.items() if setting.hard}
    people = range(len(index.clinicians))
    asked: dict[str, Callable[[Setting], bool]] = {
        "attendants": lambda _: any(needs_of(index)),
        "group_size": lambda _: bool(index.groups),
        "travel_time": lambda _: bool(index.problem.travel) and _moves(index),
        "case_review": lambda setting: bool(case_review.teams_of(index, setting)),
        "debrief": lambda setting: bool(debrief.dues(index, setting)),
        "response_reserve": lambda s: any(response_reserve.week_need(index, s, c) for c in people),
        "before_leave": lambda setting: _goes_on_leave(index, setting),
        "return_days": lambda setting: bool(return_days.first_days(index, setting)),
    }
    return [
        name
        for name, setting in hard.items()
        if name not in _SCORED and (name not in asked or asked[name](setting))
    ]


def _goes_on_leave(index: Index, setting: Setting) -> bool:
    """Return whether somebody who goes on leave might have an extra session of an own client."""
    away = {clinician for clinician, _, _ in before_leave.days_before(index, setting)}
    return any(before_leave.extras(index, setting, clinician).any() for clinician in away)


def _moves(index: Index) -> bool:
    """Return whether somebody could be at two sites on one date."""
    for periods in index.periods:
        sites: dict[int, set[int]] = {}
        for period in periods:
            sites.setdefault(period.start // 1440, set()).add(period.site)
        if any(len(found) > 1 or -1 in found for found in sites.values()):
            return True
    return False
