"""Ways in are schedules that the verifier accepts, cost what they say, and are not dearer than need be."""

from __future__ import annotations

import os
import threading
from typing import Any

import numpy as np
import pytest
from ortools.sat.python import cp_model

from safeschedule import MissedPlacementError, Problem, Schedule, explain_left_out, solve, verify
from safeschedule.errors import InputError
from safeschedule.explaining.unplaced.answers import Explanation, WayIn
from safeschedule.explaining.unplaced.comparing import way_in
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.overtime import longer
from safeschedule.judging import objectives
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.schedule import LeftOut
from safeschedule.schedule.serving import served
from safeschedule.solving.cpsat import terms
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.subproblem import Subproblem
from safeschedule.solving.tiers import ranked_tiers
from tests.explaining.unplaced_weeks import left_out, thinned
from tests.solving.weeks import BARE, alone, crowded, hours, team

OFF = {"enabled": False}


def planned(problem: Problem) -> Schedule:
    """Give the proven best schedule."""
    result = solve(problem, deterministic_limit=10, workers=1)
    assert result.schedule is not None
    return result.schedule


def explained(problem: Problem, schedule: Schedule, request: str) -> Explanation:
    """Give the explanation of one request, with all the time it takes."""
    (explanation,) = explain_left_out(problem, schedule, request, time_limit=60).explanations
    return explanation


def levels(problem: Problem, schedule: Schedule) -> tuple[int, ...]:
    """Give the objective of each tier as the verifier finds it."""
    return tuple(sum(parts.values()) for _, parts, _ in objectives(problem, verify(problem, schedule)))


def check_way(problem: Problem, schedule: Schedule, request: str, way: WayIn) -> None:
    """Assert that a way is what it says."""
    assert verify(way.problem, way.schedule).compliant
    before, after = served(problem, schedule), served(problem, way.schedule)
    assert after[request] == before[request] + 1
    assert way.appointment in way.schedule.appointments
    assert {code for code in before if after[code] < before[code]} == set(way.gives_way)
    then, now = levels(problem, schedule), levels(way.problem, way.schedule)
    assert way.totals == tuple(b - a for a, b in zip(then, now, strict=True))
    if way.overtime is None:
        assert way.problem == problem
    else:
        assert not way.gives_way
        assert not way.moves


def least_losses(problem: Problem, schedule: Schedule, request: str) -> tuple[int, ...] | None:
    """Give the least losses of the tiers, strongest first, when the whole week may change."""
    index = Index(problem)
    adopted = adopt(index, schedule, candidates(index))
    tiers = ranked_tiers(index.settings)
    fixed = encode(index, adopted.rows.take(adopted.chosen), fixed=np.ones(adopted.chosen.sum(), dtype=bool))
    run = Subproblem(fixed, [tier_objective(fixed, t) for t in tiers], hint=fixed.fixed)
    before = run.of_hint()
    assert before is not None
    build = encode(index, adopted.rows)
    mine = (adopted.rows.request == index.request_number[request]) & adopted.rows.is_visit
    held = [build.row_vars[n] for n in np.flatnonzero(mine)]
    build.model.add(cp_model.LinearExpr.sum(held) >= int((mine & adopted.chosen).sum()) + 1)
    found = []
    for tier, least in zip(tiers, before, strict=True):
        loss = build.model.new_int_var(0, 10**6, "")
        build.model.add(terms(build, tier_objective(build, tier)) + loss >= least)
        build.model.minimize(loss)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        status = solver.solve(build.model)
        if status == cp_model.INFEASIBLE:
            return None
        assert status == cp_model.OPTIMAL
        build.model.add(loss == solver.value(loss))
        found.append(solver.value(loss))
    return tuple(found)


WEEKS = 20 if "SAFESCHEDULE_LONG" in os.environ else 3


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(1, WEEKS))]
)
@pytest.mark.slow
def test_ways_are_schedules_that_cost_what_they_say(seed: int) -> None:
    """If it fails, somebody swaps appointments and gets a week that is not allowed, or costs more."""
    problem, schedule = thinned(seed)
    for code in left_out(problem, schedule)[seed % 3 :: 3][:1]:
        (explanation,) = explain_left_out(problem, schedule, code, time_limit=60).explanations
        ways = [*explanation.ways, *([explanation.missed] if explanation.missed else [])]
        for way in ways:
            check_way(problem, schedule, code, way)


TINY: dict[str, dict[str, Any]] = {
    "two requests for one place": {
        "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(2)],
        "requests": [
            {"id": f"R{n}", "client": f"P{n}", "session_type": "talk", "priority": 1 + 4 * n}
            for n in range(2)
        ],
        "clinicians": [{"id": "C1", "working": hours("mon"), "daily_sessions": 1}],
    },
    "a full morning": {
        "clients": [{"id": f"P{n}", "clinician": "C1"} for n in range(4)],
        "requests": [
            {"id": f"R{n}", "client": f"P{n}", "session_type": "talk", "priority": 5 - n} for n in range(4)
        ],
        "rulebook": {"rules": BARE | {"breaks": OFF}},
    },
}


@pytest.mark.parametrize("case", TINY)
def test_the_cheapest_way_is_not_dearer_than_any(case: str) -> None:
    """If it fails, somebody gives way who need not."""
    problem = alone(**TINY[case])
    schedule = planned(problem)
    (code,) = left_out(problem, schedule)
    explanation = explained(problem, schedule, code)
    way = explanation.ways[0]
    check_way(problem, schedule, code, way)
    assert way.losses == least_losses(problem, schedule, code)
    assert way.gives_way


@pytest.mark.parametrize("count", [7])
@pytest.mark.slow
def test_the_cheapest_way_of_three_clinicians_is_not_dearer_than_any(count: int) -> None:
    """If it fails, the search misses what changes of several weeks together can do."""
    problem = crowded(count)
    result = solve(problem, deterministic_limit=2, workers=1)
    assert result.schedule is not None
    for code in left_out(problem, result.schedule)[:2]:
        explanation = explained(problem, result.schedule, code)
        least = least_losses(problem, result.schedule, code)
        every = [explanation.missed] if explanation.missed else list(explanation.ways[:1])
        assert [way.losses for way in every if way.overtime is None] == ([] if least is None else [least])


def test_overtime_is_the_least() -> None:
    """If it fails, somebody works longer than it takes."""
    problem = alone(**TINY["a full morning"])
    schedule = planned(problem)
    (code,) = left_out(problem, schedule)
    (way,) = [w for w in explained(problem, schedule, code).ways if w.overtime]
    check_way(problem, schedule, code, way)
    assert way.overtime is not None
    assert way.overtime.minutes == 60
    for date in range(7):
        for before in (False, True):
            less = longer(problem, 0, 30, [(date, before)])
            assert less is None or solve(less, deterministic_limit=5, workers=1).placed == 3


def test_no_way_in_is_said_with_its_proof() -> None:
    """If it fails, people look for a way that does not exist, or are told so without a proof."""
    request = {"id": "R1", "client": "P1", "session_type": "talk", "skills": ["emdr"]}
    problem = alone(requests=[request])
    explanation = explained(problem, planned(problem), "R1")
    assert explanation.complete
    assert explanation.ways == ()
    assert "Nobody could take it, whoever gives way." in explanation.notes


@pytest.mark.parametrize("weight", [0, 1, 1000])
def test_no_way_breaks_a_soft_safety_rule_further(weight: int) -> None:
    """If it fails, a rulebook that makes a safety rule cheap makes repairs unsafe."""
    soft = {"hard": False, "weight": weight, "parameters": {"day": 1}}
    clients = [{"id": f"P{n}", "clinician": "C1"} for n in range(2)]
    requests = [{"id": f"R{n}", "client": f"P{n}", "session_type": "talk"} for n in range(2)]
    rules = BARE | {"breaks": OFF, "session_limits": soft}
    problem = alone(clients=clients, requests=requests, rulebook={"rules": rules})
    full = planned(alone(clients=clients, requests=requests, rulebook={"rules": BARE | {"breaks": OFF}}))
    schedule = full.model_copy(update={"appointments": full.appointments[:1], "left_out": ()})
    (code,) = left_out(problem, schedule)
    explanation = explained(problem, schedule, code)
    assert not any("free as the week stands" in told for told in explanation.barriers)
    assert any("it fits as the week stands, but at a cost" in told for told in explanation.barriers)
    for way in explanation.ways:
        assert verify(problem, way.schedule).amounts["session_limits"] == 0
        check_way(problem, schedule, code, way)


def group(asking: int, **changes: Any) -> Problem:
    """Give a group for three on one morning, and how many ask for it."""
    clients = [{"id": f"P{n}", "clinician": "C1"} for n in range(asking)]
    requests = [
        {"id": f"R{n}", "client": f"P{n}", "session_type": "circle", "group": "G"} for n in range(asking)
    ]
    kind = {"id": "circle", "minutes": 60, "kind": "group", "smallest": 2, "largest": 3}
    given = {"id": "G", "session_type": "circle", "open": True}
    return alone(clients=clients, requests=requests, session_types=[kind], groups=[given], **changes)


def test_a_group_that_is_too_small_or_full_is_told() -> None:
    """If it fails, somebody who asks for a group is told of everything but its size."""
    for asking, missing in ((1, "R0"), (4, None)):
        problem = group(asking)
        schedule = planned(problem)
        (code,) = left_out(problem, schedule)
        assert missing in (None, code)
        explanation = explained(problem, schedule, code)
        assert {option.rules for option in explanation.options} == {("group_size",)}
        assert any("a group's request" in note for note in explanation.notes)
        assert (explanation.ways != ()) == (asking == 4)
        for way in explanation.ways:
            check_way(problem, schedule, code, way)
            assert len(way.gives_way) == 1


def with_room() -> tuple[Problem, Schedule, str]:
    """Give a week with a request struck from it that fits at no cost."""
    problem = team()
    schedule = planned(problem)
    struck = next(a for a in schedule.appointments if a.request == "R2")
    rest = tuple(a for a in schedule.appointments if a is not struck)
    return problem, schedule.model_copy(update={"appointments": rest, "left_out": ()}), "R2"


def test_a_request_that_fits_at_no_cost_is_found() -> None:
    """If it fails, somebody stays without a session although there is room, and nobody notices."""
    problem, schedule, code = with_room()
    (explanation,) = explain_left_out(problem, schedule).missed
    assert explanation.request == code
    assert explanation.missed is not None
    check_way(problem, schedule, code, explanation.missed)
    assert explanation.missed.free_of_charge
    assert not explanation.missed.moves


def test_a_schedule_that_names_rules_against_such_a_request_is_contradicted_loudly() -> None:
    """If it fails, a wrong reason is passed on as a right one."""
    problem, schedule, code = with_room()
    claim = LeftOut(request=code, kind="blocked", rules=("no_overlap",), reason="There is no time.")
    with pytest.raises(MissedPlacementError, match=code) as caught:
        explain_left_out(problem, schedule.model_copy(update={"left_out": (claim,)}))
    assert caught.value.requests == (code,)
    ended = claim.model_copy(update={"kind": None, "rules": (), "reason": "The search ended."})
    assert explain_left_out(problem, schedule.model_copy(update={"left_out": (ended,)})).missed


def test_stopped_at_once_it_tells_what_was_not_reached() -> None:
    """If it fails, an interrupt is answered with nothing, or not at all."""
    problem, schedule = thinned(0)
    stop = threading.Event()
    stop.set()
    account = explain_left_out(problem, schedule, stop=stop)
    assert account.interrupted
    assert sorted(account.not_reached) == sorted(left_out(problem, schedule))


def test_stopped_on_the_way_it_tells_what_it_knows() -> None:
    """If it fails, what was found before an interrupt is lost."""
    problem, schedule = thinned(1)
    stop, heard = threading.Event(), []

    def hear(progress: Any) -> None:
        # Each phase is told more than once: with its figures, and so that nobody waits in silence.
        if progress.phase not in heard:
            heard.append(progress.phase)
        if len(heard) == 2:
            stop.set()

    account = explain_left_out(problem, schedule, stop=stop, on_progress=hear)
    assert account.interrupted
    (first,) = account.explanations
    assert first.options
    assert len(account.not_reached) == len(left_out(problem, schedule)) - 1


@pytest.mark.parametrize(("code", "fault"), [("nobody", "unknown_reference"), ("R1", "not_left_out")])
def test_requests_that_cannot_be_explained_are_faults(code: str, fault: str) -> None:
    """If it fails, a slip in a code looks like an explanation."""
    problem, schedule, _ = with_room()
    with pytest.raises(InputError) as caught:
        explain_left_out(problem, schedule, code)
    assert [found.code for found in caught.value.faults] == [fault]


def test_a_schedule_that_breaks_a_rule_is_a_fault() -> None:
    """If it fails, reasons are given that hold of no allowed week."""
    problem, schedule, _ = with_room()
    twice = schedule.model_copy(update={"blocks": ()})
    with pytest.raises(InputError) as caught:
        explain_left_out(problem, twice)
    assert {found.code for found in caught.value.faults} == {"not_compliant"}


def test_answers_are_plain_data_and_words() -> None:
    """If it fails, a program or a person cannot read the answer."""
    import json

    problem, schedule, _ = with_room()
    account = explain_left_out(problem, schedule)
    assert json.loads(json.dumps(account.to_dict()))["missed_requests"] == ["R2"]
    assert "It fits at no cost" in str(account)


LOOSE = BARE | {"breaks": OFF, "client_spacing": OFF, "recovery_buffer": OFF}


def test_evidence_counts_one_session_more() -> None:
    """If it fails, the figures are those of a week in which several missing sessions came in at once."""
    problem = alone(
        clinicians=[{"id": "C1", "working": hours("mon"), "daily_sessions": 1}],
        requests=[{"id": "R1", "client": "P1", "session_type": "talk", "count": 3}],
        rulebook={"rules": LOOSE},
    )
    (option,) = explained(problem, planned(problem), "R1").options
    assert "count 2; at most 1" in option.evidence[0]


def test_a_move_of_another_session_of_the_same_request_is_told() -> None:
    """If it fails, a client is moved and nobody says so."""
    request = {"id": "R1", "client": "P1", "session_type": "talk", "count": 2}
    problem = alone(requests=[request], rulebook={"rules": LOOSE})
    first, _ = planned(problem).appointments
    starts = [first.start.replace(hour=hour, minute=0) for hour in (9, 10, 11)]
    nine, ten, eleven = (first.model_copy(update={"start": start}) for start in starts)
    week = Schedule.model_validate({**planned(problem).model_dump(), "appointments": (nine,), "left_out": ()})
    after = week.model_copy(update={"appointments": (ten, eleven)})
    way = way_in(Ground(problem, week), "R1", after, "", proven=False)
    assert way is not None
    assert [move.after for move in way.moves] + [way.appointment] in ([ten, eleven], [eleven, ten])


def test_overtime_does_not_get_round_a_rule_on_paper() -> None:
    """If it fails, later hours that nobody works make late high-intensity work look early."""
    rules = LOOSE | {"late_intensity": {"hard": True, "parameters": {"last": 120}}}
    window = {"day": "mon", "start": "09:00", "end": "11:00"}
    problem = alone(
        clients=[{"id": "P1", "clinician": "C1", "windows": [window]}],
        clinicians=[{"id": "C1", "working": hours("mon", end="11:00")}],
        session_types=[{"id": "talk", "minutes": 60, "intensity": "high"}],
        rulebook={"rules": rules},
    )
    explanation = explained(problem, planned(problem), "R1")
    assert explanation.ways == ()
    assert any("No way in was found by overtime" in note for note in explanation.notes)


def test_overtime_that_only_lets_the_contract_grow_is_none() -> None:
    """If it fails, somebody is asked to work longer on a date on which nothing is added."""
    window = {"day": "mon", "start": "09:00", "end": "11:00"}
    problem = alone(
        clients=[{"id": "P1", "clinician": "C1", "windows": [window]}],
        clinicians=[{"id": "C1", "working": hours("mon"), "contracted_minutes": 30}],
        rulebook={"rules": LOOSE},
    )
    assert explained(problem, planned(problem), "R1").ways == ()


@pytest.mark.parametrize(
    ("client", "asked", "told"),
    [
        ("mon", "mon", "the client can come 09:00-10:00; the request allows 11:00-12:00"),
        ("tue", "mon", "the client cannot come that day"),
        ("mon", "tue", "the request does not allow that day"),
    ],
)
def test_windows_of_client_and_request_both_hold(client: str, asked: str, told: str) -> None:
    """If it fails, one reads that either would do, or asks the wrong person."""
    mine = {"day": client, "start": "09:00", "end": "10:00"}
    theirs = {"day": asked, "start": "11:00", "end": "12:00"}
    problem = alone(
        clients=[{"id": "P1", "clinician": "C1", "windows": [mine]}],
        requests=[{"id": "R1", "client": "P1", "session_type": "talk", "windows": [theirs]}],
    )
    (option,) = explained(problem, planned(problem), "R1").options
    assert option.evidence == (told,)
