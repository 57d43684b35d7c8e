"""Feeds as another calendar program reads them: once, and again after the week has changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event

from safeschedule.exchange.formats.feeds import FORMAT
from safeschedule.exchange.formats.format import Export
from safeschedule.exchange.ics import write_feeds
from safeschedule.exchange.writing import Files
from safeschedule.problem import Mode, Problem
from safeschedule.samples import sample
from safeschedule.schedule import Appointment, Schedule, identified, stated
from tests.exchange.support import packed

STAMP = datetime(2026, 10, 1, tzinfo=UTC)


def roomed() -> tuple[Problem, Schedule, Appointment]:
    """Give a week in which one session has a room, and that session."""
    problem = sample()
    week = identified(stated("test", problem, packed(problem)))
    room = problem.rooms[0]
    place = {"room": room.id, "site": room.site, "mode": Mode.IN_PERSON}
    first, *others = week.appointments
    kept = first.model_copy(update=place)
    return problem, week.model_copy(update={"appointments": (kept, *others)}), kept


def read(path: Path) -> tuple[Calendar, dict[str, Event]]:
    calendar = Calendar.from_ical(path.read_bytes())
    return calendar, {str(event["uid"]): event for event in calendar.walk("VEVENT")}


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise a screen at a door, or somebody's phone, would show other times than the week has."""
    problem, week, given = roomed()
    assert FORMAT.writes
    with Files() as files:
        FORMAT.writes.write(Export(problem, week, tmp_path / "out", STAMP, files))
    for clinician in problem.clinicians:
        shown = [event["dtstart"].dt for event in read(tmp_path / "out" / f"{clinician.id}.ics")[1].values()]
        items = [
            *(each for each in week.appointments if clinician.id in each.clinicians),
            *(each for each in week.blocks if clinician.id in (*each.clinicians, each.supervisor)),
        ]
        assert sorted(start.replace(tzinfo=None) for start in shown) == sorted(item.start for item in items)
    calendar, events = read(tmp_path / "out" / "rooms" / f"{given.room}.ics")
    (event,) = events.values()
    assert event["dtstart"].dt.replace(tzinfo=None) == given.start
    assert not any(client in str(event["summary"]) for client in given.clients)
    assert calendar["method"] == "PUBLISH"
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert str(calendar["x-published-ttl"]) == "PT60M"


def test_what_moves_is_updated_in_place_and_what_goes_is_cancelled(tmp_path: Path) -> None:
    """Otherwise subscribers would see a moved session twice, and one that is off as if it were held."""
    problem, week, given = roomed()
    first = write_feeds(problem, week, tmp_path, stamp=STAMP)
    own, room = first.people[given.clinicians[0]], first.rooms[given.room or ""]
    before = {path: path.read_bytes() for path in (own, room)}
    write_feeds(problem, week, tmp_path, stamp=STAMP + timedelta(days=1))
    assert before == {path: path.read_bytes() for path in (own, room)}
    uid, old = next(iter(read(room)[1].items()))
    later = given.model_copy(update={"start": given.start + timedelta(minutes=30)})
    others = week.appointments[1:]
    write_feeds(problem, week.model_copy(update={"appointments": (later, *others)}), tmp_path, stamp=STAMP)
    moved = read(room)[1][uid]
    assert moved["sequence"] > old["sequence"]
    assert moved["dtstart"].dt == old["dtstart"].dt + timedelta(minutes=30)
    write_feeds(problem, week.model_copy(update={"appointments": others}), tmp_path, stamp=STAMP)
    gone = read(room)[1][uid]
    assert (str(gone["status"]), gone["sequence"] > moved["sequence"]) == ("CANCELLED", True)
    assert [str(event["status"]) for event in read(own)[1].values()].count("CANCELLED") == 1
