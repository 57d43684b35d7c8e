"""Session types, requests, rooms, meetings and history of small problems."""

from __future__ import annotations

from hypothesis import strategies as st

from safeschedule.problem import AllowedMode, Intensity, Kind
from safeschedule.problem.clock import format_clock
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of
from safeschedule.testing.strategies.people import SKILLS

_KINDS = (
    Kind.THERAPY,
    Kind.INTAKE,
    Kind.CRISIS,
    Kind.COURT,
    Kind.GROUP,
    Kind.THERAPY,
    Kind.INTAKE,
    Kind.MEDICATION,
)
_ROOM_KINDS = ("consulting", "family")


def draw_session_types(draw: Draw, scene: Scene, longest: int) -> list[Entry]:
    """Return one to three session types, none longer than the longest working period."""
    most = min(120, longest)
    return [_session_type(draw, scene, f"T{n}", most) for n in range(1, draw(st.integers(1, 3)) + 1)]


def _session_type(draw: Draw, scene: Scene, code: str, most: int) -> Entry:
    entry: Entry = {
        "id": code,
        "minutes": scene.steps(draw, scene.grid, most),
        "intensity": one_of(draw, Intensity.HIGH, Intensity.LOW, Intensity.MODERATE, Intensity.HIGH),
        "kind": one_of(draw, *_KINDS),
        "trauma_processing": chance(draw, 30),
        "room_kind": one_of(draw, *_ROOM_KINDS) if chance(draw, 50) else None,
        "skills": some_of(draw, SKILLS, 1) if chance(draw, 30) else [],
    }
    if chance(draw, 30):
        entry["documentation_minutes"] = one_of(draw, None, 0, 10, 20)
        entry["recovery_minutes"] = one_of(draw, None, 0, 10, 30)
    return entry


def draw_requests(
    draw: Draw, scene: Scene, clients: list[Entry], types: list[Entry], clinicians: list[Entry], sessions: int
) -> list[Entry]:
    """Return requests that ask for at most so many sessions together."""
    found: list[Entry] = []
    left = draw(st.integers(0, sessions)) if chance(draw, 20) else sessions
    while left > 0:
        count = min(left, one_of(draw, 1, 1, 1, 2, 3))
        left -= count
        found.append(_request(draw, scene, f"R{len(found) + 1}", clients, types, clinicians, count))
    return found


def _request(
    draw: Draw,
    scene: Scene,
    code: str,
    clients: list[Entry],
    types: list[Entry],
    clinicians: list[Entry],
    count: int,
) -> Entry:
    entry: Entry = {
        "id": code,
        "client": one_of(draw, *(client["id"] for client in clients)),
        "session_type": one_of(draw, *(entry["id"] for entry in types)),
        "count": count,
        "mode": one_of(draw, *AllowedMode),
    }
    if chance(draw, 50):
        entry["priority"] = draw(st.integers(1, 5))
        entry["clinician"] = one_of(draw, None, *(clinician["id"] for clinician in clinicians))
        entry["skills"] = some_of(draw, SKILLS, 1)
        entry["site"] = one_of(draw, None, *scene.sites)
        entry["windows"] = scene.windows(draw, 30)
    if chance(draw, 20):
        first, last = sorted((one_of(draw, *scene.days), one_of(draw, *scene.days)))
        entry["earliest"] = one_of(draw, None, scene.date(first))
        entry["latest"] = one_of(draw, None, scene.date(last))
    if count == 1 and chance(draw, 30):
        start = _on_grid(scene, scene.opens) + scene.steps(draw, 0, 180)
        entry["standing"] = {"day": scene.weekday(one_of(draw, *scene.days)), "start": format_clock(start)}
    return entry


def _on_grid(scene: Scene, minutes: int) -> int:
    return minutes // scene.grid * scene.grid


def draw_rooms(draw: Draw, scene: Scene) -> list[Entry]:
    """Return up to three rooms, at the sites or at none."""
    return [
        {"id": f"room-{n}", "kind": one_of(draw, *_ROOM_KINDS), "site": one_of(draw, *scene.sites, None)}
        for n in range(1, draw(st.integers(0, 3)) + 1)
    ]


def draw_meetings(draw: Draw, scene: Scene, clinicians: list[Entry]) -> list[Entry]:
    """Return up to two meetings."""
    found: list[Entry] = []
    for number in range(1, one_of(draw, 0, 0, 1, 2) + 1):
        start = _on_grid(scene, scene.opens) + scene.steps(draw, 0, 180)
        there = some_of(draw, tuple(str(entry["id"]) for entry in clinicians), len(clinicians))
        found.append(
            {
                "id": f"M{number}",
                "start": scene.at(one_of(draw, *scene.days), start),
                "minutes": scene.steps(draw, scene.grid, 60),
                "clinicians": there or [clinicians[0]["id"]],
            }
        )
    return found


def draw_history(draw: Draw, scene: Scene, clients: list[Entry], clinicians: list[Entry]) -> Entry:
    """Return up to two appointments of the days before the week."""
    past = [
        {
            "client": one_of(draw, *(client["id"] for client in clients)),
            "clinician": one_of(draw, *(clinician["id"] for clinician in clinicians)),
            "start": scene.at(-draw(st.integers(1, 4)), scene.opens + 5 * draw(st.integers(0, 24))),
            "minutes": one_of(draw, 60, 45, 90),
            "kind": one_of(draw, Kind.THERAPY, Kind.CRISIS),
            "intensity": one_of(draw, *Intensity),
        }
        for _ in range(one_of(draw, 0, 0, 1, 2))
    ]
    return {"appointments": past}


def draw_bands(draw: Draw) -> tuple[list[Entry] | None, tuple[str, ...]]:
    """Return bands, ``None`` for the default ones, and their codes."""
    if not chance(draw, 30):
        return None, ("low", "moderate", "high", "very_high")
    calm: Entry = {"id": "calm", "rank": 1, "points": one_of(draw, 1, 0, "0.75")}
    acute: Entry = {
        "id": "acute",
        "rank": 2,
        "points": one_of(draw, 2, "2.5"),
        "high_acuity": True,
        "contact_days": 3,
    }
    return [calm, acute], ("calm", "acute")
