"""The figures of a roll, counted by hand."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from safeschedule import verify
from safeschedule.problem import Problem
from safeschedule.rolling import Summary, WeekRow, next_week
from safeschedule.rolling.kept import Kept
from safeschedule.rolling.summary import week_row
from safeschedule.rolling.table import as_csv
from safeschedule.schedule import Schedule
from tests.rolling.weeks import planned, session, week

CLIENTS = [
    {"id": "K1", "clinician": "C1", "band": "high", "last_contact": "2026-09-30"},
    {
        "id": "K2",
        "clinician": "C1",
        "band": "high",
        "last_contact": "2026-10-04",
        "next_review": "2026-10-11",
    },
    {"id": "K3", "clinician": "C2", "band": "low", "last_contact": "2026-09-01", "next_review": "2026-10-12"},
    {"id": "K4", "clinician": "C2", "last_contact": "2026-09-01"},
    {"id": "N1", "waiting_since": "2026-09-01"},
    {"id": "N2", "waiting_since": "2026-09-20"},
]


def row(problem: Problem, schedule: Schedule, **ages: int) -> WeekRow:
    """Give the figures of a week."""
    kept = Kept(schedule, verify(problem, schedule), 0.25, 3.0)
    return week_row(2, problem, next_week(problem, schedule), kept, ages)


@pytest.fixture
def found() -> WeekRow:
    """Figures of a week with two of three sessions and two blocks."""
    sessions = (
        session("2026-10-05T09:00", "K1", session_type="hard", request="R1"),
        session("2026-10-07T09:00", "N1", "C2", session_type="first", request="R3"),
    )
    blocks = [
        {"kind": "consultation", "clinicians": ["C2"], "start": "2026-10-09T09:00", "minutes": 60}
        | {"supervisor": "C1"},
        {"kind": "documentation", "clinicians": ["C1"], "start": "2026-10-05T10:00", "minutes": 30},
    ]
    return row(week(clients=CLIENTS), planned(*sessions, blocks=blocks), R2=3, R1=0)


def test_access(found: WeekRow) -> None:
    """A manager would read of another quarter than the team's."""
    assert (found.week, str(found.week_start)) == (2, "2026-10-05")
    assert (found.asked, found.placed, found.left_out) == (3, 2, 1)
    # Priority 3, 3 and 5; bands 3, 3 and 2; N1 has waited for four full weeks, and intakes are written up.
    assert (found.value_asked, found.value_placed) == (420 + 420 + 775, 420 + 775)
    assert found.value_share == pytest.approx(1195 / 1615)
    assert (found.carried, found.oldest) == (1, 3)


def test_overdue_is_counted_at_the_weeks_end(found: WeekRow) -> None:
    """Who falls due in the week and was not seen would not be told of."""
    # K1 was seen; K2 fell due on Sunday, the last date; K3 is due on 29 September, K4 on the 15th.
    assert found.overdue == {"low": 1, "moderate": 1, "high": 1, "very_high": 0}
    assert (found.overdue_high_acuity, found.overdue_reviews, found.waiting) == (1, 1, 1)


def test_load_and_protected_time(found: WeekRow) -> None:
    """Exposure would look smaller or larger than it was."""
    assert (found.clinicians, found.fte) == (2, 2.0)
    assert (found.sessions_mean, found.sessions_most) == (1.0, 1)
    assert (found.high_minutes_mean, found.high_minutes_most) == (30.0, 60)
    # The consultation counts for who attends and for who leads it.
    assert found.protected == {"documentation": 30, "consultation": 120}
    assert found.protected_per_fte == 75.0
    assert (found.gap, found.seconds) == (0.25, 3.0)


def test_who_is_away_all_week_does_not_thin_the_load() -> None:
    """A week with half of the team on leave would look like an easy one."""
    away = [{"start": "2026-10-05T00:00", "end": "2026-10-12T00:00"}]
    team = [person.model_dump() for person in week().clinicians]
    problem = week(clinicians=[team[0], team[1] | {"leave": away}])
    found = row(problem, planned(session("2026-10-05T09:00", "K1", request="R1")))
    assert (found.clinicians, found.sessions_mean) == (1, 1.0)


def test_without_the_rule_access_there_is_no_share() -> None:
    """A share of nothing would be told."""
    found = row(week(rulebook={"rules": {"access": {"enabled": False}}}), planned())
    assert (found.value_asked, found.value_placed, found.value_share) == (0, 0, None)


def both(found: WeekRow, **change: Any) -> Summary:
    """Give the summary of that week and one like it."""
    return Summary((found, replace(found, week=3, **change)), 4, "Stopped after 2 of 4 weeks.")


def test_totals(found: WeekRow) -> None:
    """The quarter would not be the sum of its weeks."""
    later = {"sessions_mean": 4.0, "clinicians": 1, "fte": 1.0, "sessions_most": 4, "oldest": 1, "gap": None}
    totals = both(found, **later, overdue_high_acuity=0, protected={"consultation": 60}, waiting=0).totals
    assert totals is not None
    assert (totals.weeks, totals.placed, totals.oldest) == (2, 4, 3)
    assert totals.value_share == pytest.approx(1195 / 1615)
    assert (totals.overdue_high_acuity_most, totals.overdue_high_acuity_end, totals.waiting_end) == (1, 0, 0)
    assert (totals.sessions_mean, totals.sessions_most) == (2.0, 4)
    assert totals.protected == {"documentation": 30, "consultation": 180}
    assert totals.protected_per_fte == 70.0
    assert (totals.gap_most, totals.seconds) == (0.25, 6.0)


def test_no_weeks_have_no_totals() -> None:
    """A roll that ends at once would end with an error."""
    assert Summary((), 3).totals is None
    assert Summary((), 3).to_dict()["totals"] is None


def test_plain_data_is_json(found: WeekRow) -> None:
    """``roll --json`` would fail, or print what JSON has no word for."""
    told = json.loads(json.dumps(both(found).to_dict(), allow_nan=False))
    assert told["weeks"][0]["week_start"] == "2026-10-05"
    assert told["weeks"][0]["value_share"] == pytest.approx(1195 / 1615)
    assert set(told) == {"schema_version", "asked", "stopped", "weeks", "totals"}


def test_the_table_has_a_row_a_week_and_a_column_for_each_band_and_kind(found: WeekRow) -> None:
    """A band of a later week would be missing, or counts be in a wrong column."""
    later = both(found, overdue={"severe": 4}, protected={"debrief": 45}, gap=None)
    rows = list(csv.DictReader(io.StringIO(as_csv(later))))
    assert [(r["week"], r["overdue_high_acuity"], r["overdue_band_severe"]) for r in rows] == [
        ("2", "1", "0"),
        ("3", "1", "4"),
    ]
    assert [(r["protected_debrief"], r["protected_consultation"]) for r in rows] == [
        ("0", "120"),
        ("45", "0"),
    ]
    assert [(r["gap"], r["compliant"]) for r in rows] == [("0.25", "yes"), ("", "yes")]


@pytest.mark.parametrize("name", ["=1+1", "@cmd", "x\n=1+1"])
def test_names_of_bands_never_run_as_a_formula(found: WeekRow, name: str) -> None:
    """A name from somebody's file would run in a manager's spreadsheet."""
    table = as_csv(Summary((replace(found, overdue={name: 1}),), 1))
    for cell in next(csv.reader(io.StringIO(table))):
        assert all(part[:1] not in "=+-@\t" for part in cell.splitlines())
