"""Clinicians and clients of small problems."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from safeschedule.problem import Flag
from safeschedule.problem.clock import format_clock
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of

SKILLS = ("emdr", "spanish")
ROLES = ("clinician", "nurse")
_FLAGS = tuple(str(flag) for flag in Flag)


def draw_clinicians(draw: Draw, scene: Scene, count: int) -> list[Entry]:
    """Return so many clinicians; somebody supervises when there are two or more."""
    found = [_clinician(draw, scene, f"C{number}") for number in range(1, count + 1)]
    if count > 1 and not any(entry["is_supervisor"] for entry in found):
        found[draw(st.integers(0, count - 1))]["is_supervisor"] = True
    # A named supervisor away all week is a fault; the others may be named.
    leads = tuple(e["id"] for e in found if e["is_supervisor"] and not _away(scene, e) and e["working"])
    for entry in found:
        others = tuple(code for code in leads if code != entry["id"])
        if others and chance(draw, 50):
            entry["supervisor"] = one_of(draw, *others)
        colleagues = tuple(e["id"] for e in found if e is not entry)
        if entry["leave"] and colleagues and chance(draw, 50):
            entry["cover"] = one_of(draw, *colleagues)
    return found


def _clinician(draw: Draw, scene: Scene, code: str) -> Entry:
    entry: Entry = {
        "id": code,
        "role": one_of(draw, *ROLES),
        "fte": one_of(draw, Decimal(1), Decimal("0.8"), Decimal("0.5")),
        "working": _working(draw, scene),
        "skills": some_of(draw, SKILLS),
        "sites": some_of(draw, scene.sites),
        "telehealth": not chance(draw, 25),
        "is_supervisor": chance(draw, 40),
        "new_in_post": chance(draw, 30),
        "leave": _leave(draw, scene),
        "preferred": scene.windows(draw, 20),
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


def _working(draw: Draw, scene: Scene) -> list[Entry]:
    """Return one or two periods on most days; two may adjoin, and some begin off the grid."""
    found = []
    for day in scene.days:
        if chance(draw, 10):
            continue
        start = scene.opens + scene.steps(draw, 0, 90) + one_of(draw, *[0] * 9, 5)
        end = start + scene.steps(draw, 60, 240)
        found.append(_period(draw, scene, day, start, end))
        if chance(draw, 30):
            start = end + scene.steps(draw, 0, 60)
            found.append(_period(draw, scene, day, start, start + scene.steps(draw, 30, 120)))
    return found


def _period(draw: Draw, scene: Scene, day: int, start: int, end: int) -> Entry:
    site = one_of(draw, *scene.sites) if scene.sites and chance(draw, 30) else None
    return {"day": scene.weekday(day), "start": format_clock(start), "end": format_clock(end), "site": site}


def _leave(draw: Draw, scene: Scene) -> list[Entry]:
    if not chance(draw, 20):
        return []
    day = one_of(draw, *scene.days)
    if chance(draw, 10):
        return [{"start": scene.at(0, 0), "end": scene.at(7, 0)}]
    start = one_of(draw, 0, scene.opens + 60, scene.opens + 100)
    return [{"start": scene.at(day, start), "end": scene.at(day, start + one_of(draw, 60, 120, 1440))}]


def _away(scene: Scene, entry: Entry) -> bool:
    """Whether leave may take all of the week; on the safe side."""
    days = {period["day"] for period in entry["working"]}
    return bool(entry["leave"]) and (len(days) < 2 or entry["leave"][0]["start"] == scene.at(0, 0))


def draw_clients(
    draw: Draw, scene: Scene, clinicians: list[Entry], bands: tuple[str, ...], count: int
) -> list[Entry]:
    """Return so many clients, with and without an own clinician."""
    codes = tuple(str(entry["id"]) for entry in clinicians)
    return [_client(draw, scene, f"P{number}", codes, bands) for number in range(1, count + 1)]


def _client(
    draw: Draw, scene: Scene, code: str, clinicians: tuple[str, ...], bands: tuple[str, ...]
) -> Entry:
    entry: Entry = {
        "id": code,
        "band": one_of(draw, *bands),
        "clinician": one_of(draw, *clinicians) if chance(draw, 60) else None,
        "flags": some_of(draw, _FLAGS, 3),
        "windows": scene.windows(draw, 30),
        "preferred": scene.windows(draw, 25),
    }
    if chance(draw, 30):
        entry["points"] = one_of(draw, None, Decimal(0), Decimal("0.5"), Decimal("2.75"))
        entry["days_between"] = one_of(draw, None, 0, 2)
        entry["last_contact"] = one_of(draw, None, scene.date(-4), scene.date(-40))
        entry["waiting_since"] = one_of(draw, None, scene.date(-7), scene.date(-30), scene.date(2))
    return entry
