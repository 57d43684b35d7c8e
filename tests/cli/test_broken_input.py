"""Broken input: one message, exit status 2, and no output file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import HOURS, run, save, tiny

Change = Callable[[dict[str, Any]], Any]
PERIODS = [{"day": "mon", "start": "09:00", "end": "13:00"}, {"day": "mon", "start": "12:00", "end": "17:00"}]


def changed(**parts: Any) -> Change:
    return lambda problem: problem | parts


def first(part: str, **fields: Any) -> Change:
    """Give a change to the first entry of a part."""
    return lambda problem: problem | {part: [problem[part][0] | fields, *problem[part][1:]]}


BROKEN: dict[str, tuple[Change, str]] = {
    "cut JSON": (lambda problem: json.dumps(problem)[:-40], "not_json"),
    "wrong types": (changed(clinicians="two", grid="fine"), "clinicians"),
    "unknown id": (first("requests", client="K99"), "requests[0].client"),
    "overlapping working periods": (first("clinicians", working=PERIODS), "clinicians[0].working"),
    "negative minutes": (first("session_types", minutes=-60), "session_types[0].minutes"),
    "session longer than any day": (first("session_types", minutes=600), "session_types[0].minutes"),
    "absent supervisor": (first("clinicians", supervisor="S9"), "clinicians[0].supervisor"),
    "empty team": (changed(clinicians=[]), "clinicians"),
    "duplicated id": (lambda problem: problem | {"clients": problem["clients"] * 2}, "clients[3]"),
    "not an object": (lambda _: [1, 2], "the file"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_problem_is_refused_whole(kind: str, tmp_path: Path) -> None:
    """Somebody would get a traceback, a schedule of half a problem, or no word on where the fault is."""
    change, place = BROKEN[kind]
    broken = save(tmp_path, change(tiny()))
    done = run("solve", broken, "-o", tmp_path / "schedule.json", "--quiet")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("problem problem.json: ")
    assert place in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [broken]


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    """A file picked by mistake would fill the memory."""
    huge = tmp_path / "huge.json"
    with huge.open("wb") as stream:
        stream.truncate(10**12)  # takes no room on the disk
    done = run("solve", huge, "-o", tmp_path / "schedule.json")
    assert done.returncode == 2
    assert "too_large" in done.stderr


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """Somebody would mend a file fault by fault, and run after run."""
    problem = tiny()
    problem["requests"][0]["client"] = "K99"
    problem["clinicians"][1]["supervisor"] = "S9"
    problem["clients"] += problem["clients"][:1]
    done = run("verify", save(tmp_path, problem), save(tmp_path, {}, "schedule.json"))
    assert done.returncode == 2
    assert all(word in done.stderr for word in ("3 faults", "K99", "S9", "K1"))


@pytest.mark.parametrize("command", ["solve", "verify", "csv", "ics", "html"])
def test_a_missing_file_is_bad_input(command: str, tmp_path: Path) -> None:
    """A mistyped name would end in a traceback."""
    arguments = {
        "solve": ["solve", "none.json", "-o", "out"],
        "verify": ["verify", "none.json", "none.json"],
    }
    export = ["export", command, "none.json", "none.json", "-o", "out"]
    done = run(*arguments.get(command, export), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "none.json" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_broken_schedule_file_is_bad_input(problem: Path, tmp_path: Path) -> None:
    """A schedule that cannot be read would be taken for one that breaks rules."""
    done = run("verify", problem, save(tmp_path, {"appointments": [{}]}, "schedule.json"))
    assert done.returncode == 2
    assert "schedule schedule.json: " in done.stderr


def test_codes_cannot_command_the_terminal(tmp_path: Path) -> None:
    """A code with control characters could rewrite what a person sees."""
    problem = tiny()
    problem["clinicians"][0] |= {"id": "S\x1b[31m1", "working": HOURS * 2}
    done = run("solve", save(tmp_path, problem), "-o", tmp_path / "schedule.json")
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
