"""``safeschedule suggest`` and ``safeschedule check-move``: answers, files, exit statuses."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import run, save, tiny

STANDARD = "-"


@pytest.fixture(scope="module")
def open_week(schedule: Path, problem: Path) -> Path:
    """Give the small problem's schedule without its first session."""
    content = json.loads(schedule.read_text(encoding="utf-8"))
    content["appointments"] = [a for a in content["appointments"] if a["request"] != "R1"]
    return save(problem.parent, content, "open.json")


def test_a_slot_is_found_taken_and_verified(problem: Path, open_week: Path, tmp_path: Path) -> None:
    """Somebody who takes a slot would get another schedule, or one that breaks a rule."""
    taken = tmp_path / "taken.json"
    done = run("suggest", problem, open_week, "--request", "R1", "--take", 2, "-o", taken)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("R1 (K1):\n1. ")
    assert max(map(len, done.stdout.splitlines())) <= 80 or str(taken) in done.stdout
    assert run("verify", problem, taken).returncode == 0


def test_json_is_one_object(problem: Path, open_week: Path) -> None:
    """A program could not read the answer."""
    done = run("suggest", problem, open_week, "--request", "R1", "-n", 3, "--json")
    answer = json.loads(done.stdout)
    assert (done.returncode, len(answer["slots"])) == (0, 3)
    assert answer["slots"][0]["appointment"]["request"] == "R1"


def test_a_new_client_gets_a_slot_and_a_problem(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """The next question about the week could not be asked, because the problem lacks the new request."""
    new = save(tmp_path, {"request": _request("K9"), "client": {"id": "K9"}}, "new.json")
    files = ("--take", 1, "-o", tmp_path / "w.json", "--problem-out", tmp_path / "p.json")
    done = run("suggest", problem, schedule, "--new", new, *files)
    assert done.returncode == 0, done.stderr
    assert run("verify", tmp_path / "p.json", tmp_path / "w.json").returncode == 0


def _request(client: str) -> dict[str, object]:
    return {"id": "N1", "client": client, "session_type": "therapy"}


def test_a_new_request_alone_is_enough(problem: Path, open_week: Path, tmp_path: Path) -> None:
    """A known client's new request would need a file that says the client again."""
    done = run("suggest", problem, open_week, "--new", save(tmp_path, _request("K1")), "--json")
    assert done.returncode == 0, done.stderr


def test_a_placed_session_gets_other_slots(problem: Path, schedule: Path) -> None:
    """Somebody who has to move a session would be offered where it is now."""
    done = run("suggest", problem, schedule, "--request", "R2", "--move", "--json")
    answer = json.loads(done.stdout)
    now = answer["moving"]["start"]
    assert done.returncode == 0
    assert all(entry["appointment"]["start"] != now for entry in answer["slots"])


def test_without_a_slot_it_ends_with_1_and_says_why(tmp_path: Path) -> None:
    """A script would take an empty answer for a good one."""
    full = tiny() | {"clients": [{"id": "K1", "clinician": "S1", "windows": []}, {"id": "K2"}, {"id": "K3"}]}
    for person in full["clinicians"]:
        person["weekly_sessions"] = 0
    week = save(tmp_path, {"week_start": "2026-10-05"}, "week.json")
    done = run("suggest", save(tmp_path, full), week, "--request", "R1")
    assert done.returncode == 1
    assert "No slot." in done.stdout
    assert "session_limits" in done.stdout


@pytest.mark.slow
def test_a_move_is_checked_and_written(tmp_path: Path) -> None:
    """A move that breaks nothing could not be made."""
    # Without notes: of the best weeks there are some in which they would have to move with any session.
    problem = save(tmp_path, tiny() | {"rulebook": {"rules": {"documentation": {"enabled": False}}}})
    schedule = tmp_path / "week.json"
    assert run("solve", problem, "-o", schedule).returncode == 0
    answer = json.loads(run("suggest", problem, schedule, "--request", "R2", "--move", "--json").stdout)
    clear = [e["appointment"] for e in answer["slots"] if not e["blocks_come"]]
    to = clear[0]["start"]
    done = run("check-move", problem, schedule, "--request", "R2", "--to", to, "-o", tmp_path / "moved.json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Breaks no rule" in done.stdout
    assert run("verify", problem, tmp_path / "moved.json").returncode == 0


def test_a_move_that_breaks_a_rule_ends_with_1_and_writes_nothing(
    problem: Path, schedule: Path, tmp_path: Path
) -> None:
    """A broken week would be written, or a script would go on with it."""
    moved = tmp_path / "moved.json"
    done = run(
        "check-move", problem, schedule, "--request", "R2", "--to", "2026-10-05T03:00", "-o", moved, "--json"
    )
    answer = json.loads(done.stdout)
    assert (done.returncode, answer["allowed"], moved.exists()) == (1, False, False)
    assert "working_hours" in {finding["rule"] for finding in answer["effects"]["breaks"]}


@pytest.mark.parametrize(
    "options",
    [
        ("suggest", []),
        ("suggest", ["--request", "R9"]),
        ("suggest", ["--request", "R1"]),
        ("suggest", ["--request", "R1", "--new", "new.json"]),
        ("suggest", ["--request", "R1", "--take", "1"]),
        ("suggest", ["--request", "R1", "--move", "--at", "soon"]),
        ("suggest", ["--request", "R1", "--move", "--take", "1", "-o", STANDARD, "--json"]),
        ("suggest", ["--new", "absent.json"]),
        ("check-move", ["--request", "R1"]),
        ("check-move", ["--request", "R1", "--to", "soon"]),
        ("check-move", ["--request", "R9", "--to", "2026-10-05T10:00"]),
        ("check-move", ["--request", "R1", "--clinician", "nobody"]),
    ],
    ids=lambda options: f"{options[0]} {' '.join(options[1])}",
)
def test_bad_use_ends_with_2(options: tuple[str, list[str]], problem: Path, schedule: Path) -> None:
    """A script would take a question that nobody understood for an answer."""
    command, more = options
    done = run(command, problem, schedule, *more)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
