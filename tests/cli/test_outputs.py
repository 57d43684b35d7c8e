"""Where commands write: not over what they read, not over what is no file, and nothing is lost."""

from __future__ import annotations

import contextlib
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from safeschedule.cli import app
from safeschedule.errors import InputError
from tests.cli.conftest import COMMAND, environment, save, tiny

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


@pytest.fixture
def folder(tmp_path: Path, problem: Path, schedule: Path) -> Path:
    """Give a folder with a problem and its schedule, the problem under several names."""
    (tmp_path / "problem.json").write_bytes(problem.read_bytes())
    (tmp_path / "schedule.json").write_bytes(schedule.read_bytes())
    os.link(tmp_path / "problem.json", tmp_path / "hard.json")
    (tmp_path / "soft.json").symlink_to("problem.json")
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "up").symlink_to("..")
    return tmp_path


def here(folder: Path, *arguments: str, stdin: str = "") -> Result:
    """Run a command in this process, as many as there are, in a folder."""
    with contextlib.chdir(folder):
        return CliRunner().invoke(app, arguments, input=stdin)


def refused(folder: Path, *arguments: str) -> str:
    """Run a command here, see that it is refused and changes no file, and give what is said."""
    before = content(folder)
    done = here(folder, *arguments)
    assert done.exit_code == 2
    assert isinstance(done.exception, SystemExit)
    assert content(folder) == before
    return done.output


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@posix
@pytest.mark.parametrize("name", ["problem.json", "hard.json", "soft.json", "below/up/problem.json"])
def test_a_problem_is_not_written_over_by_its_schedule(folder: Path, name: str) -> None:
    """The work of a morning would be gone with one slip."""
    assert "over what is read" in refused(folder, "solve", "problem.json", "-o", name)


COMMANDS = (
    ("contacts", "problem.json", "-o", "hard.json"),
    ("bands", "problem.json", "--confirm", "K1=high", "--by", "S1", "-o", "hard.json"),
    ("export", "csv", "problem.json", "schedule.json", "-o", "schedule.json"),
    ("export", "html", "problem.json", "schedule.json", "-o", "hard.json"),
    ("stress", "problem.json", "schedule.json", "--worst", "schedule.json"),
    ("stress", "problem.json", "schedule.json", "--worst-problem", "below/up/problem.json"),
    (
        "suggest",
        "problem.json",
        "schedule.json",
        "--request",
        "R1",
        "--move",
        "--take",
        "1",
        "-o",
        "schedule.json",
    ),
    (
        "check-move",
        "problem.json",
        "schedule.json",
        "--request",
        "R1",
        "--mode",
        "telehealth",
        "-o",
        "schedule.json",
    ),
    ("explain", "problem.json", "--exception", "hard.json"),
    ("solve", "problem.json", "-o", "rota.csv", "--report", "."),
)


@posix
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_no_command_writes_over_what_it_reads(folder: Path, arguments: tuple[str, ...]) -> None:
    """One of them would destroy its own input."""
    assert "would be written" in refused(folder, *arguments)


@posix
def test_standard_input_is_not_written_over(folder: Path) -> None:
    """``solve - -o problem.json < problem.json`` would destroy the problem."""
    command = [*COMMAND, "solve", "-", "-o", "hard.json"]
    with (folder / "problem.json").open("rb") as stream:
        done = subprocess.run(
            command, cwd=folder, env=environment(), stdin=stream, capture_output=True, check=False
        )
    assert done.returncode == 2
    assert b"over what is read" in done.stderr


@posix
def test_devices_pipes_and_links_are_refused_and_standard_output_is_a_stream(folder: Path) -> None:
    """A device or a link would become a file; or a script that names /dev/stdout would fail."""
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("nowhere")
    for name in ("/dev/null", "pipe", "link", "below"):
        done = here(folder, "generate", "--clinicians", "4", "-o", name)
        assert isinstance(done.exception, InputError)
        assert [fault.code for fault in done.exception.faults] == ["not_a_file"]
    assert stat.S_ISFIFO((folder / "pipe").lstat().st_mode)
    assert (folder / "link").is_symlink()
    for name in ("/dev/stdout", "-"):
        done = here(folder, "generate", "--clinicians", "4", "-o", name)
        assert json.loads(done.stdout)["week_start"] == "2026-10-05"


def test_what_is_written_over_stays_beside_unless_it_may_be_overwritten(tmp_path: Path) -> None:
    """A week would be lost when another is written under its name."""
    for seed in (1, 2, 3):
        more = ["--overwrite"] if seed == 3 else []
        done = here(tmp_path, "generate", "--clinicians", "4", "--seed", str(seed), "-o", "week.json", *more)
        assert done.exit_code == 0, done.output
    assert sorted(content(tmp_path)) == ["week.json", "week.json.bak1"]
    assert b"community-4-1" in (tmp_path / "week.json.bak1").read_bytes()
    assert b"community-4-3" in (tmp_path / "week.json").read_bytes()


@posix
def test_files_with_codes_of_clients_are_their_owners_alone(planned: object, problem: Path) -> None:
    """Everybody who has an account on the computer could read who comes when."""
    del planned
    report = problem.parent / "report"
    files = [problem.parent / "schedule.json", *report.rglob("*")]
    assert {stat.S_IMODE(p.stat().st_mode) for p in files if p.is_file()} == {0o600}
    assert {stat.S_IMODE(p.stat().st_mode) for p in (report, report / "calendars")} == {0o700}


@posix
def test_a_full_disk_leaves_nothing_behind(folder: Path) -> None:
    """Half a report would be taken for the whole one."""
    before = content(folder)
    limited = (
        "import resource, sys\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (6000, 6000))\n"
        "from safeschedule.cli import main\n"
        "main()\n"
    )
    arguments = [
        "solve",
        "problem.json",
        "-o",
        "new.json",
        "--report",
        "new/report",
        "--deterministic-limit",
        "0.5",
    ]
    done = subprocess.run(
        [sys.executable, "-c", limited, *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"[not_written]" in done.stderr
    assert content(folder) == before
    assert not (folder / "new").exists()


def test_a_week_says_how_it_came_about(tmp_path: Path) -> None:
    """Nobody could tell of a week on the wall which problem and which rules made it."""
    save(tmp_path, tiny())
    here(tmp_path, "solve", "problem.json", "-o", "week.json", "--time-limit", "2", "--seed", "3")
    told = json.loads((tmp_path / "week.json").read_text())["provenance"]
    assert (told["by"], told["seed"], told["time_limit"], told["verified"]) == ("solve", 3, 2.0, True)
    assert {"made", "problem_hash", "rulebook_hash", "schedule_hash", "safeschedule", "gap"} <= told.keys()
    account = here(tmp_path, "verify", "problem.json", "week.json")
    assert "Made by solve" in account.stdout
    assert "changed since" not in account.stdout


def test_a_week_that_was_changed_since_is_told(folder: Path) -> None:
    """The figures of a search would be taken for those of a week edited by hand."""
    week = json.loads((folder / "schedule.json").read_text())
    week["appointments"] = week["appointments"][1:]
    save(folder, week, "edited.json")
    done = here(folder, "verify", "problem.json", "edited.json")
    assert "changed since" in done.stdout
    other = json.loads((folder / "problem.json").read_text()) | {"name": "other"}
    save(folder, other, "other.json")
    assert "another problem" in here(folder, "verify", "other.json", "schedule.json").stdout


def test_the_table_is_verified_as_the_schedule_is(folder: Path) -> None:
    """A week edited as a table could not be checked before it is used."""
    assert here(folder, "export", "csv", "problem.json", "schedule.json", "-o", "rota.csv").exit_code == 0
    one, other = (
        json.loads(here(folder, "verify", "problem.json", name, "--json").stdout)
        for name in ("schedule.json", "rota.csv")
    )
    assert one["compliant"]
    assert (one["findings"], one["amounts"]) == (other["findings"], other["amounts"])
    piped = here(folder, "verify", "problem.json", "-", stdin=(folder / "rota.csv").read_text("utf-8-sig"))
    assert piped.exit_code == 0, piped.output
    done = here(
        folder,
        "check-move",
        "problem.json",
        "rota.csv",
        "--request",
        "R1",
        "--mode",
        "telehealth",
    )
    assert "R1" in done.stdout


def test_calendars_after_planning_again_call_off_what_was_dropped(folder: Path) -> None:
    """A clinician would wait for a client who was told not to come."""
    here(folder, "export", "ics", "problem.json", "schedule.json", "-o", "one")
    save(
        folder,
        [{"change": "cancelled_session", "request": "R1", "start": start(folder, "R1")}],
        "changes.json",
    )
    arguments = ("replan", "problem.json", "schedule.json", "changes.json", "--deterministic-limit", "1")
    done = here(folder, *arguments, "-o", "new.json", "--problem-out", "new-problem.json")
    assert done.exit_code == 0, done.output
    done = here(folder, "export", "ics", "new-problem.json", "new.json", "-o", "two")
    assert "called off" in done.stdout
    assert list((folder / "two" / "cancelled" / "S1").glob("*.ics"))
    text = (folder / "two" / "S1.ics").read_text()
    assert text.count("STATUS:CANCELLED") >= 1
    # The same from a table, which does not know of it, and the schedule that people have.
    here(folder, "export", "csv", "new-problem.json", "new.json", "-o", "rota.csv")
    done = here(
        folder,
        "export",
        "ics",
        "new-problem.json",
        "rota.csv",
        "--since",
        "schedule.json",
        "-o",
        "three",
    )
    assert done.exit_code == 0, done.output

    def events(name: str) -> list[str]:
        lines = (folder / name / "S1.ics").read_text().splitlines()
        return sorted(line for line in lines if line.startswith(("UID", "SEQUENCE", "STATUS", "DTSTART;")))

    assert events("three") == events("two")


def start(folder: Path, request: str) -> str:
    week = json.loads((folder / "schedule.json").read_text())
    return next(a["start"] for a in week["appointments"] if a["request"] == request)


@posix
def test_an_ascii_terminal_and_a_full_output_end_without_a_traceback(folder: Path) -> None:
    """A letter that the terminal does not know would end the command."""
    plain = tiny() | {"name": "Zürich"}
    plain["clients"][0]["id"] = plain["requests"][0]["client"] = "Kä"
    save(folder, plain, "letters.json")
    for encoding in ("ascii", "utf-8"):
        done = subprocess.run(
            [*COMMAND, "contacts", "letters.json"],
            cwd=folder,
            env=environment(PYTHONIOENCODING=encoding),
            capture_output=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*COMMAND, "verify", "problem.json", "schedule.json"],
            cwd=folder,
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"report it" not in done.stderr
