"""``safeschedule study``: run, stopped and taken up again, shown, reported."""

from __future__ import annotations

import json
import signal
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import COMMAND, Done, environment, run, save
from tests.study.weeks import week

STUDY = """
name = "small"
seeds = [1, 2]
limit = 0.2
processes = 1

[problems]
duty = "duty.json"

[scenarios.less]
demand = 0.5

[scenarios."no breaks"]
rules_off = ["breaks"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with a study's file and its problem."""
    found = tmp_path_factory.mktemp("study")
    save(found, week().model_dump_json(), "duty.json")
    save(found, STUDY, "small.toml")
    return found


@pytest.fixture(scope="module")
def done(folder: Path) -> Done:
    """Run the study once; its runs are in the folder `small`."""
    return run("study", "run", folder / "small.toml")


def test_a_study_is_run_and_kept(folder: Path, done: Done) -> None:
    """A study could not be run without Python."""
    assert done.returncode == 0, done.stderr
    assert "small: 6 of 6 runs" in done.stdout
    assert "duty, less: -3.0 sessions" in done.stdout
    assert "exactly 3 sessions fewer" in done.stdout
    assert "6 of 6 runs" in done.stderr.splitlines()[-1]
    assert len(list((folder / "small" / "runs").glob("*.parquet"))) == 6
    again = run("study", "run", folder / "small.toml", "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["comparisons"]["figure"] == "sessions"
    assert "6 of them kept" in again.stderr


@pytest.mark.slow
def test_what_was_found_is_shown_and_written(folder: Path, done: Done, tmp_path: Path) -> None:
    """The figures of a study could not be looked at, or taken elsewhere."""
    assert done.returncode == 0
    kept = folder / "small"
    shown = run("study", "show", kept, "--figure", "minutes")
    assert "minutes, compared with base" in shown.stdout
    prices = run("study", "show", kept, "--prices")
    assert "| `breaks` | 6 (at most 6) | no difference |" in prices.stdout
    written = run("study", "show", kept, "--frame", "runs", "-o", tmp_path / "runs.csv")
    assert written.returncode == 0, written.stderr
    lines = (tmp_path / "runs.csv").read_text().splitlines()
    assert lines[0].startswith("problem,scenario,seed,status")
    assert len(lines) == 7
    assert run("study", "show", kept, "--frame", "rules", "-o", tmp_path / "r.parquet").returncode == 0
    page = run("study", "report", kept, "-o", tmp_path / "report.html")
    assert page.returncode == 0, page.stderr
    text = (tmp_path / "report.html").read_text()
    assert "The price of each rule" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("", ["problems"]),
        (
            'seeds = "three"\nlimt = 2\n[problems]\nduty = "duty.json"\n[scenarios.slip]\nrule_off = ["x"]\n'
            'fte = {scael = 2}\nfrom = ["other"]\n',
            [
                "seeds",
                "limt",
                "scenarios.slip.rule_off",
                "scenarios.slip.fte.scael",
                "scenarios.slip.from[0]",
            ],
        ),
        ('[problems]\nduty = "none.json"\nmade = {clinicians = 0}\n', ["problems.duty", "problems.made"]),
        ('[problems]\nmade = {clinicians = 2, profile = "comunity"}\n', ["problems.made: profile"]),
        (
            '[problems]\nduty = "duty.json"\n[scenarios.slip]\nremove = ["C9"]\n',
            ["scenarios.slip.remove.clinicians[0]"],
        ),
        ("[problems\n", ["the file"]),
    ],
)
def test_a_study_with_faults_is_refused_with_all_of_them(
    folder: Path, tmp_path: Path, text: str, places: list[str]
) -> None:
    """A night would pass before a slip of the pen is found, and the next night before the next one."""
    save(tmp_path, (folder / "duty.json").read_text(), "duty.json")
    refused = run("study", "run", save(tmp_path, text, "study.toml"))
    assert refused.returncode == 2
    assert [place for place in places if place not in refused.stderr] == []
    assert not (tmp_path / "study").exists()


@pytest.mark.slow
def test_a_part_is_no_number_or_folder_is_bad_use(folder: Path, tmp_path: Path) -> None:
    """A wrong option would solve everything, or nothing."""
    for part in ("3", "3/2", "0/4", "a/b"):
        assert run("study", "run", folder / "small.toml", "--part", part).returncode == 2
    assert run("study", "show", tmp_path).returncode == 2
    assert run("study", "show", tmp_path, "--frame", "runs").returncode == 2
    assert run("study", "report", tmp_path, "-o", tmp_path / "report.html").returncode == 2


@pytest.mark.slow
def test_parts_add_up(folder: Path, tmp_path: Path) -> None:
    """Machines that share a folder would leave some runs to each other."""
    for number in (1, 2):
        done = run("study", "run", folder / "small.toml", "-o", tmp_path / "parts", "--part", f"{number}/2")
        assert done.returncode == 0, done.stderr
    shown = run("study", "show", tmp_path / "parts", "--json")
    assert len(json.loads(shown.stdout)["runs"]) == 6


@pytest.mark.slow
def test_ctrl_c_keeps_what_is_done(folder: Path, tmp_path: Path) -> None:
    """Whoever stops a study would lose it, or have to wait for its end."""
    process = subprocess.Popen(
        [*COMMAND, "study", "run", str(folder / "small.toml"), "-o", str(tmp_path / "kept")],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    assert "1 of 6 runs" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    out, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "of 6 runs" in out
    kept = len(list((tmp_path / "kept" / "runs").glob("*.parquet")))
    assert 1 <= kept < 6
    again = run("study", "run", folder / "small.toml", "-o", tmp_path / "kept")
    assert f"{kept} of them kept" in again.stderr


@pytest.mark.slow
def test_the_least_staff_is_searched_for(folder: Path) -> None:
    """A planner would have to try one team after the other."""
    found = run("study", "least", folder / "duty.json", "--like", "C1", "--limit", "0.2", "--most", "1")
    assert found.returncode == 0, found.stderr
    assert found.stdout.startswith("6 of 6 sessions are reached with the team as it is")
    refused = run("study", "least", folder / "duty.json", "--like", "C9", "--limit", "0.2", "--most", "1")
    assert refused.returncode == 2
    assert "C9" in refused.stderr
