"""What may be expected of a week in which not everybody comes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from safeschedule import Problem
from safeschedule.caseload import attendance_of, expected_sessions
from safeschedule.schedule import Appointment, Schedule

MONDAY = date(2026, 10, 5)


def team(**talk: Any) -> Problem:
    """Give a team with two clients, of whom K2 comes to half of the sessions."""
    return Problem.model_validate(
        {
            "week_start": MONDAY,
            "clinicians": [{"id": "C1", "working": [{"day": "mon", "start": "09:00", "end": "17:00"}]}],
            "clients": [{"id": "K1"}, {"id": "K2", "attendance": 0.5}],
            "session_types": [{"id": "talk", "minutes": 60, **talk}],
        }
    )


def session(hour: int, *clients: str) -> Appointment:
    """Give a session of some clients."""
    start = datetime(2026, 10, 5, hour)
    return Appointment(
        session_type="talk", clients=clients, clinicians=("C1",), start=start, minutes=60, mode="in_person"
    )


def test_everybody_comes_unless_something_else_is_said() -> None:
    """Weeks without figures would look emptier than they are planned."""
    assert attendance_of(team())(session(9, "K1")) == 1


def test_the_client_s_own_figure_stands_before_that_of_the_type() -> None:
    """Somebody who is known to stay away would count as anybody else."""
    likely = attendance_of(team(attendance=0.8))
    assert likely(session(9, "K1")) == Decimal("0.8")
    assert likely(session(9, "K2")) == Decimal("0.5")


def test_a_group_takes_place_when_anybody_comes() -> None:
    """A group would be expected to fail because one of its clients may."""
    likely = attendance_of(team(attendance=0.8))
    assert likely(session(9, "K1", "K2")) == Decimal("0.9")


def test_expected_sessions_of_a_week_are_summed() -> None:
    """The figure would be rounded for each session."""
    week = Schedule(
        week_start=MONDAY,
        time_zone="UTC",
        appointments=(session(9, "K1"), session(10, "K2"), session(11, "K2")),
    )
    assert expected_sessions(team(attendance=0.8), week) == Decimal("1.8")


@pytest.mark.parametrize("share", [-0.1, 1.01, "0.8", 0.333, True])
def test_what_is_no_share_is_refused(share: Any) -> None:
    """A percentage (80 for 0.8) or a text would be taken for a share."""
    with pytest.raises(ValueError, match="attendance"):
        team(attendance=share)
