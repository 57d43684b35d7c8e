"""``explain`` without a schedule, as its users meet it."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from safeschedule.exchange.json_text import as_text
from tests.cli.conftest import COMMAND, environment, run, save, tiny
from tests.explaining.planted import planted


@pytest.fixture(scope="module")
def impossible(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a week whose pinned session has no room."""
    return save(tmp_path_factory.mktemp("week"), as_text(planted("no_room", 0).problem))


@pytest.mark.slow
def test_clash_repairs_and_papers(impossible: Path, tmp_path: Path) -> None:
    """If it fails, a team that cannot plan is not told why, or gets a mended week that is none."""
    mended, paper = tmp_path / "mended.json", tmp_path / "exception.json"
    papers = ("--take", "1", "-o", mended, "--exception", paper, "--owner", "L1", "--review-on", "2026-10-09")
    done = run("explain", impossible, *papers, "-q")
    assert done.returncode == 1, done.stderr
    words = " ".join(done.stdout.split())
    assert "These cannot all hold The rule room_capacity holds" in words
    assert "1. (service) A pin is released" in words
    document = json.loads(paper.read_text())
    assert (document["owner"], document["review_on"]) == ("L1", "2026-10-09")
    assert document["explanation"]["verified"]
    assert run("explain", mended, "-q").returncode == 0


@pytest.mark.slow
def test_json_is_one_object(impossible: Path) -> None:
    """If it fails, a program that asks why gets words, or nothing it can read."""
    done = run("explain", impossible, "--json", "-q")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert answer["possible"] is False
    assert [c["kind"] for c in answer["clashes"][0]] == ["rule", "pin"]
    assert answer["repairs"][0]["steps"][0]["tier"] == "service"


def test_a_possible_week_ends_well(tmp_path: Path) -> None:
    """If it fails, a week that can be planned is reported as impossible."""
    done = run("explain", save(tmp_path, tiny()), "-q")
    assert (done.returncode, "There is a schedule" in done.stdout) == (0, True)


@pytest.mark.parametrize(
    "options",
    [
        ("--take", "1"),
        ("-o", "x.json"),
        ("--owner", "L1"),
        ("--request", "R1"),
        ("--take", "1", "-o", "-", "--json"),
    ],
    ids=" ".join,
)
def test_bad_use_is_refused_before_the_work(impossible: Path, options: tuple[str, ...]) -> None:
    """If it fails, somebody waits for an answer that goes nowhere."""
    done = run("explain", impossible, *options)
    assert done.returncode == 2
    assert done.stdout == ""


@pytest.mark.parametrize("number", ["9", "2"])
@pytest.mark.slow
def test_a_repair_that_is_not_there_writes_nothing(impossible: Path, tmp_path: Path, number: str) -> None:
    """If it fails, a file is written for a repair that was never found, or for a room that nobody has."""
    papers = ("--exception", tmp_path / "exception.txt")
    done = run("explain", impossible, "--take", number, "-o", tmp_path / "mended.json", *papers, "-q")
    assert done.returncode == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_interrupting_tells_what_is_known(tmp_path: Path) -> None:
    """If it fails, somebody who stops the search has waited in vain, or finds half a file."""
    week = save(tmp_path, as_text(planted("no_supervisor_hour", 4).problem))
    paper = tmp_path / "exception.txt"
    command = [*COMMAND, "explain", str(week), "--exception", str(paper)]
    with subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith("repairs"):
                process.send_signal(signal.SIGINT)
                break
        out, _ = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "No schedule keeps all hard rules" in out
    assert "You stopped the search" in " ".join(out.split())
    assert paper.read_text().startswith("CAPACITY EXCEPTION")
