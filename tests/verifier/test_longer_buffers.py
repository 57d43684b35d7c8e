"""A buffer lengthened never allows more."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import examine
from tests.support.shifts import shift_weeks

LENGTHS = (0, 5, 15, 30, 60)


def with_buffer(given: dict[str, Any], session_type: int, field: str, minutes: int) -> Problem:
    types = [dict(each) for each in given["session_types"]]
    types[session_type][field] = minutes
    return Problem.model_validate_json(json.dumps({**given, "session_types": types}))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    week=shift_weeks(),
    session_type=st.integers(0, 4),
    field=st.sampled_from(["recovery_minutes", "preparation_minutes", "documentation_minutes"]),
    lengths=st.lists(st.sampled_from(LENGTHS), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_a_longer_buffer_never_allows_more(
    week: tuple[dict[str, Any], dict[str, Any]], session_type: int, field: str, lengths: list[int]
) -> None:
    """If it fails, a type's longer recovery, preparation or notes make a broken rule a kept one."""
    schedule = Schedule.model_validate_json(json.dumps(week[1]))
    short, long = (examine(with_buffer(week[0], session_type, field, each), schedule) for each in lengths)
    assert {rule for rule, amount in short.amounts.items() if amount} <= {
        rule for rule, amount in long.amounts.items() if amount
    }
