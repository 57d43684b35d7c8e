from __future__ import annotations

import re
import warnings
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from safeschedule.errors import InputError
from safeschedule.exchange.rota_workbook import read_rota, rota_changes, write_rota
from safeschedule.problem import Problem
from safeschedule.samples import generate, sample
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.cli.conftest import run
from tests.exchange.support import packed
from tests.exchange.test_csv_rota import reasons, small
from tests.exchange.workbook.test_libreoffice import RISKY, needs_office, saved
from tests.support.codes import codes

openpyxl = pytest.importorskip("openpyxl")
pytest.importorskip("xlsxwriter")


_PAGE = re.compile(rb"/Type\s*/Page\b.*?/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)\s*\]", re.DOTALL)
"""A page of a PDF file, with its width and height."""


def alike(one: Schedule, other: Schedule) -> bool:
    return all(
        sorted(map(str, getattr(one, name))) == sorted(map(str, getattr(other, name)))
        for name in ("appointments", "blocks", "left_out")
    )


@pytest.fixture(scope="module")
def week() -> tuple[Problem, Schedule]:
    problem = sample()
    return problem, packed(problem)


def opened(path: Path) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def column(page: Any, name: str) -> int:
    (found,) = (cell.column for cell in page[1] if cell.value == name)
    return int(found)


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(codes, codes, codes, codes, reasons)
def test_a_rota_comes_back_with_codes_of_every_sort(
    tmp_path: Path, clinician: str, client: str, session: str, request: str, reason: str
) -> None:
    """Otherwise the rota that a coordinator has looked at would not be the one that is verified."""
    problem, schedule = small(clinician, client, session, request)
    left = (schedule.left_out[0].model_copy(update={"reason": reason.strip()}),)
    schedule = schedule.model_copy(update={"left_out": left})
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    assert alike(read_rota(problem, tmp_path / "rota.xlsx"), schedule)
    assert rota_changes(problem, tmp_path / "rota.xlsx") == []


def test_a_whole_week_comes_back(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise a session would be lost between the optimiser and the printed rota."""
    problem, schedule = week
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    assert alike(read_rota(problem, tmp_path / "rota.xlsx"), schedule)


def test_what_was_changed_by_hand_is_read_and_told(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise a session that somebody has moved would be back where it was, or nobody would know."""
    problem, schedule = week
    path = tmp_path / "rota.xlsx"
    write_rota(problem, schedule, path)
    book = opened(path)
    page = book["Rota"]
    rows = [
        row[0].row
        for row in page.iter_rows(min_row=2)
        if row[column(page, "what") - 1].value == "appointment"
    ]
    start, end = column(page, "start"), column(page, "end")
    moved = page.cell(rows[0], column(page, "request")).value
    minutes = page.cell(rows[0], column(page, "minutes")).value
    page.cell(rows[0], start).value = "18:00"
    page.cell(rows[0], end).value = time(18 + minutes // 60, minutes % 60)
    page.delete_rows(rows[1])
    book.save(path)
    again = read_rota(problem, path)
    (session,) = (each for each in again.appointments if each.request == moved and each.start.hour == 18)
    assert session.start.time() == time(18)
    assert len(again.appointments) == len(schedule.appointments) - 1
    told = rota_changes(problem, path)
    assert [line.split(":")[0] for line in told] == ["Changed", "Taken out"]
    assert "18:00" in told[0]
    assert not verify(problem, again).compliant


def test_views_say_what_the_table_says(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise the board on the wall would show another session than the table."""
    problem, schedule = week
    path = tmp_path / "rota.xlsx"
    write_rota(problem, schedule, path)
    book = opened(path)
    for person in problem.clinicians:
        text = "\n".join(str(cell.value) for row in book[person.id].iter_rows() for cell in row if cell.value)
        for each in schedule.appointments:
            if person.id in each.clinicians:
                end = each.start + timedelta(minutes=each.minutes)
                assert f"{each.start:%H:%M}-{end:%H:%M} {each.session_type} {each.clients[0]}" in text
    assert {"Board", "Rota", "Monday", "Not placed", "Load", "Rules", "Notices", "Provenance"} <= set(
        book.sheetnames
    )
    locked = [title for title in book.sheetnames if not book[title].protection.sheet]
    assert locked == ["Rota", "As written"]


def test_overlapping_sessions_stand_in_one_cell(tmp_path: Path) -> None:
    """Otherwise one of two sessions at once would cover the other one, on the board of all places."""
    problem, schedule = small("C1", "K1", "talk", "R1")
    late = schedule.appointments[0].model_copy(update={"start": datetime(2026, 10, 5, 23), "request": None})
    twice = schedule.model_copy(update={"appointments": (*schedule.appointments, late)})
    write_rota(problem, twice, tmp_path / "rota.xlsx")
    board = opened(tmp_path / "rota.xlsx")["Board"]
    texts = [cell.value for row in board.iter_rows() for cell in row if "talk" in str(cell.value)]
    assert len(texts) == 1
    assert texts[0].count("talk") == 2


def test_names_of_sheets_are_fit_for_a_spreadsheet(tmp_path: Path) -> None:
    """Otherwise a code with a slash, or the code History, would make a file that Excel has to mend."""
    base, schedule = small("C1", "K1", "talk", "R1")
    codes = ("a/b", "a:b", "History", "board", "x" * 40, "x" * 41, "[C]", "'", *RISKY)
    team = tuple(base.clinicians[0].model_copy(update={"id": code}) for code in codes)
    problem = base.model_copy(update={"clinicians": (*base.clinicians, *team)})
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    titles = opened(tmp_path / "rota.xlsx").sheetnames
    assert len({title.casefold() for title in titles}) == len(titles)
    assert all(len(title) <= 31 and not re.search(r"[\[\]:*?/\\']", title) for title in titles)
    assert "history" not in {title.casefold() for title in titles}


def test_nothing_in_a_rota_is_a_formula(tmp_path: Path) -> None:
    """Otherwise a reason that begins with = would be run by whoever opens the rota."""
    problem, schedule = small("=1+1", "+2", "-3", "@SUM(A1)")
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    with zipfile.ZipFile(tmp_path / "rota.xlsx") as packed_file:
        pages = [packed_file.read(name) for name in packed_file.namelist() if "worksheets/sheet" in name]
    assert not any(re.search(rb"<f[ >]|<hyperlink", page) for page in pages)
    assert alike(read_rota(problem, tmp_path / "rota.xlsx"), schedule)


def test_every_fault_is_told_with_its_row(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise a time that nobody can read would be dropped, or be told of one after the other."""
    problem, schedule = week
    path = tmp_path / "rota.xlsx"
    write_rota(problem, schedule, path)
    book = opened(path)
    page = book["Rota"]
    page.cell(2, column(page, "start")).value = "soon"
    page.cell(3, column(page, "clinician")).value = "C99"
    page.cell(4, column(page, "date")).value = "the day after"
    book.save(path)
    with pytest.raises(InputError) as caught:
        read_rota(problem, path)
    assert [fault.place for fault in caught.value.faults] == [
        "Rota row 2 start",
        "Rota row 3 clinician",
        "Rota row 4 date",
    ]


def test_a_workbook_that_is_no_rota_is_refused(tmp_path: Path) -> None:
    """Otherwise a team's own workbook would be taken for an empty week."""
    from safeschedule.exchange.workbook import write_workbook

    problem = generate(2, seed=1)
    write_workbook(problem, tmp_path / "team.xlsx")
    with pytest.raises(InputError) as caught:
        read_rota(problem, tmp_path / "team.xlsx")
    assert caught.value.faults[0].code == "missing_sheet"


@needs_office
@pytest.mark.slow
@pytest.mark.parametrize(("kind", "ending"), [("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods", "ods")])
def test_a_rota_that_was_saved_by_libreoffice_is_the_same(
    tmp_path: Path, week: tuple[Problem, Schedule], kind: str, ending: str
) -> None:
    """Otherwise opening and saving a rota would change it."""
    problem, schedule = week
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    (tmp_path / "out").mkdir()
    saved([tmp_path / "rota.xlsx"], kind, tmp_path / "out")
    again = tmp_path / "out" / f"rota.{ending}"
    assert alike(read_rota(problem, again), schedule)
    assert rota_changes(problem, again) == []


@pytest.mark.slow
def test_the_commands_write_verify_and_import_a_rota(tmp_path: Path, week: tuple[Problem, Schedule]) -> None:
    """Otherwise the way from the optimiser to paper and back would need a program."""
    problem, schedule = week
    (tmp_path / "p.json").write_text(problem.model_dump_json(), encoding="utf-8")
    (tmp_path / "s.json").write_text(schedule.model_dump_json(), encoding="utf-8")
    assert run("export", "xlsx", "p.json", "s.json", "-o", "rota.xlsx", cwd=tmp_path).returncode == 0
    first = run("verify", "p.json", "rota.xlsx", "--json", cwd=tmp_path)
    assert first.stdout == run("verify", "p.json", "s.json", "--json", cwd=tmp_path).stdout
    book = opened(tmp_path / "rota.xlsx")
    page = book["Rota"]
    row = next(
        r[0].row for r in page.iter_rows(min_row=2) if r[column(page, "what") - 1].value == "appointment"
    )
    page.cell(row, column(page, "date")).value = date(2026, 10, 11)
    page.cell(row, column(page, "weekday")).value = None
    book.save(tmp_path / "rota.xlsx")
    done = run("import", "rota", "p.json", "rota.xlsx", "-o", "new.json", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr.startswith("Changed: ")
    assert len(done.stderr.splitlines()) == 1
    seen = run("import", "rota", "p.json", "new.json", "-o", "again.json", "--since", "s.json", cwd=tmp_path)
    assert seen.stderr == done.stderr


@needs_office
@pytest.mark.slow
def test_a_rota_prints_a_page_a_day(tmp_path: Path) -> None:
    """Otherwise a day would be cut in two on the wall, or columns run over the edge of the paper."""
    problem = generate(3, seed=1).model_copy(update={"grid": 5})
    schedule = packed(problem)
    moved = schedule.appointments[0].model_copy(
        update={"start": schedule.appointments[0].start + timedelta(minutes=5)}
    )
    schedule = schedule.model_copy(update={"appointments": (moved, *schedule.appointments[1:])})
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    saved([tmp_path / "rota.xlsx"], "pdf", tmp_path)
    data = (tmp_path / "rota.pdf").read_bytes()
    sizes = [(round(float(wide)), round(float(high))) for wide, high in re.findall(_PAGE, data)]
    days = sum(title.endswith("day") for title in opened(tmp_path / "rota.xlsx").sheetnames)
    assert days == 5
    assert sizes.count((1191, 842)) == days
    small = [size for size in sizes if size != (1191, 842)]
    assert set(small) == {(842, 595)}
    # The days and people, a page each, and few of tables.
    assert days + len(problem.clinicians) + 6 <= len(small) <= days + len(problem.clinicians) + 20


@needs_office
@pytest.mark.slow
def test_dates_and_times_of_a_rota_are_dates_and_times_to_a_spreadsheet(
    tmp_path: Path, week: tuple[Problem, Schedule]
) -> None:
    """Otherwise the rota could not be sorted by day, or a formula would be hidden among its cells."""
    problem, schedule = week
    write_rota(problem, schedule, tmp_path / "rota.xlsx")
    saved([tmp_path / "rota.xlsx"], "fods", tmp_path)
    text = (tmp_path / "rota.fods").read_text(encoding="utf-8")
    rota = text.partition('table:name="Rota"')[2].partition("</table:table>")[0]
    count = len(schedule.appointments) + len(schedule.blocks)
    assert rota.count('office:value-type="date"') == count
    assert rota.count('office:value-type="time"') >= 2 * count
    assert "table:formula" not in text
    assert 'office:value-type="string" calcext:value-type="error"' not in text
