"""No reason is untrue: what is said to be barred cannot be placed, and each rule named is needed for it."""

from __future__ import annotations

import os
import random
import threading

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Schedule, solve
from safeschedule.explaining.left_out import why_left_out
from safeschedule.explaining.unplaced.barriers import Barriers
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.model.candidates import suiting
from safeschedule.model.index import Index
from safeschedule.schedule import LeftOut, LeftOutKind
from safeschedule.solving.budget import Budget
from safeschedule.suggesting import Desk
from tests.explaining.unplaced_weeks import planned, possible, thinned
from tests.solving.drawn import easy_problems

BARRED = (LeftOutKind.IMPOSSIBLE, LeftOutKind.BLOCKED)
OVERLAP = "no_overlap"


def unlimited() -> Budget:
    """Give a budget that never ends."""
    return Budget(None, None, threading.Event())


def struck(schedule: Schedule, draw: random.Random, most: int) -> Schedule:
    """Give a schedule from which some appointments are struck, so that some of what is left out fits."""
    gone = set(draw.sample(range(len(schedule.appointments)), min(most, len(schedule.appointments))))
    rest = tuple(a for n, a in enumerate(schedule.appointments) if n not in gone)
    return schedule.model_copy(update={"appointments": rest, "left_out": ()})


def check_true(problem: Problem, schedule: Schedule) -> list[LeftOut]:
    """Assert that nothing that is said to be barred can be placed by `suggest`, and the other way round."""
    entries = list(why_left_out(problem, schedule, unlimited()))
    desk = Desk(problem, schedule)
    for entry in entries:
        slots = desk.suggest(entry.request, 1).slots
        assert not (slots and entry.kind in BARRED), (entry, slots[0].appointment)
        assert entry.kind is not LeftOutKind.NOT_EXAMINED
        assert (entry.kind in BARRED) == bool(entry.rules), entry
    return entries


def check_needed(problem: Problem, schedule: Schedule, entry: LeftOut) -> None:
    """Assert in a model of the whole week that the rules named bar the request, and none can be spared."""
    asked = next(r for r in problem.requests if r.id == entry.request)
    if asked.group is not None or entry.kind not in BARRED or entry.rules == ("working_hours",):
        return
    index = Index(problem)
    suits = suiting(index)[index.request_number[asked.id]]
    people = [index.clinicians[c].id for c in np.flatnonzero(suits if suits.any() else ~suits)]
    if entry.kind is LeftOutKind.IMPOSSIBLE:
        # Whatever else is planned: nothing is.
        schedule = schedule.model_copy(update={"appointments": (), "blocks": ()})

    def fits(rules: set[str]) -> bool:
        return any(possible(problem, schedule, asked.id, person, None, rules) for person in people)

    named, hard = set(entry.rules), {n for n, s in problem.rulebook.settings().items() if s.hard}
    background = {OVERLAP} & hard
    assert named <= hard, entry
    assert not fits(named | background), entry
    for rule in entry.rules:
        # Where the team's meetings forbid it as well, it is without them that the rule is needed.
        assert fits((named | background) - {rule}) or fits(named - {rule}), (entry, rule)


def check_agreement(problem: Problem, schedule: Schedule, entry: LeftOut) -> None:
    """Assert that looking at each half-day finds no place where the short reason says that there is none."""
    week = Ground(problem, schedule)
    number = week.index.request_number[entry.request]
    verdicts = list(Barriers(week, unlimited()).verdicts(number))
    fitting = [verdict for verdict in verdicts if verdict.fits]
    assert bool(fitting) == (entry.kind is LeftOutKind.FITS), (entry, fitting)
    assert all(verdict.fits is not None for verdict in verdicts)


def check_all(problem: Problem, schedule: Schedule, draw: random.Random) -> int:
    """Check every reason for truth, and some for need and agreement; give how many there are."""
    entries = check_true(problem, schedule)
    for entry in draw.sample(entries, min(2, len(entries))):
        check_needed(problem, schedule, entry)
        check_agreement(problem, schedule, entry)
    return len(entries)


def check_drawn(problem: Problem, draw: random.Random) -> int:
    """Check the reasons of a drawn week that is planned for an instant and then thinned."""
    result = solve(problem, deterministic_limit=0.1, workers=1)
    if result.schedule is None:
        return 0
    return check_all(problem, struck(result.schedule, draw, draw.randint(0, 2)), draw)


@settings(max_examples=6, phases=[Phase.generate])
@given(easy_problems(), st.randoms(use_true_random=False))
@pytest.mark.slow
def test_reasons_of_drawn_weeks_are_true(problem: Problem, draw: random.Random) -> None:
    """If it fails, somebody hears that there is no place for a client for whom there is one."""
    check_drawn(problem, draw)


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="an hour; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
@settings(max_examples=200, phases=[Phase.generate])
@given(easy_problems(), st.randoms(use_true_random=False))
def test_reasons_of_many_drawn_weeks_are_true(problem: Problem, draw: random.Random) -> None:
    """If it fails, somebody hears that there is no place for a client for whom there is one."""
    check_drawn(problem, draw)


def test_reasons_of_a_thinned_week_are_true() -> None:
    """If it fails, a session that fits after a cancellation is said to be barred."""
    problem, schedule = thinned(3)
    entries = check_true(problem, schedule)
    assert {entry.kind for entry in entries} >= {LeftOutKind.FITS, LeftOutKind.BLOCKED}
    for kind in BARRED:
        for entry in [e for e in entries if e.kind is kind][:1]:
            check_needed(problem, schedule, entry)
            check_agreement(problem, schedule, entry)


@pytest.mark.skipif("SAFESCHEDULE_LONG" not in os.environ, reason="an hour; SAFESCHEDULE_LONG=1")
@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("profile", ["community", "over_demand", "few_rooms", "trauma", "scarce_skills"])
def test_reasons_of_generated_weeks_are_true(profile: str, seed: int) -> None:
    """If it fails, a coordinator turns somebody away who fits."""
    problem, schedule = planned(4 + seed % 5, seed, profile)
    draw = random.Random(seed)
    assert check_all(problem, struck(schedule, draw, draw.randint(0, 6)), draw)
