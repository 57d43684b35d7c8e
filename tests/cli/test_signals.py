"""Stopping a running solve: the best so far is checked and kept."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, environment, run

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")

STUBBORN = """
import safeschedule.pipeline, threading
from safeschedule.cli import main
from safeschedule.solving.progress import Progress

def solve(problem, *, on_progress, **_):
    on_progress(Progress("stubborn", 0.0))
    threading.Event().wait()

safeschedule.pipeline.solve = solve
main()
"""


@contextmanager
def solving(command: Sequence[str], problem: Path, output: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a solve without time limit; it is killed if the test leaves it running."""
    arguments = ("solve", problem, "-o", output, "--time-limit", "inf", "--json")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [*command, *map(str, arguments)], env=environment(), stdout=pipe, stderr=pipe, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(process: "subprocess.Popen[str]", word: str) -> None:
    """Read standard error up to a line with a word."""
    assert process.stderr is not None
    told = []
    for line in process.stderr:
        told.append(line)
        if word in line:
            return
    raise AssertionError(f"no line with {word!r}: {told}")


def test_the_first_signal_keeps_the_best_schedule(tmp_path: Path) -> None:
    """Whoever stops a long search would lose what it had found."""
    problem, output = tmp_path / "problem.json", tmp_path / "schedule.json"
    run("generate", "--clinicians", "4", "--seed", "1", "-o", problem)
    with solving(COMMAND, problem, output) as process:
        wait_for(process, "best")
        process.send_signal(signal.SIGINT)
        wait_for(process, "Stopping")
        stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    answer = json.loads(stdout)
    assert (answer["interrupted"], answer["verified"]) == (True, True)
    assert run("verify", problem, output).returncode == 0


@pytest.mark.parametrize("first", [signal.SIGINT, signal.SIGTERM])
def test_the_second_signal_aborts(first: signal.Signals, problem: Path, tmp_path: Path) -> None:
    """A search that does not end could not be got rid of, or would leave half a file."""
    command = [sys.executable, "-c", STUBBORN]
    with solving(command, problem, tmp_path / "schedule.json") as process:
        wait_for(process, "stubborn")
        process.send_signal(first)
        wait_for(process, "Stopping")
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (130, "")
    assert "Nothing was written" in stderr
    assert list(tmp_path.iterdir()) == []
