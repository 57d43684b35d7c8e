"""Weeks that were called compliant or best and that no clinical lead would accept; their mirror images.

One file of `inputs/` an entry, by the command, as in test_inputs.py.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.cli.conftest import run
from tests.regression.test_inputs import INPUTS, solved


class Broken(NamedTuple):
    """A week that must not be called compliant: the rule that it breaks, and what is said of it."""

    name: str
    rule: str
    words: str


BROKEN = (
    Broken("late-shift", "breaks", "A has no meal break of 30 minutes in 480 minutes on Monday 5 October"),
    Broken("urgent-as-pause", "breaks", "A has 210 minutes with clients without a pause"),
    Broken("part-day-no-break", "breaks", "A has 285 minutes with clients without a pause"),
    Broken(
        "trauma-run", "high_intensity_run", "A has 3 high-intensity sessions in a row on Monday 5 October"
    ),
    Broken("group-doc", "documentation", "A has 30 minutes of documentation after the session"),
    Broken("first-day-back", "return_days", "A is back from a long leave on Monday 5 October and has 3 high"),
)


def judged(name: str) -> dict[str, Any]:
    """Verify a week of the inputs; give the account."""
    done = run("verify", INPUTS / f"{name}.json", INPUTS / f"{name}.week.json", "--json")
    account: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (0 if account["compliant"] else 1)
    return account


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_no_lead_would_accept_it(case: Broken) -> None:
    """If it fails, a week that nobody should work is certified."""
    findings = judged(case.name)["findings"]
    said = [each["sentence"] for each in findings if each["rule"] == case.rule]
    assert any(case.words in each for each in said), said


def test_overload_that_no_week_can_mend_is_told() -> None:
    """If it fails, ninety points on a cap of sixty go unsaid, or are blamed on a week."""
    account = judged("overcap")
    assert any(
        "A carries 90 points of own clients; the cap is 60" in each["text"] for each in account["notices"]
    )
    assert "caseload_cap" not in {each["rule"] for each in account["findings"]}


def test_a_night_is_judged_as_the_day_is() -> None:
    """If it fails, nine sessions without a pause are too many by day and certified by night."""
    night, day = (judged(f"{name}-of-nine")["amounts"] for name in ("shift", "day"))
    assert night == day
    assert {rule for rule, amount in night.items() if amount} >= {
        "breaks", "daily_intensity", "documentation", "high_intensity_run", "session_limits"
    }  # fmt: skip


@pytest.mark.parametrize(("name", "placed"), [("night-as-written", 1), ("night-parted", 6)])
def test_a_night_is_planned(name: str, placed: int, tmp_path: Path) -> None:
    """If it fails, a shift until the next morning is refused, or its sessions stop at midnight."""
    _, week = solved(name, tmp_path, 1.0)
    assert len(week["appointments"]) == placed


@pytest.mark.slow
def test_a_closed_date_needs_no_cover(tmp_path: Path) -> None:
    """If it fails, a public holiday costs a service as if it had left its clients."""
    said, week = solved("public-holiday", tmp_path, 0.2)
    assert len(week["appointments"]) == 26
    assert "cover" not in said


def longest_without_meal(week: dict[str, Any], clinician: str, shift: tuple[int, int]) -> Iterator[int]:
    """Give by date the longest time between a shift's hours and its breaks."""
    taken: dict[str, list[tuple[datetime, datetime]]] = {}
    for each in week["appointments"]:
        if clinician in each["clinicians"]:
            taken.setdefault(each["start"][:10], [])
    for each in week["blocks"]:
        if each["kind"] == "break" and clinician in each["clinicians"] and each["start"][:10] in taken:
            start = datetime.fromisoformat(each["start"])
            taken[each["start"][:10]].append((start, start + timedelta(minutes=each["minutes"])))
    for date, pauses in taken.items():
        begin = datetime.fromisoformat(date) + timedelta(hours=shift[0])
        end = datetime.fromisoformat(date) + timedelta(hours=shift[1])
        edges = [begin, *(moment for pause in sorted(pauses) for moment in pause), end]
        yield max(int((b - a).total_seconds()) // 60 for a, b in zip(edges[::2], edges[1::2], strict=True))


def test_an_evening_shift_has_its_meal(tmp_path: Path) -> None:
    """If it fails, somebody works from one o'clock to nine with six sessions and nothing to eat."""
    given = json.loads((INPUTS / "evening-shift.json").read_text(encoding="utf-8"))
    evening = given["clinicians"][1]
    hours = {(p["start"], p["end"]) for p in evening["working"]}
    assert hours == {("13:00", "21:00")}
    _, week = solved("evening-shift", tmp_path, 0.5)
    found = list(longest_without_meal(week, evening["id"], (13, 21)))
    assert found
    assert max(found) <= 300


@pytest.mark.parametrize(
    ("name", "placed", "words"),
    [
        ("saturday-colleague", 4, "L1 goes without consultation this week: a supervisor is never there"),
        ("no-hours", 3, "L1 never works 60 minutes in a row where it can be held"),
    ],
)
def test_one_person_is_never_everybody_s_no_schedule(
    name: str, placed: int, words: str, tmp_path: Path
) -> None:
    """If it fails, a colleague who has no hour with the others leaves the whole team without a week."""
    said, week = solved(name, tmp_path, 0.5)
    assert len(week["appointments"]) == placed
    assert words in said


@pytest.mark.slow
def test_what_lies_below_a_full_caseload_is_spread(tmp_path: Path) -> None:
    """If it fails, one colleague has six intakes and two have none, and it is called best."""
    _, week = solved("one-full-caseload", tmp_path, 0.6)
    counts: dict[str, int] = {}
    for each in week["appointments"]:
        counts[each["clinicians"][0]] = counts.get(each["clinicians"][0], 0) + 1
    assert sum(counts.values()) == 9
    assert max(counts.values()) <= 3


@pytest.mark.parametrize(
    ("name", "requests"),
    [
        ("fair", {"R"}),
        ("value", {"HIGH"}),
        pytest.param("specialist", {"EMDR0", "EMDR1"}, marks=pytest.mark.slow),
    ],
)
def test_what_counts_is_placed(name: str, requests: set[str], tmp_path: Path) -> None:
    """If it fails, fairness, small talk or a colleague's load leaves out whom the week is for."""
    _, week = solved(name, tmp_path, 0.5)
    assert requests <= {each["request"] for each in week["appointments"]}


@pytest.mark.slow
def test_a_standing_slot_comes_back(tmp_path: Path) -> None:
    """If it fails, one week of leave ends a standing appointment for good."""
    out = tmp_path / "weeks"
    files = (INPUTS / "standing-slot.json", "-o", out)
    done = run("roll", *files, "-q", "--weeks", "7", "--time-limit", "4")
    assert done.returncode == 0, done.stderr
    starts = [
        appointment["start"][10:16]
        for path in sorted(out.glob("week-*/schedule.json"))
        for appointment in json.loads(path.read_text(encoding="utf-8")).get("appointments", ())
        if appointment["request"].startswith("R1")
    ]
    # Seen in the first week, away in the third; from then on every other week, in the slot again.
    assert len(starts) == 4
    assert starts[0] == starts[-1] == "T10:00"
