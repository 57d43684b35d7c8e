"""Tiny weeks, planned, and a second opinion on what they can take."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import combinations
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

from safeschedule import solve
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Role
from safeschedule.problem import BlockKind, Client, Leave, Problem, Request
from safeschedule.problem.clock import moment_at
from safeschedule.schedule import Schedule
from tests.solving.weeks import hours

OWN = (BlockKind.DOCUMENTATION, BlockKind.BREAK, BlockKind.RESERVE, BlockKind.RESET)
HELD = {
    "consultation": {"enabled": False},
    "coordination": {"enabled": False},
    "supervision": {"enabled": False},
    "urgent_slots": {"parameters": {"clinicians": 4}},
}


def team(people: int = 3, sessions: int = 4, rooms: int = 2, **changes: Any) -> Problem:
    """Return a few clinicians with a whole Monday and a Tuesday morning, and some sessions each."""
    work = [*hours("mon", start="09:00", end="16:00"), *hours("tue", end="12:00")]
    given: dict[str, Any] = {
        "name": "duty",
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [
            {"id": f"C{n}", "working": work, "is_supervisor": n < 2, "skills": ["duty"] if n else []}
            for n in range(people)
        ],
        "clients": [
            {"id": f"P{n}", "clinician": f"C{n % people}", "band": "high" if n % 3 == 0 else "low"}
            for n in range(sessions * people)
        ],
        "session_types": [
            {"id": "talk", "minutes": 60, "room_kind": "consulting"},
            {"id": "crisis", "minutes": 60, "kind": "crisis", "intensity": "high", "room_kind": "consulting"},
        ],
        "requests": [
            {"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(sessions * people)
        ],
        "rooms": [{"id": f"room-{n}"} for n in range(rooms)],
        "rulebook": {"rules": HELD},
    }
    return Problem.model_validate(given | changes)


@cache
def _planned(text: str) -> Schedule:
    found = solve(Problem.model_validate_json(text), deterministic_limit=0.3, workers=1)
    assert found.schedule is not None, found.explanation
    return found.schedule


def planned(problem: Problem) -> Schedule:
    """Return a schedule of a week; the same for the same week."""
    return _planned(problem.model_dump_json())


def fits(
    problem: Problem, schedule: Schedule, half: int, urgent: int, absent: Iterable[int], kind: str = "crisis"
) -> int:
    """Return how many cases the team can take, by one model of its whole week in which all of it is rows.

    It knows nothing of single clinicians' answers, of parts and of search: only what is asked.
    """
    day, gone = half // 2, set(absent)
    begin = day * 1440 + (problem.rulebook.midday if half % 2 else 0)
    until = (day + 1) * 1440 if half % 2 else day * 1440 + problem.rulebook.midday
    codes = [f"case {n}" for n in range(urgent)]
    date = moment_at(problem.week_start, day * 1440).date()
    cases = [Request(id=code, client=code, session_type=kind, earliest=date, latest=date) for code in codes]
    clients = [Client(id=code, band="low", points=0) for code in codes]
    away = Leave(start=moment_at(date, 0), end=moment_at(date, 1440))
    wide = problem.model_copy(
        update={
            "clinicians": tuple(
                c.model_copy(update={"leave": (*c.leave, away)}) if n in gone else c
                for n, c in enumerate(problem.clinicians)
            ),
            "clients": (*problem.clients, *clients),
            "requests": (*problem.requests, *cases),
        }
    )
    index = Index(wide)
    first = len(problem.requests)
    offered = candidates(index)
    mine = offered.is_session & (offered.request >= first)
    mine &= (offered.start >= begin) & (offered.start < until)
    own = (offered.role == Role.SOLO) & offered.of_block(*OWN)
    adopted = adopt(index, schedule, offered.take(mine | own))
    rows, there = adopted.rows, adopted.chosen
    out = there & (rows.day == day) & np.isin(rows.clinician, sorted(gone))
    there = there & ~out
    free = (rows.role == Role.SOLO) & (rows.day == day) & (rows.start >= begin)
    free &= rows.of_block(*OWN) | (rows.of_block(BlockKind.URGENT_SLOT) & there)
    free &= ~np.isin(rows.clinician, sorted(gone))
    case = rows.is_session & (rows.request >= first)
    taking = np.flatnonzero(there | free | case)
    part = rows.take(taking)
    settings = {
        n: s for n, s in index.settings.items() if s.hard and n not in ("urgent_slots", "urgent_rooms")
    }
    build = encode(index, part, fixed=(there & ~free)[taking], settings=settings)
    build.model.maximize(sum(build.row_vars[n] for n in np.flatnonzero(case[taking])))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(build.model) == cp_model.OPTIMAL
    return round(solver.objective_value)


def refuting(
    problem: Problem, schedule: Schedule, urgent: int, sick: int
) -> list[tuple[int, tuple[int, ...]]]:
    """Return every pick of half-day and absent clinicians that leaves a case without a place."""
    people = range(len(problem.clinicians))
    sets = [each for size in range(sick + 1) for each in combinations(people, size)]
    halves = [half for half in (0, 1, 2) if problem.clinicians]
    return [
        (half, each)
        for half in halves
        for each in sets
        if fits(problem, schedule, half, urgent, each) < urgent
    ]
