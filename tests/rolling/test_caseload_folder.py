"""A roll's folder with waitlist and ledger: taken up again as it was, and the ledger goes on in it."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from safeschedule.actuals import read_actuals_folder
from safeschedule.errors import InputError
from safeschedule.ledger import IntakeAccepted, Override, PlanAccepted, read_ledger
from safeschedule.ledger.chain import LedgerHead, walk
from safeschedule.ledger.reading import links_of
from safeschedule.rolling import BandsTaken, Roll, RollCaseload, roll_into
from tests.rolling.test_caseload import ALL_ROUTINE, entries, first, known, restricted, team
from tests.rolling.test_folder import content, planned
from tests.rolling.weeks import LIMITS

URGENT = {"client": {"id": "N1", "band": "very_high"}, "on": "2026-10-07", "request": first("N1")}
EXPECTED = known(referrals=[URGENT], discharges=[{"client": "K1", "on": "2026-10-14"}])


def into(folder: Path, weeks: int, caseload: RollCaseload | None = None, **options: Any) -> Roll:
    given = caseload or RollCaseload(waitlist=True, expected=EXPECTED)
    return roll_into(folder, team(cap=9), weeks, **LIMITS | {"time_limit": None, "caseload": given} | options)


def test_what_is_written_and_that_it_is_taken_up_again(tmp_path: Path) -> None:
    """A week into which somebody was routed would be planned again at each stop, or lose the client."""
    folder = tmp_path / "roll"
    one = into(folder, 2)
    assert one.weeks[0].asked is not None  # somebody urgent came in the first week
    before = content(folder)
    assert {"ledger.jsonl", "actuals/2026-10-05.json", "actuals/2026-10-12.json"} <= set(before)
    notes: list[str] = []
    again = into(folder, 3, on_note=notes.append)
    assert (planned(again), notes) == ([3], [])
    assert [w.caseload for w in again.weeks[:2]] == [w.caseload for w in one.weeks]
    other = into(tmp_path / "other", 3)
    assert [w.schedule for w in other.weeks] == [w.schedule for w in again.weeks]
    assert content(folder)["ledger.jsonl"] == content(tmp_path / "other")["ledger.jsonl"]
    with (folder / "summary.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    told = json.loads((folder / "summary.json").read_text())
    assert [int(row["taken"]) for row in rows] == [row["caseload"]["taken"] for row in told["weeks"]]
    assert {"waiting_urgent", "panels_over", "high_acuity_share"} <= set(rows[0])
    weeks = read_actuals_folder(folder / "actuals")
    assert [len(week.first_contacts or ()) for week in weeks] == [int(row["taken"]) for row in rows]


def test_the_ledger_of_the_folder_goes_on_from_the_one_that_was_given(tmp_path: Path) -> None:
    """A plan would stand in the record as if somebody had decided it, or break the chain."""
    ledger = restricted("C2", "2026-10-14")
    done = into(tmp_path / "roll", 2, RollCaseload(waitlist=True, expected=EXPECTED, ledger=ledger))
    written = read_ledger(tmp_path / "roll" / "ledger.jsonl")
    assert written[: len(ledger)] == ledger
    head = LedgerHead(ledger[-1].number, ledger[-1].hash)
    assert walk(links_of(tmp_path / "roll" / "ledger.jsonl"), head).sound
    new = written[len(ledger) :]
    assert {entry.by.role for entry in new} == {"roll"}
    plans = [entry for entry in new if isinstance(entry.content, PlanAccepted)]
    assert [entry.content.week_start for entry in plans] == [date(2026, 10, 5), date(2026, 10, 12)]
    joined = [entry.content for entry in new if isinstance(entry.content, IntakeAccepted)]
    assert len(joined) == sum(len(week.caseload.taken) for week in done.weeks if week.caseload)
    assert all(entry.basis.schedule_hash for entry in plans)


def test_a_decision_that_came_since_counts_when_the_folder_is_gone_on_with(tmp_path: Path) -> None:
    """Leadership would close intakes, and the weeks that were planned before stay as they were."""
    into(tmp_path / "roll", 2)
    closed = RollCaseload(waitlist=True, expected=EXPECTED, ledger=restricted(None, "2026-10-10"))
    again = into(tmp_path / "roll", 2, closed)
    assert planned(again) == [1, 2]
    assert [len(week.caseload.taken) for week in again.weeks if week.caseload] == [0, 4]


def by_colleague(folder: Path, number: int) -> None:
    """Have K1 seen by C2 in a week, at a time when both are free."""
    path = folder / f"week-{number:02d}" / "schedule.json"
    plain = json.loads(path.read_text())
    own = next(each for each in plain["appointments"] if each["clients"] == ["K1"])
    monday = date.fromisoformat(plain["week_start"])
    days = [str(monday + timedelta(days=day)) for day in (0, 2, 4)]
    starts = [f"{day}T{hour}" for day in days for hour in ("09:00", "10:00", "11:00")]
    taken = {each["start"][:16] for each in plain["appointments"] if "C2" in each["clinicians"]}
    own |= {"clinicians": ["C2"], "start": next(each for each in starts if each not in taken)}
    path.write_text(json.dumps(plain))


def test_a_week_changed_by_hand_stands_as_long_as_its_override_is_in_force(tmp_path: Path) -> None:
    """What people have decided would be undone, or hold for ever."""
    problem = team(requests=[{"id": "R1", "client": "K1", "session_type": "talk", "every": 1}])
    lifted = Override(rule="continuity", client="K1", until=date(2026, 10, 11))
    given = RollCaseload(waitlist=False, ledger=entries((lifted, "2026-10-01")))

    def again(folder: Path, caseload: RollCaseload) -> tuple[list[int], list[str]]:
        notes: list[str] = []
        done = roll_into(
            folder, problem, 2, **LIMITS, time_limit=None, caseload=caseload, on_note=notes.append
        )
        return planned(done), notes

    for folder in (tmp_path / "one", tmp_path / "two", tmp_path / "three"):
        assert again(folder, given) == ([1, 2], [])
    by_colleague(tmp_path / "one", 1)
    numbers, notes = again(tmp_path / "one", given)
    assert 1 not in numbers
    by_colleague(tmp_path / "two", 1)
    numbers, notes = again(tmp_path / "two", replace(given, ledger=()))
    assert (numbers[0], "breaks the rule continuity" in notes[0]) == (1, True)
    by_colleague(tmp_path / "three", 2)
    numbers, notes = again(tmp_path / "three", given)
    assert (numbers, "breaks the rule continuity" in notes[0]) == ([2], True)


@pytest.mark.parametrize(
    "caseload",
    [
        None,
        RollCaseload(waitlist=True),
        RollCaseload(waitlist=True, expected=EXPECTED, rules=ALL_ROUTINE),
        RollCaseload(waitlist=True, expected=EXPECTED, bands=BandsTaken.UP),
    ],
)
def test_a_folder_that_went_by_something_else_is_refused(
    tmp_path: Path, caseload: RollCaseload | None
) -> None:
    """Weeks with other referrals would stand behind each other."""
    into(tmp_path / "roll", 1)
    before = content(tmp_path / "roll")
    with pytest.raises(InputError) as caught:
        roll_into(tmp_path / "roll", team(cap=9), 2, **LIMITS, time_limit=None, caseload=caseload)
    assert [fault.code for fault in caught.value.faults] == ["other_roll"]
    assert content(tmp_path / "roll") == before
