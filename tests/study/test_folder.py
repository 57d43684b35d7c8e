"""The folder of a study: resumed, never solved twice, and damaged files found."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import narwhals as nw
import pytest

from safeschedule import InputError, Scenario, Study, StudyResults
from safeschedule.study.frames import writer
from safeschedule.study.jobs import StudyLimits
from safeschedule.study.kept import REST
from safeschedule.study.runs import StudyRun
from safeschedule.study.store import RunStore, keys_in
from tests.study.weeks import LIMIT, SCENARIOS, Inline, run, week

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from concurrent.futures import ThreadPoolExecutor
from safeschedule import Study
from tests.study.weeks import SCENARIOS, run, week

def tell(progress):
    print(progress.done, flush=True)
    sys.stdin.readline()

study = Study(week(), SCENARIOS, seeds=[1, 2])
run(study, folder=sys.argv[1], on_progress=tell, executor=ThreadPoolExecutor(1))
"""


def test_a_study_that_was_killed_goes_on_and_solves_nothing_twice(tmp_path: Path) -> None:
    """A night's work would be lost with the machine, or begin again from the start."""
    folder = tmp_path / "study"
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    for _ in range(3):
        process.stdout.readline()
        process.stdin.write("\n")
        process.stdin.flush()
    process.send_signal(signal.SIGKILL)
    process.wait(60)
    process.stdin.close()
    process.stdout.close()
    done = set(keys_in(folder))
    assert 3 <= len(done) < 8
    before = {path: path.stat().st_mtime_ns for path in (folder / "runs").iterdir()}
    executor = Inline()
    results = run(Study(week(), SCENARIOS, seeds=[1, 2]), folder=folder, executor=executor)
    assert {job.key() for (job,) in executor.jobs} == set(keys_in(folder)) - done
    assert len(executor.jobs) == 8 - len(done)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert results == run(Study(week(), SCENARIOS, seeds=[1, 2]))
    assert StudyResults.from_folder(folder) == results


def test_two_studies_share_what_is_kept(tmp_path: Path) -> None:
    """A further scenario would cost all the others again."""
    run(Study(week(), SCENARIOS[:1], name="first"), folder=tmp_path)
    executor = Inline()
    results = run(Study(week(), [*SCENARIOS[:2]], name="second"), folder=tmp_path, executor=executor)
    assert len(executor.jobs) == 1
    assert StudyResults.from_folder(tmp_path) == results
    assert StudyResults.from_folder(tmp_path).name == "second"


def test_faults_and_notes_come_back_from_a_folder(tmp_path: Path) -> None:
    """What a reader has to know would be lost with the process that found it."""
    small = week().without_clinician("C2").with_changes(name="small")
    results = run(Study([week(), small], [SCENARIOS[1]]), folder=tmp_path)
    again = StudyResults.from_folder(tmp_path)
    assert again == results
    assert again.faults[0].faults[0].code == "unknown_reference"
    assert again.runs[1].notes == ("remove: 2 clients are handed over",)


@pytest.mark.parametrize("damage", [b"", b"PAR1 no parquet PAR1"])
def test_a_damaged_file_is_told_and_solved_again(tmp_path: Path, damage: bytes) -> None:
    """A file cut short would stop the study, or be read as a result."""
    study = Study(week(), SCENARIOS[:1])
    whole = run(study, folder=tmp_path)
    path = tmp_path / "runs" / f"{whole.runs[1].key}.parquet"
    path.write_bytes(damage)
    executor = Inline()
    again = run(study, folder=tmp_path, executor=executor)
    assert again.runs == whole.runs
    assert len(executor.jobs) == 1
    assert path.name in again.notes[0]


@pytest.mark.parametrize("rest", ["{}", "[]", "no JSON"])
def test_a_file_that_lacks_half_of_a_run_is_solved_again(tmp_path: Path, rest: str) -> None:
    """A file that is Parquet, but holds no run, would stop the study."""
    study = Study(week(), SCENARIOS[:1])
    whole = run(study, folder=tmp_path)
    path = tmp_path / "runs" / f"{whole.runs[1].key}.parquet"
    frame = nw.read_parquet(path, backend=writer())
    frame.with_columns(nw.lit(rest).alias(REST)).write_parquet(path)
    again = run(study, folder=tmp_path)
    assert again.runs == whole.runs
    assert path.name in again.notes[0]


def test_a_file_of_another_run_is_not_taken_for_it(tmp_path: Path) -> None:
    """Somebody who copies files about would give a scenario the figures of another."""
    study = Study(week(), SCENARIOS[:1])
    whole = run(study, folder=tmp_path)
    base, less = (tmp_path / "runs" / f"{each.key}.parquet" for each in whole.runs)
    less.write_bytes(base.read_bytes())
    assert run(study, folder=tmp_path).runs == whole.runs


def test_what_a_low_ceiling_cut_short_is_solved_again_with_a_higher_one(tmp_path: Path) -> None:
    """A run that had too little time would stay in the study for ever."""
    study = Study(week())
    store = RunStore(tmp_path)
    (kept,) = run(study).runs
    cut = StudyRun(**{**vars(kept), "ended": "ceiling", "seconds": 2.0, "problem": "", "scenario": ""})
    store.keep(cut)
    executor = Inline()
    assert run(study, folder=tmp_path, ceiling=2.0, executor=executor).unfair
    assert executor.jobs == []
    assert not run(study, folder=tmp_path, ceiling=60.0, executor=executor).unfair
    assert len(executor.jobs) == 1


def test_the_key_is_of_all_that_decides_and_of_nothing_else() -> None:
    """Two different runs would be taken for one, or the same solved twice."""
    limits = StudyLimits(LIMIT)

    def key(problem: Any = None, seed: int = 0, scenario: Scenario | None = None, **other: Any) -> str:
        study = Study(problem or week(), [scenario or Scenario("one")], seeds=[seed], base="one")
        return study.planned(StudyLimits(**{**vars(limits), **other}))[0].run.key

    same = key()
    assert same == key(scenario=Scenario("one", about="in other words")) == key(ceiling=9.0)
    others = [
        key(week(3)),
        key(seed=1),
        key(scenario=SCENARIOS[2].named("one")),
        key(deterministic=2 * LIMIT),
        key(workers=2),
        key(solver="cpsat"),
    ]
    assert others[-1] == same  # what auto stands for here
    assert len({same, *others}) == len(others)


def test_a_folder_without_a_study_is_refused(tmp_path: Path) -> None:
    """A wrong path would be an empty study."""
    with pytest.raises(InputError, match=r"study\.json"):
        StudyResults.from_folder(tmp_path)
    (tmp_path / "study.json").write_text("[]")
    with pytest.raises(InputError, match="what a study has written"):
        StudyResults.from_folder(tmp_path)


def test_files_can_be_read_by_their_owner_alone(tmp_path: Path) -> None:
    """Schedules with clients' codes would lie open on a shared machine."""
    run(Study(week()), folder=tmp_path / "study")
    files = [path for path in (tmp_path / "study").rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {path.stat().st_mode & 0o077 for path in files} == {0}
