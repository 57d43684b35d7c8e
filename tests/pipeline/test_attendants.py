"""An interpreter is there, booked and told wherever a week is made, changed, shown or handed on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from safeschedule import (
    LostAttendant,
    Problem,
    check_move,
    explain_left_out,
    read_csv,
    replan,
    solve,
    suggest,
    verify,
    write_csv,
    write_ics,
)
from safeschedule.problem import faults, warnings
from safeschedule.reports.html import rota_html
from safeschedule.samples import sample, with_interpreters
from safeschedule.schedule import Schedule

MORNING = [{"day": "mon", "start": "09:00", "end": "13:00"}]
NEED = [{"skill": "interpreter:fa"}]


def team(**more: Any) -> Problem:
    """Give a team of two whose clients on Monday morning all need the one interpreter."""
    return Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [{"id": code, "working": MORNING, "is_supervisor": True} for code in ("C1", "C2")],
            "clients": [{"id": f"P{n}", "clinician": f"C{n % 2 + 1}"} for n in range(4)],
            "session_types": [{"id": "talk", "minutes": 60}],
            "attendants": [
                {
                    "id": "I1",
                    "skills": ["interpreter:fa"],
                    "working": [{"day": "mon", "start": "09:00", "end": "12:00"}],
                }
            ],
            "requests": [
                {"id": f"R{n}", "client": f"P{n}", "session_type": "talk", "needs_attendants": NEED}
                for n in range(4)
            ],
            "rulebook": {
                "rules": {
                    name: {"enabled": False}
                    for name in ("breaks", "consultation", "documentation", "supervision", "urgent_slots")
                }
            },
            **more,
        }
    )


def solved(problem: Problem) -> Schedule:
    """Give the problem's week."""
    result = solve(problem, deterministic_limit=1, workers=1)
    assert result.schedule is not None
    assert result.verified
    return result.schedule


@pytest.fixture(scope="module")
def week() -> tuple[Problem, Schedule]:
    """Give the team's week, solved."""
    problem = team()
    return problem, solved(problem)


def test_one_interpreter_has_one_session_at_a_time(week: tuple[Problem, Schedule]) -> None:
    """Two clients would sit in front of clinicians whom they do not understand."""
    problem, schedule = week
    assert len(schedule.appointments) == 3
    assert {a.attendants for a in schedule.appointments} == {("I1",)}
    assert len({a.start for a in schedule.appointments}) == 3
    assert verify(problem, schedule).compliant


def test_a_second_interpreter_makes_room(week: tuple[Problem, Schedule]) -> None:
    """An interpreter who is there would not be used."""
    problem = week[0]
    second = problem.attendants[0].model_copy(update={"id": "I2"})
    assert (
        len(
            solved(
                team(attendants=[person.to_dict() for person in (*problem.attendants, second)])
            ).appointments
        )
        == 4
    )


def test_a_weekly_limit_is_kept(week: tuple[Problem, Schedule]) -> None:
    """An interpreter would be booked for more than was agreed."""
    person = week[0].attendants[0].model_copy(update={"weekly_minutes": 120})
    assert len(solved(team(attendants=[person.to_dict()])).appointments) == 2


def test_who_is_left_out_hears_of_the_interpreter(week: tuple[Problem, Schedule]) -> None:
    """A lead would look for the reason at the clinician, who has time."""
    problem, schedule = week
    (entry,) = schedule.left_out
    assert "attendants" in entry.rules
    account = str(explain_left_out(problem, schedule, entry.request))
    assert "I1 works 09:00-12:00 on that date and attends the session with" in entry.reason + account


def test_impossible_needs_are_told_when_the_problem_is_checked() -> None:
    """A week would be planned, and only its result would say that nobody speaks the language."""
    nobody = team(attendants=[])
    assert [w.code for w in warnings.find(nobody)] == ["never_attended"] * 4
    late = [
        {
            "id": "I1",
            "skills": ["interpreter:fa"],
            "working": [{"day": "tue", "start": "09:00", "end": "12:00"}],
        }
    ]
    windows = {"windows": [{"day": "mon", "start": "09:00", "end": "17:00"}]}
    clients = [{"id": f"P{n}", "clinician": f"C{n % 2 + 1}", **windows} for n in range(4)]
    found = warnings.find(team(attendants=late, clients=clients))
    assert {(w.code, w.value) for w in found} == {("never_attended", "no time that meets")}


def test_pins_name_attendants_who_fit() -> None:
    """A pin would be refused by the plan alone, with no word of what is wrong with it."""

    def found(**pin: Any) -> list[str]:
        given = {"request": "R0", "clinician": "C1", "start": "2026-10-05T09:00", **pin}
        return [
            fault.code for fault in faults.find(Problem.model_validate(_plain(pinned_appointments=[given])))
        ]

    assert found(attendants=["I1"]) == []
    assert found(attendants=["I9"]) == ["unknown_reference"]
    assert found(attendants=["I1"], start="2026-10-05T12:00") == ["pin_unattended"]


def _plain(**more: Any) -> dict[str, Any]:
    return {**team().to_dict(), **more}


def test_a_joint_request_takes_its_interpreter_along() -> None:
    """A family would meet without the interpreter that its request asks for."""
    request = {
        "id": "R0",
        "client": "P0",
        "with_clients": ["P2"],
        "session_type": "family",
        "needs_attendants": NEED,
    }
    types = [{"id": "family", "minutes": 60, "smallest": 2, "largest": 4}]
    problem = team(requests=[request], session_types=types)
    (session,) = solved(problem).appointments
    assert session.attendants == ("I1",)


def test_a_lost_interpreter_is_told_and_replaced(week: tuple[Problem, Schedule]) -> None:
    """A session would stand in the week with an interpreter who is ill."""
    problem, schedule = week
    lost = LostAttendant(attendant="I1", start=datetime(2026, 10, 5), end=datetime(2026, 10, 5, 10))
    found = replan(problem, schedule, [lost], deterministic_limit=2)
    assert found.schedule is not None
    assert verify(found.problem, found.schedule).compliant
    assert {a.start.hour for a in found.schedule.appointments} == {10, 11}
    second = problem.attendants[0].model_copy(update={"id": "I2"})
    more = team(attendants=[person.to_dict() for person in (*problem.attendants, second)])
    found = replan(more, schedule, [lost], deterministic_limit=2)
    assert found.schedule is not None
    assert [a.attendants for a in found.schedule.appointments if a.start.hour == 9] == [("I2",)]
    assert not found.disturbed
    told = {(notice.kind, notice.code) for notice in found.tell}
    assert {("attendant", "I1"), ("attendant", "I2")} <= told


def test_live_questions_know_the_interpreter(week: tuple[Problem, Schedule]) -> None:
    """A slot would be offered at which the interpreter is elsewhere."""
    problem, schedule = week
    (entry,) = schedule.left_out
    none = suggest(problem, schedule, entry.request)
    assert not none.slots
    assert "attendants" in none.rules
    first = schedule.appointments[0]
    move = check_move(problem, schedule, first, to=datetime(2026, 10, 5, 12))
    assert {finding.rule for finding in move.breaks} == {"attendants"}
    less = schedule.model_copy(update={"appointments": schedule.appointments[1:]})
    slots = suggest(problem, less, first.request or "").slots
    assert slots
    assert {slot.appointment.attendants for slot in slots} == {("I1",)}


def test_the_interpreter_is_on_every_surface(week: tuple[Problem, Schedule], tmp_path: Path) -> None:
    """Whoever reads a page, a table or a calendar would not know who comes."""
    problem, schedule = week
    write_csv(problem, schedule, tmp_path / "week.csv")
    assert read_csv(problem, tmp_path / "week.csv").appointments == schedule.appointments
    files = write_ics(problem, schedule, tmp_path / "calendars")
    calendar = files.calendars["I1"].read_text()
    assert calendar.count("BEGIN:VEVENT") == 3
    assert "with C" in calendar
    assert "with I1" in files.calendars["C1"].read_text()
    page = str(rota_html(problem, schedule, verify(problem, schedule)))
    assert "By attendant" in page
    assert "attended by I1" in page
    again = Problem.from_dict(problem.to_dict())
    assert again == problem
    assert Schedule.from_dict(schedule.to_dict()) == schedule


def test_drawn_interpreters_are_sound_and_enough() -> None:
    """The generator's option would make problems that are refused, or weeks without interpreters."""
    problem = with_interpreters(sample(), 0.3, seed=2)
    assert not faults.find(problem)
    assert problem == with_interpreters(sample(), 0.3, seed=2)
    assert sum(bool(request.needs_attendants) for request in problem.requests) > 5
    assert not [w for w in warnings.find(problem) if w.code == "never_attended"]
    assert with_interpreters(sample(), 0).attendants == ()
