"""Planned weeks with requests left out, and an oracle that asks the model of the whole week."""

from __future__ import annotations

import random
from collections.abc import Collection
from functools import cache

import numpy as np
from ortools.sat.python import cp_model

from safeschedule import Problem, Schedule, solve
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates, unsifted_sessions
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Role, join_rows
from safeschedule.problem import BlockKind, RuleSetting
from safeschedule.samples import generate
from safeschedule.schedule.serving import served
from safeschedule.verifier import verify


@cache
def planned(clinicians: int, seed: int, profile: str = "community") -> tuple[Problem, Schedule]:
    """Give a made-up team's week and a schedule of it, which is mostly not the best one."""
    problem = generate(clinicians, seed, profile=profile)
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.schedule is not None
    return problem, result.schedule


def thinned(seed: int) -> tuple[Problem, Schedule]:
    """Give a made-up team's week from which some appointments have been struck: more is left out.

    One without which a hard rule would be broken stays, such as the work to which documentation belongs.
    """
    problem, schedule = planned(4, 1)
    draw = random.Random(seed)
    thinner = schedule.model_copy(update={"left_out": ()})
    for struck in draw.sample(schedule.appointments, draw.randint(0, 12)):
        kept = tuple(a for a in thinner.appointments if a != struck)
        without = thinner.model_copy(update={"appointments": kept})
        thinner = without if verify(problem, without).compliant else thinner
    return problem, thinner


def left_out(problem: Problem, schedule: Schedule) -> list[str]:
    """Give the requests of which sessions are missing."""
    count = served(problem, schedule)
    return [request.id for request in problem.requests if count[request.id] < request.count]


def only(problem: Problem, names: Collection[str]) -> Problem:
    """Give the problem under these rules alone, of those that are hard in its rulebook."""
    keep = {n: problem.rulebook.rules.get(n, RuleSetting()) for n in problem.rulebook.settings()}
    # What a rule that is off says of itself may count for another one: only its switch changes.
    off = {"enabled": False}
    rules = {n: s if n in names else s.model_copy(update=off) for n, s in keep.items()}
    return problem.with_settings(rules)


def possible(
    problem: Problem,
    schedule: Schedule,
    request: str,
    clinician: str,
    half: int | None,
    rules: Collection[str],
) -> bool:
    """Say whether a request can be with a clinician in a half-day, or at all, when only these rules hold.

    Asked of a model of the whole week in which everything but the clinician's own blocks is fixed.
    """
    given = only(problem, rules)
    index = Index(given)
    number, person = index.request_number[request], index.clinician_number[clinician]
    offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
    offered[number, person] = True
    nobody = np.zeros_like(offered)
    blocks = candidates(index, nobody)
    adopted = adopt(index, schedule, join_rows([blocks, unsifted_sessions(index, offered)]))
    rows, chosen = adopted.rows, adopted.chosen
    own = rows.is_block & (rows.role == Role.SOLO) & (rows.clinician == person)
    own &= ~rows.of_block(BlockKind.URGENT_SLOT)
    wanted = ~chosen & (rows.request == number) & rows.is_session
    wanted &= half is None or index.half_of(rows.start) == half
    part = np.flatnonzero(own | wanted | chosen)
    build = encode(index, rows.take(part), fixed=(chosen & ~own)[part])
    build.model.add(cp_model.LinearExpr.sum([build.row_vars[n] for n in np.flatnonzero(wanted[part])]) >= 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(build.model)
    assert status in (cp_model.OPTIMAL, cp_model.FEASIBLE, cp_model.INFEASIBLE)
    return status != cp_model.INFEASIBLE
