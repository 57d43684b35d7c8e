"""What happened, from a record system's export."""

from __future__ import annotations

import os
import shutil
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pytest

from safeschedule.actuals import Attendance
from safeschedule.errors import InputError
from safeschedule.exchange.ehr_csv import import_ehr_actuals
from safeschedule.problem import Kind
from tests.cli.conftest import run

HEADER = (
    "visit_id,individual_id,employee_id,visit_type_id,location_id,visit_status,scheduled_start,"
    "scheduled_duration_minutes,actual_start,actual_end,documented_at"
)
ROWS = """
V1,K1,S1,T1,L1,COMPLETED,2026-10-05T09:00,60,2026-10-05T09:05,2026-10-05T10:00,2026-10-06T08:00
V2,K2,S1,T1,L1,NO_SHOW,2026-10-05T11:00,60,,,
V3,K1,S1,T2,L1,CANCELED,2026-10-07T09:00,45,,,
V4,K2,S1,T1,L1,RESCHEDULED,2026-10-08T09:00,60,,,
V5,K2,S1,T1,L1,SCHEDULED,2026-10-12T09:00,60,,,
"""
EXPORT = (
    Path(os.environ.get("SAFESCHEDULE_DATA", Path(__file__).parents[3] / "shared" / "data")) / "ehr_export"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in {
        "employees.csv": "employee_id\nS1\n",
        "visit_types.csv": "visit_type_id,description\nT1,Individual Therapy\nT2,Nobody knows\n",
        "locations.csv": "location_id,location_name\nL1,North\n",
        "visits.csv": HEADER + ROWS,
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_visits_become_what_happened(folder: Path) -> None:
    """A no-show would count as attended, or an unknown time as a known one."""
    first, second = import_ehr_actuals(folder, date(2026, 10, 7), 2)
    assert (first.week_start, second.week_start) == (date(2026, 10, 5), date(2026, 10, 12))
    done, missed, cancelled, moved = first.visits or ()
    assert (done.client, done.clinicians, done.kind, done.minutes) == ("K1", ("S1",), Kind.THERAPY, 60)
    assert (done.began, done.ended) == (datetime(2026, 10, 5, 9, 5), datetime(2026, 10, 5, 10))
    assert done.documented == datetime(2026, 10, 6, 8)
    outcomes = [visit.outcome for visit in (done, missed, cancelled, moved)]
    assert outcomes == [
        Attendance.ATTENDED,
        Attendance.NO_SHOW,
        Attendance.CANCELLED,
        Attendance.RESCHEDULED,
    ]
    assert (cancelled.kind, cancelled.session_type, missed.began) == (None, "Nobody knows", None)
    assert [visit.outcome for visit in second.visits or ()] == [None]


def test_what_the_export_does_not_hold_stays_unknown(folder: Path) -> None:
    """A service would be told of no incidents and no missed breaks, which nobody has recorded."""
    (week,) = import_ehr_actuals(folder, date(2026, 10, 5))
    lists = set(type(week).model_fields) - {"schema_version", "name", "week_start", "time_zone", "visits"}
    assert {name for name in lists if getattr(week, name) is not None} == set()


def test_contradictions_are_told_with_their_cells(folder: Path) -> None:
    """Somebody would look for the row of a fault in a file of thousands."""
    text = (folder / "visits.csv").read_text(encoding="utf-8")
    text = text.replace("2026-10-05T10:00,2026", "2026-10-05T08:00,2026").replace(
        "T11:00,60,,,", "T11:00,60,2026-10-05T11:00,,"
    )
    (folder / "visits.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_ehr_actuals(folder, date(2026, 10, 5))
    assert [(fault.code, fault.place) for fault in caught.value.faults] == [
        ("out_of_order", "visits.csv row 2 actual_start"),
        ("contradiction", "visits.csv row 3 actual_start"),
    ]


def test_weeks_without_visits_are_no_weeks_without_work(folder: Path) -> None:
    """An empty week would count as one in which nobody came."""
    (only,) = import_ehr_actuals(folder, date(2026, 9, 21), 3)
    assert only.week_start == date(2026, 10, 5)
    with pytest.raises(InputError) as caught:
        import_ehr_actuals(folder, date(2026, 9, 7))
    assert caught.value.faults[0].code == "no_visits"


def test_the_command_writes_a_file_for_each_week(folder: Path, tmp_path: Path) -> None:
    """The weeks could not be read by the commands that ask about them."""
    from safeschedule.actuals import read_actuals_folder

    shutil.copytree(folder, tmp_path / "export")
    command = ("actuals", "import", "ehr-csv", "export", "--week", "2026-10-05", "--weeks", "2")
    done = run(*command, "-o", "weeks", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 weeks, 5 visits." in done.stdout
    assert "Not recorded, and so not known: blocks, days, events" in done.stdout
    assert sorted(path.name for path in (tmp_path / "weeks").iterdir()) == [
        "2026-10-05.json",
        "2026-10-12.json",
    ]
    assert read_actuals_folder(tmp_path / "weeks") == import_ehr_actuals(folder, date(2026, 10, 5), 2)
    refused = run(*command[:4], "--week", "2020-01-06", "-o", "more", cwd=tmp_path)
    assert (refused.returncode, (tmp_path / "more").exists()) == (2, False)


@pytest.mark.skipif(not EXPORT.is_dir(), reason=f"needs the record system's export in {EXPORT}")
def test_a_real_export_is_read_whole() -> None:
    """Visits of a real export would be lost, or take another outcome."""
    weeks = import_ehr_actuals(EXPORT, date(2026, 7, 6), 20)
    outcomes = Counter(visit.outcome for week in weeks for visit in week.visits or ())
    assert outcomes == {
        Attendance.ATTENDED: 502,
        Attendance.NO_SHOW: 115,
        Attendance.CANCELLED: 50,
        Attendance.RESCHEDULED: 25,
        None: 66,
    }
