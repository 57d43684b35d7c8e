"""Rooms, equipment and the ways between the sites of small problems."""

from __future__ import annotations

from itertools import combinations

from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of, whole

ROOM_KINDS = ("consulting", "family")
EQUIPMENT_KINDS = ("kit", "screen")
_MINUTES = (30, 15, 0, 20, 45)
"""Minutes of a way; some lie off the grid."""


def draw_rooms(draw: Draw, scene: Scene) -> list[Entry]:
    """Return up to three rooms, at the sites or at none; some are small, some serve as another kind too."""
    return [
        {
            "id": f"room-{n}",
            "kind": one_of(draw, *ROOM_KINDS),
            "also": some_of(draw, ROOM_KINDS, 1) if chance(draw, 30) else [],
            "site": one_of(draw, *scene.sites, None),
            "seats": one_of(draw, 4, 4, 2, 3, 6, 12),
            "unavailable": [_lost(draw, scene) for _ in range(whole(draw, 1, 2))] if chance(draw, 20) else [],
        }
        for n in range(1, whole(draw, 0, 3) + 1)
    ]


def short_of_rooms(draw: Draw, scene: Scene, types: list[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return session types that all want the same rooms, one of them for crises, and a room at each site."""
    kind = ROOM_KINDS[0]
    wanting = [entry | {"room_kind": kind, "equipment": []} for entry in types]
    # Of little paper, so that short working days hold it.
    plain = {"kind": "crisis", "minutes": scene.grid, "documentation_minutes": 0, "recovery_minutes": 0}
    wanting[0] |= plain | {"trauma_processing": False, "skills": [], "preparation_minutes": None}
    rooms = [
        {
            "id": f"room-{n}",
            "kind": kind,
            "also": [],
            "site": site,
            "seats": one_of(draw, 12, 12, 4),
            "unavailable": [_lost(draw, scene) for _ in scene.days] if chance(draw, 60) else [],
        }
        for n, site in enumerate(scene.sites or (None,), 1)
    ]
    return wanting, rooms


def _lost(draw: Draw, scene: Scene) -> Entry:
    """Return a time at which a room cannot be used, on the grid or off it."""
    day, start = one_of(draw, *scene.days), scene.opens + one_of(draw, 0, 60, 65, 120)
    return {"start": scene.at(day, start), "end": scene.at(day, start + one_of(draw, 30, 25, 90, 1440))}


def draw_equipment(draw: Draw, scene: Scene) -> list[Entry]:
    """Return up to two pieces of equipment, at the sites or at none."""
    if not chance(draw, 60):
        return []
    return [
        {"id": f"piece-{n}", "kind": one_of(draw, *EQUIPMENT_KINDS), "site": one_of(draw, None, *scene.sites)}
        for n in range(1, whole(draw, 1, 2) + 1)
    ]


def draw_travel(draw: Draw, scene: Scene) -> list[Entry]:
    """Return the way between each two sites, sometimes back as well; now and then no way at all."""
    if len(scene.sites) < 2 or chance(draw, 10):
        return []
    found = []
    for pair in combinations(scene.sites, 2):
        origin, destination = pair[::-1] if chance(draw, 30) else pair
        found.append(_way(draw, origin, destination))
        if chance(draw, 25):
            found.append(_way(draw, destination, origin))
    return found


def _way(draw: Draw, origin: str, destination: str) -> Entry:
    return {"origin": origin, "destination": destination, "minutes": one_of(draw, *_MINUTES)}
