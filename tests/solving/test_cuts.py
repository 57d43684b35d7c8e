"""Cuts from single clinicians' weeks, held against the integer programme of the whole plan layer."""

from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings

from safeschedule import Problem
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.relaxation.assignment_plan import PlanSolver
from safeschedule.solving.relaxation.block_structure import split
from safeschedule.solving.relaxation.lagrangian import RelaxationLimits, Relaxed, tightened, weighed
from safeschedule.solving.relaxation.mip import Programme
from safeschedule.solving.tiers import soft_tiers
from tests.solving.test_wide import with_new_clients

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SECONDS = 60.0


def relaxed_week(problem: Problem) -> Relaxed:
    """Return the relaxation of a week's plan layer, no clinician's week weighed yet."""
    index = Index(problem)
    build = encode(index, candidates(index), exact=False)
    planning = PlanSolver(build, Budget(None, None, threading.Event()), SECONDS, 0, PlanParameters())
    answer = planning.relax(planning.total)
    return Relaxed(
        planning.programme,
        build,
        planning.by_level,
        planning.total,
        answer,
        range(len(index.clinicians)),
    )


@given(problem=with_new_clients())
@settings(deadline=None, suppress_health_check=SLOW, max_examples=60)
def test_cuts_leave_every_whole_plan_in(problem: Problem) -> None:
    """If it fails, a cut takes away the best plan, or the weeks' bound is below it: a false bound."""
    if not soft_tiers(Index(problem).settings):
        return
    relaxed = relaxed_week(problem)
    if not relaxed.solved:
        return
    before = Programme(relaxed.programme.system).solve(relaxed.total, seconds=SECONDS)
    weeks = weighed(relaxed, RelaxationLimits(SECONDS))
    if before.values is None:
        return
    assert weeks.bound >= before.objective - 1e-6
    for row in weeks.cuts:
        factors, values = zip(*((f, before.values[v]) for f, v in row[0]), strict=True)
        assert float(np.dot(factors, values)) <= row[2] + 1e-6


def test_cuts_tighten_a_week_that_packs_badly() -> None:
    """If it fails, the relaxation goes on filling half-days with parts of sessions."""
    relaxed = relaxed_week(generate(5, 3))
    before = relaxed.answer.bound
    tighter = tightened(relaxed, RelaxationLimits(SECONDS), lambda: SECONDS)
    best = tighter.programme.solve(relaxed.total, seconds=SECONDS, bounding=True)
    assert tighter.hard
    assert best.objective <= tighter.answer.bound < before
    assert tighter.answer.bound <= weighed(relaxed, RelaxationLimits(SECONDS)).bound + 1.0


def test_a_week_that_is_not_settled_says_nothing_false() -> None:
    """If it fails, a limit that is too short for a week gives a bound all the same."""
    relaxed = relaxed_week(generate(4, 1))
    over = replace(RelaxationLimits(SECONDS), over=lambda: True)
    weeks = weighed(relaxed, over)
    assert weeks.bound == float("inf")
    assert not weeks.cuts
    assert weeks.unsettled == list(relaxed.unsettled)


def test_a_split_leaves_nothing_out() -> None:
    """If it fails, a row or variable of the plan layer belongs to nobody and is not shared either."""
    relaxed = relaxed_week(generate(5, 1))
    system = relaxed.programme.system
    owner = np.full(len(system.lower), -1, dtype=np.int64)
    owner[[v.index for v in relaxed.build.plan_vars]] = relaxed.build.plan.clinician
    apart = split(system, owner)
    seen = np.zeros(system.rows, dtype=bool)
    for person in range(5):
        part, columns, rows = apart.part(system, person)
        assert part.rows == len(rows)
        assert (apart.owner[columns] == person).all()
        seen[rows] = True
    assert (seen == (apart.own_row >= 0)).all()
    shared = system.row[apart.owner[system.column] < 0]
    assert (apart.own_row[shared] == -1).all()


def test_a_relaxation_that_cannot_be_solved_again_is_kept() -> None:
    """If it fails, cuts for which there is no time cost the bound that there was."""
    relaxed = relaxed_week(generate(5, 3))
    same = tightened(relaxed, RelaxationLimits(SECONDS), lambda: 0.0)
    assert same.solved
    assert same.answer.bound <= relaxed.answer.bound
