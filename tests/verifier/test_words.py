"""Sentences of findings, where a team would misread them."""

from __future__ import annotations

from datetime import date, datetime

from safeschedule.problem import Client, Clinician, Problem, Room, SessionType, Weekday, WorkingPeriod
from safeschedule.schedule import Appointment, Schedule
from safeschedule.verifier import examine

TUESDAY = datetime(2026, 10, 6, 10)


def sentences(*pairs: tuple[str, str], room: str | None = None) -> dict[str, str]:
    """Return what is said of each person or room in two places at once, of sessions at one time."""
    problem = Problem(
        week_start=date(2026, 10, 5),
        clinicians=tuple(
            Clinician(id=code, working=(WorkingPeriod(day=Weekday.TUE, start=540, end=1020),))
            for code in ("C2", "C3")
        ),
        clients=(Client(id="K1"), Client(id="K2")),
        session_types=(SessionType(id="talk", minutes=30),),
        rooms=() if room is None else (Room(id=room),),
    )
    sessions = tuple(
        Appointment(session_type="talk", clients=(k,), clinicians=(c,), start=TUESDAY, minutes=30, room=room)
        for k, c in pairs
    )
    account = examine(problem, Schedule(week_start=date(2026, 10, 5), appointments=sessions))
    return {f.who[0]: f.sentence for f in account.findings if f.rule == "no_overlap"}


def test_client_in_two_places_is_told_with_whom() -> None:
    """It would read "K1 has a session with K1", and nobody would know whom to ring."""
    assert sentences(("K1", "C2"), ("K1", "C3"))["K1"] == (
        "K1 has a session with C2 (10:00-10:30) and a session with C3 (10:00-10:30) "
        "that overlap on Tuesday 6 October."
    )


def test_clinician_and_room_in_two_places_are_told_with_whom() -> None:
    """The clients whose sessions clash would not be named."""
    found = sentences(("K1", "C2"), ("K2", "C2"), room="R1")
    for code in ("C2", "R1"):
        assert found[code].startswith(f"{code} has a session with K1 (10:00-10:30) and a session with K2 (")
