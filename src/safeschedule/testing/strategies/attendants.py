"""Attendants of small problems, what needs them, and who of them is named in a drawn session."""

from __future__ import annotations

from safeschedule.problem import Attendant, Problem
from safeschedule.problem.attendants import merged_needs
from safeschedule.problem.clock import minutes_after
from safeschedule.problem.people import PASSED
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
    known = list(dict.fromkeys(skill for person in given["attendants"] for skill in person["skills"]))
    for kind in given["session_types"]:
        kind["needs_attendants"] = _needs(draw, known, 15)
    for asked in (*given["requests"], *given["groups"]):
        if "group" not in asked:
            asked["needs_attendants"] = _needs(draw, known, 40)


def _attendant(draw: Draw, scene: Scene, code: str) -> Entry:
    away = draw_leave(draw, scene) if chance(draw, 40) else []
    return {
        "id": code,
        "skills": one_of(draw, ATTENDANT_SKILLS[:1], ATTENDANT_SKILLS[1:], ATTENDANT_SKILLS),
        "working": working_periods(draw, scene) if chance(draw, 30) else _long_days(scene),
        "sites": some_of(draw, scene.sites) if chance(draw, 40) else [],
        "telehealth": not chance(draw, 25),
        "weekly_minutes": one_of(draw, None, None, None, 60, 120, 200),
        # Time that has passed is said of clinicians alone.
        "leave": [{**entry, "kind": "sick" if entry["kind"] == PASSED else entry["kind"]} for entry in away],
    }


def _long_days(scene: Scene) -> list[Entry]:
    """Return periods that hold nearly all of the team's."""
    return [{"day": scene.weekday(day), "start": "08:00", "end": "24:00"} for day in range(7)]


def _needs(draw: Draw, known: list[str], percent: int) -> list[Entry]:
    if not chance(draw, percent):
        return []
    skills = some_of(draw, ATTENDANT_SKILLS) if chance(draw, 15) else some_of(draw, known) or known[:1]
    entries: list[Entry] = [{"skill": skill} for skill in skills]
    if entries and chance(draw, 8):
        entries[0] |= {"count": 2}
    return entries


class Attending:
    """Names attendants for one session after the other of a drawn schedule."""

    def __init__(self, draw: Draw, problem: Problem) -> None:
        self._draw, self._problem = draw, problem
        self._types = problem.by_code.session_types
        self._requests = problem.by_code.requests
        self._groups = problem.by_code.groups
        self._busy: dict[str, list[tuple[int, int]]] = {}

    def of(self, given: Appointment) -> Appointment:
        """Return a session with attendants: mostly as many as it needs and who are free, now and then any."""
        draw, people = self._draw, self._problem.attendants
        if not people:
            return given
        asked = self._groups[given.group] if given.group else self._requests[given.request or ""]
        needs = merged_needs(self._types[given.session_type].needs_attendants, asked.needs_attendants)
        found: list[str] = []
        for skill, count in needs.items():
            for _ in range(count):
                found += self._one([a for a in people if a.id not in found and skill in a.skills], given)
        if chance(draw, 8):
            found = some_of(draw, [attendant.id for attendant in people], 3)
        start = minutes_after(self._problem.week_start, given.start)
        for code in found:
            self._busy.setdefault(code, []).append((start, start + given.minutes))
        return given.model_copy(update={"attendants": tuple(found)})

    def _one(self, able: list[Attendant], given: Appointment) -> list[str]:
        free = [person for person in able if self._is_free(person, given)]
        if free and not chance(self._draw, 15):
            able = free
        return [one_of(self._draw, *able).id] if able else []

    def _is_free(self, person: Attendant, given: Appointment) -> bool:
        """Return whether somebody works then and is at no other session; sites and modes are left aside."""
        start = minutes_after(self._problem.week_start, given.start)
        end, day = start + given.minutes, given.start.weekday()
        first = start % 1440
        working = any(
            p.day.number == day and p.start <= first and first + given.minutes <= p.end
            for p in person.working
        )
        return working and all(b <= start or end <= a for a, b in self._busy.get(person.id, ()))
