"""A small week written by hand, and a plot of each kind: pictures of them do not depend on any search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from safeschedule import (
    Appointment,
    Block,
    Client,
    Clinician,
    History,
    Hours,
    Leave,
    Meeting,
    PastAppointment,
    Plot,
    Problem,
    Request,
    Schedule,
    SessionType,
    Waitlist,
    WaitRange,
    plots,
    waitlist,
)

MONDAY = date(2026, 10, 5)


def at(day: int, clock: str) -> datetime:
    """Give a time of the week; day 0 is its Monday."""
    return datetime.fromisoformat(f"{MONDAY + timedelta(days=day)}T{clock}")


@cache
def problem() -> Problem:
    """Give three clinicians on two days: one of them away for a morning, one over the cap, a history."""
    people = [
        Clinician(
            id=code,
            working=Hours.weekly("mon-tue", "09:00", "17:00", breaks=[("12:00", "12:30")]),
            is_supervisor=code == "S1",
            supervisor="C2" if code == "S1" else "S1",
            caseload_cap=Decimal(cap),
            target_sessions=target,
            leave=[Leave(start=at(0, "00:00"), end=at(0, "12:30"))] if code == "C3" else [],
        )
        for code, cap, target in (("S1", 4, 3), ("C2", "2.5", None), ("C3", 6, 4))
    ]
    people[1] = people[1].model_copy(update={"is_supervisor": True})
    owners = ("S1", "S1", "C2", "C2", "C3", "C3")
    return Problem(
        name="by hand",
        week_start=MONDAY,
        grid=15,
        clinicians=people,
        clients=[Client(id=f"K{n}", clinician=own) for n, own in enumerate(owners, start=1)],
        session_types=[
            SessionType(id="talk", minutes=60),
            SessionType(id="trauma", minutes=90, intensity="high", trauma_processing=True),
        ],
        requests=[Request(id=f"R{n}", client=f"K{n}", session_type="talk") for n in range(1, 7)],
        meetings=[Meeting(id="team", start=at(1, "09:00"), minutes=60, clinicians=["S1", "C2", "C3"])],
        history=History(
            appointments=[
                PastAppointment(
                    client="K3", clinician="C2", start=at(-6, "09:00"), minutes=600, intensity="high"
                )
            ]
        ),
    )


def session(kind: str, client: str, clinician: str, start: datetime) -> Appointment:
    """Give a session."""
    minutes = {"talk": 60, "trauma": 90}[kind]
    return Appointment(
        session_type=kind,
        clients=[client],
        clinicians=[clinician],
        start=start,
        minutes=minutes,
        request=None,
    )


@cache
def schedule() -> Schedule:
    """Give its week: each family of blocks, and two sessions at once."""
    return Schedule(
        week_start=MONDAY,
        appointments=[
            session("talk", "K1", "S1", at(0, "09:00")),
            session("trauma", "K2", "S1", at(0, "10:00")),
            session("trauma", "K3", "C2", at(0, "09:00")),
            session("talk", "K4", "C2", at(0, "10:00")),
            session("talk", "K5", "C3", at(0, "13:00")),
            session("trauma", "K3", "C2", at(1, "10:00")),
            session("trauma", "K4", "C2", at(1, "13:00")),
            session("talk", "K6", "C3", at(1, "10:00")),
        ],
        blocks=[
            Block(kind="documentation", clinicians=["S1"], start=at(0, "11:30"), minutes=30),
            Block(kind="recovery", clinicians=["C2"], start=at(0, "11:00"), minutes=15),
            Block(
                kind="consultation",
                clinicians=["C2", "C3"],
                supervisor="S1",
                start=at(0, "15:00"),
                minutes=60,
            ),
            Block(kind="urgent_slot", clinicians=["C3"], start=at(1, "11:00"), minutes=45),
            Block(kind="documentation", clinicians=["C2"], start=at(1, "14:30"), minutes=30),
        ],
    )


@cache
def waiting() -> Waitlist:
    """Give a list of three: one whose wait is known, one without end, one of whom nothing is known."""
    given = (
        problem()
        .model_copy(update={"clients": tuple(Client(id=f"W{n}", waiting_since=MONDAY) for n in range(3))})
        .model_copy(update={"requests": ()})
    )
    found = waitlist(given)
    known, endless, unknown = found.clients
    narrow = WaitRange(50, None, None, (2, 4))
    known = replaced(known, likely=narrow, range=WaitRange(90, None, None, (1, 7)), overdue=3)
    endless = replaced(
        endless, likely=WaitRange(50, None, None, (9, None)), range=WaitRange(90, None, None, (6, None))
    )
    return replaced(found, clients=(known, endless, unknown))


def replaced(thing: Any, **changes: object) -> Any:
    """Give a frozen thing with some fields changed."""
    return replace(thing, **changes)


STAFF = {
    "fte": [6, 7, 8, 6, 7, 8],
    "sessions": [120, 139, 151, 110, 131, 140],
    "lower": [118, 136, 149, None, None, None],
    "upper": [123, 141, 155, None, None, None],
    "skill": ["any"] * 3 + ["trauma"] * 3,
}
FRONT = {
    "x": [600, 650, 700, 690],
    "y": [90, 100, 110, 95],
    "lower": [88, 99, 108, 94],
    "upper": [93, 103, 112, 99],
    "series": ["strict", "base", "none", "late"],
}
WEEKS = {
    "x": [MONDAY + timedelta(weeks=n) for n in range(4)] * 2,
    "y": [500, 540, 580, 620, 450, 455, 460, 470],
    "lower": [430, 470, 500, 560, *[None] * 4],
    "upper": [560, 600, 650, 690, *[None] * 4],
    "series": ["without caps"] * 4 + ["with caps"] * 4,
}
TORNADO = {"x": ["no-shows", "sickness", "caseload"], "lower": [125, 123, 121], "upper": [115, 110, 124]}
PRICE = {
    "x": ["breaks", "debrief", "recovery_buffer"],
    "y": [4, 0, 11],
    "lower": [3, 0, 9],
    "upper": [6, 1, None],
}


@cache
def every() -> dict[str, Plot]:
    """Give a plot of each kind, by its name."""
    return {
        "week": plots.week(schedule(), problem()),
        "week-alone": plots.week(schedule()),
        "gantt": plots.gantt(schedule(), "C2", problem()),
        "load": plots.load(schedule(), problem()),
        "exposure": plots.exposure(schedule(), problem()),
        "exposure-over-weeks": plots.exposure_over_weeks(WEEKS, limit=600),
        "waits": plots.waits(waiting()),
        "staffing-curve": plots.staffing_curve(STAFF, x="fte", y="sessions", series="skill"),
        "front": plots.front(FRONT),
        "tornado": plots.tornado(TORNADO, 120),
        "price-of-rules": plots.price_of_rules(PRICE),
    }
