"""What generated teams have besides when it is asked for: it is there, without faults, and can be planned."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import solve, verify
from safeschedule.problem import Problem, WorkingPeriod, faults
from safeschedule.samples import FEATURES, generate

NAMES = (*FEATURES, "all")
EVENING, NIGHT = 20 * 60, 21 * 60


@settings(max_examples=40)
@given(st.integers(1, 20), st.integers(0, 2**32), st.sets(st.sampled_from(NAMES)))
def test_teams_with_features_have_no_faults(clinicians: int, seed: int, features: set[str]) -> None:
    """A benchmark would fail on its own input."""
    assert faults.find(generate(clinicians, seed, features=features)) == ()


def periods(problem: Problem) -> Iterator[WorkingPeriod]:
    return (period for person in problem.clinicians for period in person.working)


def joint_types(problem: Problem) -> set[str]:
    return {group.session_type.split(" ")[0] for group in problem.groups}


THERE: dict[str, Callable[[Problem], object]] = {
    "late_shifts": lambda p: any(period.end == EVENING for period in periods(p)),
    "nights": lambda p: (
        any(period.start == NIGHT for period in periods(p)) and any(x.start == 0 for x in periods(p))
    ),
    "telehealth_days": lambda p: any(x.telehealth_only and x.site is None for x in periods(p)),
    "joint_sessions": lambda p: joint_types(p) >= {"couple_75", "joint_family_90", "co_therapy_60"},
    "fortnights": lambda p: {2, 4} <= {request.every for request in p.requests},
    "closures": lambda p: sum(p.week_start <= x.date < p.week_start + timedelta(days=7) for x in p.closures),
    "courses": lambda p: sum(request.same_time and request.count > 1 for request in p.requests) > 2,
}


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_is_there_when_it_is_asked_for(feature: str) -> None:
    """A team would be said to have what it lacks, or have what nobody asked for."""
    plain, more = generate(20, 5), generate(20, 5, features=[feature])
    assert not THERE[feature](plain)
    assert THERE[feature](more)
    assert THERE[feature](generate(20, 5, features=["all"]))


@pytest.mark.parametrize("feature", FEATURES)
def test_a_feature_changes_nobody_who_is_not_concerned(feature: str) -> None:
    """Two weeks that differ by one feature could not be compared."""
    plain, more = generate(12, 3), generate(12, 3, features=[feature])
    assert [person.role for person in plain.clinicians] == [person.role for person in more.clinicians]
    assert [person.supervisor for person in plain.clinicians] == [p.supervisor for p in more.clinicians]


def test_clients_sleep_at_night() -> None:
    """A routine session would be planned for three in the morning, with somebody who can come at any time."""
    problem = generate(10, 4, features=["nights"])
    urgent = {request.client for request in problem.requests if request.session_type == "crisis_60"}
    windows = [window for client in problem.clients for window in client.windows]
    assert all(window.start >= 8 * 60 and window.end <= 24 * 60 for window in windows)
    assert {client.id for client in problem.clients if not client.windows} <= urgent


def test_turns_were_somebody_elses_last_week() -> None:
    """A client seen every other week would have been there last week, too."""
    problem = generate(20, 5, features=["fortnights"])
    rare = {request.client: request for request in problem.requests if (request.every or 0) > 1}
    seen = {past.client for past in problem.history.appointments}
    assert seen.isdisjoint(rare)
    last = {client.id: client.last_contact for client in problem.clients}
    for code, request in rare.items():
        day = last[code]
        assert day is not None
        assert (problem.week_start - day).days > 7 * ((request.every or 0) - 1) - 5


def test_an_unknown_feature_is_refused() -> None:
    """A typo would give a week without what was wanted."""
    with pytest.raises(ValueError, match="late_shifts, nights"):
        generate(8, 1, features=["night"])


def planned(problem: Problem) -> None:
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.schedule is not None, result.explanation
    assert verify(problem, result.schedule).compliant
    assert result.placed > sum(request.count for request in problem.requests) / 2


@pytest.mark.parametrize(
    "feature", [*(pytest.param(name, marks=pytest.mark.slow) for name in FEATURES), "all"]
)
@pytest.mark.slow
def test_a_team_with_a_feature_can_be_planned(feature: str) -> None:
    """The generator would make weeks that nobody can plan."""
    planned(generate(4, 2, features=[feature]))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("seed", range(3, 7))
@pytest.mark.parametrize("feature", NAMES)
def test_teams_with_a_feature_can_be_planned(feature: str, seed: int) -> None:
    """The generator would make some weeks that nobody can plan."""
    planned(generate(5, seed, features=[feature]))
