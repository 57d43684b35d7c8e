"""The parts on which checks build: intervals, clock changes, words, exact numbers."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.problem import Clinician
from safeschedule.verifier import wording
from safeschedule.verifier.caseload import at_fte, hundredths, per_fte
from safeschedule.verifier.clock_changes import clock_changes, zone_of
from safeschedule.verifier.intervals import merged, shared, without

short = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=6)


def _minutes(intervals: list[tuple[int, int]]) -> set[int]:
    return {minute for start, end in intervals for minute in range(start, end)}


@given(short)
def test_merged_has_the_same_minutes(intervals: list[tuple[int, int]]) -> None:
    """Leave or hours would gain or lose minutes, or touch and still be two."""
    found = merged(intervals)
    assert _minutes(found) == _minutes(intervals)
    assert all(first[1] < second[0] for first, second in pairwise(found))


@given(st.integers(0, 30), st.integers(0, 30), short)
def test_without_and_shared_part_the_minutes(start: int, end: int, holes: list[tuple[int, int]]) -> None:
    """Working time would not be what hours and leave say."""
    pieces = list(without(start, end, merged(holes)))
    assert _minutes(pieces) == set(range(start, end)) - _minutes(holes)
    assert shared(start, end, merged(holes)) == len(set(range(start, end)) & _minutes(holes))


def _week(year: int, month: int, day: int) -> list[date]:
    return [date(year, month, day) + timedelta(n) for n in range(7)]


@pytest.mark.parametrize(
    ("zone", "dates", "expected"),
    [
        ("Europe/Berlin", _week(2027, 3, 22), [("sun 02:00", 60)]),
        ("Europe/Berlin", _week(2026, 10, 19), [("sun 02:00", 60)]),
        ("Europe/Berlin", _week(2026, 10, 5), []),
        ("UTC", _week(2026, 10, 19), []),
        ("Australia/Lord_Howe", _week(2026, 9, 28), [("sun 02:00", 30)]),
        ("Asia/Beirut", _week(2026, 3, 23), [("sun 00:00", 60)]),
        ("America/Santiago", _week(2026, 3, 30), [("sat 23:00", 60)]),
        ("Pacific/Apia", _week(2011, 12, 26), [("fri 00:00", 1440)]),
    ],
)
def test_clock_changes(zone: str, dates: list[date], expected: list[tuple[str, int]]) -> None:
    """Sessions would be planned in an hour that does not exist, or that comes twice."""
    days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    found = [
        (f"{days[start // 1440]} {wording.clock(start % 1440)}", end - start)
        for start, end in clock_changes(ZoneInfo(zone), dates)
    ]
    assert found == expected


def test_clock_changes_at_the_calendar_s_ends() -> None:
    """A senseless year would stop the verifier."""
    for dates in ([date.max], [date.min + timedelta(n) for n in range(7)]):
        assert isinstance(clock_changes(ZoneInfo("Europe/Berlin"), dates), list)


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../etc/passwd", "Europe", "\0"])
def test_unknown_zone_is_none(name: str) -> None:
    """A mistyped zone would stop the verifier."""
    assert zone_of(name) is None


@given(st.datetimes(datetime(2020, 1, 1), datetime(2035, 1, 1)))
def test_clock_changes_are_the_times_that_do_not_come_back(moment: datetime) -> None:
    """The minutes left out would not be those that a round trip through UTC cannot name."""
    zone, day = ZoneInfo("America/New_York"), moment.date()
    first, second = (moment.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    back = {m.astimezone(ZoneInfo("UTC")).astimezone(zone).replace(tzinfo=None) for m in (first, second)}
    instants = {m.astimezone(ZoneInfo("UTC")) for m in (first, second)}
    odd = len(instants) == 2 or back != {moment}
    minute = moment.hour * 60 + moment.minute
    assert any(start <= minute < end for start, end in clock_changes(zone, [day])) == odd


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (wording.day_name(date(2026, 10, 6)), "Tuesday 6 October"),
        (wording.span(9 * 60, 1440), "09:00-24:00"),
        (wording.span(1440, 1470), "00:00-00:30"),
        (wording.count(1, "session"), "1 session"),
        (wording.count(0, "session"), "0 sessions"),
        (wording.listing(["A"]), "A"),
        (wording.listing(["A", "B", "C"]), "A, B and C"),
        (wording.listing(list("ABCDEF")), "A, B, C, D and 2 others"),
        (wording.listing(list("ABCDE")), "A, B, C, D and 1 other"),
        (wording.points(300), "3"),
        (wording.points(250), "2.5"),
        (wording.points(5), "0.05"),
        (wording.points(1000), "10"),
        (wording.block_name("urgent_slot"), "an urgent slot"),
        (wording.block_name("case_review"), "a case review block"),
    ],
)
def test_words(found: str, expected: str) -> None:
    """Sentences would read like a program's output."""
    assert found == expected


@given(st.integers(5, 100), st.integers(0, 100_000))
def test_fte_is_exact(fte: int, amount: int) -> None:
    """A clinician at 0.29 would lose a session to a rounding error."""
    clinician = Clinician(id="C1", working=(), fte=Decimal(fte) / 100)
    assert int(at_fte(amount, clinician)) == amount * fte // 100
    assert per_fte(amount, clinician) == -(-amount * 100 // fte)
    assert hundredths(clinician.fte) == fte
