"""Session types and requests of small problems."""

from __future__ import annotations

from decimal import Decimal

from safeschedule.problem import AllowedMode, Intensity, Kind
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of, whole
from safeschedule.testing.strategies.people import SKILLS
from safeschedule.testing.strategies.places import EQUIPMENT_KINDS, ROOM_KINDS

_KINDS = (
    Kind.THERAPY,
    Kind.INTAKE,
    Kind.CRISIS,
    Kind.COURT,
    Kind.GROUP,
    Kind.THERAPY,
    Kind.INTAKE,
    Kind.REVIEW,
    Kind.MEDICATION,
)


def draw_session_types(draw: Draw, scene: Scene, longest: int) -> list[Entry]:
    """Return one to three session types, none longer than the longest working period.

    Now and then all are of one kind and intensity, so that sessions that a rule keeps apart meet.
    """
    found = [session_type(draw, scene, f"T{n}", longest) for n in range(1, whole(draw, 1, 3) + 1)]
    if chance(draw, 35):
        same = {key: found[0][key] for key in ("kind", "intensity")}
        same |= {"preparation_minutes": None} if same["kind"] is Kind.CRISIS else {}
        found = [entry | same for entry in found]
    return found


def session_type(draw: Draw, scene: Scene, code: str, longest: int) -> Entry:
    """Return a session type for one client, not longer than the longest working period."""
    entry: Entry = {
        "id": code,
        "minutes": scene.steps(draw, scene.grid, min(120, longest)),
        "intensity": one_of(draw, Intensity.HIGH, Intensity.LOW, Intensity.MODERATE, Intensity.HIGH),
        "kind": one_of(draw, *_KINDS),
        "trauma_processing": chance(draw, 30),
        "room_kind": one_of(draw, *ROOM_KINDS) if chance(draw, 50) else None,
        "equipment": some_of(draw, EQUIPMENT_KINDS) if chance(draw, 25) else [],
        "skills": some_of(draw, SKILLS, 1) if chance(draw, 30) else [],
    }
    if chance(draw, 30):
        entry["documentation_minutes"] = one_of(draw, None, 0, 10, 20)
        entry["recovery_minutes"] = one_of(draw, None, 0, 10, 30)
        entry["attendance"] = one_of(draw, 1, Decimal("0.75"), 0)
    if entry["kind"] is not Kind.CRISIS and chance(draw, 40):
        entry["preparation_minutes"] = one_of(draw, 15, 10, 30, 0)
    return entry


def draw_requests(
    draw: Draw, scene: Scene, clients: list[Entry], types: list[Entry], clinicians: list[Entry], sessions: int
) -> list[Entry]:
    """Return requests that ask for at most so many sessions together."""
    found: list[Entry] = []
    left = whole(draw, 0, sessions) if chance(draw, 20) else sessions
    while left > 0:
        count = min(left, one_of(draw, 1, 1, 1, 2, 3))
        left -= count
        entry: Entry = {
            "id": f"R{len(found) + 1}",
            "client": one_of(draw, *clients)["id"],
            "session_type": one_of(draw, *types)["id"],
            "count": count,
            "mode": one_of(draw, AllowedMode.IN_PERSON, *AllowedMode),
        }
        found.append(entry | _wishes(draw, scene, clinicians, count) | draw_dates(draw, scene))
    return found


def _wishes(draw: Draw, scene: Scene, clinicians: list[Entry], count: int) -> Entry:
    """Return what some requests say about their sessions, and most leave open."""
    entry: Entry = {}
    if chance(draw, 50):
        entry["priority"] = whole(draw, 1, 5)
        entry["clinician"] = one_of(draw, None, *(clinician["id"] for clinician in clinicians))
        entry["skills"] = some_of(draw, SKILLS, 1)
        entry["site"] = one_of(draw, None, *scene.sites)
        entry["windows"] = scene.windows(draw, 30)
    if count == 1 and chance(draw, 30):
        entry["standing"] = scene.slot(draw)
    if count > 1 and chance(draw, 40):
        entry["daily_sessions"] = one_of(draw, None, 1, 2)
        entry["days_between"] = one_of(draw, None, 0, 1, 2)
        entry["same_time"] = chance(draw, 50)
    return entry


def draw_dates(draw: Draw, scene: Scene) -> Entry:
    """Return the first and last date of some requests."""
    if not chance(draw, 20):
        return {}
    first, last = sorted((one_of(draw, *scene.days), one_of(draw, *scene.days)))
    return {
        "earliest": one_of(draw, None, scene.date(first)),
        "latest": one_of(draw, None, scene.date(last)),
    }
