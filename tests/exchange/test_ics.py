from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from safeschedule.exchange.filenames import file_names
from safeschedule.exchange.ics import calendars, write_ics
from safeschedule.samples import sample
from tests.exchange.support import packed, week
from tests.support.codes import codes

signs = st.characters(min_codepoint=32, max_codepoint=126) | st.sampled_from("éÄßø")
plain = st.text(signs, min_size=1, max_size=40).filter(lambda text: text == text.strip())


def events(data: bytes) -> list[dict[str, object]]:
    return [
        {
            "uid": str(event["uid"]),
            "summary": str(event["summary"]),
            "start": event["dtstart"].dt,
            "end": event["dtend"].dt,
            "class": str(event["class"]),
            "stamp": event["dtstamp"].dt,
        }
        for event in Calendar.from_ical(data).walk("VEVENT")
    ]


def test_each_clinician_gets_own_sessions_and_blocks() -> None:
    """Otherwise somebody would miss a session, or the supervisor would not know of the consultation."""
    found = calendars(*week(datetime(2026, 10, 6, 9)))
    assert [event["summary"] for event in events(found["C1"])] == [
        "Session: P1",
        "Consultation with C2 (protected)",
    ]
    assert [event["summary"] for event in events(found["C2"])] == [
        "Consultation with C1, leading (protected)"
    ]
    assert {event["class"] for data in found.values() for event in events(data)} == {"PRIVATE"}


def test_whole_week_is_in_the_calendars() -> None:
    """Otherwise sessions or protected time of a real week would not reach the calendars."""
    problem = sample()
    schedule = packed(problem)
    found = {who: events(data) for who, data in calendars(problem, schedule).items()}
    for clinician in problem.clinicians:
        own = [item.start for item in schedule.appointments if clinician.id in item.clinicians]
        own += [
            b.start for b in schedule.blocks if clinician.id in b.clinicians or clinician.id == b.supervisor
        ]
        assert sorted(e["start"].replace(tzinfo=None) for e in found[clinician.id]) == sorted(own)  # type: ignore[attr-defined]
    uids = [event["uid"] for listed in found.values() for event in listed]
    assert len(uids) == len(set(uids))


@pytest.mark.parametrize(
    ("start", "zone", "utc"),
    [
        (datetime(2026, 10, 24, 9), "Europe/London", datetime(2026, 10, 24, 8)),
        (datetime(2026, 10, 25, 9), "Europe/London", datetime(2026, 10, 25, 9)),
        (datetime(2026, 3, 28, 9), "Europe/London", datetime(2026, 3, 28, 9)),
        (datetime(2026, 3, 29, 9), "Europe/London", datetime(2026, 3, 29, 8)),
        (datetime(2026, 11, 1, 9), "America/New_York", datetime(2026, 11, 1, 14)),
        (datetime(2026, 10, 4, 9), "Australia/Sydney", datetime(2026, 10, 3, 22)),
        (datetime(2026, 7, 1, 9), "UTC", datetime(2026, 7, 1, 9)),
    ],
)
def test_times_are_right_around_clock_changes(start: datetime, zone: str, utc: datetime) -> None:
    """Otherwise sessions after a clock change would stand an hour early or late."""
    event = events(calendars(*week(start, zone))["C1"])[0]
    assert event["start"].astimezone(UTC).replace(tzinfo=None) == utc  # type: ignore[attr-defined]


@pytest.mark.parametrize("zone", ["Europe/London", "America/New_York", "Australia/Sydney", "Asia/Kolkata"])
def test_the_zone_component_alone_gives_the_same_times(zone: str) -> None:
    """Otherwise a program that does not know the zone by name would show other times."""
    data = calendars(*week(datetime(2026, 10, 24, 9), zone))["C1"]
    # The library keeps zones by name, so each needs one that it has not met.
    own = Calendar.from_ical(data.replace(zone.encode(), b"Nowhere/" + zone.replace("/", "").encode()))
    rules = next(iter(own.walk("VTIMEZONE"))).to_tz()
    for day in range(0, 330, 3):
        moment = datetime(2026, 1, 1, 12) + timedelta(days=day)
        assert moment.replace(tzinfo=rules).utcoffset() == moment.replace(tzinfo=ZoneInfo(zone)).utcoffset()


def test_onset_of_a_clock_change_is_in_the_time_before_it() -> None:
    """Otherwise strict programs would change the clock an hour late, as RFC 5545 reads the onset."""
    text = calendars(*week(datetime(2026, 3, 29, 9)))["C1"].decode()
    assert "DTSTART:20260329T010000\r\nTZNAME:BST\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0100" in text


def test_moving_a_session_keeps_its_uid() -> None:
    """Otherwise a moved session would stand in the calendar twice."""
    before = events(calendars(*week(datetime(2026, 10, 6, 9)))["C1"])
    after = events(calendars(*week(datetime(2026, 10, 8, 14)))["C1"])
    assert [event["uid"] for event in before] == [event["uid"] for event in after]
    assert before[0]["start"] != after[0]["start"]


def test_the_same_schedule_gives_the_same_bytes() -> None:
    """Otherwise files would change though nothing changed, by a hidden clock."""
    problem, schedule = week(datetime(2026, 10, 6, 9))
    assert calendars(problem, schedule) == calendars(problem, schedule)
    assert events(calendars(problem, schedule)["C1"])[0]["stamp"] == datetime(2026, 10, 5, tzinfo=UTC)
    stamp = datetime(2026, 10, 1, 12, tzinfo=ZoneInfo("Europe/London"))
    assert events(calendars(problem, schedule, stamp=stamp)["C1"])[0]["stamp"] == datetime(
        2026, 10, 1, 11, tzinfo=UTC
    )
    with pytest.raises(ValueError, match="zone"):
        calendars(problem, schedule, stamp=datetime(2026, 10, 1))


@given(plain, plain)
def test_any_code_survives_folding_and_escaping(client: str, session: str) -> None:
    """Otherwise a code with commas or long letters would break the calendar, or add lines to it."""
    data = calendars(*week(datetime(2026, 10, 6, 9), client=client, session=session))["C1"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    found = events(data)
    assert len(found) == 2
    assert found[0]["summary"] == re.sub(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", " ", f"Session: {client}")


def test_a_second_parser_reads_the_same() -> None:
    """Otherwise only the library that wrote the file could read it."""
    vobject = pytest.importorskip("vobject", reason="vobject is not installed")
    calendar = vobject.readOne(calendars(*week(datetime(2026, 10, 25, 9)))["C1"].decode())
    starts = [event.dtstart.value.astimezone(UTC) for event in calendar.vevent_list]
    assert starts == [datetime(2026, 10, 25, 9, tzinfo=UTC), datetime(2026, 10, 25, 11, tzinfo=UTC)]


def test_one_file_for_each_clinician(tmp_path: Path) -> None:
    """Otherwise a calendar would be missing, or temporary files would be left behind."""
    problem, schedule = week(datetime(2026, 10, 6, 9))
    paths = write_ics(problem, schedule, tmp_path / "calendars").calendars
    assert sorted(path.name for path in (tmp_path / "calendars").iterdir()) == ["C1.ics", "C2.ics"]
    assert {who: path.read_bytes() for who, path in paths.items()} == calendars(problem, schedule)


@given(st.lists(codes, min_size=1, max_size=6, unique=True))
def test_file_names_are_safe_and_differ(several: list[str]) -> None:
    """Otherwise one clinician's file would overwrite another's, or land outside the folder."""
    names = list(file_names(several, ".ics").values())
    assert len({name.casefold() for name in names}) == len(several)
    for name in names:
        assert name.isascii()
        assert not set(name) & set('/\\:*?"<>| \0')
        assert name.count(".") == 1
        assert len(name) < 100


@pytest.mark.parametrize("code", ["CON", "nul", "com1", "..", "../x", "ä", "A.B", "a/b", "x" * 80])
def test_troublesome_codes_get_a_hash(code: str) -> None:
    """Otherwise Windows could not make the file, or two codes could share a name."""
    assert file_names([code], ".ics")[code] != f"{code}.ics"


def test_codes_that_differ_by_case_get_different_files() -> None:
    """Otherwise on Windows and macOS one calendar would overwrite the other."""
    names = file_names(["Ann", "ann", "bob"], ".ics")
    assert names["Ann"].casefold() != names["ann"].casefold()
    assert names["bob"] == "bob.ics"


def test_week_of_the_small_hours(tmp_path: Path) -> None:
    """Otherwise a date outside a week's zone table would stop the writing."""
    problem, schedule = week(datetime(2030, 12, 31, 23, 30), "Pacific/Auckland")
    assert write_ics(problem, schedule, tmp_path)
    assert problem.week_start == date(2030, 12, 30)
