"""The contract of solvers: the built-in one keeps it, and every way of breaking it is found out."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import ClassVar

import pytest

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.backend import Found, Limits, backends, find_backend
from safeschedule.solving.builtin import CpSat
from safeschedule.solving.outcome import Phase
from safeschedule.testing import ContractError, check_backend
from safeschedule.testing.backends import breaches
from safeschedule.testing.weeks import KnownWeek, known_weeks
from tests.solving.whole import solve_whole

ORDINARY = known_weeks()[0]


@pytest.fixture(scope="module")
def honest() -> Found:
    """Solve an ordinary week as it should be."""
    return CpSat().solve(ORDINARY.problem, Limits(time_limit=None, deterministic_limit=1.0, workers=1))


def test_built_in_solver_keeps_the_contract() -> None:
    """If it fails, the solver that everybody has breaks what is asked of every other."""
    assert "cpsat" in backends()
    check_backend(find_backend("cpsat"))


@pytest.mark.parametrize("week", known_weeks(), ids=lambda week: week.name)
def test_what_is_known_of_the_weeks_is_true(week: KnownWeek) -> None:
    """If it fails, the contract measures bounds by a value that no schedule reaches."""
    best = solve_whole(week.problem)
    assert (best and (best.best or (0,))[0]) == week.lead


def empty(problem: Problem) -> Schedule:
    """Return a week without anything in it."""
    return Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)


LIES: dict[str, tuple[Callable[[Found], Found], str]] = {
    "breaks hard rules": (lambda f: replace(f, schedule=empty(ORDINARY.problem)), "verifier: "),
    "calls it impossible": (lambda _: Found(None, infeasible=True), "called impossible"),
    "calls it impossible with a schedule": (lambda f: replace(f, infeasible=True), "no schedule, and gives"),
    "bound below the best": (lambda _: Found(None, bounds=(839.0,)), "840 can be reached"),
    "bound below its own": (lambda f: replace(f, bounds=(840.0, -1.0)), "the schedule itself reaches 0"),
    "bound that is no number": (lambda f: replace(f, bounds=(float("nan"),)), "not a number"),
    "miscounts": (lambda f: replace(f, account={"fair_load": 7}), "fair_load"),
    "negative time": (lambda f: replace(f, phases=(Phase("plan", -1.0),)), "-1 seconds"),
}


@pytest.mark.parametrize("lie", LIES)
def test_a_lie_is_found_out(lie: str, honest: Found) -> None:
    """If it fails, a back-end may say this and pass."""
    tell, said = LIES[lie]
    assert not list(breaches(ORDINARY.problem, honest, ORDINARY.lead))
    assert any(said in breach for breach in breaches(ORDINARY.problem, tell(honest), ORDINARY.lead))


@dataclass
class Deaf:
    """A back-end that hears neither the stop nor the time limit, until it is let go."""

    name: ClassVar[str] = "deaf"
    let_go: threading.Event = field(default_factory=threading.Event)

    def solve(self, _problem: Problem, _limits: Limits) -> Found:
        self.let_go.wait()
        return Found(None)


@dataclass
class Fickle:
    """A back-end that says it repeats itself, and gives a schedule every second time."""

    name: ClassVar[str] = "fickle"
    repeatable: ClassVar[bool] = True
    turns: Iterator[bool] = field(default_factory=lambda: iter([True, False] * 20))

    def solve(self, problem: Problem, limits: Limits) -> Found:
        if limits.stop.is_set() or not next(self.turns):
            return Found(None)
        return CpSat().solve(problem, replace(limits, deterministic_limit=1.0, time_limit=None))


def test_one_that_does_not_stop_is_found_out() -> None:
    """If it fails, a back-end that goes on for ever passes, or the check itself never ends."""
    deaf = Deaf()
    try:
        with pytest.raises(ContractError) as raised:
            check_backend(deaf, time_limit=0.01, patience=0.01)
    finally:
        deaf.let_go.set()
    assert sum("goes on" in breach for breach in raised.value.breaches) == len(known_weeks()) + 1


def test_one_that_does_not_repeat_itself_is_found_out() -> None:
    """If it fails, a promise that a schedule can be made again is taken on trust."""
    with pytest.raises(ContractError, match="give another schedule"):
        check_backend(Fickle())


def test_something_that_is_no_solver_is_refused() -> None:
    """If it fails, the contract ends in an error of Python that says nothing."""
    with pytest.raises(ContractError, match="no name"):
        check_backend(object())  # type: ignore[arg-type]
