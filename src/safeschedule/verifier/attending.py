"""When attendants are there, in minutes from the first minute of the week's first date."""

from __future__ import annotations

from collections.abc import Collection

from safeschedule.problem import Attendant
from safeschedule.verifier.activity import Session
from safeschedule.verifier.intervals import Interval, merged
from safeschedule.verifier.week import Week
from safeschedule.verifier.working_days import weekday_number


def needed(week: Week, session: Session) -> dict[str, int]:
    """Return how many attendants of each skill a session needs."""
    asking = session.request if session.group is None else week.groups[session.group]
    found: dict[str, int] = {}
    for source in (session.type, asking):
        for need in () if source is None else source.needs_attendants:
            found[need.skill] = max(need.count, found.get(need.skill, 0))
    return found


def ways(week: Week) -> dict[tuple[str, str], int]:
    """Return the minutes from each site to another, as far as they are stated, back as there unless said."""
    stated = {(way.origin, way.destination): way.minutes for way in reversed(week.problem.travel)}
    return {(b, a): minutes for (a, b), minutes in stated.items() if a != b} | stated


def gap_due(one: Session, other: Session, stated: dict[tuple[str, str], int]) -> int:
    """Return how many minutes have to lie between two sessions of one attendant, the other being later."""
    if "telehealth" in (one.mode, other.mode) or one.site is None or other.site is None:
        return 0
    return 0 if one.site == other.site else stated.get((one.site, other.site), 0)


def is_there(week: Week, person: Attendant, session: Session) -> bool:
    """Return whether an attendant can be in a session from its first to its last minute."""
    if session.mode == "telehealth" and not person.telehealth:
        return False
    away = ((week.minute(off.start), week.minute(off.end)) for off in person.leave)
    if any(start < session.end and session.start < end for start, end in away):
        return False
    return any(a <= session.start and session.end <= b for a, b in at_work(week, person, session))


def at_work(week: Week, person: Attendant, session: Session) -> list[Interval]:
    """Return the merged working periods in which an attendant could be in such a session."""
    found = []
    for day, given in enumerate(week.dates):
        if day in week.closed:
            continue
        for period in person.working:
            if weekday_number(period.day) != given.weekday():
                continue
            in_person = session.mode == "in_person"
            remote = period.telehealth_only or period.site in week.telehealth_sites
            if not in_person or (not remote and _at(period.site, person.sites, session.site)):
                found.append((day * 1440 + period.start, day * 1440 + period.end))
    return merged(found)


def _at(named: str | None, sites: Collection[str], site: str | None) -> bool:
    if named is not None:
        return named == site
    return not sites or site is None or site in sites
