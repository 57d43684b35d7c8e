"""Clinicians of small problems."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.problem.clock import DAY, format_clock, parse_clock
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of
from safeschedule.testing.strategies.leave import draw_leave, is_away

SKILLS = ("emdr", "spanish")
ROLES = ("clinician", "nurse")
TEAMS = ("adults", "outreach")


def draw_clinicians(draw: Draw, scene: Scene, count: int) -> list[Entry]:
    """Return so many clinicians; somebody supervises when there are two or more."""
    found = [_clinician(draw, scene, f"C{number}") for number in range(1, count + 1)]
    if count > 1 and not any(entry["is_supervisor"] for entry in found):
        one_of(draw, *found)["is_supervisor"] = True
    # A named supervisor away all week is a fault; the others may be named.
    leads = tuple(e["id"] for e in found if e["is_supervisor"] and not is_away(scene, e))
    for entry in found:
        others = tuple(code for code in leads if code != entry["id"])
        if others and chance(draw, 50):
            entry["supervisor"] = one_of(draw, *others)
        colleagues = tuple(e["id"] for e in found if e is not entry)
        if entry["leave"] and colleagues and chance(draw, 70):
            entry["cover"] = one_of(draw, *colleagues)
    return found


def _clinician(draw: Draw, scene: Scene, code: str) -> Entry:
    entry: Entry = {
        "id": code,
        "role": one_of(draw, *ROLES),
        "fte": one_of(draw, Decimal(1), Decimal("0.8"), Decimal("0.5")),
        "working": working_periods(draw, scene),
        "skills": some_of(draw, SKILLS),
        "sites": some_of(draw, scene.sites),
        "telehealth": not chance(draw, 25),
        "is_supervisor": chance(draw, 40),
        "new_in_post": chance(draw, 30),
        "leave": draw_leave(draw, scene),
        "preferred": scene.windows(draw, 20),
        "teams": one_of(draw, (), *[TEAMS[:1]] * 3, TEAMS[1:], TEAMS),
    }
    if chance(draw, 40):
        entry |= _limits(draw)
    return entry


def _limits(draw: Draw) -> Entry:
    return {
        "caseload_cap": one_of(draw, None, Decimal("3.5"), Decimal(0), Decimal("6.25")),
        "high_acuity_cap": one_of(draw, None, 0, 1, 2),
        "daily_sessions": one_of(draw, None, 0, 1, 2),
        "weekly_sessions": one_of(draw, None, 0, 1, 3),
        "contracted_minutes": one_of(draw, None, 60, 135, 240, 400),
    }


def working_periods(draw: Draw, scene: Scene) -> list[Entry]:
    """Return one or two periods on most days; two may adjoin, some begin off the grid, or are nights."""
    found = []
    opens = scene.opens + (120 if scene.nights and chance(draw, 30) else 0)
    for day in scene.days:
        if chance(draw, 10):
            continue
        start = opens + scene.steps(draw, 0, 90) + one_of(draw, *[0] * 9, 5)
        end = start + scene.steps(draw, 60, 240)
        found += _periods(draw, scene, day, start, end)
        if chance(draw, 30):
            start = end + scene.steps(draw, 0, 60)
            found += _periods(draw, scene, day, start, start + scene.steps(draw, 30, 120))
    return found


def _periods(draw: Draw, scene: Scene, day: int, start: int, end: int) -> list[Entry]:
    """Return a period; one over midnight in its two parts."""
    site = one_of(draw, *scene.sites) if scene.sites and chance(draw, 30) else None
    kind = {"site": site, "telehealth_only": chance(draw, 10)}
    parts = [(day, start, min(end, DAY)), (day + 1, max(start, DAY) - DAY, end - DAY)]
    return [
        {"day": scene.weekday(date), "start": format_clock(low), "end": format_clock(high), **kind}
        for date, low, high in parts
        if low < high
    ]


def longest_period(clinicians: list[Entry]) -> int:
    """Return the minutes of the longest working period of anybody."""
    periods = [period for entry in clinicians for period in entry["working"]]
    return max(parse_clock(period["end"]) - parse_clock(period["start"]) for period in periods)
