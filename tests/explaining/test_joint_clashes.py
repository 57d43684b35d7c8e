"""Clashes that concern several people are found, verified, and told with those whom they concern."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule import solve
from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.problem.faults import require_sound
from tests.explaining.checking import check_core, oracle
from tests.explaining.joint_clashes import JOINT, cover
from tests.explaining.planted import planted

QUICK: dict[str, Any] = {"deterministic_limit": 20.0, "clashes": 1, "repairs": 0, "measured": False}


@pytest.mark.parametrize("name", sorted(JOINT))
def test_a_clash_of_several_people_is_found_verified_and_told(name: str) -> None:
    """If it fails, a reason that was found is lost, or does not name the people whom it concerns."""
    planted_week = JOINT[name]()
    require_sound(planted_week.problem)
    found = explain_no_schedule(
        planted_week.problem, deterministic_limit=20.0, clashes=1, repairs=0, measured=False
    )
    assert found.possible is False
    (core,) = found.clashes
    assert planted_week.found_in(core), found
    check_core(planted_week.problem, core)
    codes = {person.id for person in planted_week.problem.clinicians}
    told = " ".join(condition.sentence for condition in core)
    assert {code for condition in core for code in condition.who} & codes <= {c for c in codes if c in told}


def test_a_schedule_is_no_worse_for_those_of_whom_a_rule_asks_nothing() -> None:
    """If it fails, a schedule is refused for somebody of whom the rule asks nothing there."""
    judge = oracle(cover().problem)
    (rule,) = (c for c in judge.everything if c.key == ("cover", "C2"))
    (leave,) = (c for c in judge.everything if c.key == ("C2", 0))
    shown = judge.show([rule, leave])
    assert shown.schedule is not None, shown.objections


def test_a_full_day_is_found_before_the_week_is_tried() -> None:
    """If it fails, one clinician's day without a meal takes minutes to find, or solve does not tell it."""
    week = planted("pinned_through_lunch", 2)
    # The limit is a hundredth of what the whole week takes.
    found = explain_no_schedule(week.problem, **QUICK | {"deterministic_limit": 0.05})
    assert len(found.clashes) == 1, found
    assert week.found_in(found.clashes[0])
    assert found.solved < 40
    check_core(week.problem, found.clashes[0])
    result = solve(week.problem, deterministic_limit=0.2, workers=1)
    assert any("The rule breaks holds for" in sentence for sentence in result.explanation), result.explanation
