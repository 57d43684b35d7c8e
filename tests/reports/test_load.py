from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from safeschedule.problem import (
    BlockKind,
    Client,
    Clinician,
    Flag,
    Intensity,
    Leave,
    Meeting,
    Problem,
    SessionType,
    Weekday,
    WorkingPeriod,
)
from safeschedule.reports.load import load
from safeschedule.schedule import Appointment, Block, Schedule

MONDAY = WorkingPeriod(day=Weekday.MON, start=540, end=1020)
TUESDAY = WorkingPeriod(day=Weekday.TUE, start=540, end=1020)


def problem(**changes: object) -> Problem:
    given = {
        "week_start": date(2026, 10, 5),
        "clinicians": (
            Clinician(id="C1", fte=Decimal("0.5"), working=(MONDAY, TUESDAY)),
            Clinician(id="C2", working=(), caseload_cap=Decimal(7)),
        ),
        "clients": (
            Client(id="P1", clinician="C1", band="high", flags=(Flag.COORDINATION,)),
            Client(id="P2", points=Decimal("1.5")),
        ),
        "session_types": (SessionType(id="T", minutes=60, intensity=Intensity.HIGH),),
    }
    return Problem.model_validate(given | changes)


def session(client: str, hour: int, clinician: str = "C1") -> Appointment:
    start = datetime(2026, 10, 5, hour)
    return Appointment(session_type="T", clients=(client,), clinicians=(clinician,), start=start, minutes=60)


def schedule(*sessions: Appointment, blocks: tuple[Block, ...] = ()) -> Schedule:
    return Schedule(week_start=date(2026, 10, 5), appointments=sessions, blocks=blocks)


def test_sessions_and_minutes_are_counted() -> None:
    """Otherwise the exposure that the page shows would not be the one that was planned."""
    row = load(problem(), schedule(session("P1", 9), session("P1", 11)))[0]
    assert (row.sessions, row.high_sessions, row.client_minutes, row.high_minutes) == (2, 2, 120, 120)


def test_overlapping_sessions_count_their_minutes_once() -> None:
    """Otherwise a double booking would look like more work than the day has hours."""
    row = load(problem(), schedule(session("P1", 9), session("P2", 9)))[0]
    assert (row.sessions, row.client_minutes) == (2, 60)


def test_points_include_new_clients_of_the_week() -> None:
    """Otherwise a caseload would look lighter than the cap's rule reckons it."""
    rows = load(problem(), schedule(session("P1", 9), session("P2", 11)))
    assert [(row.points, row.cap) for row in rows] == [(Decimal("5.5"), 30), (0, 7)]


def test_protected_minutes_count_for_who_attends_and_who_leads() -> None:
    """Otherwise supervisors would seem to have no consultation."""
    block = Block(
        kind=BlockKind.CONSULTATION,
        clinicians=("C1",),
        start=datetime(2026, 10, 5, 9),
        minutes=60,
        supervisor="C2",
    )
    rows = load(problem(), schedule(blocks=(block,)))
    assert [row.protected for row in rows] == [{BlockKind.CONSULTATION: 60}] * 2


def test_utilisation_is_of_working_time_without_leave() -> None:
    """Otherwise someone with a day of leave would seem to have time to spare."""
    leave = Leave(start=datetime(2026, 10, 6), end=datetime(2026, 10, 7))
    clinician = Clinician(id="C1", working=(MONDAY, TUESDAY), leave=(leave,))
    meeting = Meeting(id="M", start=datetime(2026, 10, 5, 10), minutes=180, clinicians=("C1",))
    given = problem(clinicians=(clinician,), meetings=(meeting,))
    row = load(given, schedule(session("P1", 9)))[0]
    assert (row.working_minutes, row.utilisation) == (480, 0.5)


def test_without_working_time_there_is_no_utilisation() -> None:
    """Otherwise somebody on leave all week would end the report with a division by zero."""
    assert load(problem(), schedule())[1].utilisation is None
