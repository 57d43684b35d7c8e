"""Attendants of small problems, what needs them, and who of them is named in a drawn session."""

from __future__ import annotations

from safeschedule.problem import Attendant, Group, Problem, Request
from safeschedule.problem.attendants import merged_needs
from safeschedule.schedule import Appointment
from safeschedule.testing.strategies.drawing import Draw, Entry, Scene, chance, one_of, some_of, whole
from safeschedule.testing.strategies.leave import draw_leave
from safeschedule.testing.strategies.people import working_periods

ATTENDANT_SKILLS = ("interpreter:fa", "chaperone")


def draw_attendants(draw: Draw, scene: Scene, given: Entry) -> None:
    """Add attendants to a third of the problems, and needs of them to types, requests and groups."""
    if not chance(draw, 35):
        return
    count = whole(draw, 1, 3)
    given["attendants"] = [_attendant(draw, scene, f"A{number}") for number in range(1, count + 1)]
    for kind in given["session_types"]:
        kind["needs_attendants"] = _needs(draw, 25)
    for asked in (*given["requests"], *given["groups"]):
        if "group" not in asked:
            asked["needs_attendants"] = _needs(draw, 40)


def _attendant(draw: Draw, scene: Scene, code: str) -> Entry:
    return {
        "id": code,
        "skills": one_of(draw, ATTENDANT_SKILLS[:1], ATTENDANT_SKILLS[1:], ATTENDANT_SKILLS),
        "working": working_periods(draw, scene),
        "sites": some_of(draw, scene.sites),
        "telehealth": not chance(draw, 25),
        "weekly_minutes": one_of(draw, None, None, 60, 120, 200),
        "leave": draw_leave(draw, scene) if chance(draw, 40) else [],
    }


def _needs(draw: Draw, percent: int) -> list[Entry]:
    if not chance(draw, percent):
        return []
    entries: list[Entry] = [{"skill": skill} for skill in some_of(draw, ATTENDANT_SKILLS)]
    if entries and chance(draw, 15):
        entries[0] |= {"count": 2}
    return entries


def attended(draw: Draw, problem: Problem, given: Appointment) -> Appointment:
    """Return a drawn session with attendants: mostly as many as it needs, now and then any."""
    if not problem.attendants:
        return given
    kind = next(entry for entry in problem.session_types if entry.id == given.session_type)
    several: tuple[Request | Group, ...] = problem.requests if given.group is None else problem.groups
    asked = next(entry for entry in several if entry.id == (given.group or given.request))
    needs = merged_needs(kind.needs_attendants, asked.needs_attendants)
    if not needs and not chance(draw, 10):
        return given
    found: list[str] = []
    for skill, count in needs.items():
        for _ in range(count):
            found += _one(draw, [a for a in problem.attendants if a.id not in found], skill)
    if chance(draw, 8):
        found = some_of(draw, [attendant.id for attendant in problem.attendants], 3)
    return given.model_copy(update={"attendants": tuple(found)})


def _one(draw: Draw, people: list[Attendant], skill: str) -> list[str]:
    able = [person.id for person in people if skill in person.skills]
    return [one_of(draw, *able)] if able else []
