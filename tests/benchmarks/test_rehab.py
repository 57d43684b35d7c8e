"""Instances of the outside benchmark become the weeks that they say, and schedules what its checker takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

import safeschedule
from benchmarks.rehab.problem import WEEK_START, problem_of
from benchmarks.rehab.reading import ReadingError, read
from benchmarks.rehab.solution import figures, solution
from safeschedule.problem import faults
from safeschedule.problem.clock import format_clock
from safeschedule.schedule import Appointment, Schedule

ROOT = Path(__file__).parents[2]
DATA = Path(os.environ.get("SAFESCHEDULE_DATA", ROOT.parent / "shared" / "data"))
CHECKER = DATA.parent / "tools" / "rehab_check.py"
SLOTS, DEMANDS = ("05", "15", "30"), ("low", "medium", "high", "vigh")
NAMES = [f"instance_p{p}_t{slot}_{demand}" for p in (10, 20, 40) for slot in SLOTS for demand in DEMANDS]

SMALL = """\
[INSTANCE]
num_beds: 4
workday_start: 8 # a comment
workday_end: 12
day_start:0
conflict_groups: []
horizon_length: 7
even_scheduling_upper: 1.1
even_scheduling_width: 5
time_slot_length: Duration(hours=0, minutes=15)
daily_scheduling_upper: 1.3
daily_scheduling_lower: 0.8

[DATA: RESOURCE_GROUPS]: rgid, name
0; staff
1; movers
5; rooms
8; screens
9; boxes

[DATA: RESOURCES]: rid, rgid, name, unavailable_time_slots
#staff:
0; [0,1]; ann; [(DayHour(day=0, hour=10), DayHour(day=0, hour=10, minutes=30), 1),(DayHour(day=1, hour= 8), DayHour(day=1, hour=8, minutes= 45), 2)]
1; [0]; bob; [(DayHour(day=0, hour=11), DayHour(day=0, hour=13), 3), (DayHour(day=2, hour=8), DayHour(day=2, hour=9), None)]
#rooms:
2; [5]; plain; []
3; [5,8]; dark; []
#materials:
4; [9]; red; []
5; [9]; blue; []

[DATA: TREATMENTS]: tid, min_participants, max_participants, name, duration, resources
0; 1; 1; stretching; Duration(hours=0, minutes=30); {1:1,5:1,9:1}
1; 2; 3; film; Duration(hours=0, minutes=45); {0:1, 8:1}
2; 1; 4; walk; Duration(hours=1, minutes=0); {0:1}

[DATA: PATIENTS]: pid, name, treatments, length_of_stay, earliest, before, admitted, scheduled
0; a; {0:3, 1:3}; 6; DayHour(day=0, hour=0, minutes=0); DayHour(day=1, hour=0, minutes=0); False; []
1; b; {0:2, 1:3, 2:1}; 6; DayHour(day=5, hour=0, minutes=0); DayHour(day=7, hour=0, minutes=0); False; []
2; c; {1: 4, 2: 2}; 6; DayHour(day=0, hour=0, minutes=0); DayHour(day=1, hour=0, minutes=0); False; []
3; d; {2: 12}; 6; DayHour(day=4, hour=0, minutes=0); DayHour(day=5, hour=0, minutes=0); False; []
"""  # noqa: E501
BEST = 20
"""Patients a and c have all they want; of b's 6 two dates hold 4, of d's 12 three dates hold 9."""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    path = tmp_path / "small.txt"
    path.write_text(SMALL, encoding="utf-8")
    return path


def check(instance: Path, answer: Path) -> tuple[str, str]:
    """Return the value and the faults that the outside checker tells of."""
    command = [sys.executable, str(CHECKER), str(instance), str(answer)]
    value, told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split(maxsplit=1)
    return value, told.strip()


def test_an_instance_becomes_the_week_that_it_says(small: Path) -> None:
    """Figures of a week that is easier or harder than the one in the file would be told as results."""
    problem = problem_of(read(small))
    assert faults.find(problem) == ()
    assert problem.grid == 15
    ann, bob = (
        [f"{p.day} {format_clock(p.start)}-{format_clock(p.end)}" for p in person.working]
        for person in problem.clinicians
    )
    assert ann[:5] == [
        "mon 08:00-10:00",
        "mon 10:30-12:00",
        "tue 08:45-10:00",
        "tue 10:30-12:00",
        "wed 08:00-10:00",
    ]
    assert bob[:4] == ["mon 08:00-11:00", "tue 08:00-12:00", "wed 09:00-12:00", "thu 08:00-11:00"]
    assert bob[4:] == ["fri 08:00-12:00", "sat 08:00-12:00", "sun 08:00-11:00"]
    assert [(r.kind, r.also) for r in problem.rooms] == [("rooms", ()), ("rooms", ("screens",))]
    assert [(t.room_kind, t.equipment, t.skills, t.smallest, t.largest) for t in problem.session_types] == [
        ("rooms", ("boxes",), ("movers",), 1, 1),
        ("screens", (), ("staff",), 2, 3),
        (None, (), ("staff",), 1, 4),
    ]
    assert [(g.id, g.open, g.sessions) for g in problem.groups] == [("1", True, 5), ("2", True, 12)]
    caps = [(len(c.windows), c.daily_least, c.daily_sessions, c.five_day_sessions) for c in problem.clients]
    assert caps == [(6, 0, 2, 6), (2, 0, 2, 6), (6, 0, 2, 6), (3, 1, 3, 11)]
    assert {(r.id, r.group, r.count) for r in problem.requests if r.client in "13"} == {
        ("1/0", None, 2), ("1/1", "1", 3), ("1/2", "2", 1), ("3/2", "2", 9)
    }  # fmt: skip


def test_a_resource_that_is_there_twice(small: Path) -> None:
    """Otherwise rooms would count twice, or people work whose numbers are those of rooms for the checker."""
    text = SMALL.replace("3; [5,8]; dark; []\n", "3; [5,8]; dark; []\n3; [5,8]; dark; []\n")
    small.write_text(text.replace("#rooms:\n", "2; [0]; eve; []\n#rooms:\n"), encoding="utf-8")
    assert read(small).resources.keys() == set(range(6))
    assert [person.id for person in problem_of(read(small)).clinicians] == ["0", "1"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{1:1,5:1,9:1}", "{1:2,5:1,9:1}"),
        ("{0:1, 8:1}", "{0:1, 1:1, 8:1}"),
        ("{0:1, 8:1}", "{0:1, 5:1, 8:1}"),
        ("{0:1, 8:1}", "{8:1}"),
        ("even_scheduling_width: 5", "even_scheduling_width: 4"),
        ("horizon_length: 7", "horizon_length: 14"),
        ("num_beds: 4", "num_beds: 3"),
        ("conflict_groups: []", "conflict_groups: [{0,1}]"),
        ("dark; []", "dark; [(DayHour(day=0, hour=10), DayHour(day=0, hour=11), 1)]"),
        ("hour=10), DayHour(day=0, hour=10,", "hour=10), DayHour(day=1, hour=10,"),
        ("[0]; bob", "[0,5]; bob"),
        ("[9]; red", "[8,9]; red"),
        ("minutes=45); {0", "minutes=44); {0"),
        ("False; []\n1", "True; []\n1"),
        ("[DATA: PATIENTS]", "[DATA: GUESTS]"),
        ("1; [0]; bob", "one; [0]; bob"),
        ("; plain; []", "; plain"),
    ],
)
def test_what_a_problem_cannot_say_is_refused(small: Path, old: str, new: str) -> None:
    """Otherwise another week would be solved than the one in the file."""
    assert old in SMALL
    small.write_text(SMALL.replace(old, new), encoding="utf-8")
    with pytest.raises(ReadingError):
        problem_of(read(small))


def test_the_best_schedule_of_a_small_instance(small: Path, tmp_path: Path) -> None:
    """Values and bounds would not be the benchmark's, or its checker would refuse what is written."""
    instance = read(small)
    result = safeschedule.solve(problem_of(instance), deterministic_limit=5.0, workers=1)
    told = figures(instance, result)
    assert (told["status"], told["value"], told["bound"], told["gap"]) == ("optimal", BEST, BEST, 0.0)
    assert result.schedule is not None
    written = solution(instance, result.schedule)
    assert written["admit"] == {"0": 0, "1": 5, "2": 0, "3": 4}
    for entry in written["appointments"]:
        assert len(entry["resources"]) == {0: 3, 1: 2, 2: 1}[entry["treatment"]]
    if CHECKER.is_file():
        answer = tmp_path / "answer.json"
        answer.write_text(json.dumps(written), encoding="utf-8")
        assert check(small, answer) == (str(BEST), "{}")


def test_pieces_of_material_are_given_to_one_at_a_time(small: Path) -> None:
    """Otherwise the checker would find one piece in two places."""

    def stretching(patient: int, minute: int) -> Appointment:
        start = datetime.combine(WEEK_START, datetime.min.time()) + timedelta(hours=8, minutes=minute)
        return Appointment(
            request=f"{patient}/0", session_type="0", clients=(str(patient),), clinicians=("0",), start=start,
            minutes=30, room="2",
        )  # fmt: skip

    schedule = Schedule(
        week_start=WEEK_START, appointments=tuple(stretching(n, m) for n, m in enumerate((30, 0, 15, 45)))
    )
    entries = solution(read(small), schedule)["appointments"]
    assert [(entry["hour"], entry["resources"][2]) for entry in entries] == [
        ("08:30", 4), ("08:00", 4), ("08:15", 5), ("08:45", 5)
    ]  # fmt: skip


@pytest.mark.slow
def test_the_command_writes_what_it_finds(small: Path, tmp_path: Path) -> None:
    """Nobody could run the benchmark, or a file that is not understood would end in a traceback."""
    answer = tmp_path / "answer.json"

    def rehab(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        source = str(Path(safeschedule.__file__).parents[1])
        command = [sys.executable, "-m", "benchmarks", "rehab", *map(str, arguments)]
        env = os.environ | {"PYTHONPATH": source}
        return subprocess.run(
            command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=300, check=False
        )

    done = rehab(small, "--time-limit", "5", "-o", answer, "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["value"] == BEST
    assert json.loads(answer.read_text(encoding="utf-8"))["admit"]["1"] == 5
    small.write_text(SMALL.replace("{0:1}", "{0:3}"), encoding="utf-8")
    refused = rehab(small)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "walk" in refused.stderr


def outside(name: str) -> Path:
    path = DATA / "rehab" / "instances" / f"{name}.txt"
    if not path.is_file() or not CHECKER.is_file():
        pytest.skip("the instances are not there; SAFESCHEDULE_DATA names the folder that has rehab/")
    return path


@pytest.mark.parametrize("name", NAMES)
def test_instances_of_others_are_sound_weeks(name: str) -> None:
    """Otherwise an instance that others made would not be read, or be refused by the solver."""
    instance = read(outside(name))
    problem = problem_of(instance)
    assert faults.find(problem) == ()
    assert problem.grid == min(instance.slot, 15)
    assert instance.wanted >= sum(request.count for request in problem.requests)


@pytest.mark.slow
def test_the_checker_takes_a_schedule(tmp_path: Path) -> None:
    """Otherwise schedules would keep this project's rules and break the benchmark's."""
    path = outside("instance_p10_t15_low")
    instance = read(path)
    result = safeschedule.solve(problem_of(instance), deterministic_limit=2.0, workers=1)
    assert result.schedule is not None
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps(solution(instance, result.schedule)), encoding="utf-8")
    assert check(path, answer) == (str(figures(instance, result)["value"]), "{}")
