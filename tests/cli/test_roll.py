"""``safeschedule roll``: weeks in a row, stopped and taken up again."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.caseload.team import bands
from tests.cli.conftest import environment, run, save
from tests.cli.test_signals import wait_for
from tests.rolling.weeks import week

FAST = ("--time-limit", "5", "--workers", "2")

STUBBORN = """
import threading
import safeschedule.pipeline
from safeschedule.cli import main
from safeschedule.solving.progress import Progress

plan, weeks = safeschedule.pipeline.solve, []

def solve(problem, *, stop, on_progress, **options):
    weeks.append(problem)
    if len(weeks) < 3:
        return plan(problem, stop=stop, on_progress=on_progress, **options)
    print("third week", file=__import__("sys").stderr, flush=True)
    stop.wait()
    if STUBBORN:
        threading.Event().wait()
    return plan(problem, stop=stop, on_progress=on_progress, **options)

safeschedule.pipeline.solve = solve
main()
"""


@pytest.fixture(scope="module")
def problem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a small week whose bands ask for contacts."""
    small = week(bands=bands(contact_type="talk", review_type="review"))
    return save(tmp_path_factory.mktemp("roll"), small.model_dump_json())


def weeks(folder: Path) -> list[str]:
    return sorted(path.parent.name for path in folder.glob("week-*/schedule.json"))


@pytest.mark.slow
def test_a_roll_and_more_weeks_of_it(problem: Path, tmp_path: Path) -> None:
    """A quarter could not be planned, read or gone on with."""
    folder = tmp_path / "quarter"
    done = run("roll", problem, "--weeks", "2", "-o", folder, *FAST)
    assert done.returncode == 0, done.stderr
    assert weeks(folder) == ["week-01", "week-02"]
    assert "2 weeks, each checked against the history of the weeks before." in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines() if "Written" not in line)
    told = done.stderr.splitlines()
    assert [line.split(":")[0] for line in told] == ["week 1/2 2026-10-05", "week 2/2 2026-10-12"]
    for name in weeks(folder):
        assert run("verify", folder / name / "problem.json", folder / name / "schedule.json").returncode == 0
    more = run("roll", problem, "--weeks", "3", "-o", folder, *FAST, "--json")
    assert more.returncode == 0, more.stderr
    summary = json.loads(more.stdout)
    assert [row["week"] for row in summary["weeks"]] == [1, 2, 3]
    assert summary == json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert [line.endswith("taken over") for line in more.stderr.splitlines()] == [True, True, False]


def test_quiet_says_nothing_on_the_way(problem: Path, tmp_path: Path) -> None:
    """A script's log would fill with lines that nobody asked for."""
    done = run("roll", problem, "--weeks", "1", "-o", tmp_path / "q", *FAST, "-q")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_a_folder_of_another_problem_is_refused(problem: Path, tmp_path: Path) -> None:
    """One team's quarter would be written over another's."""
    folder = tmp_path / "quarter"
    assert run("roll", problem, "--weeks", "1", "-o", folder, *FAST).returncode == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    other = save(tmp_path, week(name="other").model_dump_json(), "other.json")
    for arguments in ((other, *FAST), (problem, *FAST, "--seed", "3")):
        done = run("roll", arguments[0], "--weeks", "2", "-o", folder, *arguments[1:])
        assert (done.returncode, done.stdout) == (2, "")
        assert "other_roll" in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize(
    "arguments",
    [
        ("--weeks", "0"),
        ("--weeks", "100"),
        (),
        ("--weeks", "2", "--time-limit", "0"),
        ("--weeks", "2", "--time-limit", "nan"),
    ],
)
def test_bad_use(arguments: tuple[str, ...], problem: Path, tmp_path: Path) -> None:
    """A mistyped number would plan something else."""
    done = run("roll", problem, *arguments, "-o", tmp_path / "quarter")
    assert (done.returncode, done.stdout) == (2, "")
    assert not list(tmp_path.iterdir())


def test_a_file_in_the_folders_place_is_refused(problem: Path, tmp_path: Path) -> None:
    """Somebody's file would be lost."""
    own = save(tmp_path, "mine", "quarter")
    done = run("roll", problem, "--weeks", "1", "-o", own, *FAST)
    assert (done.returncode, done.stdout, own.read_text()) == (2, "", "mine")


def test_a_week_without_schedule_ends_it_with_1(tmp_path: Path) -> None:
    """A script would take half a quarter for a whole one."""
    # A day programme on all seven dates, and nobody works on more than three.
    daily = [
        client.model_dump(mode="json") | {"daily_least": 1, "comes_daily": True} for client in week().clients
    ]
    file = save(tmp_path, week(clients=daily).model_dump_json())
    done = run("roll", file, "--weeks", "2", "-o", tmp_path / "quarter", *FAST, "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["stopped"].startswith("Week 1 (2026-10-05) has no schedule.")
    assert "Week 1 (2026-10-05) has no schedule." in done.stderr
    assert not (tmp_path / "quarter").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("stubborn", "status"), [(False, 1), (True, 130)])
@pytest.mark.slow
def test_signals_keep_the_weeks_that_are_done(
    stubborn: bool, status: int, problem: Path, tmp_path: Path
) -> None:
    """Whoever stops a long roll would lose it, or could not get rid of it."""
    folder = tmp_path / "quarter"
    program = f"STUBBORN = {stubborn}\n{STUBBORN}"
    arguments = ["roll", problem, "--weeks", "5", "-o", folder, *FAST, "--json"]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        [sys.executable, "-c", program, *map(str, arguments)],
        env=environment(),
        stdout=pipe,
        stderr=pipe,
        text=True,
    ) as process:
        try:
            wait_for(process, "third week")
            process.send_signal(signal.SIGINT)
            if stubborn:
                wait_for(process, "Stopping")
                process.send_signal(signal.SIGINT)
            stdout, stderr = process.communicate()
        finally:
            process.kill()
    assert process.returncode == status, stderr
    assert weeks(folder) == ["week-01", "week-02"]
    if stubborn:
        assert "the same command goes on from there" in stderr
    else:
        assert [row["week"] for row in json.loads(stdout)["weeks"]] == [1, 2]
        assert json.loads((folder / "summary.json").read_text())["stopped"] == "Stopped after 2 of 5 weeks."
    assert run(*arguments[:3], "3", *arguments[4:]).returncode == 0
    assert weeks(folder) == ["week-01", "week-02", "week-03"]
