"""Gives rooms out to sessions that are placed, so that urgent slots keep theirs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.fitting import fitting_rooms, unusable
from safeschedule.model.index import Index
from safeschedule.model.rows import MODES, Rows
from safeschedule.model.slot_rooms import holds_rooms, needs_of_slots, slot_places
from safeschedule.model.slots import slots_of
from safeschedule.problem import Mode


@dataclass(frozen=True)
class _Stay:
    """A session that needs a room, and the rooms that fit it: the kept one, then the least wanted.

    One that is `held` is an urgent slot; the room of one that is `pinned` is not to choose.
    """

    number: int
    start: int
    end: int
    rooms: tuple[str, ...]
    half: tuple[int, int]
    """The clinician's number, and the half-day's."""
    kept: str | None = None
    held: bool = False
    pinned: bool = False

    def meets(self, other: _Stay) -> bool:
        return self.start < other.end and other.start < self.end


def assign_rooms(index: Index, rows: Rows, kept: Mapping[int, str] | None = None) -> dict[int, str]:
    """Return a room for each in-person session that needs one, by row number.

    `kept` names rooms, by row number, that sessions keep where that is possible.

    A clinician stays in one room as long as the rooms allow it. Sessions and urgent slots of one site and
    kind never outnumber its rooms, so that each minute's find room.
    Where one finds none that stays free until its end (rooms that serve several kinds, pinned
    rooms), the date's rooms are given out again, all together; one that even then finds none goes without.
    """
    found: dict[int, str] = {}
    by_day: dict[int, list[_Stay]] = defaultdict(list)
    stays = _stays(index, rows, kept or {})
    for stay in sorted(stays, key=lambda s: (len(s.rooms) > 1, s.kept is None, s.start, s.number)):
        by_day[stay.start // 1440].append(stay)
    for stays in by_day.values():
        given = _in_turn(stays)
        given = given if len(given) == len(stays) else _together(stays)
        given = _loosened(stays, given) if holds_rooms(index) else given
        found.update({stay.number: given[stay.number] for stay in stays if stay.number in given})
    slots = slots_of(rows)
    return {number: room for number, room in found.items() if not slots[number]}


def _stays(index: Index, rows: Rows, kept: Mapping[int, str]) -> list[_Stay]:
    stays = [*_sessions(index, rows), *_slots(index, rows)]
    wanted = Counter(room for stay in stays for room in stay.rooms)
    order = {room.id: number for number, room in enumerate(index.problem.rooms)}
    found = []
    for stay in stays:
        keeps = kept.get(stay.number) if kept.get(stay.number) in stay.rooms else None
        turn = sorted(stay.rooms, key=lambda room: (room != keeps, wanted[room], order[room]))
        found.append(replace(stay, rooms=tuple(turn), kept=keeps))
    return found


def _sessions(index: Index, rows: Rows) -> Iterator[_Stay]:
    """Yield the sessions that need a room."""
    in_person = rows.is_appointment & (rows.mode == MODES.index(Mode.IN_PERSON))
    pinned = {
        (index.request_number[p.request], index.minute(p.start)): p.room
        for p in index.problem.pinned_appointments
        if p.room is not None
    }
    sites, halves = [*index.site_number, None], index.half_of(rows.start)
    for n in np.flatnonzero(in_person).tolist():
        kind, start = index.request_types[int(rows.request[n])], int(rows.start[n])
        if kind.room_kind is None:
            continue
        pin = pinned.get((int(rows.request[n]), start))
        fitting = fitting_rooms(index, kind, sites[int(rows.site[n])]) if pin is None else frozenset({pin})
        end, half = int(rows.end[n]), (int(rows.clinician[n]), int(halves[n]))
        open_ = fitting - _shut(index, start, end)
        yield _Stay(n, start, end, tuple(open_), half, pinned=pin is not None)


def _slots(index: Index, rows: Rows) -> Iterator[_Stay]:
    """Yield the urgent slots for which a room is kept."""
    if "urgent_rooms" not in index.settings or "room_capacity" not in index.settings:
        return
    needs, halves = needs_of_slots(index), index.half_of(rows.start)
    for n, place in zip(*(each.tolist() for each in slot_places(index, rows)), strict=True):
        start, end, half = int(rows.start[n]), int(rows.end[n]), (int(rows.clinician[n]), int(halves[n]))
        for things in needs[place]:
            if rooms := things & {room.id for room in index.problem.rooms}:
                open_ = rooms - _shut(index, start, end)
                yield _Stay(n, start, end, tuple(open_), half, held=True)


def _shut(index: Index, start: int, end: int) -> set[str]:
    """Return the rooms that cannot be used all the time from a start to an end."""
    lost = index.once("unusable", lambda: {r.id: unusable(index, r) for r in index.problem.rooms})
    return {room for room, steps in lost.items() if steps & _steps(index, start, end)}


def _steps(index: Index, start: int, end: int) -> set[int]:
    """Return the grid steps from a start to an end."""
    return set(range(start // index.grid, -(-end // index.grid)))


def _in_turn(stays: list[_Stay]) -> dict[int, str]:
    """Return a room for each session in turn, its clinician's last one where that is free."""
    taken: dict[str, list[_Stay]] = defaultdict(list)
    mine: dict[int, str] = {}
    to_come = Counter(stay.half for stay in stays)
    found = {}

    def price(room: str, stay: _Stay) -> tuple[bool, bool, bool]:
        # A room whose clinician comes back in the half-day is the last to be given to another.
        others = bool(taken[room]) and taken[room][-1].half[0] != stay.half[0]
        return (
            room != stay.kept,
            room != mine.get(stay.half[0]),
            others and to_come[taken[room][-1].half] > 0,
        )

    for stay in stays:
        to_come[stay.half] -= 1
        free = [room for room in stay.rooms if not any(stay.meets(other) for other in taken[room])]
        if free:
            room = min(free, key=lambda room: price(room, stay))
            taken[room].append(stay)
            found[stay.number] = mine[stay.half[0]] = room
    return found


def _together(stays: list[_Stay]) -> dict[int, str]:
    """Return rooms for as many of a date's sessions as can have one."""
    model = cp_model.CpModel()
    takes = {(s.number, room): model.new_bool_var("") for s in stays for room in s.rooms}
    for stay in stays:
        model.add_at_most_one([takes[stay.number, room] for room in stay.rooms])
        # Of intervals that meet, one begins while the other goes on.
        going = [other for other in stays if other.start <= stay.start < other.end]
        for room in stay.rooms:
            model.add_at_most_one([takes[s.number, room] for s in going if room in s.rooms])
    keeping = [takes[s.number, s.kept] for s in stays if s.kept is not None]
    many = len(stays) + 1
    # A session comes before a slot, which is for one that may never come.
    weights = {stay.number: 1 if stay.held else many for stay in stays}
    served = cp_model.LinearExpr.weighted_sum(list(takes.values()), [weights[n] for n, _ in takes])
    staying = _staying(model, stays, takes)
    objective = many * (many * served + cp_model.LinearExpr.sum(keeping))
    model.maximize(objective + cp_model.LinearExpr.sum(staying))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 5.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _in_turn(stays)
    return {number: room for (number, room), taken in takes.items() if solver.boolean_value(taken)}


def _loosened(stays: list[_Stay], given: dict[int, str]) -> dict[int, str]:
    """Return the rooms without those that stand in the way of a slot that found none.

    Minute by minute there are rooms enough, if nobody insists on one.
    """
    near = [stay for stay in stays if stay.held and stay.number not in given]
    for stay in near:
        meeting = (s for s in stays if not s.pinned and s.meets(stay) and set(s.rooms) & set(stay.rooms))
        near += [other for other in meeting if other not in near]
    without = {stay.number for stay in near}
    return {number: room for number, room in given.items() if number not in without}


def _staying(
    model: cp_model.CpModel, stays: list[_Stay], takes: Mapping[tuple[int, str], cp_model.IntVar]
) -> list[cp_model.IntVar]:
    """Return literals that say where a clinician's next session of a half-day is in the same room."""
    by_half: dict[tuple[int, int], list[_Stay]] = defaultdict(list)
    for stay in sorted(stays, key=lambda s: (s.start, s.number)):
        by_half[stay.half].append(stay)
    found = []
    for one, other in (pair for half in by_half.values() for pair in pairwise(half)):
        for room in (room for room in one.rooms if room in other.rooms):
            both = model.new_bool_var("")
            model.add_implication(both, takes[one.number, room])
            model.add_implication(both, takes[other.number, room])
            found.append(both)
    return found
