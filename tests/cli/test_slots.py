"""``safeschedule slots``: a table, JSON and a calendar; exit statuses."""

import json
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.cli.conftest import run


def test_every_form_has_the_same_slots(problem: Path, schedule: Path, tmp_path: Path) -> None:
    """A booking page would offer other times than the telephone desk."""
    calendar = tmp_path / "free.ics"
    asked = ("slots", problem, schedule, "--type", "therapy", "--weeks", 1, "--mode", "telehealth")
    words, data = run(*asked, "--ics", calendar), run(*asked, "--json")
    assert (words.returncode, data.returncode) == (0, 0), words.stderr + data.stderr
    slots = [slot["appointment"] for slot in json.loads(data.stdout)["slots"]]
    events = Calendar.from_ical(calendar.read_bytes()).walk("VEVENT")
    assert slots
    assert [f"{event['dtstart'].dt:%Y-%m-%dT%H:%M}" for event in events] == [slot["start"] for slot in slots]
    assert {str(event["transp"]) for event in events} == {"TRANSPARENT"}
    assert len({str(event["uid"]) for event in events}) == len(slots)
    assert words.stdout.startswith(f"{len(slots)} free slots for therapy")
    assert max(map(len, words.stdout.splitlines())) <= 80


def test_a_calendar_alone_can_be_piped(problem: Path, schedule: Path) -> None:
    """Another program would read words among the calendar's lines."""
    done = run("slots", problem, schedule, "--type", "therapy", "--clinician", "S1", "--ics", "-")
    assert (done.returncode, done.stdout[:15]) == (0, "BEGIN:VCALENDAR")


def test_without_a_slot_the_status_is_one(problem: Path, schedule: Path) -> None:
    """A program would take a full week for one with slots."""
    done = run("slots", problem, schedule, "--type", "therapy", "--client", "K1", "--clinician", "S2")
    assert done.returncode == 1, done.stderr
    assert "No slot is free." in done.stdout


@pytest.mark.slow
def test_bad_use_is_refused(problem: Path, schedule: Path) -> None:
    """A mistyped type would look like a full week."""
    for more, said in [
        (("--type", "terapy"), "therapy"),
        (("--type", "therapy", "--band", "none"), "acuity band"),
        (("--type", "therapy", "--client", "K1", "--band", "low"), "somebody new"),
        (("--type", "therapy", "--weeks", 2), "not planned"),
        (("--type", "therapy", "--json", "--ics", "-"), "standard output"),
    ]:
        done = run("slots", problem, schedule, *more)
        assert (done.returncode, said in done.stderr) == (2, True), (more, done.stderr)
