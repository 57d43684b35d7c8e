"""What displaces what when there is not room for everything: small weeks, solved to the proven end."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Result, solve
from safeschedule.catalogue import Tier, rules
from safeschedule.model.index import Index
from safeschedule.model.session_value import session_values

_KEPT = ("access", "urgent_access", "recovery_buffer", "fair_load")
_LENGTHS = (30, 45, 60, 90)


def week(requests: list[dict[str, Any]], *, hours: int = 3, **more: Any) -> Problem:
    """Return a week of one clinician and one morning, with physical rules and those on what comes first."""
    types = [{"id": f"s{n}", "minutes": n} for n in _LENGTHS]
    types += [{"id": f"t{n}", "minutes": n, "intensity": "high", "trauma_processing": True} for n in _LENGTHS]
    off = [r.id for r in rules().values() if r.tier is not Tier.PHYSICAL and r.id not in _KEPT]
    asked = [{"id": f"R{n}", "client": f"K{n}", **request} for n, request in enumerate(requests)]
    morning = {"day": "mon", "start": "09:00", "end": f"{9 + hours:02}:00"}
    given: dict[str, Any] = {
        "name": "first",
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "grid": 15,
        "clinicians": [{"id": "A", "working": [morning]}],
        "clients": [{"id": f"K{n}", "clinician": "A", "band": "low"} for n in range(len(asked))],
        "session_types": types,
        "requests": asked,
        "rulebook": {"name": "first", "rules": {name: {"enabled": False} for name in off}},
    }
    return Problem.model_validate(given | more)


def best(problem: Problem) -> Result:
    """Return the proven best schedule."""
    result = solve(problem, deterministic_limit=20.0, workers=1)
    assert result.status == "optimal", result
    return result


def urgent_value(result: Result) -> float:
    """Return what is placed of the urgent tier."""
    return {tier.tier: tier.objective for tier in result.tiers}["urgent"]


_SORTS = st.sampled_from([f"{sort}{length}" for sort in "st" for length in _LENGTHS])


@settings(max_examples=12, deadline=None)
@given(
    st.lists(_SORTS, min_size=1, max_size=3),
    st.lists(st.tuples(_SORTS, st.integers(1, 4)), min_size=1, max_size=6),
)
def test_requests_of_lower_urgency_displace_nothing_urgent(
    urgent: list[str], others: list[tuple[str, int]]
) -> None:
    """If it fails, enough small work pushes out somebody who is urgent."""
    first: list[dict[str, Any]] = [{"session_type": sort, "priority": 5} for sort in urgent]
    more = [{"session_type": sort, "priority": priority} for sort, priority in others]
    alone, together = best(week(first)), best(week([*first, *more]))
    assert urgent_value(together) == urgent_value(alone)


@given(
    st.sampled_from("st"),
    st.lists(st.sampled_from(_LENGTHS), min_size=2, max_size=4),
    st.integers(1, 5),
    st.sampled_from([1, 7, 60, 100]),
)
def test_a_session_in_pieces_is_worth_no_more(sort: str, pieces: list[int], priority: int, per: int) -> None:
    """If it fails, who asks for one session in several requests is served before who asks for it as one."""
    types = [{"id": f"p{n}", "minutes": m} for n, m in enumerate([*pieces, sum(pieces)])]
    if sort == "t":
        types = [{**each, "intensity": "high", "trauma_processing": True} for each in types]
    asked = [{"session_type": each["id"], "priority": priority} for each in types]
    index = Index(week(asked, session_types=types))
    setting = index.problem.rulebook.setting("access")
    setting = replace(setting, values={**setting.values, "per": per})
    *parts, whole = session_values(index, setting).tolist()
    assert sum(parts) <= whole


def test_crisis_before_three_chats() -> None:
    """If it fails, three short talks leave out a long session of a client in crisis."""
    clients = [
        *({"id": f"K{n}", "clinician": "A", "band": "low", "last_contact": "2026-10-01"} for n in range(3)),
        {"id": "K3", "clinician": "A", "band": "very_high", "last_contact": "2026-07-01"},
    ]
    chats: list[dict[str, Any]] = [{"session_type": "s30"}] * 3
    result = best(week([*chats, {"session_type": "t90", "priority": 5}], hours=2, clients=clients))
    assert result.schedule is not None
    assert "R3" in {a.request for a in result.schedule.appointments}


def test_a_long_session_is_worth_its_length() -> None:
    """If it fails, of two clients alike who needs ninety minutes is left out for who needs sixty."""
    result = best(week([{"session_type": "s60"}, {"session_type": "s90"}], hours=2))
    assert result.schedule is not None
    assert [a.request for a in result.schedule.appointments] == ["R1"]


def intakes(count: int, people: int, **more: Any) -> Problem:
    """Return a week in which anybody may see new clients, each at work for long enough to see all."""
    day = {"day": "mon", "start": "08:00", "end": "18:00"}
    off = [r.id for r in rules().values() if r.tier is not Tier.PHYSICAL and r.id not in _KEPT]
    given: dict[str, Any] = {
        "name": "intakes",
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "grid": 30,
        "clinicians": [{"id": f"C{n}", "working": [day]} for n in range(people)],
        "clients": [{"id": f"N{n}"} for n in range(count)],
        "session_types": [{"id": "intake", "minutes": 60, "kind": "intake"}],
        "requests": [{"id": f"I{n}", "client": f"N{n}", "session_type": "intake"} for n in range(count)],
        "rulebook": {"name": "intakes", "rules": {name: {"enabled": False} for name in off}},
    }
    return Problem.model_validate(given | more)


def seen_by(result: Result) -> list[int]:
    """Return how many sessions each clinician has, most first."""
    assert result.schedule is not None
    seen = Counter(a.clinicians[0] for a in result.schedule.appointments)
    return sorted(seen.values(), reverse=True)


def test_nine_intakes_among_five_equals() -> None:
    """If it fails, new clients pile up with one of several who have as little to do."""
    assert seen_by(solve(intakes(9, 5), deterministic_limit=20.0, workers=1)) == [2, 2, 2, 2, 1]


def test_what_lies_below_a_load_that_cannot_be_helped_is_spread_too() -> None:
    """If it fails, one full caseload is a reason to spread nothing among the others."""
    known = [{"id": f"K{n}", "clinician": "C0", "band": "high"} for n in range(9)]
    new = [{"id": f"N{n}"} for n in range(6)]
    problem = intakes(6, 4, clients=[*known, *new])
    assert seen_by(solve(problem, deterministic_limit=20.0, workers=1)) == [2, 2, 2]


@settings(max_examples=8, deadline=None)
@given(
    st.lists(_SORTS, min_size=1, max_size=4),
    st.integers(15, 60),
    st.integers(1, 240),
    st.integers(1, 1000),
)
def test_fairness_costs_no_session(sorts: list[str], step: int, worth: int, weight: int) -> None:
    """If it fails, somebody is left out of a free diary so that nobody has more than others."""
    problem = week([{"session_type": sort, "priority": 1} for sort in sorts], hours=8)
    fair = {"weight": weight, "parameters": {"step": step, "points": 1, "minutes_per_point": worth}}
    book = problem.rulebook.model_dump(mode="json")
    book["rules"]["fair_load"] = fair
    again = Problem.model_validate({**problem.model_dump(mode="json"), "rulebook": book})
    assert best(again).placed == len(sorts)
