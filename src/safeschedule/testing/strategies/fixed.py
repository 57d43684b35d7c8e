"""Meetings, incidents and history of small problems."""

from __future__ import annotations

from safeschedule.problem import Intensity, Kind
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.drawing import (
    Draw,
    Entry,
    Scene,
    chance,
    one_of,
    shuffled,
    some_of,
    whole,
)


def draw_meetings(draw: Draw, scene: Scene, clinicians: list[Entry]) -> list[Entry]:
    """Return up to two meetings."""
    found: list[Entry] = []
    for number in range(1, one_of(draw, 0, 0, 1, 2) + 1):
        # Of teams that open late, one on the last date would begin after the week.
        start = min(scene.on_grid(scene.opens) + scene.steps(draw, 0, 180), DAY - scene.grid)
        there = some_of(draw, [entry["id"] for entry in clinicians], len(clinicians))
        found.append(
            {
                "id": f"M{number}",
                "start": scene.at(one_of(draw, *scene.days), start),
                "minutes": scene.steps(draw, scene.grid, 60),
                "clinicians": there or [clinicians[0]["id"]],
            }
        )
    return found


def draw_rooms_of_meetings(draw: Draw, given: Entry) -> None:
    """Put some meetings into rooms to which nothing is pinned."""
    pinned = {pin.get("room") for pin in given.get("pinned_appointments", ())}
    free = [room["id"] for room in given["rooms"] if room["id"] not in pinned]
    for meeting in given["meetings"]:
        if free and chance(draw, 30):
            meeting["room"] = one_of(draw, *free)


def draw_incidents(draw: Draw, scene: Scene, clinicians: list[Entry]) -> list[Entry]:
    """Return up to two incidents of the days before the week, or of the week itself."""
    codes = [entry["id"] for entry in clinicians]
    found: list[Entry] = []
    for number in range(1, one_of(draw, 0, 0, 0, 1, 1, 2) + 1):
        there = shuffled(draw, codes)[: one_of(draw, 1, 2, 2)]
        day = one_of(draw, -1, scene.days[0], scene.days[-1], -2, -4, -6, -9)
        found.append(
            {
                "id": f"I{number}",
                "happened": scene.at(day, min(scene.opens + 5 * whole(draw, 0, 36), DAY - 5)),
                "clinicians": there,
                "debriefed": some_of(draw, there) if chance(draw, 40) else [],
                "followed_up": some_of(draw, there) if chance(draw, 30) else [],
            }
        )
    return found


def draw_tasks(draw: Draw, scene: Scene, clients: list[Entry], clinicians: list[Entry]) -> list[Entry]:
    """Return up to three tasks, mostly of somebody, and to be answered in the week."""
    codes = [entry["id"] for entry in clinicians]
    found: list[Entry] = []
    for number in range(1, one_of(draw, 0, 0, 1, 2, 3) + 1):
        due = one_of(draw, *scene.days, scene.days[-1], -1, 7)
        clock = min(scene.on_grid(scene.opens) + scene.steps(draw, 0, 300), DAY - scene.grid)
        entry = {
            "id": f"T{number}",
            "client": one_of(draw, *clients)["id"],
            "minutes": one_of(draw, 5, 10, 15, 30, 45),
            "respond_by": scene.at(due, clock),
            "clinician": one_of(draw, None, *codes) if chance(draw, 60) else None,
        }
        if chance(draw, 30):
            entry["received"] = scene.at(min(due, one_of(draw, *scene.days, -2)), min(clock, scene.opens))
        found.append(entry)
    return found


def draw_history(draw: Draw, scene: Scene, clients: list[Entry], clinicians: list[Entry]) -> Entry:
    """Return up to four appointments of the days before the week; some are two of one group."""
    past: list[Entry] = []
    for _ in range(one_of(draw, 0, 0, 1, 2, 3)):
        past.append(_past(draw, scene, clients, clinicians))
    if past and chance(draw, 25):
        other = {"client": one_of(draw, *clients)["id"], "minutes": one_of(draw, 60, 90)}
        past.append(past[-1] | other)
    return {"appointments": past}


def _past(draw: Draw, scene: Scene, clients: list[Entry], clinicians: list[Entry]) -> Entry:
    return {
        "client": one_of(draw, *clients)["id"],
        "clinician": one_of(draw, *clinicians)["id"],
        "start": scene.at(-whole(draw, 1, 8), scene.opens + 5 * whole(draw, 0, 24)),
        "minutes": one_of(draw, 60, 45, 90),
        "kind": one_of(draw, Kind.THERAPY, Kind.CRISIS),
        "intensity": one_of(draw, Intensity.LOW, Intensity.HIGH, Intensity.HIGH, Intensity.MODERATE),
    }


def draw_closures(draw: Draw, scene: Scene) -> list[Entry]:
    """Return mostly nothing, else a date of the week, or near it, on which the service is closed."""
    if not chance(draw, 15):
        return []
    return [{"date": scene.date(one_of(draw, *scene.days, -1, -3, 8))}]
