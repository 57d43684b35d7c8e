"""Rules of one's own that are given to a call, or go with a problem."""

from __future__ import annotations

import pickle
from copy import deepcopy
from typing import Any

import pytest

from safeschedule import ArgumentError, CustomRule, InputError, Problem, Schedule, solve, verify
from safeschedule.problem import AllowedMode, Mode, problem_hash, rulebook_hash
from safeschedule.problem.faults import find
from tests.support import own_rules

OFF = ("breaks", "case_review", "consultation", "documentation", "supervision", "urgent_slots")
WEEK: dict[str, Any] = {
    "week_start": "2026-10-05",
    "grid": 30,
    "clinicians": [{"id": "C1", "working": [{"day": "mon", "start": "09:00", "end": "12:00"}]}],
    "clients": [{"id": "K1", "clinician": "C1"}],
    "session_types": [{"id": "therapy", "minutes": 60}],
    "requests": [{"id": "Q1", "client": "K1", "session_type": "therapy", "mode": "telehealth"}],
    "rulebook": {
        "rules": {
            name: {"enabled": False}
            for name in (
                "breaks",
                "case_review",
                "consultation",
                "documentation",
                "supervision",
                "urgent_slots",
            )
        }
    },
}
CALL = Schedule.model_validate(
    {
        "week_start": "2026-10-05",
        "appointments": [
            {
                "request": "Q1",
                "session_type": "therapy",
                "clients": ["K1"],
                "clinicians": ["C1"],
                "start": "2026-10-05T10:00",
                "minutes": 60,
                "mode": "telehealth",
            }
        ],
    }
)


def week(mode: str = "telehealth") -> Problem:
    """Return a morning with one session to place."""
    problem = Problem.model_validate(WEEK)
    request = problem.requests[0].model_copy(update={"mode": AllowedMode(mode)})
    return problem.model_copy(update={"requests": (request,)})


def planned(problem: Problem, rules: tuple[CustomRule, ...]) -> list[Mode]:
    """Return the modes of what is planned."""
    result = solve(problem, rules=rules, time_limit=None, deterministic_limit=0.2, workers=1)
    assert result.schedule is not None
    assert result.verification is not None
    assert result.verification.compliant
    return [session.mode for session in result.schedule.appointments]


def test_a_rule_is_kept_and_checked_for_one_call() -> None:
    """If it fails, a rule given to a call is not kept, or it goes on in calls to which it was not given."""
    rules = (own_rules.rule(amounts=own_rules.amounts),)
    assert planned(week(), rules) == []
    assert planned(week("either"), rules) == [Mode.IN_PERSON]
    assert planned(week(), ()) == [Mode.TELEHEALTH]
    assert verify(week(), CALL, rules=rules).amounts["no_calls"] == 1
    assert verify(week(), CALL, rules=rules).own_rules == ("no_calls (given to the call)",)
    assert verify(week(), CALL).compliant


def test_a_rulebook_says_of_it_what_it_says_of_any_rule() -> None:
    """If it fails, a rule of one's own can be neither soft nor off."""
    problem, rules = week(), [own_rules.rule(amounts=own_rules.amounts)]
    for own, compliant in (({"hard": False}, True), ({"enabled": False}, True), ({"weight": 2}, False)):
        book = {**WEEK["rulebook"]["rules"], "no_calls": own}
        changed = Problem.model_validate({**WEEK, "rulebook": {"rules": book}})
        assert verify(changed, CALL, rules=rules).compliant == compliant
    soft = Problem.model_validate({**WEEK, "rulebook": {"rules": {**book, "no_calls": {"hard": False}}}})
    assert verify(soft, CALL, rules=rules).penalties["no_calls"] == 1
    assert [fault.code for fault in find(changed)] == ["unknown_rule"]
    assert not find(problem.with_rules(rules))


def test_a_problem_carries_its_rules() -> None:
    """If it fails, a rule is lost on the way to another function or process."""
    given = CustomRule(own_rules.STATEMENT, own_rules.check, "tests.support.own_rules")
    problem = week().with_rules([given])
    for copy in (
        problem,
        pickle.loads(pickle.dumps(problem)),
        deepcopy(problem),
        problem.with_rules([given]),
    ):
        assert copy == problem
        assert verify(copy, CALL).amounts["no_calls"] == 1
    changed = problem.model_copy(update={"name": "other"})
    assert verify(changed, CALL).amounts["no_calls"] == 1
    assert rulebook_hash(problem.rulebook) != rulebook_hash(week().rulebook)


def test_hashes_are_those_of_the_problem_as_it_was_given() -> None:
    """If it fails, nobody finds the file that a week was made for, or sees that more was asked of it."""
    problem, rules = week("either"), iter([own_rules.rule(amounts=own_rules.amounts)])
    result = solve(problem, rules=rules, deterministic_limit=0.2, workers=1)
    assert result.provenance.problem_hash == problem_hash(problem)
    assert result.provenance.rulebook_hash == rulebook_hash(problem.rulebook)
    assert result.provenance.own_rules == ("no_calls (given to the call)",)
    assert result.verification is not None
    assert result.verification.problem_hash == problem_hash(problem)
    assert result.verification.own_rules == result.provenance.own_rules
    assert result.schedule is not None
    assert result.schedule.provenance is not None
    assert result.schedule.provenance.problem_hash == problem_hash(problem)
    assert solve(problem, deterministic_limit=0.2, workers=1).provenance.own_rules == ()


def test_a_rule_without_an_encoder_can_be_verified_alone() -> None:
    """If it fails, a week is planned against a rule of which the optimiser knows nothing."""
    rules = [own_rules.rule()]
    assert not verify(week(), CALL, rules=rules).compliant
    with pytest.raises(InputError, match="it has no encoder") as told:
        solve(week(), rules=rules)
    assert told.value.faults[0].code == "no_encoder"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (["breaks"], "wrong_type"),
        ([own_rules.rule(), own_rules.rule()], "rule_taken"),
        ([CustomRule(week().rulebook.setting("breaks").rule, own_rules.check)], "rule_taken"),
        ([CustomRule(own_rules.STATEMENT, "no.such.check")], "unloadable_check"),
    ],
)
def test_what_is_no_rule_is_refused(given: list[Any], code: str) -> None:
    """If it fails, a call goes on with a rule that it does not have."""
    with pytest.raises(InputError) as told:
        verify(week(), CALL, rules=given)
    assert [fault.code for fault in told.value.faults] == [code]


@pytest.mark.parametrize("encoder", ["no.such.encoder", "json", object()])
def test_an_encoder_that_is_none_is_refused(encoder: object) -> None:
    """If it fails, a hook that is never called passes for a rule that is kept."""
    with pytest.raises(InputError, match="no_calls") as told:
        solve(week(), rules=[CustomRule(own_rules.STATEMENT, own_rules.check, encoder)])
    assert told.value.faults[0].code == "unloadable_encoder"


def test_what_a_custom_rule_is_made_of() -> None:
    """If it fails, a slip in a rule is found only where it is used."""
    with pytest.raises(ArgumentError, match="check"):
        CustomRule(own_rules.STATEMENT, 3)  # type: ignore[arg-type]
    with pytest.raises(ArgumentError, match="statement"):
        CustomRule("breaks", own_rules.check)  # type: ignore[arg-type]
    bad = own_rules.STATEMENT.__class__(**{**own_rules.STATEMENT.__dict__, "id": "No calls"})
    with pytest.raises(ArgumentError, match="lower-case"):
        CustomRule(bad, own_rules.check)
