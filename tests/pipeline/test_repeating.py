"""With a deterministic limit the same seed, workers and limit give the same schedule, anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import safeschedule
from safeschedule import solve
from tests.solving.weeks import crowded

SOURCE = Path(safeschedule.__file__).parents[1]
LIMIT, WORKERS = 0.6, 2
PROGRAM = f"""
import sys
from safeschedule import Problem, solve
problem = Problem.model_validate_json(sys.stdin.read())
result = solve(problem, deterministic_limit={LIMIT}, workers={WORKERS}, seed=5)
sys.stdout.write(result.schedule.model_dump_json())
"""


def in_process(hash_seed: str) -> str:
    """Return the crowded team's schedule as a process of its own makes it."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=crowded().model_dump_json(),
        env=os.environ | {"PYTHONPATH": str(SOURCE), "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    return done.stdout


pytestmark = pytest.mark.xdist_group("repeating")  # one worker, so that the first week is planned once


@pytest.fixture(scope="module")
def first() -> str:
    result = solve(crowded(), deterministic_limit=LIMIT, workers=WORKERS, seed=5)
    assert result.schedule is not None
    assert result.placed > 0
    return result.schedule.model_dump_json()


def test_same_process(first: str) -> None:
    """If it fails, solving a week leaves something behind that changes the next solve."""
    again = solve(crowded(), deterministic_limit=LIMIT, workers=WORKERS, seed=5)
    assert again.schedule is not None
    assert again.schedule.model_dump_json() == first


@pytest.mark.parametrize("hash_seed", ["0", "12345"])
def test_fresh_process_with_any_hash_seed(first: str, hash_seed: str) -> None:
    """If it fails, a schedule depends on the order of a set, and cannot be made again."""
    assert in_process(hash_seed) == first


@pytest.mark.slow
def test_left_out_counts_are_repeatable_too() -> None:
    """If it fails, the reasons given for the same schedule differ from one solve to the next."""
    one, two = (solve(crowded(), deterministic_limit=LIMIT, workers=1, seed=9) for _ in range(2))
    assert one.left_out == two.left_out
    assert one.tiers == two.tiers
