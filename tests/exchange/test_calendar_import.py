from __future__ import annotations

import json
import sys
from datetime import datetime
from pathlib import Path

import pytest

from safeschedule.errors import ArgumentError, InputError
from safeschedule.exchange.calendar_import import import_calendar
from safeschedule.problem import Client, Clinician, Meeting, Problem, Room, Site, WorkingPeriod
from tests.cli.conftest import run

pytest.importorskip("recurring_ical_events")

OUTLOOK = """BEGIN:VTIMEZONE
TZID:GMT Standard Time
BEGIN:STANDARD
DTSTART:16010101T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
END:VTIMEZONE
"""


def problem(zone: str = "Europe/London") -> Problem:
    period = WorkingPeriod(day="mon", start="09:00", end="17:00")
    return Problem(
        week_start="2026-10-05",
        time_zone=zone,
        clinicians=(Clinician(id="JM", working=(period,), is_supervisor=True),),
        clients=(Client(id="R009"),),
        meetings=(Meeting(id="team", start="2026-10-06T09:30", minutes=60, clinicians=("JM",)),),
    )


def calendar(folder: Path, *events: str, zones: str = "") -> Path:
    parts = [f"BEGIN:VEVENT\nUID:{n}\n{event.strip()}\nEND:VEVENT\n" for n, event in enumerate(events)]
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n{zones}{''.join(parts)}END:VCALENDAR\n"
    path = folder / "busy.ics"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def starts(found: Problem) -> list[tuple[datetime, int]]:
    return [(meeting.start, meeting.minutes) for meeting in found.meetings if meeting.id != "team"]


def test_a_meeting_takes_the_room_that_is_its_place(tmp_path: Path) -> None:
    """Otherwise a session would be planned into the room in which the team meets."""
    rooms = [Room(id="Riverside 3"), Room(id="B", site="Hilltop")]
    team = problem().with_changes(sites=[Site(id="Hilltop")], rooms=rooms)
    times = "DTSTART:2026100{0}T090000\nDTEND:2026100{0}T100000\nLOCATION:{1}"
    places = ("riverside 3", "Hilltop\\, B", "the river side", "")
    path = calendar(tmp_path, *(times.format(day, place) for day, place in enumerate(places, start=5)))
    found, told = import_calendar(team, path, "JM")
    assert [m.room for m in found.meetings if m.id != "team"] == ["Riverside 3", "B", None, None]
    assert told[:2] == (
        "The meeting on Mon 5 Oct at 09:00 takes Riverside 3.",
        "The meeting on Tue 6 Oct at 09:00 takes B.",
    )


def test_days_with_blanks_between_them_are_days(tmp_path: Path) -> None:
    """Otherwise the daily meeting that an Exchange server has sent would be planned over."""
    event = "DTSTART:20260928T100000\nDTEND:20260928T103000\nRRULE:FREQ=DAILY;BYDAY=MO, TU, WE, FR\n ;WKST=SU"
    found, told = import_calendar(problem(), calendar(tmp_path, event), "JM")
    assert [start.day for start, _ in starts(found)] == [5, 6, 7, 9]
    assert told == ("4 meetings and 0 times of leave for JM.",)


def test_times_of_every_program_become_local_ones(tmp_path: Path) -> None:
    """Otherwise a meeting that Outlook, Google or Apple wrote would be an hour off."""
    path = calendar(
        tmp_path,
        "DTSTART;TZID=GMT Standard Time:20261005T100000\nDTEND;TZID=GMT Standard Time:20261005T110000",
        "SUMMARY:Google\nDTSTART:20261006T120000Z\nDTEND:20261006T123000Z",
        "SUMMARY:Apple\nDTSTART;TZID=Europe/Berlin:20261007T100000\nDURATION:PT45M",
        "SUMMARY:floating\nDTSTART:20261008T090000\nDTEND:20261008T100000",
        zones=OUTLOOK,
    )
    found, _ = import_calendar(problem(), path, "JM")
    assert starts(found) == [
        (datetime(2026, 10, 5, 10), 60),
        (datetime(2026, 10, 6, 13), 30),
        (datetime(2026, 10, 7, 9), 45),
        (datetime(2026, 10, 8, 9), 60),
    ]


def test_recurring_events_are_there_with_their_exceptions(tmp_path: Path) -> None:
    """Otherwise a series that was moved once, or has ended, would block the wrong hour."""
    series = "DTSTART;TZID=Europe/London:20260907T090000\nDTEND;TZID=Europe/London:20260907T100000\n"
    path = tmp_path / "busy.ics"
    text = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//test//EN\n"
        f"BEGIN:VEVENT\nUID:a\n{series}RRULE:FREQ=WEEKLY;BYDAY=MO,TH,FR\n"
        "EXDATE;TZID=Europe/London:20261005T090000\nEND:VEVENT\n"
        "BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=Europe/London:20261008T090000\n"
        "DTSTART;TZID=Europe/London:20261008T150000\nDTEND;TZID=Europe/London:20261008T160000\nEND:VEVENT\n"
        f"BEGIN:VEVENT\nUID:b\n{series}RRULE:FREQ=DAILY;UNTIL=20260930T000000Z\nEND:VEVENT\n"
        "END:VCALENDAR\n"
    )
    path.write_bytes(text.replace("\n", "\r\n").encode())
    found, _ = import_calendar(problem(), path, "JM")
    assert starts(found) == [(datetime(2026, 10, 8, 15), 60), (datetime(2026, 10, 9, 9), 60)]


def test_days_off_are_leave_and_what_takes_no_time_is_left_out(tmp_path: Path) -> None:
    """Otherwise a holiday would be a meeting of 1440 minutes, and a birthday would block a day."""
    path = calendar(
        tmp_path,
        "SUMMARY:Holiday\nDTSTART;VALUE=DATE:20261007\nDTEND;VALUE=DATE:20261009",
        "SUMMARY:Dentist\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\nDTSTART:20261005T140000\nDTEND:20261005T150000",
        "SUMMARY:Birthday\nTRANSP:TRANSPARENT\nDTSTART;VALUE=DATE:20261005",
        "SUMMARY:Hold\nX-MICROSOFT-CDO-BUSYSTATUS:FREE\nDTSTART:20261005T100000\nDTEND:20261005T110000",
        "SUMMARY:Off\nSTATUS:CANCELLED\nDTSTART:20261005T100000\nDTEND:20261005T110000",
    )
    found, _ = import_calendar(problem(), path, "JM")
    assert starts(found) == []
    assert [(leave.start, leave.end) for leave in found.clinicians[0].leave] == [
        (datetime(2026, 10, 5, 14), datetime(2026, 10, 5, 15)),
        (datetime(2026, 10, 7), datetime(2026, 10, 9)),
    ]


def test_sessions_of_clients_and_known_meetings_are_told_and_left_out(tmp_path: Path) -> None:
    """Otherwise a client's booked session would block the hour in which the client is to be seen."""
    path = calendar(
        tmp_path,
        "SUMMARY:r009 CBT\nDTSTART:20261005T100000\nDTEND:20261005T105000",
        "SUMMARY:Team meeting\nDTSTART:20261006T093000\nDTEND:20261006T103000",
    )
    found, told = import_calendar(problem(), path, "JM")
    assert found == problem()
    assert told == (
        "1 event of clients left out: sessions as they are booked there.",
        "The meeting on Tue 6 Oct at 09:30 is there already.",
        "0 meetings and 0 times of leave for JM.",
    )


def test_nothing_that_an_event_is_called_comes_along(tmp_path: Path) -> None:
    """Otherwise the names in somebody's calendar would stand in the problem's file."""
    event = "SUMMARY:Jane Doe, depression\nLOCATION:Her home\nDTSTART:20261005T100000\nDTEND:20261005T110000"
    found, told = import_calendar(problem(), calendar(tmp_path, event), "JM")
    assert "Jane" not in found.model_dump_json() + " ".join(told)
    assert found.meetings[1].id == "JM Mon 5 Oct 10:00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_calendar"),
        ("BEGIN:VEVENT\nEND:VEVENT\n", "not_a_calendar"),
        ("hello", "not_a_calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:soon\nEND:VEVENT\nEND:VCALENDAR\n", "not_a_calendar"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\nRRULE:FREQ=SECONDLY\nEND:VEVENT\nEND:VCALENDAR\n", "too_large"),
    ],
)
def test_what_is_no_calendar_is_refused(tmp_path: Path, text: str, code: str) -> None:
    """Otherwise a wrong file would be a calendar without events, and nobody would notice."""
    path = tmp_path / "busy.ics"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_calendar(problem(), path, "JM")
    assert caught.value.faults[0].code == code


def test_whose_calendar_it_is_has_to_be_known(tmp_path: Path) -> None:
    """Otherwise the meetings of a stranger would be in nobody's week."""
    with pytest.raises(ArgumentError):
        import_calendar(problem(), calendar(tmp_path), "XX")


def test_a_missing_library_is_named_with_the_command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Otherwise whoever has not installed the extra would read of an import that failed."""
    monkeypatch.setitem(sys.modules, "recurring_ical_events", None)
    with pytest.raises(InputError) as caught:
        import_calendar(problem(), calendar(tmp_path), "JM")
    assert 'pip install "safeschedule[calendars]"' in str(caught.value)


def test_the_command_adds_a_calendar_to_a_problem(tmp_path: Path) -> None:
    """Otherwise a coordinator would have to type every meeting."""
    (tmp_path / "p.json").write_text(json.dumps(problem().to_dict()), encoding="utf-8")
    calendar(tmp_path, "SUMMARY:x\nDTSTART:20261005T100000\nDTEND:20261005T110000")
    done = run("import", "calendar", "p.json", "busy.ics", "--who", "JM", "-o", "new.json", cwd=tmp_path)
    assert done.returncode == 0
    assert "1 meeting and 0 times of leave for JM." in done.stdout
    assert len(json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))["meetings"]) == 2


def test_times_off_the_grid_are_widened_and_told(tmp_path: Path) -> None:
    """A calendar with one meeting at 15:35 would be refused as a whole."""
    path = calendar(tmp_path, "DTSTART:20261005T153500Z\nDTEND:20261005T160500Z")
    found, told = import_calendar(problem("UTC"), path, "JM")
    assert starts(found) == [(datetime(2026, 10, 5, 15, 30), 45)]
    assert any("15:35 to 16:05, counts from 15:30 to 16:15" in line for line in told)


def test_one_broken_event_does_not_lose_the_others(tmp_path: Path) -> None:
    """One date that a program wrote badly would keep a whole calendar out."""
    good, bad = "DTSTART:20261005T100000Z\nDTEND:20261005T110000Z", "DTSTART:Next Year\nSUMMARY:x"
    found, told = import_calendar(problem("UTC"), calendar(tmp_path, good, bad), "JM")
    assert starts(found) == [(datetime(2026, 10, 5, 10), 60)]
    assert any("begins Next Year cannot be read, and is left out" in line for line in told)
    with pytest.raises(InputError, match="not_a_calendar"):
        import_calendar(problem("UTC"), calendar(tmp_path, bad), "JM")


def free_busy(folder: Path, *lines: str) -> Path:
    text = "\n".join(["BEGIN:VCALENDAR", "BEGIN:VFREEBUSY", *lines, "END:VFREEBUSY", "END:VCALENDAR", ""])
    path = folder / "busy.ics"
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return path


def test_periods_in_which_somebody_is_busy_are_meetings(tmp_path: Path) -> None:
    """Otherwise a file that says no more than when somebody is busy would read as an empty calendar."""
    path = free_busy(
        tmp_path,
        "FREEBUSY;FBTYPE=BUSY:20261005T090000Z/20261005T100000Z,20261006T120000Z/PT30M",
        "FREEBUSY:20261007T090000Z/20261007T100000Z",
        "FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:20261008T080000Z/20261008T160000Z",
        "FREEBUSY;FBTYPE=FREE:20261009T080000Z/20261009T160000Z",
        "FREEBUSY;FBTYPE=BUSY:20261015T080000Z/20261015T160000Z",
    )
    found, told = import_calendar(problem(), path, "JM")
    assert starts(found) == [
        (datetime(2026, 10, 5, 10), 60), (datetime(2026, 10, 6, 13), 30), (datetime(2026, 10, 7, 10), 60),
    ]  # fmt: skip
    (away,) = found.clinicians[0].leave
    assert (away.start, away.end) == (datetime(2026, 10, 8, 9), datetime(2026, 10, 8, 17))
    assert "1 event left out: cancelled, or marked as free." in told


def test_a_calendar_of_free_time_adds_nothing(tmp_path: Path) -> None:
    """Otherwise the hours in which somebody may be booked would be taken for hours in which nobody may."""
    found, _ = import_calendar(
        problem(), free_busy(tmp_path, "FREEBUSY;FBTYPE=FREE:20261005T090000Z/PT8H"), "JM"
    )
    assert starts(found) == []
    assert found.clinicians[0].leave == ()


def test_what_lasts_a_day_off_the_grid_loses_no_minute(tmp_path: Path) -> None:
    """Otherwise the last minutes of a night on call would be planned over."""
    day = "DTSTART:20261005T0120{0}\nDTEND:20261006T0120{0}"
    found, _ = import_calendar(problem(), calendar(tmp_path, day.format("00")), "JM")
    (away,) = found.clinicians[0].leave
    assert (away.start, away.end) == (datetime(2026, 10, 5, 1, 20), datetime(2026, 10, 6, 1, 20))
    on_grid = "DTSTART:20261005T011500\nDTEND:20261006T011500"
    found, _ = import_calendar(problem(), calendar(tmp_path, on_grid), "JM")
    assert starts(found) == [(datetime(2026, 10, 5, 1, 15), 24 * 60)]


def test_the_same_is_told_once(tmp_path: Path) -> None:
    """Otherwise a festival's four marks of one day would be four equal sentences."""
    mark = "DTSTART:20261005T090000\nDTEND:20261005T090000"
    _, told = import_calendar(problem(), calendar(tmp_path, mark, mark, mark), "JM")
    assert [line for line in told if "without a length" in line] == [
        "An event on Mon 5 Oct without a length is left out. (3 times)"
    ]


def test_a_start_that_is_none_is_named_as_that(tmp_path: Path) -> None:
    """Otherwise the sentence would have a hole where the start was to be."""
    broken = 'DTSTART;TZID="Europe/London:20261005T090000"\nRRULE:FREQ=DAILY'
    whole = "DTSTART:20261005T090000\nDTEND:20261005T100000"
    found, told = import_calendar(problem(), calendar(tmp_path, broken, whole), "JM")
    assert len(starts(found)) == 1
    assert any(line.startswith("An event whose start is none") for line in told)


def test_a_calendar_of_another_week_is_told(tmp_path: Path) -> None:
    """Otherwise last year's export would look like a week without meetings."""
    other = "DTSTART:20251005T090000\nDTEND:20251005T100000"
    _, told = import_calendar(problem(), calendar(tmp_path, other), "JM")
    assert told[0] == "Nothing in the calendar is in the week from Mon 5 Oct on."
    this = "DTSTART:20261005T090000\nDTEND:20261005T100000"
    _, told = import_calendar(problem(), calendar(tmp_path, this), "JM")
    assert not any("Nothing" in line for line in told)
