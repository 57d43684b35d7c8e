"""Check of the rule ``travel_time``: time to travel between sites."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR

_Ways = dict[tuple[str, str], int]


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session where the clinician cannot be yet, and each travel that is too short."""
    ways = _ways(week)
    if not ways:
        return
    for clinician in week.clinicians:
        for day in range(-1, len(week.dates)):
            yield from _day(week, setting, ways, clinician, week.on(clinician, day))


def _ways(week: Week) -> _Ways:
    """Return the minutes from each site to each other one, as far as they are stated."""
    found = {(way.origin, way.destination): way.minutes for way in reversed(week.problem.travel)}
    back = {(b, a): minutes for (a, b), minutes in found.items()}
    return {**back, **found}


def _day(
    week: Week, setting: Setting, ways: _Ways, clinician: str, activities: list[Activity]
) -> Iterator[Finding]:
    here: set[str] = set()
    for activity in activities:
        place = _place(activity)
        if place is None:
            continue
        if here and place not in here:
            least = min((ways[a, place] for a in here if (a, place) in ways), default=None)
            travelled = isinstance(activity, ProtectedTime)
            if not travelled or least is None or activity.minutes < least:
                yield _finding(week, setting, clinician, activity, place, least)
        here = _near(ways, place)


def _place(activity: Activity) -> str | None:
    """Return the site at which an activity needs the clinician, or to which it leads."""
    if isinstance(activity, Session):
        return activity.site if activity.mode == "in_person" else None
    return activity.site if isinstance(activity, ProtectedTime) and activity.kind == "travel" else None


def _near(ways: _Ways, site: str) -> set[str]:
    """Return a site and those to which the way takes no time, by way of others too."""
    found, left = {site}, [site]
    while left:
        origin = left.pop()
        for (a, b), minutes in ways.items():
            if a == origin and minutes == 0 and b not in found:
                found.add(b)
                left.append(b)
    return found


def _finding(
    week: Week, setting: Setting, clinician: str, activity: Activity, place: str, least: int | None
) -> Finding:
    due = "a way there" if least is None else f"{least} minutes of travel"
    if isinstance(activity, ProtectedTime):
        found = f"{activity.minutes} minutes"
        ending = (
            f"travels to {place} in {found}, which takes {due}"
            if least is not None
            else f"has no way to {place}"
        )
    else:
        found, ending = "no travel", f"has {activity.name} at {place}, but does not travel there before"
    sentence = f"{clinician} {ending} ({week.at(activity)})."
    return report(setting, (clinician, place), week.moment(activity.start), found, due, sentence)
