"""Small weeks, scenarios of them, and executors that can be looked at."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from safeschedule import Scenario, Study, StudyResults
from safeschedule.problem import Problem
from tests.stressing.weeks import team

LIMIT = 0.2


def week(sessions: int = 2, name: str = "duty") -> Problem:
    """Return a team of three; with more than four sessions each, not all of them fit."""
    return team(3, sessions, name=name)


SCENARIOS = (
    Scenario("less", demand=0.5),
    Scenario("C2 leaves", remove=["C2"]),
    Scenario("no breaks", rules_off=["breaks"]),
)


class Inline(Executor):
    """Solves at once, in this thread, and remembers what it was given."""

    def __init__(self) -> None:
        self.jobs: list[Any] = []

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs.append(args)
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


class Never(Executor):
    """Loses everything that it is given."""

    def submit(self, fn: Callable[..., Any], /, *_: Any, **__: Any) -> Future[Any]:
        del fn
        lost: Future[Any] = Future()
        lost.set_exception(MemoryError())
        return lost


def run(study: Study, **options: Any) -> StudyResults:
    """Run a study in this thread."""
    return study.run(**{"limit": LIMIT, "executor": Inline(), **options})
