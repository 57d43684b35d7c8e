"""Inputs that went wrong once, whole, by the command: what it ends with and what it says.

One file of `inputs/` an entry; each stands for a kind whose brothers have tests of their own.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import run

INPUTS = Path(__file__).parent / "inputs"


class Refused(NamedTuple):
    """A problem that must not be read: where its fault is, and what is said of it."""

    name: str
    place: str
    words: str


REFUSED = (
    Refused(
        "couple-without-a-group", "requests[0].session_type", "a group for this type, which needs 2 clients"
    ),
    Refused("consultation-600", "rulebook.rules.consultation.parameters.minutes", "expected 1 to 240"),
    Refused("date-leave", "clinicians[2].leave[0].start", "a time beside the date"),
    Refused("fte-zero", "clinicians[0].fte", "expected at least 0.05"),
    Refused("cap-8", "clinicians[0].fte", "expected at most 1"),
    Refused("cap-80", "clinicians[0].fte", "expected at most 1"),
    Refused("future-contact", "clients[2].last_contact", "a date that is past"),
    Refused("high-acuity-cap-huge", "clinicians[3].high_acuity_cap", "expected at most 10000"),
    Refused("int-clock", "clinicians[2].working[0].start", "expected a clock time"),
    Refused("pinned-block-nobody", "pinned_blocks[0].clinicians", "expected at least 1 entry"),
    Refused("run-most-million", "rulebook.rules.high_intensity_run.parameters.most", "expected 1 to 288"),
    Refused("str-fte", "clinicians[2].fte", "expected a number such as 0.8"),
)


def flat(text: str) -> str:
    """Give a text without the line breaks that fit it to the terminal."""
    return re.sub(r"\s+", " ", text)


def solved(name: str, folder: Path, limit: float) -> tuple[str, dict[str, Any]]:
    """Solve an input; give what was said and the week that was written."""
    out = folder / "week.json"
    done = run("solve", INPUTS / f"{name}.json", "-q", "-o", out, "--deterministic-limit", str(limit))
    assert done.returncode == 0, done.stderr
    return flat(done.stdout + done.stderr), json.loads(out.read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case.name)
def test_refused_at_the_edge(case: Refused, tmp_path: Path) -> None:
    """If it fails, an input that cannot be meant is planned with, or ends in a traceback or half a file."""
    done = run("solve", INPUTS / f"{case.name}.json", "-o", tmp_path / "week.json")
    assert done.returncode == 2
    said = flat(done.stderr)
    assert case.place in said
    assert case.words in said
    assert "Traceback" not in said
    assert not list(tmp_path.iterdir())


def test_times_that_never_meet_are_said(tmp_path: Path) -> None:
    """If it fails, nobody learns that the two clients of a couple have no time in common."""
    said, _ = solved("couple-never-meets", tmp_path, 0.2)
    assert "The times of K1 and K2 do not meet for 60 minutes" in said
    assert "[never_together]" in said


def test_a_couple_whose_times_meet_is_placed(tmp_path: Path) -> None:
    """If it fails, the mirror image of times that never meet is left out, too."""
    said, week = solved("couple-as-a-group", tmp_path, 0.2)
    assert "3 sessions placed, 0 left out" in said
    assert [each["clients"] for each in week["appointments"] if "group" in each] == [["K1", "K2"]]


@pytest.mark.slow
def test_both_covers_away_are_the_reason() -> None:
    """If it fails, a clash about cover is found, proven, and then lost."""
    done = run("explain", INPUTS / "covers-both-away.json", "-q")
    said = flat(done.stdout)
    assert done.returncode == 1
    assert "C2 is the named cover of C1." in said
    assert "C1 is on leave (annual) all Wednesday." in said
    assert "C2 is on leave (annual) all Wednesday." in said
    assert "C3 covers C1 this week instead of C2." in said


@pytest.mark.parametrize("name", ["long-session", "long-session-alone"])
def test_a_long_session_is_refused_for_its_length(name: str, tmp_path: Path) -> None:
    """If it fails, a meal break that fits is blamed for a session longer than any stretch allowed."""
    said, _ = solved(name, tmp_path, 0.5)
    assert "240 minutes with clients without a pause" in said
    assert "[never_too_long]" in said
    assert "meal" not in said


def test_a_double_booking_names_whom_it_is_with() -> None:
    """If it fails, one reads that K1 has a session with K1."""
    done = run("verify", INPUTS / "double-booked.json", INPUTS / "double-booked.week.json")
    assert done.returncode == 1
    assert "K1 has a session with C3 (10:00-10:30) and a session with C2 (10:00-10:45)" in flat(done.stdout)


def test_sixty_short_sessions_are_there_at_once(tmp_path: Path) -> None:
    """If it fails, a hurried solve of many short sessions comes back with few or none."""
    said, week = solved("sixty-short-sessions", tmp_path, 0.1)
    assert len(week["appointments"]) == 60
    assert "Left out" not in said


def test_a_clinic_of_six_is_nearly_full_at_once(tmp_path: Path) -> None:
    """If it fails, a clinic's ordinary week is far from full after little work, or gives no reasons."""
    said, week = solved("clinic-of-six", tmp_path, 0.1)
    assert len(week["appointments"]) >= 60
    assert "Left out:" in said


def test_a_room_taken_by_name_is_taken() -> None:
    """If it fails, two family sessions share the only family room because one does not name it."""
    done = run("verify", INPUTS / "room-taken-by-name.json", INPUTS / "room-taken-by-name.week.json")
    assert done.returncode == 1
    assert "2 sessions need a family room at s or the like; there is only 1, and r2 is taken by name" in flat(
        done.stdout
    )


def test_a_pinned_room_is_taken_in_the_model_too(tmp_path: Path) -> None:
    """If it fails, model and verifier disagree about a room that a pinned session holds."""
    said, week = solved("pinned-room", tmp_path, 0.2)
    assert len(week["appointments"]) == 1
    assert "room_capacity forbid it" in said


def test_a_cap_of_four_fifths_is_judged() -> None:
    """If it fails, the mirror image of a full-time equivalent of 8 loses the finding on its cap."""
    done = run("verify", INPUTS / "cap-four-fifths.json", INPUTS / "cap.week.json")
    assert done.returncode == 1
    assert "C1 takes 2 points of new clients (N) on top of 180; the cap is 48." in flat(done.stdout)


@pytest.mark.slow
def test_a_stand_in_supervisor_is_planned_with(tmp_path: Path) -> None:
    """If it fails, planning again with a stand-in for a supervisor ends in model and verifier disagreeing."""
    solved("supervisor-ill", tmp_path, 0.5)
    problem, changes = INPUTS / "supervisor-ill.json", INPUTS / "supervisor-ill.changes.json"
    files = (problem, tmp_path / "week.json", changes)
    done = run("replan", *files, "-q", "-o", tmp_path / "again.json", "--deterministic-limit", "1")
    assert done.returncode == 0, done.stderr
    assert "Every hard rule is kept." in flat(done.stdout)


def test_calendars_of_codes_that_look_alike_as_files_stay_apart(tmp_path: Path) -> None:
    """If it fails, two clinicians' weeks are written into one calendar file."""
    files = (INPUTS / "file-names-meet.json", INPUTS / "file-names-meet.week.json")
    done = run("export", "ics", *files, "-o", tmp_path / "calendars")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "calendars").glob("*.ics"))) == 4


@pytest.mark.parametrize("at_home", [True, False])
def test_nobody_is_seen_in_person_at_a_home(at_home: bool, tmp_path: Path) -> None:
    """If it fails, clients are asked to a clinician's home, or nobody is warned of it."""
    given = json.loads((INPUTS / "works-from-home.json").read_text(encoding="utf-8"))
    given["sites"][1]["telehealth_only"] = at_home
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(given), encoding="utf-8")
    done = run("solve", problem, "-q", "-o", tmp_path / "week.json", "--deterministic-limit", "0.2")
    assert done.returncode == 0, done.stderr
    week = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))
    there = [
        a
        for a in week["appointments"]
        if a.get("mode", "in_person") == "in_person" and a.get("site") == "home"
    ]
    assert bool(there) != at_home
    assert ("[site_without_rooms]" in flat(done.stdout)) == (not at_home)


@pytest.mark.parametrize("cover", ["B", None])
def test_the_cover_sees_whose_clinician_is_on_leave(cover: str | None, tmp_path: Path) -> None:
    """If it fails, a crisis waits while a named cover is free, or nobody hears that none is named."""
    given = json.loads((INPUTS / "own-leave.json").read_text(encoding="utf-8"))
    given["clinicians"][0]["cover"] = cover
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(given), encoding="utf-8")
    done = run("solve", problem, "-q", "-o", tmp_path / "week.json", "--deterministic-limit", "0.2")
    said = flat(done.stdout + done.stderr)
    week = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))
    seen = [a["clinicians"] for a in week["appointments"] if a["request"] == "R1"]
    assert seen == ([["B"]] if cover else [])
    assert ("B is the named cover" if cover else "no cover is named") in said


@pytest.mark.parametrize("same_time", [False, True])
def test_a_course_is_spread_over_dates(same_time: bool, tmp_path: Path) -> None:
    """If it fails, a client of a day programme has both sessions of a course on one date, or at two times."""
    given = json.loads((INPUTS / "day-programme.json").read_text(encoding="utf-8"))
    for request in given["requests"]:
        request["same_time"] = same_time and "group" not in request
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(given), encoding="utf-8")
    done = run("solve", problem, "-q", "-o", tmp_path / "week.json", "--deterministic-limit", "0.5")
    assert done.returncode == 0, done.stderr
    week = json.loads((tmp_path / "week.json").read_text(encoding="utf-8"))
    for client in ("K1", "K2", "K3"):
        starts = [a["start"] for a in week["appointments"] if a.get("request") == f"{client}-cbt"]
        assert len({start[:10] for start in starts}) == 2
        assert not same_time or len({start[11:] for start in starts}) == 1
