"""``safeschedule solve``: what it writes, prints and returns."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from safeschedule.cli.solve import seconds
from tests.cli.conftest import COMMAND, Done, environment, run, save, tiny

KEYS = {
    "schema_version",
    "status",
    "objective",
    "bound",
    "gap",
    "seconds",
    "phases",
    "placed",
    "ended",
    "most_sessions",
    "warnings",
    "notices",
    "left_out",
    "verified",
    "tiers",
    "interrupted",
    "explanation",
    "provenance",
}


def infeasible() -> dict[str, Any]:
    """Give a problem in which somebody has no time left for the weekly consultation."""
    block = {"kind": "documentation", "clinicians": ["S1"], "minutes": 480}
    return tiny() | {"pinned_blocks": [block | {"start": f"2026-10-0{day}T09:00"} for day in (5, 6)]}


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> tuple[Done, Path]:
    """Solve what cannot be solved, over a schedule of last time."""
    folder = tmp_path_factory.mktemp("infeasible")
    old = save(folder, "of last time", "schedule.json")
    return run("solve", save(folder, infeasible()), "-o", old, "--json"), old


def test_json_is_one_object_with_the_promised_keys(planned: Done) -> None:
    """A program that reads standard output would find other keys, or more than one object."""
    answer = json.loads(planned.stdout)
    assert set(answer) == KEYS
    assert answer["status"] == "optimal"
    assert answer["verified"] is True
    assert answer["placed"] == 3
    assert answer["left_out"] == []
    assert isinstance(answer["seconds"]["total"], float)


def test_json_keeps_to_the_printed_schema(planned: Done) -> None:
    """The schema would promise other fields than the object has."""
    schema = json.loads(run("schema", "result").stdout)
    answer = json.loads(planned.stdout)
    apart = {"schedule", "verification"}
    assert set(schema["properties"]) - apart == set(answer)
    assert set(schema["required"]) <= set(answer)
    for tier in answer["tiers"]:
        assert set(tier) == set(schema["$defs"]["TierObjective"]["properties"])
    assert set(answer["provenance"]) == set(schema["$defs"]["Provenance"]["properties"])


def test_progress_goes_to_standard_error(planned: Done) -> None:
    """The progress would be missing, or would spoil standard output."""
    assert any(" s" in line for line in planned.stderr.splitlines())


@pytest.mark.skipif(sys.platform == "win32", reason="terminals of POSIX")
def test_a_terminal_shows_one_live_line(problem: Path, tmp_path: Path) -> None:
    """People would see no progress on a terminal, or a program no JSON beside it."""
    outer, inner = os.openpty()
    command = [*COMMAND, "solve", str(problem), "-o", str(tmp_path / "s.json"), "--json"]
    surroundings = environment(TERM="xterm")
    with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE, stderr=inner) as process:
        os.close(inner)
        stdout, _ = process.communicate()
    shown = os.read(outer, 100_000).decode()
    os.close(outer)
    assert json.loads(stdout)["verified"] is True
    assert "best" in shown
    assert "\x1b[2K" in shown  # the line is cleared, not left behind


def test_report_holds_page_table_and_calendars(schedule: Path) -> None:
    """A file that the team works with would be missing."""
    report = schedule.parent / "report"
    assert "<html" in (report / "rota.html").read_text(encoding="utf-8")
    assert "therapy" in (report / "rota.csv").read_text(encoding="utf-8-sig")
    assert {path.name for path in (report / "calendars").iterdir()} == {"S1.ics", "S2.ics"}


def test_words_fit_eighty_columns(problem: Path, tmp_path: Path) -> None:
    """People would read broken lines, or would not learn where the schedule went."""
    done = run("solve", problem, "-o", "s.json", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(len(line) <= 80 for line in done.stdout.splitlines())
    assert "3 sessions placed, 0 left out" in done.stdout
    assert "Written: s.json" in done.stdout


def test_streams_stand_in_for_files(problem: Path) -> None:
    """A pipe could not carry a problem in and a schedule out."""
    done = run("solve", "-", "-o", "-", "--quiet", stdin=problem.read_text(encoding="utf-8"))
    assert done.returncode == 0
    assert len(json.loads(done.stdout)["appointments"]) == 3
    assert "3 sessions placed" in done.stderr


def test_the_same_seed_and_limit_give_the_same_schedule(problem: Path, tmp_path: Path) -> None:
    """A schedule could not be made again."""
    limits = ("--quiet", "--seed", "3", "--workers", "1", "--deterministic-limit", "20")
    first = run("solve", problem, "-o", "-", *limits).stdout
    assert first
    assert run("solve", problem, "-o", "-", *limits, cwd=tmp_path).stdout == first


def test_infeasible_ends_with_1_and_says_so(refused: tuple[Done, Path]) -> None:
    """A script would take a week without schedule for done."""
    done, _ = refused
    assert done.returncode == 1, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["verified"], answer["objective"]) == ("infeasible", False, None)


def test_infeasible_leaves_the_old_file(refused: tuple[Done, Path]) -> None:
    """Last time's schedule would be lost without a new one."""
    assert refused[1].read_text(encoding="utf-8") == "of last time"


@pytest.mark.parametrize(
    "arguments",
    [
        ("--json", "-o", "-"),
        ("-o", "no/such/folder/s.json"),
        ("-o", "."),
        ("-o", "s.json", "--report", "problem.json"),
        ("-o", "s.json", "--time-limit", "0"),
        ("-o", "s.json", "--time-limit", "nan"),
        ("-o", "s.json", "--gap-limit", "-1"),
        ("-o", "s.json", "--workers", "0"),
        (),
    ],
)
def test_bad_use_ends_with_2_before_the_search(arguments: tuple[str, ...], tmp_path: Path) -> None:
    """A long search would end in a file that cannot be written, or with settings that mean nothing."""
    save(tmp_path, tiny())
    done = run("solve", "problem.json", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["problem.json"]


@pytest.mark.parametrize(
    ("given", "deterministic", "meant"),
    [(None, None, 60.0), (None, 5.0, None), (9.0, 5.0, 9.0), (9.0, None, 9.0), (float("inf"), None, None)],
)
def test_a_time_limit_beside_a_deterministic_one_is_kept(
    given: float | None, deterministic: float | None, meant: float | None
) -> None:
    """Whoever gives both would wait for hours, or with the second alone would get another week each time."""
    assert seconds(given, 60.0, deterministic) == meant
