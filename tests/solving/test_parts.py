"""Parts of a week solved alone: what they change is what the whole model allows, for what it says."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from safeschedule import Problem
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import only_of, part_of
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import Improvement, State, Task
from safeschedule.solving.streaming import stream
from safeschedule.solving.subproblem import Engine
from tests.solving.drawn import SOFTENABLE, easy_problems, softened
from tests.solving.states import changed, mask_of, solver_for
from tests.solving.weeks import crowded, team
from tests.solving.whole import random_rows, solve_rows

Seen = TypeVar("Seen")

# Shrinking solves hundreds of weeks; a failing one is small enough to be read as it is.
UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
DRAWN = easy_problems(max_clinicians=3, max_sessions=5, max_days=3)


@st.composite
def weeks(draw: st.DrawFn) -> Problem:
    """Draw a week, now and then one in which everything binds, with some rules soft."""
    problem = draw(DRAWN) if draw(st.integers(0, 9)) else draw(st.sampled_from([team(), crowded(3)]))
    return softened(problem, sorted(draw(st.sets(st.sampled_from(SOFTENABLE), max_size=4))))


def some_state(solver: Solver, random: np.random.Generator) -> State | None:
    """Return any schedule, better or worse, or ``None`` when there is none."""
    found = random_rows(encode(solver.index, solver.rows), random)
    if found is None:
        return None
    state = solver.look(found)
    assert state is not None, "the model refuses its own schedule"
    return state


def some_people(solver: Solver, random: np.random.Generator) -> list[int]:
    """Return some clinicians, at least one."""
    count = len(solver.index.clinicians)
    return sorted(random.choice(count, size=random.integers(1, count + 1), replace=False).tolist())


def some_free(solver: Solver, people: list[int], random: np.random.Generator) -> Bools:
    """Return some or all of the clinicians' rows."""
    own = only_of(solver.rows, people)
    return own & (random.random(len(own)) < random.choice([0.3, 0.7, 1.0]))


def check_change(solver: Solver, state: State, change: Improvement) -> None:
    """Assert that the whole model takes the change, and values it as the part does."""
    after = solver.look(changed(state, change))
    assert after is not None, "the whole model refuses what a part allows"
    promised = tuple(a + b for a, b in zip(state.values, change.gain, strict=True))
    assert promised == after.values, "a part promises something else than the whole model gives"


def seen_in_weeks(check: Callable[[Problem, int], Seen], examples: int) -> Counter[Seen]:
    """Return how often a check of drawn weeks, each with a seed, returned what."""
    seen: Counter[Seen] = Counter()

    @settings(max_examples=examples, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(weeks(), st.integers(0, 10_000))
    def each(problem: Problem, seed: int) -> None:
        seen[check(problem, seed)] += 1

    each()
    return seen


def check_part(problem: Problem, seed: int) -> str:
    """Assert it for one part of one schedule; return what was seen."""
    random = np.random.default_rng(seed)
    solver = solver_for(problem)
    state = some_state(solver, random)
    if state is None:
        return "no schedule"
    people = some_people(solver, random)
    free = some_free(solver, people, random)
    change = solver.improve(state, Task(people, free))
    assert change is not None, "the schedule at hand is possible, so that there is one as good"
    assert change.optimal
    assert not np.isin(np.concatenate([change.out, change.into]), np.flatnonzero(~free)).any()
    assert change.gain >= (0,) * len(change.gain)
    check_change(solver, state, change)
    return "better" if any(change.gain) else "as good"


@pytest.mark.slow
def test_changes_of_a_part_are_those_of_the_whole() -> None:
    """If it fails, a clinician's week is made anew in a way that breaks a rule or is worth less than said."""
    seen = seen_in_weeks(check_part, 60)
    assert seen["better"] >= 0.2 * seen.total(), seen


def check_nothing_lost(problem: Problem, seed: int) -> bool:
    """Assert that a part can say what the whole model can; return whether anything was changed."""
    random = np.random.default_rng(seed)
    solver = solver_for(problem)
    state = some_state(solver, random)
    if state is None:
        return False
    people = some_people(solver, random)
    free = some_free(solver, people, random)
    whole = part_of(solver.index, solver.rows, state.chosen, free)
    build = encode(solver.index, solver.rows.take(whole.numbers), fixed=whole.fixed)
    found = random_rows(build, random)
    assert found is not None, "the schedule at hand is possible"
    other = np.zeros_like(state.chosen)
    other[whole.numbers[found]] = True
    part = part_of(solver.index, solver.rows, state.chosen, free, people)
    assert not (other & ~state.chosen)[np.setdiff1d(np.arange(len(other)), part.numbers)].any()
    run = solver.prepare(part, other[part.numbers])
    values = run.of_hint()
    assert values is not None, "a part refuses what the whole model allows"
    after = solver.look(other)
    assert after is not None
    before = solver.prepare(part, state.chosen[part.numbers]).of_hint()
    assert before is not None
    gain = tuple(a - b for a, b in zip(values, before, strict=True))
    assert gain == tuple(a - b for a, b in zip(after.values, state.values, strict=True))
    return bool((other != state.chosen).any())


@pytest.mark.slow
def test_a_part_loses_nothing() -> None:
    """If it fails, good changes are ruled out because others' weeks are not looked at, or are misjudged."""
    seen = seen_in_weeks(check_nothing_lost, 60)
    assert seen[True] >= 0.3 * seen.total(), seen


def check_together(problem: Problem, seed: int, depth: int) -> int:
    """Assert that what is taken side by side keeps the rules; return how many changes were taken."""
    random = np.random.default_rng(seed)
    solver = solver_for(problem)
    state = some_state(solver, random)
    if state is None:
        return 0
    order = random.permutation(len(solver.index.clinicians)).tolist()
    tasks = [Task([c], some_free(solver, [c], random)) for c in order]
    taken: list[Improvement] = []
    seen: list[int] = []

    def learn(_: State, task: Task, change: Improvement | None) -> None:
        seen.extend(task.people)
        if change is not None and (len(change.out) or len(change.into)):
            taken.append(change)

    def draw(_: State, busy: frozenset[int]) -> Task | None:
        return tasks[len(seen) + len(busy)] if len(seen) + len(busy) < len(tasks) else None

    with ThreadPoolExecutor(max_workers=1) as pool:
        after = stream(solver, pool, state, draw, learn, depth)
    assert seen == order
    real = solver.look(after.chosen)
    assert real is not None, "changes that break a rule together were taken"
    assert state.values <= after.values
    assert after.values == real.values
    merged = state.chosen.copy()
    for change in taken:
        merged[change.out] = False
        merged[change.into] = True
    assert (merged == after.chosen).all()
    return len(taken)


@pytest.mark.slow
@pytest.mark.long
def test_parts_side_by_side() -> None:
    """If it fails, two parts that were solved at the same time clash in a client, a room or a joint block."""
    seen: Counter[int] = Counter()

    @settings(max_examples=60, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(weeks(), st.integers(0, 10_000))
    def fit(problem: Problem, seed: int) -> None:
        seen[check_together(problem, seed, depth=1 + seed % 4)] += 1

    fit()
    assert seen[0] <= 0.8 * seen.total(), seen


@pytest.mark.parametrize("count", [1, 2])
def test_parts_side_by_side_with_few_rooms(count: int) -> None:
    """If it fails, two clinicians improved side by side are given the same room."""
    rooms = [{"id": f"room-{number}"} for number in range(count)]
    taken = [check_together(crowded(4, rooms=rooms), seed, depth=4) for seed in range(4)]
    assert max(taken) >= 2, taken


def test_all_people_and_all_rows_are_the_whole() -> None:
    """If it fails, a part of everybody is worth less than the whole week."""
    solver = solver_for(team())
    whole = solve_rows(solver.index, solver.rows)
    assert whole is not None
    start = some_state(solver, np.random.default_rng(2))
    assert start is not None
    everyone = list(range(len(solver.index.clinicians)))
    change = solver.improve(start, Task(everyone, np.ones(len(solver.rows), dtype=bool)))
    assert change is not None
    assert change.optimal
    values = tuple(a + b for a, b in zip(start.values, change.gain, strict=True))
    best = solver.look(mask_of(solver.rows, whole.rows))
    assert best is not None
    assert values == best.values


def test_caps_only_end_the_search_sooner() -> None:
    """If it fails, being told what is good enough makes a part worse than that."""
    solver = solver_for(crowded(3))
    start = some_state(solver, np.random.default_rng(5))
    assert start is not None
    task = Task([0], only_of(solver.rows, [0]))
    free = solver.improve(start, task)
    assert free is not None
    room = tuple(float(gain) for gain in solver.merged(free.gain))
    capped = solver.improve(start, Task(task.people, task.free, room))
    assert capped is not None
    assert capped.gain == free.gain
    none = solver.improve(start, Task(task.people, task.free, (0.0,) * len(room)))
    assert none is not None
    assert not any(none.gain)


def test_refused_schedule_has_no_state() -> None:
    """If it fails, a schedule that breaks a rule counts as the best one."""
    solver = solver_for(team())
    sessions = np.flatnonzero(solver.rows.is_session & (solver.rows.clinician == 0))
    first = sessions[0]
    clash = [s for s in sessions if solver.rows.start[s] == solver.rows.start[first]][:2]
    assert len(clash) == 2
    chosen = np.zeros(len(solver.rows), dtype=bool)
    chosen[clash] = True
    assert solver.look(chosen) is None


def test_a_part_starts_from_what_there_is() -> None:
    """If it fails, a part that had hardly any time answers nothing, although it was told a schedule."""
    solver = solver_for(generate(5, 1))
    # In the solver's own units: on a busy machine so many seconds would be none.
    solver.budget = Budget(None, 1000.0, threading.Event())
    blocks = ~solver.rows.is_session
    part = part_of(solver.index, solver.rows, np.zeros(len(blocks), dtype=bool), blocks)
    found = solver.prepare(part, None, goalless=True).solve(
        budget=solver.budget, limit=60.0, seed=1, engine=Engine(first=True)
    )
    assert found.chosen is not None
    chosen = np.zeros(len(blocks), dtype=bool)
    chosen[part.numbers[found.chosen]] = True
    state = solver.look(chosen)
    assert state is not None
    people = [0, 1]
    change = solver.improve(state, Task(people, only_of(solver.rows, people), limit=0.1))
    assert change is not None
    assert not change.optimal
    assert solver.look(changed(state, change)) is not None
