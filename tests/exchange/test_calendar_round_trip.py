"""Calendars come back: the rota's as another program reads them, and busy times as they were."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule.exchange.calendar_import import import_calendar
from safeschedule.exchange.ics import calendars, write_feeds
from safeschedule.exchange.ics.events import line, place_of, unique
from safeschedule.problem import Clinician, Problem, WorkingPeriod
from safeschedule.schedule import Appointment, Block, Schedule, people
from tests.exchange.drawing import LENIENT, Busy, drawn_busy, drawn_weeks, examples

icalendar = pytest.importorskip("icalendar")
pytest.importorskip("recurring_ical_events")

Item = Appointment | Block
ZONES = ("Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")


def read(data: bytes) -> dict[str, Any]:
    """Return the events of a calendar by their UIDs."""
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    found = {str(event["UID"]): event for event in events}
    assert len(found) == len(events)
    return found


def items_of(schedule: Schedule, code: str) -> list[Item]:
    return [item for item in (*schedule.appointments, *schedule.blocks) if code in people(item)]


def assert_same(event: Any, item: Item, zone: str) -> None:
    """Hold an event against the session or block that it is."""
    moment = item.start.replace(tzinfo=ZoneInfo(zone))
    end = (item.start + timedelta(minutes=item.minutes)).replace(tzinfo=ZoneInfo(zone))
    # Hours that the clocks skip or repeat are compared as what they are elsewhere, too.
    for name, given_moment in (("DTSTART", moment), ("DTEND", end)):
        assert event[name].dt.replace(tzinfo=None) == given_moment.replace(tzinfo=None)
        assert event[name].dt.astimezone(UTC) == given_moment.astimezone(UTC)
    assert event["SEQUENCE"] == item.revision
    assert str(event["STATUS"]) == "CONFIRMED"
    place = place_of(item) if isinstance(item, Appointment) else item.site or ""
    assert str(event.get("LOCATION", "")) == line(place)


@settings(LENIENT, max_examples=examples(40))
@given(drawn_weeks())
def test_a_persons_calendar_has_the_sessions_and_blocks_of_the_week(week: tuple[Problem, Schedule]) -> None:
    """Otherwise somebody would come an hour late, or not know of a session."""
    problem, schedule = week
    found = calendars(problem, schedule)
    team = [person.id for person in (*problem.clinicians, *problem.attendants)]
    assert list(found) == team
    for code in team:
        events, own = read(found[code]), items_of(schedule, code)
        uids = {unique(problem, schedule, code, item.id or ""): item for item in own}
        assert events.keys() == uids.keys()
        assert len(uids) == len(own)
        for uid, item in uids.items():
            assert_same(events[uid], item, schedule.time_zone)
            if isinstance(item, Appointment):
                assert all(line(client) in str(events[uid]["SUMMARY"]) for client in item.clients)


@settings(LENIENT, max_examples=examples(25))
@given(drawn_weeks())
def test_a_rooms_feed_has_the_sessions_that_name_the_room(
    tmp_path_factory: pytest.TempPathFactory, week: tuple[Problem, Schedule]
) -> None:
    """Otherwise the screen at a door would show a free room, or somebody else's session."""
    problem, schedule = week
    folder = tmp_path_factory.mktemp("feeds")
    feeds = write_feeds(problem, schedule, folder)
    for code in (room.id for room in problem.rooms):
        own = [item for item in schedule.appointments if item.room == code]
        events = read(feeds.rooms[code].read_bytes())
        uids = {unique(problem, schedule, f"room {code}", item.id or ""): item for item in own}
        meetings = {
            unique(problem, schedule, f"room {code}", f"meeting {meeting.id}"): meeting
            for meeting in problem.meetings
            if meeting.room == code
        }
        assert events.keys() == {*uids, *meetings}
        for uid, meeting in meetings.items():
            assert events[uid]["DTSTART"].dt.replace(tzinfo=None) == meeting.start
            assert str(events[uid]["SUMMARY"]) == line(f"Meeting: {meeting.id}")
        for uid, item in uids.items():
            assert_same(events[uid], item, schedule.time_zone)
            assert all(line(who) in str(events[uid]["SUMMARY"]) for who in item.clinicians)


@settings(LENIENT, max_examples=examples(25))
@given(drawn_weeks())
def test_a_calendar_that_was_exported_is_imported_as_the_same_busy_times(
    tmp_path_factory: pytest.TempPathFactory, week: tuple[Problem, Schedule]
) -> None:
    """Otherwise another team, in which the colleague works as well, would plan over the sessions."""
    problem, schedule = week
    path = tmp_path_factory.mktemp("calendar") / "own.ics"
    for code, data in calendars(problem, schedule).items():
        if code not in {person.id for person in problem.clinicians}:
            continue
        path.write_bytes(data)
        other = bare(problem.week_start.isoformat(), problem.time_zone, problem.grid)
        found, _ = import_calendar(other, path, "C1")
        meetings = {(meeting.start, meeting.minutes) for meeting in found.meetings}
        assert meetings == {_on_grid(item, problem.grid) for item in items_of(schedule, code)}
        assert found.clinicians == other.clinicians


def _on_grid(item: Item, grid: int) -> tuple[datetime, int]:
    """Return start and minutes, widened to the grid: drawn schedules may be off it."""
    start = item.start - timedelta(minutes=item.start.minute % grid)
    end = item.start + timedelta(minutes=item.minutes)
    end += timedelta(minutes=-end.minute % grid)
    return start, (end - start) // timedelta(minutes=1)


def bare(monday: str, zone: str, grid: int = 15) -> Problem:
    """Return a problem of one clinician and nothing else."""
    period = WorkingPeriod(day="mon", start="09:00", end="17:00")
    person = Clinician(id="C1", working=(period,), is_supervisor=True)
    return Problem(week_start=monday, time_zone=zone, grid=grid, clinicians=(person,))


@settings(LENIENT, max_examples=examples(60))
@given(st.data(), st.sampled_from(ZONES))
def test_meetings_and_leave_come_out_of_a_calendar_as_they_went_in(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject, zone: str
) -> None:
    """Otherwise somebody would be planned into a meeting or into leave, or kept free for nothing."""
    monday = datetime(2026, 10, 5)
    drawn = data.draw(drawn_busy(monday))
    path = tmp_path_factory.mktemp("busy") / "busy.ics"
    path.write_bytes(written(drawn, zone))
    found, _ = import_calendar(bare("2026-10-05", zone), path, "C1")
    meetings = sorted((m.start, m.start + timedelta(minutes=m.minutes)) for m in found.meetings)
    leave = sorted((off.start, off.end) for off in found.clinicians[0].leave)
    assert meetings == sorted((each.start, each.end) for each in drawn if not each.away)
    assert leave == sorted((each.start, each.end) for each in drawn if each.away)


def written(drawn: list[Busy], zone: str) -> bytes:
    """Return a calendar with some busy times, beside them one that takes none."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//another program//EN")
    calendar.add("version", "2.0")
    for number, busy in enumerate(drawn):
        event = icalendar.Event()
        event.add("uid", f"{number}@example.invalid")
        for name, moment in (("dtstart", busy.start), ("dtend", busy.end)):
            event.add(name, moment.date() if busy.whole else _moment(moment, busy.form, zone))
        if busy.away and not busy.whole:
            event.add("x-microsoft-cdo-busystatus", "OOF")
        calendar.add_component(event)
    free = icalendar.Event()
    free.add("uid", "birthday@example.invalid")
    free.add("dtstart", datetime.combine(datetime(2026, 10, 7), time(10)))
    free.add("dtend", datetime(2026, 10, 7, 11))
    free.add("transp", "TRANSPARENT")
    calendar.add_component(free)
    return bytes(calendar.to_ical())


def _moment(moment: datetime, form: str, zone: str) -> datetime:
    local = moment.replace(tzinfo=ZoneInfo(zone))
    return moment if form == "floating" else local.astimezone(UTC) if form == "utc" else local
