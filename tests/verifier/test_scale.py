"""Very large and very crowded weeks are judged like small ones."""

from datetime import date, datetime, timedelta

import pytest

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify

MONDAY = date(2026, 10, 5)


@pytest.mark.slow
@pytest.mark.long
def test_ten_thousand_at_once() -> None:
    """Ten thousand overlapping appointments would exhaust memory instead of being counted."""
    many = 10_000
    problem = Problem.model_validate(
        {
            "week_start": MONDAY,
            "clinicians": [{"id": "C1", "working": [{"day": "mon", "start": "09:00", "end": "17:00"}]}],
            "session_types": [
                {"id": "therapy", "minutes": 60, "intensity": "high", "room_kind": "consulting"}
            ],
        }
    )
    one = {"session_type": "therapy", "clients": ["K1"], "clinicians": ["C1"], "minutes": 60}
    appointments = [
        {**one, "start": datetime(2026, 10, 5, 9) + timedelta(minutes=n % 60)} for n in range(many)
    ]
    schedule = Schedule.model_validate({"week_start": MONDAY, "appointments": appointments})
    amounts = verify(problem, schedule).amounts
    assert amounts["no_overlap"] == many * (many - 1) // 2
    assert amounts["daily_intensity"] == many - 4
    assert amounts["room_capacity"] == many
    assert amounts["high_intensity_run"] == many - 2
