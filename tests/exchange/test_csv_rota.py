from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.exchange.csv_rota import read_csv, write_csv
from safeschedule.exchange.csv_rota.cells import guard, join, split, unguard
from safeschedule.exchange.csv_rota.times import read_date
from safeschedule.problem import (
    BlockKind,
    Client,
    Clinician,
    Mode,
    Problem,
    Request,
    SessionType,
    WorkingPeriod,
)
from safeschedule.samples import sample
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from tests.exchange.support import packed
from tests.support.codes import codes

WEEK = date(2026, 10, 5)
DAY = WorkingPeriod(day="mon", start="09:00", end="17:00")
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
reasons = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cf"]) | st.sampled_from("\n\t\r"), max_size=40
)


def small(clinician: str, client: str, session: str, request: str) -> tuple[Problem, Schedule]:
    problem = Problem(
        week_start=WEEK,
        clinicians=(Clinician(id=clinician, is_supervisor=True, working=(DAY,)),),
        clients=(Client(id=client),),
        session_types=(SessionType(id=session, minutes=60),),
        requests=(Request(id=request, client=client, session_type=session),),
    )
    schedule = Schedule(
        week_start=WEEK,
        appointments=(
            Appointment(
                request=request,
                session_type=session,
                clients=(client,),
                clinicians=(clinician,),
                start=datetime(2026, 10, 5, 23, 30),
                minutes=60,
                mode=Mode.TELEHEALTH,
            ),
        ),
        blocks=(
            Block(
                kind=BlockKind.GROUP_PREPARATION,
                clinicians=(clinician,),
                start=datetime(2026, 10, 6, 9),
                minutes=15,
                supervisor=clinician,
            ),
        ),
        left_out=(LeftOut(request=request, rules=("access",), reason="Because."),),
    )
    return problem, schedule


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(codes, codes, codes, codes, reasons)
def test_what_was_written_is_read_back(
    tmp_path: Path, clinician: str, client: str, session: str, request: str, reason: str
) -> None:
    """Otherwise a rota would come back from its own file as another rota."""
    problem, schedule = small(clinician, client, session, request)
    left = (schedule.left_out[0].model_copy(update={"reason": reason}),)
    schedule = schedule.model_copy(update={"left_out": left})
    write_csv(problem, schedule, tmp_path / "rota.csv")
    assert read_csv(problem, tmp_path / "rota.csv") == schedule


def test_whole_week_is_read_back(tmp_path: Path) -> None:
    """Otherwise something of a real week, such as joint blocks, would get lost."""
    problem = sample()
    schedule = packed(problem)
    write_csv(problem, schedule, tmp_path / "rota.csv")
    back = read_csv(problem, tmp_path / "rota.csv")
    assert set(back.appointments) == set(schedule.appointments)
    assert set(back.blocks) == set(schedule.blocks)
    assert back.left_out == schedule.left_out


@given(texts)
def test_no_cell_runs_as_a_formula(text: str) -> None:
    """Otherwise a code could run commands on the computer of whoever opens the file."""
    cell = guard(text)
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"))  # noqa: RUF001
    assert unguard(cell) == text


@pytest.mark.parametrize(
    "code",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\tx",
        "086091",
        "1E5",
        "3-4",
        "1/2",
        "TRUE",
        "MAR1",
        "3-May-26",
        "Sept 5",
        "'x",
    ],
)
def test_cells_that_spreadsheets_would_change_are_guarded(code: str) -> None:
    """Otherwise a spreadsheet would run the code, or save 086091 as 86091."""
    assert guard(code) == f"'{code}"
    assert unguard(guard(code)) == code


@pytest.mark.parametrize(
    "code", ["C01", "Individual Therapy", "prolonged_exposure_90", "Room 4", "Mayer 2", "may"]
)
def test_ordinary_codes_stay_as_they_are(code: str) -> None:
    """Otherwise every cell would carry an apostrophe that nobody needs."""
    assert guard(code) == code


@given(st.lists(codes, min_size=1, max_size=4))
def test_several_codes_in_a_cell_come_apart_again(several: list[str]) -> None:
    """Otherwise a group's clients would turn into other clients."""
    assert split(join(several)) == tuple(several)


def test_file_opens_in_spreadsheets(tmp_path: Path) -> None:
    """Otherwise Excel would garble letters, and strict readers would refuse the row ends."""
    problem, schedule = small("C1", "Ö", "Therapy", "R1")
    write_csv(problem, schedule, tmp_path / "rota.csv")
    data = (tmp_path / "rota.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfdate,weekday,start,end,minutes,clinician,what")
    assert data.count(b"\n") == data.count(b"\r\n") == 4


def saved_by_a_spreadsheet(path: Path, *changes: tuple[str, str]) -> None:
    text = path.read_text(encoding="utf-8-sig")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def test_spreadsheets_dates_times_and_separators_are_read(tmp_path: Path) -> None:
    """Otherwise a rota edited in a German or American spreadsheet could not be verified."""
    problem, schedule = small("C1", "P1", "Therapy", "R1")
    path = tmp_path / "rota.csv"
    write_csv(problem, schedule, path)
    saved_by_a_spreadsheet(
        path, (",", ";"), ("2026-10-05", "10/5/2026"), ("2026-10-06", "06.10.26"), ("09:00", "9:00 AM")
    )
    assert read_csv(problem, path) == schedule


def test_an_ambiguous_date_is_refused() -> None:
    """Otherwise 9 October would be taken for 10 September, or the other way round."""
    with pytest.raises(ValueError, match="a date from 2026-10-05 to 2026-10-11"):
        read_date("11/12/2026", None, WEEK)
    with pytest.raises(ValueError, match="a date from"):
        read_date("2026-13-01", None, WEEK)


def test_faults_come_by_row_and_column_all_at_once(tmp_path: Path) -> None:
    """Otherwise people would have to find a typing error among hundreds of rows."""
    problem, schedule = small("C1", "P1", "Therapy", "R1")
    path = tmp_path / "rota.csv"
    write_csv(problem, schedule, path)
    saved_by_a_spreadsheet(
        path,
        ("Mon,23:30,00:30,60,C1", "Tue,25:30,00:30,60,C9"),
        ("09:00,09:15,15", "09:00,09:20,15"),
        ("group_preparation", "nap"),
        ("left out", "forgotten"),
    )
    with pytest.raises(InputError) as caught:
        read_csv(problem, path)
    assert [fault.place for fault in caught.value.faults] == [
        "rota.csv row 2 start",
        "rota.csv row 2 weekday",
        "rota.csv row 2 clinician",
        "rota.csv row 3 end",
        "rota.csv row 3 kind",
        "rota.csv row 4 what",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "missing_column"),
        (b"\xff\xfe", "not_text"),
        (b"date\xe9", "not_utf8"),
        (b"date,start,minutes,clinician,what,kind,client,request,colour\n", "unknown_column"),
        (b'date,start,minutes,clinician,what,kind,client,request\n"x', "not_csv"),
    ],
)
def test_a_file_that_is_no_rota_is_refused(tmp_path: Path, data: bytes, code: str) -> None:
    """Otherwise the wrong file would be verified as an empty week."""
    path = tmp_path / "rota.csv"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_csv(sample(), path)
    assert code in {fault.code for fault in caught.value.faults}


def test_weekday_and_end_may_be_left_empty(tmp_path: Path) -> None:
    """Otherwise whoever moves a session would have to reckon its end as well."""
    problem, schedule = small("C1", "P1", "Therapy", "R1")
    path = tmp_path / "rota.csv"
    write_csv(problem, schedule, path)
    saved_by_a_spreadsheet(
        path, ("Mon,23:30,00:30,60", ",23:30,,60"), ("Tue,09:00,09:15,15", ",09:00,09:15,")
    )
    assert read_csv(problem, path) == schedule
