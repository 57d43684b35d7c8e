"""Hard rules that ask for something in a week and are not part of Timefold's score."""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.model.attending import needs_of
from safeschedule.model.encoders import before_leave, case_review, debrief, response_reserve, return_days
from safeschedule.model.index import Index
from safeschedule.problem import Setting


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
    return [name for name, due in asked.items() if name in hard and due(hard[name])]


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
