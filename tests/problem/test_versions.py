"""Files of version 1 are read by everything as they are, and what is assumed of them is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from safeschedule import migrate, problem_hash, solve, verify
from safeschedule.problem import Problem, problem_from_text, warnings
from safeschedule.samples import sample
from tests.cli.conftest import run

INPUTS = Path(__file__).parents[1] / "regression" / "inputs"

OLD = {
    "schema_version": "1",
    "week_start": "2026-10-05",
    "clinicians": [{"id": "C1", "working": [{"day": "mon", "start": "09:00", "end": "17:00"}]}],
    "clients": [{"id": "K1", "clinician": "C1", "band": "high", "flags": ["crisis_risk"]}],
    "session_types": [
        {"id": "talk", "minutes": 45, "kind": "therapy"},
        {"id": "crisis", "minutes": 90, "kind": "crisis"},
    ],
    "requests": [
        {"id": "R1", "client": "K1", "session_type": "talk", "count": 2},
        {"id": "R2", "client": "K1", "session_type": "crisis"},
    ],
    "rulebook": {"rules": {"breaks": {"parameters": {"from": 660}}}},
}


def assumed(problem: Problem) -> list[str]:
    return [w.place for w in warnings.find(problem) if w.code == "assumed"]


def old(**changes: object) -> Problem:
    return problem_from_text(json.dumps(OLD | changes))


def test_what_is_assumed_is_told_once_for_each_kind() -> None:
    """If it fails, a clinic's old file means something else and nobody says so."""
    assert assumed(old()) == ["clients[0].flags", "requests[0].count", "session_types", "requests"]
    assert assumed(old(schema_version="2")) == []


def test_a_room_for_each_slot_is_assumed_where_it_takes_one() -> None:
    """If it fails, a clinic's old file places less than it did, and nobody says why."""
    crisis = {"id": "crisis", "minutes": 45, "kind": "crisis", "room_kind": "consulting"}
    given = {"session_types": [OLD["session_types"][0], crisis], "rooms": [{"id": "R", "kind": "consulting"}]}  # type: ignore[index]
    assert "rooms" in assumed(old(**given))
    assert "rooms" not in assumed(old(**given, rulebook={"rules": {"urgent_rooms": {"enabled": False}}}))
    assert "rooms" not in assumed(old(session_types=given["session_types"]))


def test_what_a_file_says_itself_is_not_assumed() -> None:
    """If it fails, a rulebook that keeps the old meaning is told to do so."""
    rules = {
        "daily_intensity": {"parameters": {"flags": []}},
        "client_spacing": {"parameters": {"course": 40}},
        "access": {"parameters": {"per": 0}},
        "urgent_slots": {"enabled": False},
    }
    assert assumed(old(rulebook={"rules": rules})) == []


def test_a_migrated_file_is_of_the_present_version_and_means_the_same() -> None:
    """If it fails, bringing a file up to date changes a week, or leaves behind what has no effect."""
    problem = old()
    after = migrate(problem)
    assert after.schema_version == "2"
    assert "from" not in after.rulebook.rules["breaks"].parameters
    assert not [w for w in warnings.find(after) if w.code in ("assumed", "retired_parameter")]
    assert after.with_changes(schema_version="1", rulebook=problem.rulebook) == problem
    assert migrate(after) == after
    before, now = (solve(each, deterministic_limit=0.2).schedule for each in (problem, after))
    assert before is not None
    assert now is not None
    assert before.appointments == now.appointments
    assert verify(problem, now).compliant == verify(after, before).compliant


@pytest.mark.parametrize("name", ["clinic-of-six", "couple-as-a-group", "day-programme", "own-leave"])
def test_files_of_version_1_are_read_and_migrated(name: str) -> None:
    """If it fails, a file that was written before cannot be used any more."""
    problem = problem_from_text((INPUTS / f"{name}.json").read_text(encoding="utf-8"))
    assert problem.schema_version == "1"
    assert not assumed(migrate(problem))
    assert problem_hash(migrate(problem)) == problem_hash(problem)


def test_the_command_migrates_and_tells(tmp_path: Path) -> None:
    """If it fails, nobody can bring a file up to date by the command, or hear what that means."""
    given, written = tmp_path / "old.json", tmp_path / "new.json"
    given.write_text(json.dumps(OLD))
    done = run("migrate", str(given), "-o", str(written))
    assert done.returncode == 0
    assert "access.per 0" in " ".join(done.stdout.split())
    assert json.loads(written.read_text())["schema_version"] == "2"
    again = run("migrate", str(written), "-o", "-")
    assert "of the present version already" in again.stderr
    assert json.loads(again.stdout)["schema_version"] == "2"


def test_a_file_without_a_version_is_of_the_present_one() -> None:
    """If it fails, a file made for this release is told of what another edition meant."""
    without = {key: value for key, value in OLD.items() if key != "schema_version"}
    assert problem_from_text(json.dumps(without)).schema_version == "2"
    assert sample().schema_version == "2"
