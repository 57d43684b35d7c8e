"""A safety parameter turned stricter never makes a broken week compliant."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeschedule.catalogue import Tier, rules
from safeschedule.catalogue.rule import Parameter, Value
from safeschedule.problem import Problem, RuleSetting
from safeschedule.schedule import Schedule
from safeschedule.verifier import examine
from tests.support.anything import weeks

MORE, LESS = 1, -1

STRICTER = {
    ("before_leave", "days"): MORE,
    ("before_leave", "length"): LESS,
    ("breaks", "meal"): MORE,
    ("breaks", "day"): LESS,
    ("breaks", "meal_stretch"): LESS,
    ("breaks", "longest"): LESS,
    ("breaks", "work_stretch"): LESS,
    ("breaks", "pause"): MORE,
    ("case_review", "minutes"): MORE,
    ("case_review", "quorum"): MORE,
    ("case_review", "share"): LESS,
    ("caseload_cap", "points"): LESS,
    ("caseload_cap", "coordination"): MORE,
    ("caseload_cap", "safety_planning"): MORE,
    ("consultation", "minutes"): MORE,
    ("consultation", "most"): LESS,
    ("coordination", "heavy"): LESS,
    ("coordination", "minutes"): MORE,
    ("coordination", "per_client"): MORE,
    ("crisis_reset", "minutes"): MORE,
    ("daily_intensity", "most"): LESS,
    ("debrief", "minutes"): MORE,
    ("debrief", "days"): LESS,
    ("debrief", "follow_minutes"): MORE,
    ("documentation", "minutes"): MORE,
    ("documentation", "intake"): MORE,
    ("documentation", "crisis"): MORE,
    ("documentation", "court"): MORE,
    ("documentation", "group"): MORE,
    ("documentation", "closing"): MORE,
    ("documentation", "grace"): LESS,
    ("documentation", "shortest"): MORE,
    ("group_size", "high"): MORE,
    ("group_support", "before"): MORE,
    ("group_support", "after"): MORE,
    ("group_support", "within"): LESS,
    ("high_acuity_cap", "clients"): LESS,
    ("high_intensity_run", "most"): LESS,
    ("high_intensity_run", "gap"): MORE,
    ("intake_spacing", "gap"): MORE,
    ("recovery_buffer", "minutes"): MORE,
    ("response_reserve", "per_client"): MORE,
    ("response_reserve", "piece"): MORE,
    ("rest", "hours"): MORE,
    ("return_days", "share"): LESS,
    ("return_days", "days"): MORE,
    ("return_days", "high"): LESS,
    ("return_days", "intakes"): LESS,
    ("return_days", "length"): LESS,
    ("rolling_exposure", "minutes"): LESS,
    ("session_limits", "day"): LESS,
    ("session_limits", "week"): LESS,
    ("session_limits", "group"): MORE,
    ("supervision", "new_minutes"): MORE,
    ("supervision", "high_minutes"): MORE,
    ("supervision", "share"): LESS,
}
"""Of each parameter whether more of it or less is stricter."""

NEITHER = {
    ("debrief", "follow_from"): "when it is looked at again, not how much",
    ("debrief", "follow_to"): "when it is looked at again, not how much",
    ("rest", "apart"): "what is one working day: a longer one is judged by more, and needs fewer rests",
}


def parameter(key: tuple[str, str]) -> Parameter:
    return next(p for p in rules()[key[0]].parameters if p.name == key[1])


def rank(value: Value) -> Decimal:
    """Return how large a value is; a table by its largest number."""
    if isinstance(value, dict):
        return max(Decimal(str(each)) for each in value.values())
    return Decimal(str(value))


def with_parameter(problem: Problem, rule: str, name: str, value: Value) -> Problem:
    own = problem.rulebook.rules.get(rule, RuleSetting())
    changed = own.model_copy(update={"enabled": True, "parameters": {**own.parameters, name: value}})
    return problem.with_settings({rule: changed})


def test_every_number_of_a_safety_rule_has_a_direction() -> None:
    """If it fails, nobody has said of a new parameter which way is safer."""
    numbers = {
        (rule.id, each.name)
        for rule in rules().values()
        if rule.tier is Tier.SAFETY
        for each in rule.parameters
        if each.bounded
    }
    assert numbers == STRICTER.keys() | NEITHER.keys()


@pytest.mark.parametrize("key", STRICTER, ids="-".join)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(week=weeks(), data=st.data())
def test_stricter_never_makes_a_broken_week_compliant(
    key: tuple[str, str], week: tuple[Problem, Schedule], data: st.DataObject
) -> None:
    """If it fails, somebody turns a safety parameter up and is told that a broken week is kept now."""
    problem, schedule = week
    known = parameter(key)
    values = sorted([known.default, *known.tight], key=rank, reverse=STRICTER[key] == LESS)
    lax = data.draw(st.integers(0, len(values) - 2))
    strict = data.draw(st.integers(lax + 1, len(values) - 1))
    if examine(with_parameter(problem, *key, values[lax]), schedule).amounts[key[0]]:
        assert examine(with_parameter(problem, *key, values[strict]), schedule).amounts[key[0]]
