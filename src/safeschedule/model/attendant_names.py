"""Gives attendants to sessions that are placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from safeschedule.model.attending import calls, stated_ways
from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import MODES, Rows, groups
from safeschedule.problem import Mode

_IN_PERSON = MODES.index(Mode.IN_PERSON)


@dataclass(frozen=True)
class SkillDemand:
    """Places of one session for one skill: its row and time, how many, and who could fill them.

    Parameters
    ----------
    site
        -1 by telehealth, and where it is not named.
    kept
        Of those who could fill it, who attended the session before.
    """

    row: int
    request: int
    start: int
    end: int
    site: int
    count: int
    able: tuple[int, ...]
    kept: frozenset[int]


def assign_attendants(
    index: Index, rows: Rows, kept: Mapping[int, tuple[str, ...]] | None = None
) -> dict[int, tuple[str, ...]]:
    """Return the attendants of each session that needs some, by row number, in the problem's order.

    `kept` names attendants, by row number, whom sessions keep where that is possible. Then a request has one
    attendant in all its sessions as far as that goes: it is known who speaks to whom. A session whose places
    cannot all be filled has those that can.
    """
    places = places_of(index, rows, kept or {})
    # Who has no choice comes first, as the others can go by.
    places.sort(key=lambda p: (len(p.able) > p.count, not p.kept, p.start, p.row))
    if not places:
        return {}
    given = _in_turn(index, places)
    if given is None:
        given = _together(index, places)
    people: dict[int, set[int]] = defaultdict(set)
    for place, attendants in zip(places, given, strict=True):
        people[place.row].update(attendants)
    codes = [person.id for person in index.problem.attendants]
    return {row: tuple(codes[n] for n in sorted(found)) for row, found in people.items() if found}


def places_of(index: Index, rows: Rows, kept: Mapping[int, tuple[str, ...]]) -> list[SkillDemand]:
    """Return the places of the sessions among the rows, with the attendants of `kept` by row number."""
    called = calls(index, rows)
    number = {person.id: n for n, person in enumerate(index.problem.attendants)}
    found = []
    for _, members in groups(called.place):
        row = int(called.rows[members[0]])
        able = tuple(sorted(called.attendant[members].tolist()))
        before = {number[code] for code in kept.get(row, ()) if code in number}
        in_person = rows.mode[row] == _IN_PERSON
        found.append(
            SkillDemand(
                row,
                int(rows.request[row]),
                int(rows.start[row]),
                int(rows.end[row]),
                int(rows.site[row]) if in_person else -1,
                int(called.count[members[0]]),
                able,
                frozenset(before & set(able)),
            )
        )
    return found


class Bookings:
    """What attendants have been given, and whether they can have more."""

    def __init__(self, index: Index) -> None:
        self._ways: Ints = stated_ways(index)
        self._held: dict[int, list[SkillDemand]] = defaultdict(list)
        self._left = {
            n: person.weekly_minutes
            for n, person in enumerate(index.problem.attendants)
            if person.weekly_minutes is not None
        }

    def can(self, attendant: int, place: SkillDemand) -> bool:
        """Return whether an attendant is free for a place, and has minutes left in the week."""
        if place.end - place.start > self._left.get(attendant, place.end):
            return False
        return not any(self.meet(place, other) for other in self._held[attendant])

    def meet(self, one: SkillDemand, other: SkillDemand) -> bool:
        """Return whether nobody can be in both: they overlap, or the way between them takes too long."""
        there = back = 0
        if one.site >= 0 and other.site >= 0:
            there, back = int(self._ways[one.site, other.site]), int(self._ways[other.site, one.site])
        return one.start < other.end + back and other.start < one.end + there

    def give(self, attendant: int, place: SkillDemand) -> None:
        """Book an attendant for a place."""
        self._held[attendant].append(place)
        if attendant in self._left:
            self._left[attendant] -= place.end - place.start

    def take_back(self, attendant: int, place: SkillDemand) -> None:
        """Undo a booking."""
        self._held[attendant].remove(place)
        if attendant in self._left:
            self._left[attendant] += place.end - place.start


def _in_turn(index: Index, places: list[SkillDemand]) -> list[tuple[int, ...]] | None:
    """Return who fills each place, one place after the other; ``None`` when somebody is missing so."""
    diaries, before = Bookings(index), dict[int, set[int]]()
    found = []
    for place in places:
        known = before.setdefault(place.request, set())
        turn = sorted(place.able, key=lambda a: (a not in place.kept, a not in known, a))
        free = [attendant for attendant in turn if diaries.can(attendant, place)][: place.count]
        if len(free) < place.count:
            return None
        for attendant in free:
            diaries.give(attendant, place)
        known.update(free)
        found.append(tuple(free))
    return found


def _together(index: Index, places: list[SkillDemand]) -> list[tuple[int, ...]]:
    """Return who fills each place, all at once: as many as can be, then as few new ones as can be."""
    model, diaries = cp_model.CpModel(), Bookings(index)
    takes = {(n, a): model.new_bool_var("") for n, place in enumerate(places) for a in place.able}
    mine: dict[int, list[int]] = defaultdict(list)
    for number, place in enumerate(places):
        model.add(cp_model.LinearExpr.sum([takes[number, a] for a in place.able]) <= place.count)
        for attendant in place.able:
            mine[attendant].append(number)
    for attendant, numbers in mine.items():
        for position, one in enumerate(numbers):
            for other in numbers[position + 1 :]:
                if diaries.meet(places[one], places[other]):
                    model.add_at_most_one([takes[one, attendant], takes[other, attendant]])
        most = index.problem.attendants[attendant].weekly_minutes
        if most is not None:
            minutes = [places[n].end - places[n].start for n in numbers]
            held = [takes[n, attendant] for n in numbers]
            model.add(cp_model.LinearExpr.weighted_sum(held, minutes) <= most)
    keeping = [takes[n, a] for n, place in enumerate(places) for a in sorted(place.kept)]
    served, many = cp_model.LinearExpr.sum(list(takes.values())), len(places) + 1
    model.maximize(10 * many * served + cp_model.LinearExpr.sum(keeping))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 20.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return [() for _ in places]
    return [
        tuple(a for a in place.able if solver.boolean_value(takes[n, a])) for n, place in enumerate(places)
    ]
