"""Recurring events are the same in the days asked for, however long the series is."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.exchange.calendar_events import events_between
from safeschedule.exchange.calendar_series import bound

icalendar = pytest.importorskip("icalendar")
recurring = pytest.importorskip("recurring_ical_events")

SPAN = datetime(2026, 10, 4), datetime(2026, 10, 13)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
START = "DTSTART:19900101T090000"


def text_of(*events: str) -> str:
    parts = [f"BEGIN:VEVENT\nUID:{number}\n{event}\nEND:VEVENT\n" for number, event in enumerate(events)]
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{''.join(parts)}END:VCALENDAR\n"


def found_in(folder: Path, text: str) -> tuple[list[Any], list[str]]:
    path, told = folder / "busy.ics", list[str]()
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return events_between(path, datetime(2026, 10, 5), datetime(2026, 10, 12), told), told


@st.composite
def series(draw: st.DrawFn) -> str:
    """Draw a recurring event, as calendar programs write it."""
    begin = draw(st.datetimes(datetime(2015, 1, 1), datetime(2026, 10, 20))).replace(
        minute=0, second=0, microsecond=0
    )
    end = begin + timedelta(hours=draw(st.sampled_from([1, 24, 24 * 20])))
    whole = draw(st.booleans())
    zone = "" if whole else draw(st.sampled_from(["", ";TZID=Europe/London", "Z"]))
    kind = ";VALUE=DATE" if whole else zone if zone != "Z" else ""
    form = "%Y%m%d" if whole else "%Y%m%dT%H%M%S" + zone * (zone == "Z")
    rule = [f"FREQ={draw(st.sampled_from(['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']))}"]
    rule += draw(st.sampled_from([[], ["INTERVAL=2"], ["INTERVAL=3", "WKST=SU"]]))
    rule += draw(st.sampled_from([[], ["BYMONTH=10"], ["BYMONTH=9,10"], ["BYMONTHDAY=5,-1", "BYMONTH=2,10"]]))
    days = draw(st.sets(st.sampled_from(DAYS), max_size=3))
    rule += [f"BYDAY={','.join(sorted(days, key=DAYS.index))}"] if days else []
    until = draw(st.datetimes(datetime(2026, 9, 1), datetime(2026, 11, 1)))
    utc = f"{until:%Y%m%d}" if whole else f"{until:%Y%m%dT%H%M%S}{'Z' if zone else ''}"
    rule += draw(st.sampled_from([[], [f"UNTIL={utc}"], ["COUNT=400"]]))
    lines = [f"DTSTART{kind}:{begin:{form}}", f"DTEND{kind}:{end:{form}}", f"RRULE:{';'.join(rule)}"]
    if draw(st.booleans()):
        gone = begin.replace(year=2026, month=10, day=draw(st.integers(5, 11)))
        lines.append(f"EXDATE{kind}:{gone:{form}}")
    return "\n".join(lines)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(series())
def test_what_happens_in_the_days_stays(event: str) -> None:
    """Somebody would be planned over a meeting, or kept free for one that is not."""
    bare, bounded = (icalendar.Calendar.from_ical(text_of(event)) for _ in range(2))
    for each in bounded.walk("VEVENT"):
        assert bound(each, *SPAN) < 20_000
    assert times(bounded) == times(bare)


def times(calendar: Any) -> list[tuple[date, date]]:
    found = recurring.of(calendar).between(*SPAN)
    return sorted(((each["DTSTART"].dt, each["DTEND"].dt) for each in found), key=str)


def test_series_without_end_are_read_at_once(tmp_path: Path) -> None:
    """A calendar of thirty years would hold up the command for minutes."""
    weekly = f"{START}\nDTEND:19900101T100000\nRRULE:FREQ=WEEKLY;UNTIL=20200101T000000"
    daily = "DTSTART:00010105T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;INTERVAL=7"
    never = [f"{START}\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30" for _ in range(50)]
    found, told = found_in(tmp_path, text_of(*[weekly] * 500, daily, *never))
    assert ([each["DTSTART"].dt for each in found], told) == ([datetime(2026, 10, 9, 9)], [])


@pytest.mark.parametrize(
    ("rule", "value"),
    [
        ("FREQ=HOURLY", "every hour"),
        ("FREQ=DAILY;BYHOUR=9,10;BYMINUTE=" + ",".join(map(str, range(60))), "every hour"),
        ("FREQ=DAILY;INTERVAL=0", "repetition"),
        ("FREQ=DAILY;COUNT=1000;BYDAY=XX", "repetition"),
    ],
)
def test_what_has_no_end_or_sense_is_refused(tmp_path: Path, rule: str, value: str) -> None:
    """The command would never come back, or name an error of a library."""
    with pytest.raises(InputError) as caught:
        found_in(tmp_path, text_of(f"{START}\nRRULE:{rule}"))
    assert value in str(caught.value)
    assert "Error" not in str(caught.value)


def test_many_series_with_numbers_are_refused(tmp_path: Path) -> None:
    """Each has to be counted from its start, which takes minutes for a thousand of them."""
    counted = f"{START}\nRRULE:FREQ=DAILY;COUNT=90000"
    with pytest.raises(InputError) as caught:
        found_in(tmp_path, text_of(*[counted] * 400))
    assert caught.value.faults[0].code == "too_large"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("BEGIN:VEVENT\nDTSTART:20261005T090000\nEND:VEVENT\n", "without its beginning"),
        ("hello", "no calendar"),
        (text_of("SUMMARY:x"), "without a start"),
        (text_of("DTSTART:soon"), "begins soon"),
        (text_of("DTSTART:20261005\nDTSTART:20261006"), "several starts"),
        (text_of("DTSTART:20261005").replace("END:VCALENDAR", ""), "line 1 and does not end"),
        (text_of("DTSTART:20261005").replace("VERSION:2.0", "a line"), "line 2, which is neither"),
        (text_of(f"{START}\nRRULE:FREQ=NEVER"), "19900101T090000, or its repetition"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path: Path, text: str, value: str) -> None:
    """Whoever exported it would read the name of an error, and not know what to do."""
    with pytest.raises(InputError) as caught:
        found_in(tmp_path, text)
    assert value in str(caught.value)
    assert "Error" not in str(caught.value)


def test_a_broken_event_does_not_lose_the_others(tmp_path: Path) -> None:
    """One bad line would keep a whole calendar out."""
    found, told = found_in(tmp_path, text_of("SUMMARY:x", "DTSTART:20261006T090000", "DTSTART:soon"))
    assert [each["DTSTART"].dt for each in found] == [datetime(2026, 10, 6, 9)]
    assert [line.partition(",")[0] for line in told] == [
        "An event without a start cannot be read",
        "An event that begins soon cannot be read",
    ]


@pytest.mark.parametrize("away", ["20200106T090000", "20270104T090000"])
def test_what_was_moved_into_the_days_from_far_away_stays(tmp_path: Path, away: str) -> None:
    """A meeting put off for years would be planned over."""
    text = text_of("DTSTART:20200106T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20280101T000000")
    moved = f"BEGIN:VEVENT\nUID:0\nRECURRENCE-ID:{away}\nDTSTART:20261007T140000\nEND:VEVENT\n"
    found, _ = found_in(tmp_path, text.replace("END:VCALENDAR", moved + "END:VCALENDAR"))
    begins = sorted(each["DTSTART"].dt for each in found)
    assert begins == [datetime(2026, 10, 5, 9), datetime(2026, 10, 7, 14), datetime(2026, 10, 12, 9)]


def test_a_rule_without_anything_in_it_is_none(tmp_path: Path) -> None:
    """Calendars of public holidays have such, and none of them would be read."""
    found, told = found_in(tmp_path, text_of("DTSTART:20261007\nRRULE:"))
    assert (len(found), told) == (1, [])
