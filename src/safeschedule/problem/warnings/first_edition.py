"""What is assumed of a file of version 1: where it said nothing of what the second edition of the rules asks.

Nothing is changed in it. Each assumption is told with what brings back what the file meant.
"""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.errors import Fault
from safeschedule.problem.faults.view import Check, View

_HEAVY = ("crisis_risk", "trauma_processing")


def _assumed(place: str, found: str, expected: str) -> Fault:
    return Fault("assumed", place, found, f"{expected}; or version 2, if it is meant")


def _said(view: View, rule: str, parameter: str) -> bool:
    own = view.problem.rulebook.rules.get(rule)
    return own is not None and parameter in own.parameters


def flags_weigh(view: View) -> Iterator[Fault]:
    """Find clients whose flags make sessions heavy, as nobody could know of a file of version 1."""
    heavy = [i for i, client in enumerate(view.problem.clients) if set(client.flags) & set(_HEAVY)]
    if heavy and not _said(view, "daily_intensity", "flags"):
        found = f"{len(heavy)} clients with {' or '.join(_HEAVY)}"
        expected = "sessions with them are of high intensity; as before with daily_intensity.flags empty"
        yield _assumed(f"clients[{heavy[0]}].flags", found, expected)


def courses_spread(view: View) -> Iterator[Fault]:
    """Find requests of several sessions, of which more than one could lie on a date."""
    several = [i for i, request in enumerate(view.problem.requests) if request.count > 1]
    if several and not _said(view, "client_spacing", "course"):
        found = f"{len(several)} requests of several sessions"
        expected = "at most one session of a request lies on a date; as before with client_spacing.course 40"
        yield _assumed(f"requests[{several[0]}].count", found, expected)


def slots_are_sessions(view: View) -> Iterator[Fault]:
    """Find services whose urgent slots were shorter than their crisis sessions."""
    setting = view.problem.rulebook.setting("urgent_slots")
    longest = max((t.minutes for t in view.problem.session_types if t.kind == "crisis"), default=0)
    if setting.enabled and longest > setting.whole("minutes"):
        found = f"a crisis session of {longest} minutes"
        expected = f"urgent slots are as long, not {setting.whole('minutes')} minutes"
        yield _assumed("session_types", found, expected)


def slots_take_rooms(view: View) -> Iterator[Fault]:
    """Find services whose crisis sessions need rooms, which nobody kept for urgent slots."""
    wanted = {t.room_kind for t in view.problem.session_types if t.kind == "crisis"} - {None}
    there = {kind for room in view.problem.rooms for kind in room.kinds}
    slots = view.problem.rulebook.setting("urgent_slots")
    if wanted & there and slots.enabled and "urgent_rooms" not in view.problem.rulebook.rules:
        found = f"crisis sessions that need a room of the kind {', '.join(sorted(map(str, wanted & there)))}"
        expected = "a room is kept for each urgent slot; as before with the rule urgent_rooms off"
        yield _assumed("rooms", found, expected)


def value_grows(view: View) -> Iterator[Fault]:
    """Find weeks in which sessions of several lengths were worth the same."""
    asked = {r.session_type for r in view.problem.requests}
    lengths = {t.minutes for t in view.problem.session_types if t.id in asked}
    if len(lengths) > 1 and not _said(view, "access", "per"):
        found = f"sessions of {min(lengths)} to {max(lengths)} minutes"
        yield _assumed("requests", found, "longer ones are worth more; as before with access.per 0")


_EACH: tuple[Check, ...] = (flags_weigh, courses_spread, slots_are_sessions, slots_take_rooms, value_grows)


def first_edition(view: View) -> Iterator[Fault]:
    """Find what is assumed of a file of version 1."""
    if view.problem.schema_version == "1":
        for check in _EACH:
            yield from check(view)


CHECKS: tuple[Check, ...] = (first_edition,)
