"""``safeschedule explain``: why requests are left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Done, run, save, tiny


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give a problem with a request more than fits into the clinician's days, and its schedule."""
    folder = tmp_path_factory.mktemp("crowded")
    people = [person | {"daily_sessions": 1} for person in tiny()["clinicians"]]
    problem = save(folder, tiny() | {"clinicians": people})
    done = run("solve", problem, "-o", folder / "week.json", "--quiet")
    assert done.returncode == 0, done.stderr
    return problem, folder / "week.json"


@pytest.fixture(scope="module")
def struck(crowded: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Give the schedule without one of its sessions, and a reason for it that is wrong."""
    problem, schedule = crowded
    content = json.loads(schedule.read_text(encoding="utf-8"))
    gone = content["appointments"].pop()["request"]
    reason = {"request": gone, "rules": ["no_overlap"], "reason": "There is no time."}
    content["left_out"] = [*content.get("left_out", []), reason]
    return problem, save(tmp_path_factory.mktemp("struck"), content, "week.json")


def explain(files: tuple[Path, Path], *options: str) -> Done:
    """Run the command on a problem and a schedule."""
    return run("explain", *files, *options)


@pytest.fixture(scope="module")
def account(crowded: tuple[Path, Path]) -> dict[str, Any]:
    """Give what the command prints for programs."""
    done = explain(crowded, "--json")
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_it_says_what_blocks_and_who_could_give_way(crowded: tuple[Path, Path]) -> None:
    """Somebody would be left without a reason that can be told."""
    done = explain(crowded, "--quiet")
    assert (done.returncode, done.stderr) == (0, "")
    assert "What blocks it:" in done.stdout
    assert "(session_limits)" in done.stdout
    assert "gives way" in done.stdout
    assert all(len(line) <= 80 for line in done.stdout.splitlines())


def test_json_carries_the_schedule_of_each_way(account: dict[str, Any]) -> None:
    """A program would know that there is a way in, and not the week that it makes."""
    assert set(account) == {
        *("schema_version", "explanations", "not_reached", "missed_requests"),
        *("interrupted", "contradicted"),
    }
    (explanation,) = account["explanations"]
    assert explanation["options"]
    assert len(explanation["ways"][0]["schedule"]["appointments"]) == 2


def test_one_request_alone(crowded: tuple[Path, Path], account: dict[str, Any]) -> None:
    """Somebody who asks about one client would have to read about all."""
    code = account["explanations"][0]["request"]
    done = explain(crowded, "--request", code, "--quiet")
    assert done.returncode == 0
    assert done.stdout.startswith(code)


def test_unknown_requests_end_with_2(crowded: tuple[Path, Path]) -> None:
    """A slip in a code would look like an answer, or command the terminal."""
    done = explain(crowded, "--request", "no\x1b[31mbody")
    assert done.returncode == 2
    assert "unknown_reference" in done.stderr
    assert "\x1b" not in done.stderr


def test_a_request_that_is_placed_ends_with_2(crowded: tuple[Path, Path]) -> None:
    """Somebody would be told why a session is not there that is."""
    content = json.loads(crowded[1].read_text(encoding="utf-8"))
    done = explain(crowded, "--request", content["appointments"][0]["request"])
    assert done.returncode == 2
    assert "not_left_out" in done.stderr


def test_a_session_that_fits_at_no_cost_ends_with_1(struck: tuple[Path, Path]) -> None:
    """A schedule with room for somebody who is left out would pass."""
    done = explain(struck, "--quiet")
    assert done.returncode == 1
    assert "It fits at no cost" in done.stdout
    assert "room at no cost" in done.stderr
    assert "which is wrong" in done.stderr


def test_nothing_left_out(problem: Path, schedule: Path) -> None:
    """A whole week would be answered with silence."""
    done = run("explain", problem, schedule)
    assert done.returncode == 0
    assert "Nothing is left out." in done.stdout


def test_a_broken_schedule_ends_with_2(problem: Path, broken_schedule: Path) -> None:
    """Reasons would be given for a week that is not allowed."""
    done = run("explain", problem, broken_schedule)
    assert done.returncode == 2
    assert "not_compliant" in done.stderr
