"""What a clinical lead asks of a solved week, in figures. None of it is a rule's check.

Times are minutes. A person's day is the date; what is asked of days is asked of those with sessions.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from safeschedule.caseload import expected_sessions
from safeschedule.problem import Problem, Request
from safeschedule.schedule import Schedule
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.notices import slot_without_room
from safeschedule.verifier.week import Week

Figures = dict[str, Any]

PAUSE = 15
"""From so many free minutes on a gap is a pause; a break is one, whatever its length."""

MEAL, LONG_DAY = 30, 360
"""A break of so many minutes is a meal; a working day of so many asks for one."""

FULL_DAY = 300
"""Dates with so much working time free of leave are compared with each other."""


def figures(problem: Problem, schedule: Schedule) -> Figures:
    """Return the measures of a week; see docs/benchmarks/weeks.md."""
    week = Week(problem, schedule)
    days = list(week.session_days())
    return {
        **_documentation(week, days),
        **_stretches(week, days),
        **_days(week),
        **_rooms(days),
        **_slots(week),
        **_placed(week),
        "expected": float(expected_sessions(problem, schedule)),
    }


Days = Sequence[tuple[str, int, list[Session]]]


def _documentation(week: Week, days: Days) -> Figures:
    """Return the share of documentation before the date's work, and of sessions without any after them.

    An urgent slot is work: whoever comes into it is written up, too.
    """
    early = total = unwritten = held = 0
    for clinician, day, sessions in days:
        blocks = week.blocks_on(clinician, day, "documentation")
        work = [*sessions, *week.blocks_on(clinician, day, "urgent_slot")]
        first = min(activity.end for activity in work)
        last = max((block.start for block in blocks), default=-1)
        total += sum(block.minutes for block in blocks)
        early += sum(block.minutes for block in blocks if block.start < first)
        held += len(sessions)
        unwritten += sum(session.end > last for session in sessions)
    return {
        "documentation_before_work": _share(early, total),
        "sessions_without_documentation_after": _share(unwritten, held),
    }


def _stretches(week: Week, days: Days) -> Figures:
    """Return the longest time without a pause, and on a long day without a meal."""
    pauseless, mealless = [0], [0]
    for clinician, day, _ in days:
        activities = week.on(clinician, day)
        pauseless += _without(_work(activities), PAUSE)
        periods = week.hours[clinician].periods(day)
        if periods and periods[-1].end - periods[0].start >= LONG_DAY:
            away = [(one.end, other.start) for one, other in pairwise(periods)]
            taken = [(a.start, a.end) for a in activities if _is_break(a)]
            meals = sorted(span for span in [*away, *taken] if span[1] - span[0] >= MEAL)
            edges = [periods[0].start, *(moment for span in meals for moment in span), periods[-1].end]
            mealless += [b - a for a, b in zip(edges[::2], edges[1::2], strict=True)]
    return {"longest_without_pause": max(pauseless), "longest_without_meal": max(mealless)}


def _work(activities: Sequence[Activity]) -> list[Activity]:
    return [activity for activity in activities if not _is_break(activity)]


def _is_break(activity: Activity) -> bool:
    return isinstance(activity, ProtectedTime) and activity.kind == "break"


def _without(work: Sequence[Activity], pause: int) -> Iterator[int]:
    """Yield the length of each stretch in which no gap is as long as a pause."""
    begin = end = None
    for activity in work:
        if begin is None or end is None or activity.start - end >= pause:
            begin, end = activity.start, activity.end
        end = max(end, activity.end)
        yield end - begin


def _days(week: Week) -> Figures:
    """Return how far the fullest and the lightest full date of a clinician lie apart."""
    apart = []
    for clinician, hours in week.hours.items():
        full = [
            day for day, free in hours.free.items() if day >= 0 and sum(b - a for a, b in free) >= FULL_DAY
        ]
        held = [len(week.sessions_on(clinician, day)) for day in full]
        if len(held) > 1:
            apart.append(max(held) - min(held))
    return {
        "days_apart_median": statistics.median(apart) if apart else 0,
        "days_apart_most": max(apart, default=0),
    }


def _rooms(days: Days) -> Figures:
    """Return the share of a clinician's consecutive sessions of a date that are in another room."""
    pairs = [
        (one.room, other.room)
        for _, _, sessions in days
        for one, other in pairwise(sorted(sessions, key=lambda session: session.start))
        if one.room is not None and other.room is not None
    ]
    return {"rooms_changed": _share(sum(one != other for one, other in pairs), len(pairs))}


def _slots(week: Week) -> Figures:
    """Return how many urgent slots there are, the largest share of one person, and in how many half-days.

    Without a room are those at which a client could not be seen in person.
    """
    slots = [block for block in week.blocks if block.kind == "urgent_slot"]
    holders = Counter(code for slot in slots for code in slot.clinicians)
    halves = {
        (week.working_day(code, slot.start), week.second_half(code, slot.start))
        for slot in slots
        for code in slot.clinicians
    }
    return {
        "urgent_slots": len(slots),
        "urgent_slots_of_one": _share(max(holders.values(), default=0), len(slots)),
        "urgent_half_days": len(halves),
        "urgent_slots_without_room": sum(notice.numbers["slots"] for notice in slot_without_room.tell(week)),
    }


def _placed(week: Week) -> Figures:
    """Return the share of the sessions asked for that are placed, by intensity, band and length."""
    kinds: dict[str, Callable[[Request], str]] = {
        "intensity": lambda request: week.types[request.session_type].intensity.value,
        "band": lambda request: week.clients[request.client].band,
        "length": lambda request: _length(week.types[request.session_type].minutes),
    }
    found: Figures = {}
    for name, of in kinds.items():
        asked, placed = Counter[str](), Counter[str]()
        for request in week.requests.values():
            asked[of(request)] += request.count
            placed[of(request)] += min(request.count, len(week.served(request.id)))
        found[f"placed_by_{name}"] = {key: _share(placed[key], asked[key]) for key in sorted(asked)}
    return found


def _length(minutes: int) -> str:
    return "to 30" if minutes <= 30 else "31 to 60" if minutes <= 60 else "over 60"


def _share(some: int, all_of_them: int) -> float:
    return round(some / all_of_them, 4) if all_of_them else 0.0
