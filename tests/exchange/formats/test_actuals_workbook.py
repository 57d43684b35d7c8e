"""What happened in a week, in a workbook and back; and whatever is wrong in one, with its cell."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule import Actuals, InputError, read_actuals_workbook, write_actuals_workbook
from safeschedule.samples import generate, generate_actuals
from tests.caseload.happened import FIRST, day, visit, week

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")

DAYS = st.integers(0, 6).map(lambda number: f"{FIRST + timedelta(days=number)}")
CODES = st.sampled_from(["K1", "0042", "a, b", "=1+1", "true", "K 9"])
LISTS = {
    "events": st.fixed_dictionaries(
        {"kind": st.sampled_from(["incident", "near_miss"]), "on": DAYS}, optional={"client": CODES}
    ),
    "flags": st.fixed_dictionaries({"client": CODES, "flag": st.just("crisis_risk"), "on": DAYS}),
    "staff": st.fixed_dictionaries({"clinician": CODES, "on": DAYS, "move": st.just("left")}),
    "supervision": st.fixed_dictionaries(
        {"kind": st.just("supervision"), "on": DAYS},
        optional={
            "attended": st.lists(CODES, unique=True),
            "discussed": st.none() | st.lists(CODES, unique=True),
        },
    ),
    "days": st.fixed_dictionaries(
        {"clinician": st.just("C1"), "date": DAYS},
        optional={
            "missed_break": st.none() | st.booleans(),
            "minutes_outside": st.none() | st.integers(0, 90),
        },
    ),
    "blocks": st.fixed_dictionaries(
        {"clinician": st.just("C1"), "kind": st.just("break"), "planned": DAYS.map("{}T12:00".format)},
        optional={"reason": st.sampled_from(["", " ", "Crisis", "json: 1", "a\nb"]), "fate": st.just("lost")},
    ).map(lambda entry: entry | {"minutes": 30}),
}
ONCE = {"days": "date", "blocks": "planned"}


@st.composite
def weeks(draw: st.DrawFn) -> Actuals:
    said: dict[str, Any] = {}
    for name, entry in LISTS.items():
        by = ONCE.get(name)
        key = None if by is None else (lambda own, by=by: own[by])
        said[name] = draw(st.none() | st.lists(entry, max_size=3, unique_by=key))
    return Actuals.from_dict({"week_start": f"{FIRST}", "name": draw(CODES), **said})


@settings(deadline=None, suppress_health_check=list(HealthCheck))
@given(weeks())
def test_round_trip(tmp_path: Path, actuals: Actuals) -> None:
    """What nobody recorded would come back as none, or a code as a number."""
    write_actuals_workbook(actuals, tmp_path / "week.xlsx")
    assert read_actuals_workbook(tmp_path / "week.xlsx") == actuals


def test_a_made_up_week_comes_back(tmp_path: Path) -> None:
    """Times of visits, or notes after midnight, would be others."""
    for actuals in generate_actuals(generate(4, seed=1), weeks=2, seed=1):
        write_actuals_workbook(actuals, tmp_path / "week.xlsx")
        assert read_actuals_workbook(tmp_path / "week.xlsx") == actuals


def changed(folder: Path, actuals: Actuals, cells: dict[tuple[str, str], Any]) -> Path:
    """Write a workbook in which somebody has changed some cells."""
    write_actuals_workbook(actuals, folder / "week.xlsx")
    book = openpyxl.load_workbook(folder / "week.xlsx")
    for (sheet, cell), value in cells.items():
        book[sheet][cell] = value
    book.save(folder / "week.xlsx")
    return folder / "week.xlsx"


def test_every_fault_is_told_with_its_cell(tmp_path: Path) -> None:
    """Somebody would mend one cell after the other, and look for each."""
    actuals = week(
        visits=[visit("K1", f"{FIRST}T09:00"), visit("K2", f"{FIRST}T10:00")], days=[day(0), day(1), day(2)]
    )
    write_actuals_workbook(actuals, tmp_path / "week.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "week.xlsx")["Days"]
    heads = {cell.value: cell.column_letter for cell in sheet[1]}
    cells = {
        ("Days", f"{heads['Missed break']}2"): "perhaps",
        ("Days", f"{heads['Clinician']}3"): None,
        ("Days", f"{heads['Date']}4"): "2027-01-01",
        ("Visits", "A3"): "K1",
    }
    with pytest.raises(InputError) as caught:
        read_actuals_workbook(changed(tmp_path, actuals, cells))
    told = [(fault.code, fault.place) for fault in caught.value.faults]
    assert ("missing_field", f"Days row 3 Clinician ({heads['Clinician']})") in told
    assert ("other_week", f"Days row 4 Date ({heads['Date']})") in told
    assert any(place.startswith("Days row 2 Missed break") for _, place in told)


def test_a_workbook_of_something_else_is_refused(tmp_path: Path) -> None:
    """A team's workbook would pass for a week in which nothing was recorded."""
    book = openpyxl.Workbook()
    book.active.title = "Sheet"
    book.save(tmp_path / "other.xlsx")
    with pytest.raises(InputError) as caught:
        read_actuals_workbook(tmp_path / "other.xlsx")
    assert [fault.code for fault in caught.value.faults] == ["missing_field"]
