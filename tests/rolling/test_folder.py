"""A roll's folder: whole files, taken up again, and nobody else's."""

from __future__ import annotations

import csv
import json
import stat
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from safeschedule import verify
from safeschedule.errors import InputError
from safeschedule.problem import Problem, read_problem
from safeschedule.rolling import PlannedWeek, Roll, roll_into
from safeschedule.schedule.reading import read_schedule
from tests.caseload.team import bands
from tests.rolling.weeks import LIMITS, week


def small() -> Problem:
    """Give a week whose bands ask for contacts."""
    return week(bands=bands(contact_type="talk", review_type="review"))


def into(folder: Path, weeks: int, problem: Problem | None = None, **options: Any) -> Roll:
    return roll_into(folder, problem or small(), weeks, **LIMITS | options)


def content(folder: Path) -> dict[str, bytes]:
    """Give every file by its path in the folder."""
    found = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a roll of two weeks."""
    into(tmp_path / "roll", 2)
    return tmp_path / "roll"


def planned(done: Roll) -> list[int]:
    """Give the numbers of the weeks that were planned, not taken over."""
    return [entry.number for entry in done.weeks if entry.result is not None]


def test_the_files_are_whole(folder: Path) -> None:
    """A week could not be read, or not be checked again."""
    names = ["problem.json", "result.json", "schedule.json"]
    weeks = [f"week-{number:02d}/{name}" for number in (1, 2) for name in names]
    assert list(content(folder)) == ["roll.json", "summary.csv", "summary.json", *weeks]
    for number in (1, 2):
        problem = read_problem(folder / f"week-{number:02d}" / "problem.json")
        schedule = read_schedule(folder / f"week-{number:02d}" / "schedule.json")
        assert verify(problem, schedule).compliant
    with (folder / "summary.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = json.loads((folder / "summary.json").read_text())
    assert [row["week_start"] for row in rows] == [row["week_start"] for row in told["weeks"]]
    assert (told["asked"], told["totals"]["weeks"], told["stopped"]) == (2, 2, "")


def test_more_weeks_go_on_from_those_that_are_there(folder: Path) -> None:
    """A quarter would have to be planned in one go."""
    before = content(folder)
    done = into(folder, 4)
    assert planned(done) == [3, 4]
    assert done.complete
    after = content(folder)
    assert {name: after[name] for name in before if "/" in name} == {
        name: data for name, data in before.items() if "/" in name
    }
    assert [row.gap for row in done.summary.weeks[:2]] == [0.0, 0.0]
    assert all(row.seconds for row in done.summary.weeks)


def test_taken_up_again_is_as_if_it_had_never_been_stopped(folder: Path, tmp_path: Path) -> None:
    """What waits, or comes again in some weeks, would be forgotten at a stop."""
    into(folder, 4)
    into(tmp_path / "other", 4)
    one, other = content(folder), content(tmp_path / "other")
    kept = [name for name in one if name.endswith(("problem.json", "schedule.json"))]
    assert {name: one[name] for name in kept} == {name: other[name] for name in kept}


def test_a_stop_leaves_whole_weeks(tmp_path: Path) -> None:
    """Half a week would be taken over next time."""
    stop = threading.Event()

    def on_week(done: PlannedWeek) -> None:
        if done.number == 2:
            stop.set()

    done = into(tmp_path / "roll", 5, on_week=on_week, stop=stop)
    assert len(done.weeks) == 2
    assert (
        json.loads((tmp_path / "roll" / "summary.json").read_text())["stopped"]
        == "Stopped after 2 of 5 weeks."
    )
    assert planned(into(tmp_path / "roll", 3)) == [3]


def remove_schedule(folder: Path) -> None:
    (folder / "week-02" / "schedule.json").unlink()


def break_schedule(folder: Path) -> None:
    path = folder / "week-02" / "schedule.json"
    plain = json.loads(path.read_text())
    plain["appointments"] += plain["appointments"][:1]
    path.write_text(json.dumps(plain))


def cut_schedule(folder: Path) -> None:
    path = folder / "week-02" / "schedule.json"
    path.write_text(path.read_text()[:-20])


def change_problem(folder: Path) -> None:
    path = folder / "week-02" / "problem.json"
    plain = json.loads(path.read_text())
    plain["requests"] = []
    path.write_text(json.dumps(plain))


@pytest.mark.parametrize("spoil", [remove_schedule, break_schedule, cut_schedule, change_problem])
def test_from_the_first_week_that_does_not_stand_all_are_planned(
    folder: Path, spoil: Callable[[Path], None]
) -> None:
    """A week would build on one that nobody has checked."""
    into(folder, 3)
    before = content(folder)
    spoil(folder)
    notes: list[str] = []
    assert planned(into(folder, 3, on_note=notes.append)) == [2, 3]
    assert [note.startswith("week-02 is planned again") for note in notes] == [True] * (
        spoil is not remove_schedule
    )
    kept = folder / "week-02" / "schedule.json.bak1"
    assert kept.exists() == (spoil is not remove_schedule)
    after = content(folder)
    assert {name: after[name] for name in before if name.endswith("e.json")} == {
        name: data for name, data in before.items() if name.endswith("e.json")
    }


@pytest.mark.parametrize("name", ["problem.json", "schedule.json"])
def test_the_file_that_is_damaged_is_named(folder: Path, name: str) -> None:
    """Somebody would not know that a week was lost, or which of its files to mend."""
    (folder / "week-01" / name).write_text("{")
    notes: list[str] = []
    into(folder, 2, on_note=notes.append)
    assert len(notes) == 1
    assert name in notes[0]


def test_a_whole_folder_is_gone_on_with_in_silence(folder: Path) -> None:
    """Notes about nothing would hide those that matter."""
    notes: list[str] = []
    into(folder, 3, on_note=notes.append)
    assert notes == []
    assert not list(folder.rglob("*.bak*"))
    if sys.platform != "win32":
        modes = {stat.S_IMODE(path.stat().st_mode) for path in folder.rglob("*")}
        assert modes == {0o600, 0o700}


def test_a_week_changed_by_hand_is_taken_over_and_the_next_planned_anew(folder: Path) -> None:
    """A team could not change a week, or the next one would not know of it."""
    path = folder / "week-01" / "schedule.json"
    plain = json.loads(path.read_text())
    plain["appointments"] = [a for a in plain["appointments"] if a.get("request") != "R2"]
    path.write_text(json.dumps(plain))
    done = into(folder, 2)
    assert planned(done) == [2]
    assert done.weeks[0].row.gap is None
    assert "R2" in {request.id for request in done.weeks[1].problem.requests}
    assert json.loads(path.read_text()) == plain


def test_weeks_that_no_longer_follow_are_not_left_as_if_they_stood(folder: Path) -> None:
    """After a stop, an old third week would stand behind a new second one."""
    into(folder, 3)
    remove_schedule(folder)
    stop = threading.Event()
    into(folder, 3, on_week=lambda done: stop.set() if done.number == 2 else None, stop=stop)
    assert (folder / "week-02" / "schedule.json").exists()
    assert not (folder / "week-03" / "schedule.json").exists()


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"problem": week()}, "other_roll"),
        ({"seed": 5}, "other_roll"),
        ({"workers": 2}, "other_roll"),
        ({"deterministic_limit": 0.6}, "other_roll"),
        ({"weeks": 1}, "too_few_weeks"),
    ],
)
def test_a_folder_of_another_roll_is_refused(folder: Path, options: dict[str, Any], code: str) -> None:
    """The weeks of one team would be mixed with another's, or written over."""
    before = content(folder)
    with pytest.raises(InputError) as caught:
        into(folder, **{"weeks": 3} | options)
    assert [fault.code for fault in caught.value.faults] == [code]
    assert content(folder) == before


@pytest.mark.parametrize("name", ["summary.csv", "week-01/schedule.json", "roll.json"])
def test_a_folder_of_something_else_is_refused(tmp_path: Path, name: str) -> None:
    """Somebody's files would be written over."""
    own = tmp_path / "own" / name
    own.parent.mkdir(parents=True)
    own.write_text("mine")
    with pytest.raises(InputError):
        into(tmp_path / "own", 2)
    assert content(tmp_path / "own") == {name: b"mine"}


def test_other_files_do_not_matter(tmp_path: Path) -> None:
    """A folder with a note in it could not be used."""
    (tmp_path / "note.txt").write_text("mine")
    assert into(tmp_path, 1).complete


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    """Somebody's file would be lost."""
    (tmp_path / "roll").write_text("mine")
    with pytest.raises(InputError):
        into(tmp_path / "roll", 1)


@pytest.mark.parametrize("weeks", [0, 100])
def test_too_many_weeks_are_refused(tmp_path: Path, weeks: int) -> None:
    """Folders would sort in another order than their weeks."""
    with pytest.raises(ValueError, match="1 to 99"):
        into(tmp_path, weeks)


def test_nothing_is_written_when_the_first_week_has_no_schedule(tmp_path: Path) -> None:
    """An empty roll would stand in the way of the next one."""
    daily = [client.model_dump() | {"daily_least": 1, "comes_daily": True} for client in small().clients]
    done = into(tmp_path / "roll", 2, week(clients=daily))
    assert (done.weeks, done.complete) == ((), False)
    assert not (tmp_path / "roll").exists()
