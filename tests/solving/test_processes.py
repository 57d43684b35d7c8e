"""Parts solved in worker processes: what they find is what threads find, and nothing of them stays."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from typing import IO

import numpy as np
import pytest

from safeschedule import SearchParameters, solve
from safeschedule.model.index import Bools
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import only_of
from safeschedule.solving.parts import Solver
from safeschedule.solving.processes import WorkerPool, worker_pool
from safeschedule.solving.search.construction import construct
from safeschedule.solving.states import Improvement, Task
from safeschedule.solving.subproblem import PLAIN
from tests.solving.states import solver_for
from tests.solving.weeks import crowded

ALWAYS = SearchParameters(processes={"from_clinicians": 0, "seconds": 0.01})
NEVER = SearchParameters(processes={"from_clinicians": 1_000})

Started = list[subprocess.Popen[bytes]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Iterator[Started]:
    """Give the processes that are started, and see that none of them outlives the test."""
    found: Started = []
    start = worker_pool.subprocess.Popen

    def noting(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        found.append(start(*arguments, **options))  # type: ignore[call-overload]
        return found[-1]

    monkeypatch.setattr(worker_pool.subprocess, "Popen", noting)
    yield found
    assert [process.poll() is not None for process in found] == [True] * len(found)


def helped(pool: WorkerPool, budget: Budget | None = None) -> Solver:
    """Return a solver of a crowded week whose parts go to a pool."""
    plain = solver_for(crowded())
    return Solver(
        plain.index,
        plain.rows,
        plain.tiers,
        budget or plain.budget,
        plain.seed,
        helpers=pool.on(plain.index, plain.rows, plain.tiers, plain.seed, None),
    )


@pytest.mark.slow
def test_a_week_is_the_same_with_processes_and_with_threads(started: Started) -> None:
    """If it fails, where a part is solved decides what the week is, and no result can be made again."""
    apart = solve(crowded(), deterministic_limit=0.1, workers=2, seed=5, parameters=ALWAYS)
    beside = solve(crowded(), deterministic_limit=0.1, workers=2, seed=5, parameters=NEVER)
    assert started, "no process was started, so nothing was compared"
    assert apart.placed > 0
    assert apart.schedule == beside.schedule


def test_a_part_is_solved_here_when_its_process_is_gone(started: Started) -> None:
    """If it fails, one process that the system ends loses a week, or holds it up for ever."""
    with WorkerPool(1, threading.Event()) as pool:
        solver = helped(pool)
        alone = solver_for(crowded())
        state = alone.look(nothing(alone))
        assert state is not None
        task = Task([0], only_of(solver.rows, [0]), engine=PLAIN, limit=0.05)
        expected = alone.improve(state, task)
        assert expected is not None
        assert len(expected.into)
        assert into(solver.improve(state, task)) == expected.into.tolist()
        started[0].kill()
        started[0].wait()
        for _ in range(2):
            assert into(solver.improve(state, task)) == expected.into.tolist()


def test_a_stop_reaches_the_processes(started: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, whoever stops a solve waits until parts far away are solved to their end."""
    stop = threading.Event()
    with WorkerPool(1, stop) as pool:
        solver = helped(pool, Budget(None, None, stop))
        plain = solver_for(crowded())
        state = plain.look(nothing(plain))
        assert state is not None
        everybody = list(range(len(solver.index.clinicians)))
        receive = worker_pool.receive

        def stopped_then(pipe: IO[bytes]) -> object:
            stop.set()
            return receive(pipe)

        monkeypatch.setattr(worker_pool, "receive", stopped_then)
        assert len(started) == 1
        assert len(started) == 1
        # Without the stop it would go on for an hour.
        solver.improve(state, Task(everybody, only_of(solver.rows, everybody), limit=3_600.0, engine=PLAIN))
        assert solver.improve(state, Task([0], only_of(solver.rows, [0]))) is None


def test_where_python_cannot_be_started_threads_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, a program with Python inside is started anew instead of a worker, or there is no week."""
    monkeypatch.setattr(worker_pool.sys, "executable", "/opt/clinic/server")
    found = solve(crowded(), deterministic_limit=0.05, workers=2, parameters=ALWAYS)
    assert found.placed > 0


def nothing(solver: Solver) -> Bools:
    """Return a schedule without sessions."""
    worth = np.full((1, len(solver.rows)), -1.0)
    return construct(solver.index, solver.rows, worth, lambda: False)


def into(change: Improvement | None) -> list[int]:
    """Return the placements that a change puts on."""
    assert change is not None
    found: list[int] = change.into.tolist()
    return found
