"""The Python that tests of the command fork: it has one thread, and its forks are the command."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, environment, run
from tests.support import forking

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how many threads there are")


@pytest.fixture
def another() -> Iterator[None]:
    """Let a test have a Python of its own that waits."""
    kept = forking.start_waiting
    forking.start_waiting = forking.cache(kept.__wrapped__)
    yield
    forking.start_waiting().communicate()
    forking.start_waiting = kept


def names_of_threads() -> list[str]:
    tasks = Path(f"/proc/{forking.start_waiting().pid}/task").iterdir()
    return [(task / "comm").read_text().strip() for task in tasks]


def test_the_python_that_waits_has_one_thread(problem: Path, tmp_path: Path) -> None:
    """A fork of a Python with several can stand for ever, now and then: nobody would find out why."""
    for _ in range(2):
        assert run("solve", problem, "--workers", 2, "-o", tmp_path / "made.json").returncode == 0
        threads = names_of_threads()
        assert len(threads) == 1, threads


def test_a_fork_prints_what_a_new_python_prints(problem: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests would test another command than the one that users have."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    solved = ["solve", str(problem), "-q", "-o", "-", "--workers", "2", "--deterministic-limit", "1"]
    for arguments in (solved, ["solve", "none.json"], ["--help"]):
        forked = run(*arguments)
        new = subprocess.run(
            [*COMMAND, *arguments], capture_output=True, text=True, check=False, env=environment()
        )
        assert (forked.returncode, forked.stdout) == (new.returncode, new.stdout)
        assert timeless(forked.stderr) == timeless(new.stderr)


def timeless(text: str) -> str:
    return re.sub(r"[\d.]+ s\b", "so many s", text)


def test_a_call_that_takes_too_long_ends_and_the_next_one_is_answered(problem: Path) -> None:
    with pytest.raises(subprocess.TimeoutExpired):
        run("solve", problem, "-o", "-", timeout=0)
    assert run("--version").returncode == 0


@pytest.mark.usefixtures("another")
def test_with_more_threads_nothing_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "_ONE_THREAD", {"OPENBLAS_NUM_THREADS": "2"})
    done = run("--version")
    assert done.returncode == 0
    assert "safeschedule" in done.stdout.lower()
    assert len(names_of_threads()) > 1


@pytest.mark.usefixtures("another")
def test_after_one_that_has_ended_the_next_call_has_another() -> None:
    forking.start_waiting().kill()
    forking.start_waiting().wait()
    with pytest.raises((RuntimeError, BrokenPipeError)):
        run("--version")
    assert run("--version").returncode == 0
