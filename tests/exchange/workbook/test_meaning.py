from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.exchange.workbook.meaning import Habits, UnreadError
from safeschedule.exchange.workbook.meaning.clocks import read_clock
from safeschedule.exchange.workbook.meaning.dates import read_date
from safeschedule.exchange.workbook.meaning.days import read_days
from safeschedule.exchange.workbook.meaning.numbers import read_decimal, read_truth, read_whole
from safeschedule.exchange.workbook.meaning.windows import read_slots, read_windows

STRICT = Habits()


@pytest.mark.parametrize(
    ("cell", "meant", "literal"),
    [
        ("09:30", "09:30", True),
        ("24:00", "24:00", True),
        (time(9, 5), "09:05", True),
        (timedelta(days=1), "24:00", True),
        (0.375, "09:00", False),
        (9, "09:00", False),
        ("9", "09:00", False),
        ("9:00", "09:00", False),
        ("9.30", "09:30", False),
        ("9am", "09:00", False),
        ("2:30 p.m.", "14:30", False),
        ("12am", "00:00", False),
        ("noon", "12:00", False),
        ("14h30", "14:30", False),
        ("0930", "09:30", False),
        ("02:30", "02:30", True),
    ],
)
def test_times_are_read_as_people_write_them(cell: Any, meant: str, literal: bool) -> None:
    """Otherwise somebody would be planned at another hour, or the interpretation would not be listed."""
    found = read_clock(cell, STRICT)
    assert (found.value, found.literal) == (meant, literal)


@pytest.mark.parametrize("cell", ["2", "2:30", 3, "25:00", "9:75", "13pm", 9.5, "soon", True, -1, 1.2, None])
def test_times_that_could_be_two_are_refused(cell: Any) -> None:
    """Otherwise a client would be asked in at two in the morning."""
    with pytest.raises(UnreadError):
        read_clock(cell, STRICT)


def test_the_workbook_says_what_hours_without_half_are() -> None:
    """Otherwise there would be no way out for a sheet full of 2s."""
    assert read_clock("2.15", Habits(afternoons=True)).value == "14:15"
    assert read_clock("2.15", Habits(afternoons=False)).value == "02:15"


@given(st.integers(0, 1439))
def test_a_fraction_of_a_day_is_the_minute_it_shows(minute: int) -> None:
    """Otherwise a time would be off by a minute, because 545/1440 is no binary number."""
    assert read_clock(minute / 1440, STRICT).value == f"{minute // 60:02d}:{minute % 60:02d}"


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("2026-10-05", "2026-10-05"),
        (datetime(2026, 10, 5), "2026-10-05"),
        (date(2026, 10, 5), "2026-10-05"),
        (46300, "2026-10-05"),
        ("17/09/26", "2026-09-17"),
        ("17/09", "2026-09-17"),
        ("9/17/2026", "2026-09-17"),
        ("8/8/26", "2026-08-08"),
        ("30 Sep", "2026-09-30"),
        ("1st Sept 2026", "2026-09-01"),
        ("Sep 30, 2026", "2026-09-30"),
        ("30.12.", None),
        ("30.12.26", "2026-12-30"),
        ("Tue 6 Oct", "2026-10-06"),
    ],
)
def test_dates_are_read_as_people_write_them(cell: Any, meant: str | None) -> None:
    """Otherwise a last contact would lie in another month."""
    if meant is None:
        with pytest.raises(UnreadError):
            read_date(cell, STRICT)
    else:
        assert read_date(cell, STRICT).value == meant


@pytest.mark.parametrize(
    "cell", ["08/10", "08/10/2026", "Oct", "Nov 26", "overdue!", "31/02/26", "Mon 6 Oct", 12]
)
def test_dates_that_could_be_two_are_refused(cell: Any) -> None:
    """Otherwise the eighth of October and the tenth of August would be the same to a reader."""
    with pytest.raises(UnreadError):
        read_date(cell, STRICT)


@given(st.dates(date(1990, 1, 1), date(2098, 12, 31)), st.sampled_from(["dmy", "mdy"]))
def test_the_workbook_says_the_order_of_dates(day: date, order: str) -> None:
    """Otherwise dates of the first twelve days of a month could not be written as people do."""
    text = f"{day:%d/%m/%Y}" if order == "dmy" else f"{day:%m/%d/%Y}"
    assert read_date(text, Habits(order=order)).value == day.isoformat()


@given(st.dates(date(2026, 4, 6), date(2027, 4, 4)))
def test_a_date_without_a_year_is_the_nearest(day: date) -> None:
    """Otherwise a contact of last December would be one of next December."""
    text = f"{day.day} {day:%b}"
    assert read_date(text, Habits(near="2026-10-05")).value == day.isoformat()


@pytest.mark.parametrize(
    ("text", "count", "first"),
    [
        ("mon 09:00-12:00, tue 13:00-14:00", 2, ("mon", "09:00", "12:00")),
        ("M-F 9-5", 5, ("mon", "09:00", "17:00")),
        ("Mon 9-5, Tues 9–5, Thurs 9-1", 3, ("mon", "09:00", "17:00")),
        ("Tues 9-5 / Wed 9-1", 2, ("tue", "09:00", "17:00")),
        ("Tues or Thurs am", 2, ("tue", "00:00", "12:00")),
        ("not Fri", 6, ("mon", "00:00", "24:00")),
        ("after 3pm", 7, ("mon", "15:00", "24:00")),
        ("lunchtimes 12-2", 7, ("mon", "12:00", "14:00")),
        ("1-3pm", 7, ("mon", "13:00", "15:00")),
        ("any", 0, None),
    ],
)
def test_windows_are_read_as_people_write_them(text: str, count: int, first: tuple[str, ...] | None) -> None:
    """Otherwise a client would be asked in when the client cannot come."""
    found = read_windows(text, STRICT).value
    assert len(found) == count
    assert first is None or (found[0]["day"], found[0]["start"], found[0]["end"]) == first


@pytest.mark.parametrize(
    "text", ["Thurs 1.30-3.00", "Mon 9-5 (not 1st Mon)", "sometimes", "mon 22-6", "S 9-5"]
)
def test_windows_that_nobody_can_tell_are_refused(text: str) -> None:
    """Otherwise half of what a clinic wrote would be dropped."""
    with pytest.raises(UnreadError):
        read_windows(text, STRICT)


def test_slots_and_days_are_read_as_people_write_them() -> None:
    """Otherwise a usual time would be lost."""
    assert read_slots("Mon 9, Th 10.30", STRICT).value == [
        {"day": "mon", "start": "09:00"},
        {"day": "thu", "start": "10:30"},
    ]
    assert read_days("Fri-Mon").value == ["fri", "sat", "sun", "mon"]
    with pytest.raises(UnreadError):
        read_slots("Tue 3.15", STRICT)


@pytest.mark.parametrize(
    ("cell", "percent", "meant"),
    [
        (0.8, False, 0.8),
        ("0,8", False, 0.8),
        (".6", False, 0.6),
        ("80 %", False, 0.8),
        (80, True, 0.8),
        (0.1 + 0.2, False, 0.3),
        ("1.0 ", False, 1),
    ],
)
def test_numbers_are_read_as_people_write_them(cell: Any, percent: bool, meant: float) -> None:
    """Otherwise four days a week would be eight of ten of nothing."""
    assert read_decimal(cell, percent=percent).value == meant


def test_a_comma_that_could_part_thousands_is_refused() -> None:
    """Otherwise 1,234 minutes would be one and a bit."""
    with pytest.raises(UnreadError):
        read_decimal("1,234", percent=False)
    assert read_whole("50 min").value == 50
    with pytest.raises(UnreadError):
        read_whole(2.5)
    assert [read_truth(word).value for word in ("Yes", "x", "n", False, 1, "0")] == [
        True, True, False, False, True, False,
    ]  # fmt: skip
