"""What the mathopt solvers find, beside what the built-in one finds."""

from __future__ import annotations

import threading
from collections import Counter
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.math_opt.python import mathopt
from safeschedule_mathopt import backend as mathopt_backend
from safeschedule_mathopt.backend import Gurobi, MathOpt, Scip
from safeschedule_mathopt.translate import UntranslatableError

from safeschedule import solve
from safeschedule.problem import Problem, RuleSetting
from safeschedule.result import Status
from safeschedule.solving.backend import Limits, SolverUnavailableError
from safeschedule.testing import check_backend
from safeschedule.testing.strategies import sound_problems
from safeschedule.testing.weeks import KnownWeek, known_weeks


def test_scip_keeps_the_contract() -> None:
    """If it fails, the engine that can be interrupted hands over something that is not so."""
    check_backend(Scip())


@pytest.mark.parametrize("week", known_weeks(), ids=lambda week: week.name)
def test_optimum_is_what_is_known(week: KnownWeek) -> None:
    """If it fails, one of two independent engines is wrong about the best, or about "impossible"."""
    result = solve(week.problem, solver="mathopt", time_limit=60)
    if week.lead is None:
        assert result.status is Status.INFEASIBLE
        return
    assert result.status is Status.OPTIMAL
    assert result.tiers[0].objective == week.lead


def eased(problem: Problem) -> Problem:
    """Return the problem with the rules soft that ask for blocks even in an empty week."""
    own = problem.rulebook.rules
    soft = {
        name: own.get(name, RuleSetting()).model_copy(update={"hard": False})
        for name in ("consultation", "coordination", "supervision", "urgent_slots")
    }
    rulebook = problem.rulebook.model_copy(update={"rules": {**own, **soft}})
    return problem.model_copy(update={"rulebook": rulebook})


@pytest.mark.slow
def test_same_answer_as_the_built_in_solver() -> None:
    """If it fails, the two engines disagree about what is best: one proves what is not so."""
    seen: Counter[str] = Counter()

    @settings(max_examples=20, deadline=None)
    @given(sound_problems(max_clinicians=2, max_sessions=3, max_days=2).map(eased), st.integers(0, 3))
    def agree(problem: Problem, seed: int) -> None:
        other = solve(problem, solver="mathopt", time_limit=60, seed=seed)
        own = solve(problem, deterministic_limit=50, workers=1, seed=seed)
        assert (other.schedule is None) == (own.schedule is None)
        seen[str(other.status)] += 1
        if other.schedule is None or not own.tiers:
            return
        # Strongest tier only: the bounds of the others hold for what was reached above them.
        assert other.tiers[0].objective <= own.tiers[0].bound
        assert own.tiers[0].objective <= other.tiers[0].bound

    agree()
    assert seen["optimal"] >= 5, seen


def test_fewest_blocks() -> None:
    """If it fails, clinicians' days fill with blocks that no rule asks for."""
    problem = known_weeks()[0].problem
    found = MathOpt().solve(problem, Limits(time_limit=60))
    own = solve(problem, deterministic_limit=2, workers=1)
    assert found.schedule is not None
    assert own.schedule is not None
    minutes = [sum(b.minutes * len(b.clinicians) for b in s.blocks) for s in (found.schedule, own.schedule)]
    assert minutes[0] <= 1.05 * minutes[1]


def test_penalties_are_counted_when_proven() -> None:
    """If it fails, a proven optimum comes without the account that would show a wrong count."""
    found = MathOpt().solve(known_weeks()[1].problem, Limits(time_limit=60))
    assert found.account is not None
    assert {"access", "fair_load"} <= set(found.account)


def test_deterministic_limit_is_said_to_be_seconds() -> None:
    """If it fails, somebody believes that the schedule can be made again on another machine."""
    found = MathOpt().solve(known_weeks()[1].problem, Limits(time_limit=None, deterministic_limit=20))
    assert found.schedule is not None
    assert any("taken as seconds" in sentence for sentence in found.explanation)
    assert not MathOpt.repeatable


def test_missing_engine_is_said_when_it_is_made() -> None:
    """If it fails, an engine that is not there is found out only after a long build, or by a crash."""

    class Missing(MathOpt):
        name: ClassVar[str] = "missing"
        # OR-Tools has a place for this engine, and does not contain it.
        engine: ClassVar[mathopt.SolverType] = mathopt.SolverType.SANTORINI

    with pytest.raises(SolverUnavailableError, match="SANTORINI"):
        Missing()


def test_gurobi_works_or_says_what_is_missing() -> None:
    """If it fails, a licence that is missing ends in an error of Python."""
    try:
        Gurobi()
    except SolverUnavailableError as error:
        said = str(error)
    else:
        return
    assert "licence" in said


def test_model_that_is_not_linear_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, a rule that a later encoder says by intervals is dropped without a word."""

    def refuse(_: object) -> None:
        raise UntranslatableError(Counter({"interval": 3}))

    monkeypatch.setattr(mathopt_backend, "translate", refuse)
    with pytest.raises(SolverUnavailableError, match=r"constraint kind interval \(3 of them\)"):
        MathOpt().solve(known_weeks()[0].problem, Limits())


def test_stop_before_the_start() -> None:
    """If it fails, a stop that comes early is lost."""
    stop = threading.Event()
    stop.set()
    assert MathOpt().solve(known_weeks()[0].problem, Limits(stop=stop)).schedule is None
