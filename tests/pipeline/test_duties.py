"""One person's duties never take the week of the others."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import Problem, solve

WEEKDAYS = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed")]
HOUR = [{"day": "wed", "start": "09:00", "end": "10:00"}]
SATURDAY = [{"day": "sat", "start": "09:00", "end": "13:00"}]


@pytest.mark.parametrize(
    ("person", "left_out"),
    [
        ({"working": SATURDAY, "new_in_post": True}, {"no_consultation", "no_supervision"}),
        ({"working": HOUR, "new_in_post": True}, {"no_consultation"}),
        ({"working": [HOUR[0] | {"end": "09:15"}]}, {"no_consultation", "no_coordination"}),
        ({"working": []}, set()),
    ],
)
def test_who_cannot_meet_a_duty_leaves_the_others_their_week(
    person: dict[str, Any], left_out: set[str]
) -> None:
    """If it fails, one colleague's hours leave the whole team without a schedule, or nobody is told of it."""
    clients = [{"id": f"P{n}", "clinician": "C2"} for n in range(2)]
    clients += [{"id": f"Q{n}", "clinician": "L1", "flags": ["coordination"]} for n in range(3)]
    problem = Problem.from_dict(
        {
            "week_start": "2026-10-05",
            "clinicians": [
                {"id": "C1", "working": WEEKDAYS, "is_supervisor": True},
                {"id": "C2", "working": WEEKDAYS, "supervisor": "C1"},
                {"id": "L1", "supervisor": "C1", "fte": 0.1, **person},
            ],
            "clients": clients,
            "session_types": [{"id": "talk", "minutes": 60}],
            "requests": [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(2)],
            "rulebook": {"rules": {"urgent_slots": {"enabled": False}}},
        }
    )
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.placed == 2, result
    told = {notice.code for notice in result.notices if notice.code.startswith("no_")}
    assert left_out <= told
    assert all(n.clinicians == ("L1",) for n in result.notices if n.code in told)
