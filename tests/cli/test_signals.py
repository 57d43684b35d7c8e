"""Stopping a running solve: the best so far is checked and kept."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, environment, run

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX"),
    pytest.mark.xdist_group("signals"),  # one worker, so that the problem is made once
]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a problem that keeps the search busy for long."""
    path = tmp_path_factory.mktemp("large") / "problem.json"
    run("generate", "--clinicians", "12", "--seed", "1", "-o", path)
    return path


@contextmanager
def solving(problem: Path, output: Path) -> Iterator["subprocess.Popen[str]"]:
    """Start a solve without time limit; it is killed if the test leaves it running."""
    arguments = ("solve", problem, "-o", output, "--time-limit", "inf", "--json")
    command = [*COMMAND, *map(str, arguments)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment(), stdout=pipe, stderr=pipe, text=True) as process:
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


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_keeps_the_best_schedule(
    number: signal.Signals, large: Path, tmp_path: Path
) -> None:
    """Whoever stops a long search would lose what it had found."""
    output = tmp_path / "schedule.json"
    with solving(large, output) as process:
        wait_for(process, "best")
        process.send_signal(number)
        wait_for(process, "Stopping")
        stdout, stderr = process.communicate()
    assert process.returncode == 0, stderr
    answer = json.loads(stdout)
    assert (answer["interrupted"], answer["verified"]) == (True, True)
    assert run("verify", large, output).returncode == 0


def test_the_second_signal_aborts(large: Path, tmp_path: Path) -> None:
    """A search that does not end could not be got rid of, or would leave half a file."""
    with solving(large, tmp_path / "schedule.json") as process:
        wait_for(process, " s")
        process.send_signal(signal.SIGINT)
        wait_for(process, "Stopping")
        process.send_signal(signal.SIGINT)
        stdout, _ = process.communicate()
    assert process.returncode in (0, 1, 130)  # the search may end by itself before the second signal
    assert process.returncode == 0 or not list(tmp_path.iterdir())
    assert process.returncode != 130 or stdout == ""
