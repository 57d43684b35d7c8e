"""Gives rooms out to sessions that are placed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Index
from safeschedule.model.rooming import fitting_rooms, unusable
from safeschedule.model.rows import MODES, Rows
from safeschedule.problem import Mode


@dataclass(frozen=True)
class _Stay:
    """A session that needs a room, and the rooms that fit it: the kept one, then the least wanted."""

    number: int
    start: int
    end: int
    rooms: tuple[str, ...]
    half: tuple[int, int]
    """The clinician's number, and the half-day's."""
    kept: str | None = None

    def meets(self, other: _Stay) -> bool:
        return self.start < other.end and other.start < self.end


def assign_rooms(index: Index, rows: Rows, kept: Mapping[int, str] | None = None) -> dict[int, str]:
    """Return a room for each in-person session that needs one, by row number.

    `kept` names rooms, by row number, that sessions keep where that is possible.

    A clinician stays in one room as long as the rooms allow it. Sessions of one site and kind never
    outnumber its rooms, so that each minute's sessions find room.
    Where a session finds none that stays free until its end (rooms that serve several kinds, pinned
    rooms), the date's rooms are given out again, all together; one that even then finds none goes without.
    """
    found: dict[int, str] = {}
    by_day: dict[int, list[_Stay]] = defaultdict(list)
    stays = _stays(index, rows, kept or {})
    for stay in sorted(stays, key=lambda s: (len(s.rooms) > 1, s.kept is None, s.start, s.number)):
        by_day[stay.start // 1440].append(stay)
    for stays in by_day.values():
        given = _in_turn(stays)
        found.update(given if len(given) == len(stays) else _together(stays))
    return found


def _stays(index: Index, rows: Rows, kept: Mapping[int, str]) -> list[_Stay]:
    in_person = rows.is_appointment & (rows.mode == MODES.index(Mode.IN_PERSON))
    pinned = {
        (index.request_number[p.request], index.minute(p.start)): p.room
        for p in index.problem.pinned_appointments
        if p.room is not None
    }
    sites = [*index.site_number, None]
    lost = {room.id: unusable(index, room) for room in index.problem.rooms if room.unavailable}
    stays = []
    for n in np.flatnonzero(in_person).tolist():
        kind, start = index.request_types[int(rows.request[n])], int(rows.start[n])
        if kind.room_kind is None:
            continue
        shut = {room for room, steps in lost.items() if steps & _steps(index, start, int(rows.end[n]))}
        pin = pinned.get((int(rows.request[n]), start))
        fitting = fitting_rooms(index, kind, sites[int(rows.site[n])]) if pin is None else frozenset({pin})
        stays.append((n, start, int(rows.end[n]), fitting - shut))
    wanted = Counter(room for *_, fitting in set(stays) for room in fitting)
    order = {room.id: number for number, room in enumerate(index.problem.rooms)}
    halves = index.half_of(rows.start)
    found = []
    for n, start, end, fitting in stays:
        keeps = kept.get(n) if kept.get(n) in fitting else None
        turn = sorted(fitting, key=lambda room: (room != keeps, wanted[room], order[room]))
        half = (int(rows.clinician[n]), int(halves[n]))
        found.append(_Stay(n, start, end, tuple(turn), half, keeps))
    return found


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
    served = cp_model.LinearExpr.sum(list(takes.values()))
    staying = _staying(model, stays, takes)
    many = len(stays) + 1
    objective = many * (many * served + cp_model.LinearExpr.sum(keeping))
    model.maximize(objective + cp_model.LinearExpr.sum(staying))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = 5.0
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _in_turn(stays)
    return {number: room for (number, room), taken in takes.items() if solver.boolean_value(taken)}


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
