"""``safeschedule replan`` as its users meet it."""

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, Done, environment, run, save

SICK = ("--sick", "S1", "--from", "2026-10-05T00:00", "--until", "2026-10-06T00:00")


def test_a_sick_call_is_planned_around(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """The most frequent case would not work from the shell."""
    new, changed = tmp_path / "new.json", tmp_path / "changed.json"
    done = run("replan", problem, schedule, *SICK, "-o", new, "--problem-out", changed)
    assert done.returncode == 0, done.stderr
    assert "Every hard rule is kept." in done.stdout
    assert all(len(line) <= 80 or line.startswith("Written") for line in done.stdout.splitlines())
    assert run("verify", changed, new).returncode == 0
    starts = [a["start"] for a in json.loads(new.read_text())["appointments"] if "S1" in a["clinicians"]]
    assert starts
    assert all(start >= "2026-10-06" for start in starts)


def test_changes_come_from_a_file_and_the_answer_is_one_object(
    problem: Path, schedule: Path, tmp_path: Path
) -> None:
    """Another program could not use it."""
    asked = {"id": "R9", "client": "K9", "session_type": "therapy", "priority": 5}
    changes = save(tmp_path, [{"change": "new_request", "request": asked, "client": {"id": "K9"}}])
    new = tmp_path / "new.json"
    done = run("replan", problem, schedule, changes, "-o", new, "--json", "--deterministic-limit", "1")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert [a["request"] for a in answer["added"]] == ["R9"]
    assert answer["verified"]
    assert answer["moved"] == answer["dropped"] == []
    assert {notice["code"] for notice in answer["tell"]} >= {"K9"}


def test_bad_changes_write_nothing(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """A file would be there that nobody should use."""
    new = tmp_path / "new.json"
    sick = {"change": "sick_call", "clinician": "S9", "start": "2026-10-05T00:00", "end": "2026-10-04T00:00"}
    done = run("replan", problem, schedule, save(tmp_path, [sick], "changes.json"), "-o", new)
    assert done.returncode == 2
    assert "unknown_reference" in done.stderr
    assert "end_not_after_start" in done.stderr
    assert not new.exists()


@pytest.mark.slow
def test_bad_use_is_told(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """Options that contradict each other would be guessed at."""
    new = tmp_path / "new.json"
    uses = [
        ("-o", new),
        ("--sick", "S1", "-o", new),
        (*SICK, tmp_path / "changes.json", "-o", new),
        (*SICK, "-o", "-", "--json"),
        (*SICK, "-o", new, "--freeze-before", "Tuesday"),
        (*SICK, "-o", new, "--problem-out", new),
        (*SICK, "-o", problem),
        (tmp_path / "changes.json", "-o", new, "--cover", "S2"),
        (tmp_path / "changes.json", "-o", new, "--supervisor", "S2"),
    ]
    for use in uses:
        done = run("replan", problem, schedule, *use)
        assert done.returncode == 2, use
        assert not done.stdout
    assert not new.exists()


def test_a_week_without_a_plan_ends_with_1(tmp_path: Path, problem: Path, schedule: Path) -> None:
    """A script would go on with a schedule that is not there."""
    new = tmp_path / "new.json"
    flag = [{"change": "risk_flag", "client": "K1", "flag": "volatile"}]
    done: Done = run(
        "replan",
        problem,
        schedule,
        save(tmp_path, flag, "changes.json"),
        "-o",
        new,
        "--freeze-before",
        "2026-10-06T17:00",
    )
    assert done.returncode == 1
    assert "reserve" in done.stderr
    assert "Nothing was written." in done.stderr
    assert not new.exists()


def test_a_stop_leaves_a_whole_file_or_none(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """An interrupted plan would leave half a file."""
    new = tmp_path / "new.json"
    command = [*COMMAND, "replan", str(problem), str(schedule), *SICK, "-o", str(new), "--time-limit", "inf"]
    started = subprocess.Popen(command, env=environment(), stderr=subprocess.PIPE, text=True)
    assert started.stderr is not None
    # The first line of progress: the search has begun (or has ended already, which is as good).
    started.stderr.readline()
    started.send_signal(signal.SIGINT)
    _, error = started.communicate(timeout=60)
    assert started.returncode in (0, 1, 130, -signal.SIGINT), error
    assert list(tmp_path.iterdir()) in ([], [new])
    if new.exists():
        assert json.loads(new.read_text())["appointments"]
