"""Calendars of a week that changes: what is moved, dropped, given to others, or edited by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from safeschedule.errors import InputError
from safeschedule.exchange.filenames import file_names
from safeschedule.exchange.ics import calendars, cancellations, write_ics
from safeschedule.exchange.writing import Files
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule, following, identified
from tests.exchange.support import week


def raw_events(data: bytes) -> dict[str, tuple[int, str, datetime]]:
    """Give sequence, status and start of each event by UID."""
    return {
        str(event["uid"]): (event["sequence"], str(event["status"]), event["dtstart"].dt.replace(tzinfo=None))
        for event in Calendar.from_ical(data).walk("VEVENT")
    }


def by_start(path: Path) -> dict[datetime, tuple[int, str]]:
    """Give sequence and status of each event of a file by its start."""
    return {start: (sequence, status) for sequence, status, start in raw_events(path.read_bytes()).values()}


def twice_a_week(*days: int) -> tuple[Problem, Schedule]:
    """Give a week in which one client comes on several days."""
    problem, schedule = week(datetime(2026, 10, 5, 9))
    one = schedule.appointments[0]
    several = tuple(one.model_copy(update={"start": one.start + timedelta(days=day)}) for day in days)
    return problem, identified(schedule.model_copy(update={"appointments": several}))


def test_a_dropped_session_is_cancelled_and_the_clients_other_one_stays() -> None:
    """The calendar would keep the session that was dropped, and move the one that was not."""
    problem, before = twice_a_week(0, 2)
    _, after = twice_a_week(2)
    first = raw_events(calendars(problem, before)["C1"])
    second = raw_events(calendars(problem, following(after, before))["C1"])
    assert first.keys() == second.keys()
    told = {first[uid][2]: second[uid] for uid in first}
    assert told[datetime(2026, 10, 5, 9)] == (1, "CANCELLED", datetime(2026, 10, 5, 9))
    assert told[datetime(2026, 10, 7, 9)] == (0, "CONFIRMED", datetime(2026, 10, 7, 9))


def test_a_cancelling_message_is_as_rfc_5546_has_it() -> None:
    """Mail programs would not act on it."""
    problem, before = twice_a_week(0, 2)
    after = following(
        before.model_copy(update={"appointments": before.appointments[1:], "blocks": ()}), before
    )
    found = cancellations(problem, after)
    assert {code: len(messages) for code, messages in found.items()} == {"C1": 2, "C2": 1}
    published = raw_events(calendars(problem, before)["C1"])
    for uid, data in found["C1"].items():
        calendar = Calendar.from_ical(data)
        (event,) = calendar.walk("VEVENT")
        assert str(calendar["method"]) == "CANCEL"
        assert (str(event["uid"]), str(event["status"])) == (uid, "CANCELLED")
        assert event["sequence"] > published[uid][0]
        assert {"DTSTAMP", "ORGANIZER", "DTSTART"} <= {name.upper() for name in event}
    assert cancellations(problem, before) == {}


def test_a_session_given_to_a_colleague_is_cancelled_for_the_first() -> None:
    """Two clinicians would expect the same client."""
    problem, before = twice_a_week(0)
    other = before.appointments[0].model_copy(update={"clinicians": ("C2",), "id": None})
    after = following(before.model_copy(update={"appointments": (other,)}), before)
    mine, theirs = (raw_events(calendars(problem, after)[code]) for code in ("C1", "C2"))
    assert [status for _, status, _ in mine.values()].count("CANCELLED") == 1
    assert all(status == "CONFIRMED" for _, status, _ in theirs.values())
    assert not mine.keys() & theirs.keys()


def content(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_the_same_week_again_leaves_every_byte(tmp_path: Path) -> None:
    """Calendar programs would take everything for changed."""
    problem, before = twice_a_week(0, 2)
    after = following(twice_a_week(3)[1], before)
    write_ics(problem, before, tmp_path, stamp=datetime(2026, 10, 1, tzinfo=UTC))
    write_ics(problem, after, tmp_path, stamp=datetime(2026, 10, 2, tzinfo=UTC))
    once = content(tmp_path)
    write_ics(problem, after, tmp_path, stamp=datetime(2026, 10, 3, tzinfo=UTC))
    assert content(tmp_path) == once
    assert len([name for name in once if name.startswith("cancelled")]) == 1


def test_a_week_changed_by_hand_is_told_from_the_calendars_that_are_there(tmp_path: Path) -> None:
    """Who edits the table would leave dropped sessions in calendars, and changed ones would not be taken."""
    problem, before = twice_a_week(0, 2)
    write_ics(problem, before, tmp_path)
    monday, wednesday = before.appointments
    later = wednesday.model_copy(update={"start": wednesday.start + timedelta(hours=3)})
    edited = before.model_copy(update={"appointments": (later,)})
    written = write_ics(problem, edited, tmp_path)
    found = {
        start: (sequence, status)
        for sequence, status, start in raw_events((tmp_path / "C1.ics").read_bytes()).values()
    }
    assert found[monday.start] == (1, "CANCELLED")
    assert found[later.start] == (1, "CONFIRMED")
    assert found[monday.start + timedelta(hours=2)] == (0, "CONFIRMED")
    assert {code: len(paths) for code, paths in written.messages.items()} == {"C1": 1}
    back = write_ics(problem, before, tmp_path)
    now = {
        start: (sequence, status)
        for sequence, status, start in raw_events((tmp_path / "C1.ics").read_bytes()).values()
    }
    assert now[monday.start] == (2, "CONFIRMED")
    assert now[wednesday.start] == (2, "CONFIRMED")
    assert back.messages == {}
    assert not list(tmp_path.glob("cancelled/*/*.ics"))


def without(problem: Problem, schedule: Schedule, code: str) -> tuple[Problem, Schedule]:
    """Give the week without one clinician."""
    team = tuple(c for c in problem.clinicians if c.id != code)
    items = tuple(a for a in schedule.appointments if code not in a.clinicians)
    return problem.model_copy(update={"clinicians": team}), schedule.model_copy(
        update={"appointments": items, "blocks": ()}
    )


def test_calendars_of_who_has_left_are_called_off(tmp_path: Path) -> None:
    """The old calendar of somebody who is no longer there would go on being read."""
    problem, schedule = twice_a_week(0)
    write_ics(problem, schedule, tmp_path)
    written = write_ics(*without(problem, schedule, "C1"), tmp_path)
    assert {status for _, status, _ in raw_events((tmp_path / "C1.ics").read_bytes()).values()} == {
        "CANCELLED"
    }
    assert len(written.messages["C1"]) == 2


def test_calendars_of_another_week_are_set_aside(tmp_path: Path) -> None:
    """Last week's calendar would lie beside this week's, or last week's sessions would be called off."""
    problem, schedule = twice_a_week(0)
    (tmp_path / "own.ics").write_text("BEGIN:VCALENDAR\r\nPRODID:me\r\nEND:VCALENDAR\r\n")
    write_ics(problem, schedule, tmp_path)
    later = schedule.week_start + timedelta(days=7)
    problem, schedule = without(problem, schedule, "C1")
    with Files(keep_old=True) as files:
        written = write_ics(
            problem.model_copy(update={"week_start": later}),
            schedule.model_copy(update={"week_start": later}),
            tmp_path,
            files=files,
        )
    assert written.set_aside == (tmp_path / "C1.ics",)
    assert sorted(content(tmp_path)) == ["C1.ics.bak1", "C2.ics", "C2.ics.bak1", "own.ics"]
    assert raw_events((tmp_path / "C2.ics").read_bytes()) == {}


def test_a_calendar_that_cannot_be_continued_stops_the_export(tmp_path: Path) -> None:
    """It would begin anew, and what people have in their calendars would never be called off."""
    problem, schedule = twice_a_week(0)
    write_ics(problem, schedule, tmp_path)
    good = (tmp_path / "C1.ics").read_bytes()
    uid = next(iter(raw_events(good))).encode()
    for spoilt, why in (
        (b"BEGIN:VCALENDAR\r\nPRODID:me\r\nEND:VCALENDAR\r\n", "has not written"),
        (good.decode().encode("utf-16"), "no text in UTF-8"),
        (good[: len(good) // 2], "breaks off"),
        (good.replace(uid, b"../../../x@safeschedule"), "changed by hand"),
        (good.replace(b"SEQUENCE:0", b"SEQUENCE:x"), "changed by hand"),
        (good.replace(b"X-SAFESCHEDULE-TEAM:", b"X-SAFESCHEDULE-TEAM:Other "), "of the team"),
    ):
        (tmp_path / "C1.ics").write_bytes(spoilt)
        before = content(tmp_path)
        with pytest.raises(InputError) as caught, Files(keep_old=True) as files:
            write_ics(problem, schedule.model_copy(update={"blocks": ()}), tmp_path, files=files)
        assert [(fault.code, fault.place) for fault in caught.value.faults] == [
            ("unreadable_calendar", "C1.ics")
        ]
        assert why in caught.value.faults[0].value
        assert content(tmp_path) == before


def test_codes_of_which_file_names_keep_the_same_get_files_of_their_own() -> None:
    """One clinician's calendar would be written over another's."""
    codes = ["A.:+=1", "A;@*.1", "a b", "a-b", "A-B", "a/b", "Ä", "ä", "C1", "c1"]
    once = file_names(codes, "")
    # What looks like such a name is a code, too.
    for several in (codes, [*codes, *once.values()], [*once.values(), *codes]):
        names = file_names(several, ".ics")
        assert len({name.casefold() for name in names.values()}) == len(set(several))
