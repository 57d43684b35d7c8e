"""``safeschedule contacts`` and ``safeschedule bands``."""

import json
from pathlib import Path
from typing import Any

import pytest

from safeschedule.problem import Problem
from tests.caseload.team import client, problem
from tests.cli.conftest import Done, run, save


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a week with somebody overdue, somebody due for review, and somebody unknown."""
    week = problem(
        client("K1", band="high", last_contact="2026-09-20", flags=["volatile"]),
        client("K2", last_contact="2026-09-24", next_review="2026-10-07"),
        client("K3"),
        client("K4", last_contact="2026-10-01", flags=["crisis_risk"]),
        requests=[{"id": "R1", "client": "K2", "session_type": "talk"}],
    )
    return save(tmp_path_factory.mktemp("caseload"), week.model_dump_json())


def test_contacts_lists_who_is_due_and_what_is_asked(file: Path) -> None:
    """Somebody overdue would be missed, or pass for somebody who is asked for."""
    done = run("contacts", file)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["K1", "C1", "high", "2026-09-27", "8", "new,", "priority", "5"] in lines
    assert ["K2", "C1", "moderate", "2026-10-08", "-", "R1"] in lines
    assert ["K2", "C1", "moderate", "2026-10-07", "-", "new,", "priority", "3"] in lines
    assert ["high", "1", "1", "0", "0", "1"] in lines
    assert "1 of the caseloads' clients have no contact on record" in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())


def test_contacts_as_json_and_as_a_problem(file: Path, tmp_path: Path) -> None:
    """A program would get other clients than people, or the requests would not be added."""
    done = run("contacts", file, "--json", "-o", "full.json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [(due["client"], due["overdue"], due["requests"]) for due in told["contacts"]] == [
        ("K1", 8, ["contact K1 2026-09-27"]),
        ("K2", 0, ["R1"]),
    ]
    assert [(due["client"], due["due"]) for due in told["reviews"]] == [("K2", "2026-10-07")]
    assert told["never_contacted"] == ["K3"]
    full = Problem.model_validate_json((tmp_path / "full.json").read_text(encoding="utf-8"))
    assert [request.id for request in full.requests[1:]] == [added["id"] for added in told["added"]]
    again = json.loads(run("contacts", tmp_path / "full.json", "--json").stdout)
    assert again["added"] == []


def test_contacts_to_standard_output_is_the_problem_alone(file: Path) -> None:
    """The problem would be mixed with words."""
    done = run("contacts", file, "-o", "-")
    assert len(Problem.model_validate_json(done.stdout).requests) == 3
    assert "Due for contact" in done.stderr


def proposed(done: Done) -> list[tuple[str, str, str]]:
    told = json.loads(done.stdout)
    return [(entry["client"], entry["band"], entry["proposed"]) for entry in told["proposed"]]


def test_bands_lists_proposals_and_changes_nothing(file: Path) -> None:
    """A band would be changed by looking at it."""
    before = file.read_bytes()
    done = run("bands", file, "--json")
    assert proposed(done) == [("K4", "moderate", "high"), ("K2", "moderate", "low")]
    words = run("bands", file)
    assert "K4" in words.stdout
    assert "crisis_risk" in words.stdout
    assert "changed only when a clinician confirms" in words.stdout
    assert file.read_bytes() == before


def test_bands_confirms_what_is_named(file: Path, tmp_path: Path) -> None:
    """A confirmed band would not be written, or without its record."""
    arguments = ("--confirm", "K4=high", "--confirm", "K1=very_high", "--by", "C2", "--on", "2026-10-06")
    done = run("bands", file, *arguments, "-o", "after.json", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert proposed(done) == [("K2", "moderate", "low")]
    records = json.loads(done.stdout)["confirmed"]
    assert [(r["client"], r["before"], r["after"], r["by"], r["on"]) for r in records] == [
        ("K1", "high", "very_high", "C2", "2026-10-06"),
        ("K4", "moderate", "high", "C2", "2026-10-06"),
    ]
    after = Problem.model_validate_json((tmp_path / "after.json").read_text(encoding="utf-8"))
    assert {c.id: c.band for c in after.clients} == {
        "K1": "very_high",
        "K2": "moderate",
        "K3": "moderate",
        "K4": "high",
    }
    words = run("bands", file, *arguments, "-o", "words.json", cwd=tmp_path).stdout
    assert "K4 from moderate to high, confirmed by C2 on 2026-10-06." in words


@pytest.mark.parametrize(
    "arguments",
    [
        ("--confirm", "K4=high", "-o", "a.json"),  # by nobody
        ("--confirm", "K4=high", "--by", "C1"),  # to nowhere
        ("--by", "C1"),  # nothing
        ("--confirm", "K4", "--by", "C1", "-o", "a.json"),
        ("--confirm", "K4=high", "--confirm", "K4=low", "--by", "C1", "-o", "a.json"),
        ("--confirm", "K9=high", "--by", "C1", "-o", "a.json"),
        ("--confirm", "K4=severe", "--by", "C1", "-o", "a.json"),
        ("--confirm", "K4=high", "--by", "C9", "-o", "a.json"),
        ("--confirm", "K4=high", "--by", "C1", "-o", "-", "--json"),
    ],
)
def test_bands_refuses_what_cannot_be_meant(arguments: tuple[str, ...], file: Path, tmp_path: Path) -> None:
    """A band would be changed by half of a command."""
    done = run("bands", file, *arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["contacts", "bands"])
def test_broken_problems_are_refused(command: str, tmp_path: Path) -> None:
    """A list would be made of half a file."""
    plain: dict[str, Any] = json.loads(problem(client(band="low")).model_dump_json())
    plain["clients"][0]["band"] = "severe"
    done = run(command, save(tmp_path, plain))
    assert (done.returncode, done.stdout) == (2, "")
    assert "clients[0].band" in done.stderr


def test_panel_tells_states_reasons_and_the_weeks_ahead(file: Path, tmp_path: Path) -> None:
    """Whoever gives out clients would see other figures than a program, or no reason."""
    done = run("panel", file)
    assert (done.returncode, done.stderr) == (0, "")
    assert ["C1", "accepting", "9", "60", "1", "12", "1", "25", "-", "1"] in [
        line.split() for line in done.stdout.splitlines()
    ]
    assert "C1: 9 points of 60: 51 left, enough for any band." in done.stdout
    assert all(len(line.rstrip()) <= 80 for line in done.stdout.splitlines())
    told = json.loads(run("panel", file, "--json").stdout)
    assert [(row["who"], row["points"], row["state"]) for row in told["clinicians"]] == [
        ("C1", 9, "accepting"),
        ("C2", 0, "accepting"),
    ]
    known = save(tmp_path, {"discharges": [{"client": "K1", "on": "2026-10-12"}]}, "known.json")
    ahead = json.loads(run("panel", file, "--weeks", "2", "--expected", known, "--json").stdout)
    assert [week["rows"][0]["points"] for week in ahead["weeks"]] == [9, 6]
    assert (
        "2026-10-12       114              0"
        in run("panel", file, "--weeks", "2", "--expected", known).stdout
    )


def test_panel_refuses_what_cannot_be_meant(file: Path, tmp_path: Path) -> None:
    """A forecast would be made without what somebody has given for it."""
    known = save(tmp_path, {"discharges": [{"client": "K9", "on": "2026-10-12"}]}, "known.json")
    for arguments in (("--expected", known), ("--weeks", "2", "--expected", known), ("--weeks", "0")):
        done = run("panel", file, *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "Traceback" not in done.stderr
