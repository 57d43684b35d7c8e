"""What a result says adds up."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from safeschedule import DisagreementError, InputError, Result, Schedule, Verification, pipeline, solve
from safeschedule.catalogue import CustomRule
from safeschedule.problem import Problem, problem_hash, rulebook_hash
from safeschedule.result import Status
from safeschedule.verifier import Finding
from tests.solving.drawn import softened
from tests.solving.weeks import alone, crowded, hours, team

pytestmark = pytest.mark.xdist_group("result")  # one worker, so that the week is planned once


@pytest.fixture(scope="module")
def result() -> Result:
    return solve(crowded(), deterministic_limit=1.0, workers=1, seed=3)


def test_plain_data(result: Result) -> None:
    """If it fails, a result cannot be written to a file, or says another thing there."""
    data = json.loads(json.dumps(result.to_dict(brief=True), allow_nan=False))
    assert data["status"] == result.status
    assert data["verified"] is True
    assert data["placed"] == result.placed
    assert [tier["rules"] for tier in data["tiers"]] == [tier.rules for tier in result.tiers]
    assert data["provenance"]["seed"] == 3


def test_sums(result: Result) -> None:
    """If it fails, the objective is not the sum of its tiers, or a tier not the sum of its rules."""
    assert result.objective == sum(tier.objective for tier in result.tiers)
    assert result.bound == sum(tier.bound for tier in result.tiers)
    for tier in result.tiers:
        assert tier.objective == sum(tier.rules.values())
        assert tier.objective <= tier.bound
    names = [name for tier in result.tiers for name in tier.rules]
    soft = [name for name, setting in crowded().rulebook.settings().items() if not setting.hard]
    assert sorted(names) == sorted(soft)


def test_gap(result: Result) -> None:
    """If it fails, the gap is not (bound - objective) / |objective|."""
    assert result.objective is not None
    assert result.bound is not None
    assert result.gap == pytest.approx((result.bound - result.objective) / abs(result.objective))
    for tier in result.tiers:
        if tier.objective:
            assert tier.gap == pytest.approx((tier.bound - tier.objective) / abs(tier.objective))


def test_penalties_are_the_verifiers(result: Result) -> None:
    """If it fails, the objective counts what the verifier does not find."""
    assert result.verification is not None
    for tier in result.tiers:
        for name, part in tier.rules.items():
            if name != "access":
                assert part == -result.verification.penalties[name]


def test_every_session_is_placed_or_left_out(result: Result) -> None:
    """If it fails, a session is neither in the schedule nor among those left out."""
    assert result.schedule is not None
    asked = sum(request.count for request in crowded().requests)
    assert result.left_out
    assert result.placed == len(result.schedule.appointments)
    assert result.placed + sum(entry.sessions for entry in result.left_out) == asked
    assert result.schedule.left_out == result.left_out
    assert all(entry.reason for entry in result.left_out)


def test_provenance(result: Result) -> None:
    """If it fails, the result names another problem or other settings than it came from."""
    given = result.provenance
    assert given.problem_hash == problem_hash(crowded())
    assert given.rulebook_hash == rulebook_hash(crowded().rulebook)
    assert (given.seed, given.workers, given.deterministic_limit, given.time_limit) == (3, 1, 1.0, None)


def test_seconds(result: Result) -> None:
    """If it fails, the phases take longer than the whole."""
    parts = sum(seconds for phase, seconds in result.seconds.items() if phase != "total")
    assert {"plan", "times", "total"} <= set(result.seconds)
    assert 0 < parts <= result.seconds["total"] + 1e-6


def test_shown(result: Result) -> None:
    """If it fails, what is printed is not what was found."""
    text = str(result)
    assert f"placed     {result.placed} sessions" in text
    assert "verified   yes" in text
    shown = result._repr_html_()
    assert "<svg" in shown
    assert f"{result.placed} sessions" in shown


def test_nothing_to_place() -> None:
    """If it fails, a week in which nobody asks for anything cannot be planned."""
    result = solve(alone(requests=[], clients=[]), deterministic_limit=1, workers=1)
    assert result.status is Status.OPTIMAL
    assert result.verified
    assert result.placed == 0
    assert result.gap == 0


def saying(verification: Verification) -> Callable[..., Verification]:
    """Return a verifier that says the same of every schedule."""

    def verify(problem: Problem, schedule: Schedule, *, rules: tuple[CustomRule, ...]) -> Verification:
        assert rules == ()
        assert schedule.week_start == problem.week_start
        return verification

    return verify


def test_refused_schedule_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, a schedule that the verifier refuses reaches a clinic."""
    finding = Finding("documentation", ("S1",), None, "0 minutes", "30 minutes", "S1 has no documentation.")
    refusal = Verification((finding,), {"documentation": 1}, {})
    monkeypatch.setattr(pipeline, "verify", saying(refusal))
    with pytest.raises(DisagreementError) as raised:
        solve(team(), deterministic_limit=1, workers=1)
    assert any("S1 has no documentation." in line for line in raised.value.account)


def test_penalty_that_differs_is_not_returned(monkeypatch: pytest.MonkeyPatch) -> None:
    """If it fails, optimiser and verifier may count a soft rule differently without anybody hearing of it."""
    monkeypatch.setattr(pipeline, "verify", saying(Verification((), {}, {"fair_load": -1})))
    with pytest.raises(DisagreementError, match="fair_load"):
        solve(team(), deterministic_limit=1, workers=1)


def test_faulty_problem_is_refused() -> None:
    """If it fails, a problem with a request for an unknown client is planned as if nothing were wrong."""
    with pytest.raises(InputError):
        solve(alone(requests=[{"id": "R1", "client": "nobody", "session_type": "talk"}]))


def test_gap_limit() -> None:
    """If it fails, a search told to accept a gap leaves a larger one although it has time."""
    result = solve(crowded(), deterministic_limit=200, workers=2, gap_limit=0.1)
    assert result.gap is not None
    assert result.gap <= 0.1


def test_broken_soft_rules_are_paid_for() -> None:
    """If it fails, a week too short for its blocks is not planned even when the rules are soft."""
    short = team(
        clinicians=[{"id": "S1", "working": hours("mon"), "is_supervisor": True}], clients=[], requests=[]
    )
    names = ["coordination", "consultation", "supervision", "urgent_slots", "breaks", "documentation"]
    result = solve(softened(short, names), deterministic_limit=1, workers=1)
    assert result.status is Status.OPTIMAL
    assert result.verified
