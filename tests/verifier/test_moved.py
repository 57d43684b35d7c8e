"""A week is judged by what is in it: not by the hour of the shift, and not by what people are called."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import HealthCheck, given, settings

from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.verifier import examine
from tests.support.anything import weeks
from tests.support.moving import half_a_day_later, renamed
from tests.support.shifts import shift_weeks

BY_DATES = {"client_spacing"}
"""Rules for which a date is a date also for a clinician of the night; see the rule `rest`."""

NAMES = {"A": "zebra", "B": "Yak", "C": "ox", "D": "Asp", "ghost": "0"}
"""Other names, in another order."""


def of(given: dict[str, Any], planned: dict[str, Any]) -> tuple[Problem, Schedule]:
    return Problem.model_validate_json(json.dumps(given)), Schedule.model_validate_json(json.dumps(planned))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=shift_weeks())
def test_a_shift_twelve_hours_later_is_judged_alike(week: tuple[dict[str, Any], dict[str, Any]]) -> None:
    """If it fails, a night is allowed what a day is not, or the other way round."""
    by_day = examine(*of(*week)).amounts
    by_night = examine(*of(half_a_day_later(week[0]), half_a_day_later(week[1]))).amounts
    judged = [rule for rule in by_day if rule not in BY_DATES]
    assert {rule: by_night[rule] for rule in judged} == {rule: by_day[rule] for rule in judged}


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=weeks())
def test_other_names_change_nothing(week: tuple[Problem, Schedule]) -> None:
    """If it fails, a week is judged by what its people, rooms and sessions are called."""
    given, planned = (json.loads(each.model_dump_json(exclude_unset=True)) for each in week)
    found = examine(*of(renamed(given, NAMES), renamed(planned, NAMES)))
    assert found.amounts == examine(*week).amounts
