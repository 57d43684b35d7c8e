"""A constructed week is what the model allows, whatever the rules; where it knows them, it is nearly full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import count
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from benchmarks.peers.greedy import Greedy
from safeschedule import CustomRule, Problem, verify
from safeschedule.catalogue import Rule, Tier
from safeschedule.judging import objectives
from safeschedule.model.build import Build
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY
from safeschedule.samples import generate
from safeschedule.schedule import Schedule
from safeschedule.solving.backend import Limits
from safeschedule.solving.neighbourhood import team_blocks
from safeschedule.solving.parts import Solver
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.search.construction import confirm, construct, construct_again
from safeschedule.solving.states import State
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week
from tests.solving.drawn import SOFTENABLE, easy_problems, softened
from tests.solving.states import solver_for
from tests.solving.weeks import BARE, alone, crowded, hours, team
from tests.solving.whole import random_rows

UNSHRUNK = [Phase.explicit, Phase.reuse, Phase.generate]
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


def constructed(solver: Solver) -> tuple[State | None, bool]:
    """Return what a construction comes to, and whether the model took it as it was."""
    worth = worth_of_rows(solver.index, solver.rows, solver.tiers)
    chosen = construct(solver.index, solver.rows, worth, lambda: False)
    state = confirm(solver, chosen)
    return state, state is not None and np.array_equal(state.chosen, chosen)


def schedule_of(solver: Solver, state: State) -> Schedule:
    """Return the schedule of a state."""
    return extract(solver.index, solver.rows.take(np.flatnonzero(state.chosen)))


@st.composite
def weeks(draw: st.DrawFn) -> Problem:
    """Draw a week, now and then one in which everything binds, with some rules soft."""
    drawn = easy_problems(max_clinicians=3, max_sessions=6, max_days=3)
    problem = draw(drawn) if draw(st.integers(0, 9)) else draw(st.sampled_from([team(), crowded(3)]))
    return softened(problem, sorted(draw(st.sets(st.sampled_from(SOFTENABLE), max_size=4))))


def check_drawn(problem: Problem) -> str:
    """Assert that the verifier accepts what is constructed; return how the construction ended."""
    solver = solver_for(problem)
    state, as_it_was = constructed(solver)
    if state is None:
        possible = random_rows(encode(solver.index, solver.rows), np.random.default_rng(0)) is not None
        return "nothing of what is possible" if possible else "nothing, rightly"
    assert verify(problem, schedule_of(solver, state)).compliant
    return "taken" if as_it_was else "mended"


def outcomes(examples: int) -> Counter[str]:
    """Return how constructions of drawn weeks ended."""
    seen: Counter[str] = Counter()

    @settings(max_examples=examples, phases=UNSHRUNK, suppress_health_check=SLOW)
    @given(weeks())
    def each(problem: Problem) -> None:
        seen[check_drawn(problem)] += 1

    each()
    return seen


def test_what_is_constructed_keeps_the_rules() -> None:
    """If it fails, a search begins with a schedule that breaks a rule, or with nothing where there is one."""
    seen = outcomes(40)
    found = seen["taken"] + seen["mended"]
    assert found >= 3 * seen["nothing of what is possible"], seen
    assert seen["taken"] >= seen["mended"], seen


def value(problem: Problem, schedule: Schedule) -> tuple[int, ...]:
    """Return the objective by tier of a schedule that keeps the rules."""
    verification = verify(problem, schedule)
    assert verification.compliant
    return tuple(sum(parts.values()) for _, parts, _ in objectives(problem, verification))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_team_of_five_is_nearly_full_at_once(seed: int) -> None:
    """If it fails, nothing useful exists before a search: a person with a calendar would do better."""
    problem = generate(clinicians=5, seed=seed)
    solver = solver_for(problem)
    state, as_it_was = constructed(solver)
    assert state is not None
    assert as_it_was, "the construction broke a rule that it should know"
    peer = Greedy().solve(problem, Limits()).schedule
    assert peer is not None
    own, by_hand = value(problem, schedule_of(solver, state)), value(problem, peer)
    # Urgent work, and with it all access.
    assert own[0] >= by_hand[0]
    assert sum(own[:2]) >= 0.95 * sum(by_hand[:2])


CLOSED = 2


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session on the date that is closed."""
    for session in week.sessions:
        if session.day == CLOSED:
            at = week.moment(session.start)
            yield report(setting, session.clinicians, at, "a session", "none", f"There is {session.short}.")


def post(build: Build, setting: Setting) -> None:
    """Forbid all sessions on the date that is closed; no row by itself is refused."""
    del setting
    for number in np.flatnonzero(build.plan.is_work & (build.plan_day == CLOSED)).tolist():
        build.model.add(build.plan_vars[number] == 0)


def closed() -> Problem:
    """Return a team under a rule that no construction knows."""
    statement = Rule(
        id="closed_date",
        title="A date without sessions",
        tier=Tier.CONTRACT,
        hard=True,
        weight=1,
        statement="There are no sessions on the third date.",
        amount="one for each session",
        good="none",
        bad="one",
        source="this test",
    )
    rule = CustomRule(statement=statement, check=check, encoder=SimpleNamespace(post=post))
    return generate(clinicians=4, seed=3).with_rules([rule])


def test_a_rule_never_heard_of_costs_only_what_it_forbids() -> None:
    """If it fails, one rule that the construction does not know leaves an empty week."""
    problem = closed()
    solver = solver_for(problem)
    state, as_it_was = constructed(solver)
    assert state is not None
    assert not as_it_was
    held = solver.rows.take(np.flatnonzero(state.chosen & solver.rows.is_session))
    assert len(held) >= 0.6 * sum(request.count for request in problem.requests)
    assert not (held.start // DAY == CLOSED).any()
    assert verify(problem, schedule_of(solver, state)).compliant


@pytest.mark.parametrize("looked_at", [0, 2])
def test_time_that_ends_while_weeks_are_mended_leaves_those_that_are(looked_at: int) -> None:
    """If it fails, whoever stops a search in its first second goes home without a schedule."""
    problem = closed()
    solver = solver_for(problem)
    worth = worth_of_rows(solver.index, solver.rows, solver.tiers)
    chosen = construct(solver.index, solver.rows, worth, lambda: False)
    for partly in (True, False):
        asked = count()
        solver.budget.ends = lambda asked=asked: next(asked) >= looked_at
        state = confirm(solver, chosen, partly=partly)
        assert (state is not None) == partly
        if state is not None:
            held = solver.rows.take(np.flatnonzero(state.chosen & solver.rows.is_session))
            assert set(held.clinician.tolist()) == set(range(looked_at))
            assert verify(problem, schedule_of(solver, state)).compliant
            assert np.array_equal(state.chosen & team_blocks(solver.rows), chosen & team_blocks(solver.rows))


def test_constructing_again_keeps_the_best_and_is_asked_each_time() -> None:
    """If it fails, a second construction loses what the first had, or goes on when there is no time."""
    solver = solver_for(generate(clinicians=4, seed=2))
    worth = worth_of_rows(solver.index, solver.rows, solver.tiers)
    first, _ = constructed(solver)
    assert first is not None
    asked: list[int] = []

    def more(made: int) -> bool:
        asked.append(made)
        return made < 4

    again = construct_again(solver, first, worth, lambda: False, more)
    assert asked == [1, 2, 3, 4]
    assert again.values > first.values
    assert solver.look(again.chosen) is not None
    assert construct_again(solver, first, worth, lambda: False, lambda _: False) is first


@pytest.mark.parametrize(("clinicians", "seed"), [(6, 6), (12, 8)])
def test_urgent_slots_find_their_people_and_their_papers(clinicians: int, seed: int) -> None:
    """If it fails, a half-day that few can cover is left for last, or notes come too late."""
    solver = solver_for(generate(clinicians=clinicians, seed=seed))
    state, as_it_was = constructed(solver)
    assert state is not None
    assert as_it_was


def test_the_night_before_the_week_holds_no_slot_of_a_date() -> None:
    """A slot in the morning before the week's first working day would stop the construction with an error."""
    night = [
        {"day": "sun", "start": "21:00", "end": "07:00"},
        *hours("mon", "tue", start="13:00", end="21:00"),
    ]
    people = [
        {"id": "C1", "working": night},
        {"id": "C2", "working": hours("mon", "tue", "wed", start="08:00", end="16:00")},
    ]
    slots = {"rules": BARE | {"urgent_slots": {"parameters": {"clinicians": 1, "more": 3}}}}
    problem = alone(clinicians=people, rulebook=slots, requests=[])
    state, as_it_was = constructed(solver_for(problem))
    assert state is not None
    assert as_it_was
    assert verify(problem, schedule_of(solver_for(problem), state)).compliant
