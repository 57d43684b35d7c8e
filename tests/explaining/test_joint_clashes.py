"""Clashes that concern several people are found, verified, and told with those whom they concern."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from safeschedule import Problem, solve
from safeschedule.explaining.account import NOT_VERIFIED, NoSchedule
from safeschedule.explaining.clashes.failing import not_shown
from safeschedule.explaining.clashes.oracle import Shown
from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.problem.faults import require_sound
from safeschedule.verifier.report import report
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


def on_a_holiday(**cover: str) -> Problem:
    """Return a week in which C1 and C2 are away on one date; who covers whom is given, and cover is hard."""
    days = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue", "wed", "thu", "fri")]
    off = [{"start": "2026-10-07T00:00", "end": "2026-10-08T00:00", "kind": "annual"}]
    team: list[dict[str, Any]] = [
        {"id": "C1", "working": days, "is_supervisor": True, "leave": off},
        {"id": "C2", "working": days, "supervisor": "C1", "leave": off},
        {"id": "C3", "working": days, "supervisor": "C1"},
    ]
    return Problem.model_validate(
        {
            "week_start": "2026-10-05",
            "clinicians": [person | {"cover": cover.get(person["id"])} for person in team],
            "rulebook": {"rules": {"cover": {"hard": True}}},
        }
    )


@pytest.mark.slow
def test_two_who_cover_each_other_and_are_away_are_told() -> None:
    """If it fails, a clash that was found and proven is lost, and time is blamed that was left."""
    found = explain_no_schedule(on_a_holiday(C1="C2", C2="C1"), **QUICK | {"repairs": 2})
    assert "C1 and C2, who cover each other" in str(found)
    assert "time" not in " ".join(found.notes)
    assert "C3 covers C1 this week instead of C2. C3 covers C2 this week instead of C1." in str(found)


def test_who_is_there_may_cover_both() -> None:
    """If it fails, a week is called impossible because two are away on one date."""
    assert explain_no_schedule(on_a_holiday(C1="C3", C2="C3"), **QUICK).possible


def test_a_colleague_without_hours_is_no_reason() -> None:
    """If it fails, somebody without working hours makes the week of the others impossible."""
    problem = on_a_holiday(C1="C3", C2="C3")
    idle = problem.clinicians[-1].model_copy(update={"id": "L1", "working": ()})
    assert explain_no_schedule(
        problem.model_copy(update={"clinicians": (*problem.clinicians, idle)}), **QUICK
    ).possible


def test_time_is_blamed_when_it_was_up_and_only_then() -> None:
    """If it fails, people give more time where none was lacking, or do not where it was."""
    problem = on_a_holiday(C1="C2", C2="C1")
    short = explain_no_schedule(problem, **QUICK | {"deterministic_limit": 1e-6})
    assert short.possible is None
    assert "The time limit ended the search" in str(short)
    stop = threading.Event()
    stop.set()
    assert "You stopped the search" in str(explain_no_schedule(problem, stop=stop))
    refused = NoSchedule(False, complete=False, failures=("The verifier refuses the schedule.",))
    assert refused.notes == (NOT_VERIFIED, "The verifier refuses the schedule.")


def test_what_the_verifier_refuses_is_told() -> None:
    """If it fails, nobody can tell which step of an explanation failed, and on what."""
    judge = oracle(cover().problem)
    core = tuple(c for c in judge.everything if c.key in (("cover", "C2"), ("C1", 0), ("C2", 0)))
    finding = report(
        cover().problem.rulebook.setting("cover"), ["C1"], None, "none", "one", "C1 covers nobody."
    )
    (told,) = not_shown(judge, core, core[-1], Shown(True, None, (finding,)))
    assert "The verifier refuses the schedule that was to show it (cover): C1 covers nobody." in told
    assert told.endswith(core[-1].sentence)
    judge.budget.stop.set()
    assert not_shown(judge, core, core[-1], Shown(None)) == []


@pytest.mark.slow
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
