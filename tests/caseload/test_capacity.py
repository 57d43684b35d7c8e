"""Capacity: the sum is shown, follows its assumptions, and is what a planned week holds."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import solve
from safeschedule.caseload.capacity import (
    CapacityAssumptions,
    capacity_of,
    capacity_team,
    example_assumptions,
    read_capacity_assumptions,
)
from safeschedule.errors import InputError
from safeschedule.problem import Rulebook, RuleSetting
from safeschedule.problem.faults import find
from tests.caseload.assumed import drawn

SEEDS = st.integers(0, 400)


def agrees(seed: int) -> None:
    """Plan the team of drawn assumptions: what was promised is placed within 3 %, all rules kept."""
    given, ftes = drawn(seed)
    team = capacity_team(given, ftes)
    result = solve(team.problem, deterministic_limit=20, workers=2, seed=0)
    assert result.verification is not None
    assert result.verification.compliant
    assert result.placed >= 0.97 * team.promised


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 4])
@pytest.mark.long
def test_what_is_promised_is_planned(seed: int) -> None:
    """Leaders would staff a service by a sum that no week can keep."""
    agrees(seed)


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", range(20))
def test_what_is_promised_is_planned_for_twenty_teams(seed: int) -> None:
    """The sum would fit the teams by which it was tuned, and no others."""
    agrees(seed)


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_a_team_asks_for_just_what_is_promised_and_has_no_fault(seed: int) -> None:
    """The check against the planner would be of another question."""
    given, ftes = drawn(seed)
    team = capacity_team(given, ftes)
    assert sum(request.count for request in team.problem.requests) == team.promised
    assert not list(find(team.problem))


@pytest.mark.slow
@given(SEEDS, st.sampled_from(["documentation_minutes", "meeting_minutes", "session_minutes", "sickness"]))
@settings(max_examples=25, deadline=None)
def test_more_to_do_never_leaves_room_for_more_sessions(seed: int, field: str) -> None:
    """Somebody could gain capacity by writing longer notes."""
    given, _ = drawn(seed)
    more: dict[str, Any] = {"documentation_minutes": 30, "meeting_minutes": 180, "session_minutes": 120}
    heavier = given.model_copy(update={field: more.get(field, Decimal("0.5"))})
    before, after = capacity_of(given), capacity_of(heavier)
    assert after.sessions_over_year <= before.sessions_over_year
    assert after.unpaid_hours >= before.unpaid_hours


@given(SEEDS)
@settings(max_examples=25, deadline=None)
def test_every_figure_of_the_answer_stands_in_a_line_with_its_source(seed: int) -> None:
    """A leader could not follow where a figure comes from."""
    found = capacity_of(drawn(seed)[0].model_copy(update={"demand_sessions": Decimal(90)}))
    lines = {line.id: line for line in found.lines}
    assert len(lines) == len(found.lines)
    assert all(line.source and line.formula for line in found.lines)
    told = {
        "sessions": found.sessions,
        "over_year": found.sessions_over_year,
        "attended": found.attended,
        "clients": found.clients,
        "points": found.points,
        "fte_sessions": found.fte_needed,
        "unpaid": found.unpaid_hours,
        "unpaid_year": found.unpaid_hours_over_year,
    }
    assert {name: lines[name].result for name in told} == told
    assert found.binding in lines


def test_the_rules_decide_and_are_not_written_twice() -> None:
    """A service with stricter rules would be promised what others can do."""
    given = CapacityAssumptions(weeks_between_sessions=1)
    book = Rulebook(
        rules={
            "session_limits": RuleSetting(parameters={"day": 3, "week": 12}),
            "urgent_slots": RuleSetting(enabled=False),
        }
    )
    assert capacity_of(given, book).sessions == 12
    assert capacity_of(given, book).binding == "session_limits"
    free = Rulebook(rules={"urgent_slots": RuleSetting(enabled=False)})
    assert capacity_of(given, free).sessions > capacity_of(given, book).sessions
    assert capacity_of(given.model_copy(update={"preset": "training"})).sessions < capacity_of(given).sessions


def test_eight_sessions_a_day_cost_hours_that_nobody_pays() -> None:
    """The question that TC asks would stay open: what looks efficient is paid by whom?"""
    found = capacity_of(CapacityAssumptions(sessions_a_day=8))
    assert found.expected == 40
    assert found.unpaid_hours > 15
    assert found.broken[0] == "8 sessions a day are over 6 (rule session_limits)."
    assert capacity_of(CapacityAssumptions(sessions_a_day=3)).unpaid_hours == 0


def test_the_example_is_read_and_faults_are_told_at_once(tmp_path: Path) -> None:
    """A slip in one line would hide the next one."""
    path = tmp_path / "assumptions.toml"
    path.write_text(example_assumptions(), encoding="utf-8")
    assert read_capacity_assumptions(path).demand_sessions == 120
    path.write_text("sessions_a_day = 0\nsickness = 2\nhoures = 3\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_capacity_assumptions(path)
    assert {"sessions_a_day", "sickness", "houres"} == {fault.place for fault in caught.value.faults}
