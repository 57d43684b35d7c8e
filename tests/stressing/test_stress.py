"""The stress test against a second opinion, the verifier, and itself with more asked."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeschedule import InputError, Problem, Schedule, verify
from safeschedule.problem import Leave, faults
from safeschedule.samples import generate
from safeschedule.solving.budget import Budget
from safeschedule.stressing import Method, Stress, Verdict, Within, stress
from safeschedule.stressing.absences import fallen_out
from safeschedule.stressing.adversary import Adversary, can_take
from safeschedule.stressing.diaries import Diaries
from safeschedule.stressing.rooms import RoomDemand
from safeschedule.stressing.urgent import arrivals, urgent_of
from tests.solving.weeks import hours
from tests.stressing.weeks import HELD, fits, planned, refuting, team

TEAMS = st.builds(
    team,
    people=st.integers(2, 4),
    sessions=st.integers(0, 3),
    rooms=st.integers(1, 4),
)


def half_of(outcome: Stress) -> int:
    assert outcome.worst is not None
    day = (outcome.worst.day - outcome.worst.problem.week_start).days
    return 2 * day + outcome.worst.afternoon


def plain(outcome: Stress) -> dict[str, Any]:
    return outcome.to_dict() | {"seconds": 0}


@given(TEAMS, st.integers(1, 3), st.integers(0, 2))
@settings(max_examples=8, deadline=None)
@pytest.mark.slow
def test_the_verdict_is_that_of_every_pick_tried(problem: Problem, urgent: int, sick: int) -> None:
    """A team would trust a reserve that fails, or mistrust one that holds."""
    schedule = planned(problem)
    outcome = stress(problem, schedule, urgent, sick)
    bad = refuting(problem, schedule, urgent, sick)
    assert outcome.method is Method.EXHAUSTION
    assert outcome.verdict is (Verdict.REFUTED if bad else Verdict.PROVED)
    refuted = {
        2 * (h.day - problem.week_start).days + h.afternoon
        for h in outcome.half_days
        if h.verdict == "refuted"
    }
    assert refuted == {half for half, _ in bad}
    worst = outcome.worst
    assert worst is not None
    absent = [n for n, c in enumerate(problem.clinicians) if c.id in worst.absent]
    assert len(worst.placed) == fits(problem, schedule, half_of(outcome), urgent, absent)


@given(TEAMS, st.integers(1, 3), st.integers(0, 2))
@settings(max_examples=8, deadline=None)
@pytest.mark.slow
def test_the_worst_case_is_a_sound_week(problem: Problem, urgent: int, sick: int) -> None:
    """Somebody who looks at the worst case would find broken rules that nobody spoke of, or no week."""
    schedule = planned(problem)
    worst = stress(problem, schedule, urgent, sick).worst
    assert worst is not None
    assert faults.find(worst.problem) == ()
    assert Schedule.model_validate_json(worst.schedule.model_dump_json()) == worst.schedule
    told = {finding.sentence for finding in worst.absence.findings}
    assert {f.sentence for f in verify(worst.problem, worst.schedule).findings if f.hard} <= told
    seen = {a.request: a for a in worst.schedule.appointments}
    assert all(code in seen for code in worst.placed)
    assert not any(code in seen for code in worst.without_place)
    assert len(worst.placed) + len(worst.without_place) == urgent
    for code in worst.placed:
        start = seen[code].start
        minute = start.hour * 60 + start.minute
        assert start.date() == worst.day
        assert (minute >= problem.rulebook.midday) == worst.afternoon
    away = {a for a in worst.schedule.appointments if a.start.date() == worst.day} if worst.absent else set()
    assert not any(set(a.clinicians) & set(worst.absent) for a in away)
    stays = {a.request for a in schedule.appointments} - {lost.request for lost in worst.absence.sessions}
    assert stays == seen.keys() - set(worst.placed)


@given(TEAMS, st.integers(1, 3), st.integers(0, 2), st.booleans())
@settings(max_examples=6, deadline=None)
@pytest.mark.slow
def test_more_asked_is_never_easier(problem: Problem, urgent: int, sick: int, cases: bool) -> None:
    """A refuted reserve would hold when more is asked of it."""
    schedule = planned(problem)
    less = stress(problem, schedule, urgent, sick)
    more = stress(problem, schedule, urgent + cases, sick + (not cases))
    for before, after in zip(less.half_days, more.half_days, strict=True):
        assert before.verdict is Verdict.PROVED or after.verdict is Verdict.REFUTED
    if not cases:
        assert all(a.left <= b.left for a, b in zip(more.half_days, less.half_days, strict=True))


def test_the_same_seed_gives_the_same_outcome() -> None:
    """A team could not show its stress test again."""
    problem = team()
    first, second = (stress(problem, planned(problem), 2, 1, seed=3) for _ in range(2))
    assert plain(first) == plain(second)
    assert first.worst is not None
    assert second.worst is not None
    assert first.worst.schedule == second.worst.schedule


def test_a_day_is_longer_than_a_half_day() -> None:
    """A case that can wait until the afternoon would be sent away in the morning."""
    # Mornings are full to the last minute; only afternoons have time.
    problem = team(people=2, sessions=3)
    schedule = planned(problem)
    short, long = (stress(problem, schedule, 3, within=within) for within in ("half-day", "day"))
    assert short.half_days[0].places is not None
    assert long.half_days[0].places is not None
    assert short.half_days[0].places < long.half_days[0].places


def test_skills_and_telehealth_decide_who_can() -> None:
    """A case would be given to somebody who must not take it."""
    problem = team()
    schedule = planned(problem)
    free = stress(problem, schedule, 1)
    duty = stress(problem, schedule, 1, skills=("duty",))
    nobody = stress(problem, schedule, 1, skills=("surgery",))
    assert [h.places for h in nobody.half_days] == [0, 0, 0]
    assert all(a.places <= b.places for a, b in zip(duty.half_days, free.half_days, strict=True))
    assert duty.worst is not None
    assert not any(
        "C0" in a.clinicians for a in duty.worst.schedule.appointments if a.request in duty.worst.placed
    )


def test_a_lack_of_rooms_is_found() -> None:
    """Cases would be promised rooms that are taken."""
    problem = team(people=4, sessions=1, rooms=1)
    outcome = stress(problem, planned(problem), 4)
    assert outcome.verdict is Verdict.REFUTED
    refuted = [half for half in outcome.half_days if half.verdict is Verdict.REFUTED]
    assert any((half.left or 0) >= 4 for half in refuted)
    remote = stress(problem, planned(problem), 4, telehealth=True)
    assert all(b.verdict is Verdict.PROVED for b in remote.half_days if (b.left or 0) >= 4)


def test_a_search_that_is_cut_short_proves_nothing() -> None:
    """A team would take a few picks for all of them."""
    problem = team(people=4, sessions=1, rooms=3)
    within = Within.HALF_DAY
    asked = urgent_of(problem, None, (), telehealth=False, within=within)
    halves = arrivals(problem, within)[:1]
    diaries = Diaries(problem, planned(problem), asked, halves, 1, 0)
    rooms = RoomDemand(diaries.index, diaries.rows, diaries.rows.is_appointment)
    budget = Budget(None, None, threading.Event())
    able = can_take(diaries, halves[0], diaries.at_work(halves[0]), budget)
    assert able is not None
    short, long = (Adversary(diaries, rooms, halves[0], able, 1, budget, most).decide() for most in (1, 100))
    assert (short.verdict, short.looked_at, short.picks) == (Verdict.NOT_REFUTED, 1, 5)
    assert (long.verdict, long.looked_at, long.picks) == (Verdict.PROVED, 5, 5)


def test_without_a_crisis_type_a_case_is_as_long_as_a_slot() -> None:
    """A team without a crisis type could not test its slots, or would not learn what was tested."""
    kinds = [{"id": "talk", "minutes": 60, "room_kind": "consulting"}]
    problem = team(session_types=kinds)
    outcome = stress(problem, planned(problem))
    assert (outcome.session_type, outcome.minutes) == ("urgent", 60)
    assert outcome.sentences[-1].startswith("The problem has no crisis type")
    assert outcome.worst is not None
    assert faults.find(outcome.worst.problem) == ()


def test_stopping_returns_what_is_known() -> None:
    """Whoever stops a long test would lose what it had found."""
    problem = team()
    stop, heard = threading.Event(), []

    def hear(progress: object) -> None:
        heard.append(progress)
        if len(heard) == 2:
            stop.set()

    outcome = stress(problem, planned(problem), 1, 1, stop=stop, on_progress=hear)
    assert outcome.interrupted
    assert [half.places is None for half in outcome.half_days] == [False, True, True]
    assert outcome.looked_at < outcome.picks
    assert outcome.method is Method.SEARCH
    assert outcome.worst is not None
    assert any("Weakest of the 1 of 3 half-days that were worked out" in told for told in outcome.sentences)
    known = stress(problem, planned(problem), 1, 1).half_days[0]
    assert outcome.half_days[0] == known
    if known.verdict is Verdict.PROVED:
        assert outcome.verdict is Verdict.NOT_REFUTED
        assert outcome.sentences[0].startswith("Not refuted, and not proved")


def test_stopped_before_anything_is_known() -> None:
    """A stop at the very beginning would end in an error."""
    problem = team()
    stop = threading.Event()
    stop.set()
    outcome = stress(problem, planned(problem), stop=stop)
    assert (outcome.verdict, outcome.worst, outcome.looked_at) == (Verdict.NOT_REFUTED, None, 0)
    assert "places" not in str(outcome)


def test_what_falls_out_is_listed_by_acuity() -> None:
    """The most urgent of an absent clinician's clients would be at the end of the list."""
    problem = team(people=3)
    schedule = planned(problem)
    after, lost, _ = fallen_out(problem, schedule, problem.week_start, ("C0", "C2"))
    mine = {a.request for a in schedule.appointments if {"C0", "C2"} & set(a.clinicians)}
    assert {entry.request for entry in lost} == {e.request for e in after.left_out if e.rules == ("leave",)}
    assert {entry.request for entry in lost} == mine - {a.request for a in after.appointments}
    assert [entry.band for entry in lost] == sorted((entry.band for entry in lost), key=["high", "low"].index)
    assert {entry.band for entry in lost} == {"high", "low"}


def test_no_shows_are_told_and_never_counted_on() -> None:
    """A case would be promised the hour of a client who comes after all."""
    problem = team(people=2)
    schedule = planned(problem)
    clients = tuple(c.model_copy(update={"attendance": Decimal("0.75")}) for c in problem.clients)
    rarely = stress(problem.model_copy(update={"clients": clients}), schedule, time_limit=None)
    surely = stress(problem, schedule, time_limit=None)
    of = {
        half.name: sum(
            a.start.date() == half.day and (a.start.hour * 60 + a.start.minute >= 750) == half.afternoon
            for a in schedule.appointments
        )
        for half in rarely.half_days
    }
    assert {half.name: half.no_shows for half in rarely.half_days} == {n: k / 4 for n, k in of.items()}
    assert any("expected not to take place" in sentence for sentence in rarely.sentences)
    assert [replace(half, no_shows=0.0) for half in rarely.half_days] == list(surely.half_days)
    assert surely.sentences == tuple(s for s in rarely.sentences if "expected not" not in s)


def test_shared_blocks_fall_out_and_their_time_is_kept() -> None:
    """Somebody's absence would make time for urgent cases out of a consultation that is still due."""
    work = hours("mon", start="09:00", end="16:00")
    rules = {name: rule for name, rule in HELD.items() if name != "consultation"}
    people = [
        {"id": "S", "working": work, "is_supervisor": True},
        {"id": "A", "working": work, "supervisor": "S"},
        {"id": "B", "working": work, "supervisor": "S"},
    ]
    problem = team(people=3, clinicians=people, clients=[], requests=[], rulebook={"rules": rules})
    schedule = planned(problem)
    (together, *_) = (b for b in schedule.blocks if b.kind == "consultation" and b.supervisor == "S")
    outcome = stress(problem, schedule, 6, 3)
    assert outcome.worst is not None
    after, lost, shared = fallen_out(problem, schedule, together.start.date(), ("S",))
    assert lost == ()
    assert len(shared) >= 1
    kept = [b for b in after.blocks if b.kind == "other" and b.start == together.start]
    assert {code for b in kept for code in b.clinicians} == set(together.clinicians)
    findings = outcome.worst.absence.findings
    assert {f.rule for f in findings} <= {"consultation", "supervision", "case_review", "no_overlap"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"urgent": 0}, "out_of_range"),
        ({"urgent": 21}, "out_of_range"),
        ({"sick": -1}, "out_of_range"),
        ({"within": "week"}, "unknown_value"),
        ({"session_type": "surgery"}, "unknown_reference"),
    ],
)
def test_parameters_that_cannot_be_meant(changes: dict[str, Any], code: str) -> None:
    """A mistyped number would test something else."""
    problem = team()
    with pytest.raises(InputError) as error:
        stress(problem, planned(problem), **changes)
    assert [fault.code for fault in error.value.faults] == [code]


def test_a_broken_schedule_is_refused() -> None:
    """A week that breaks rules by itself would be said to hold."""
    problem = team()
    schedule = planned(problem)
    first = schedule.appointments[0]
    broken = schedule.model_copy(update={"blocks": ()})
    with pytest.raises(InputError) as error:
        stress(problem, broken)
    assert {fault.code for fault in error.value.faults} == {"not_compliant"}
    foreign = first.model_copy(update={"request": None})
    others = schedule.model_copy(update={"appointments": (foreign, *schedule.appointments[1:])})
    with pytest.raises(InputError) as error:
        stress(problem, others)
    assert {fault.code for fault in error.value.faults} <= {"not_planned", "not_compliant"}


@pytest.mark.slow
def test_a_generated_team_in_a_realistic_week() -> None:
    """All rules together, groups and sites included, would make model and verifier disagree."""
    problem = generate(5, seed=4, profile="programmes")
    schedule = planned(problem)
    outcome = stress(problem, schedule, 2, 1)
    assert outcome.method is Method.EXHAUSTION
    assert outcome.worst is not None
    assert faults.find(outcome.worst.problem) == ()


def on_leave(problem: Problem, first: str, last: str) -> Problem:
    """Return the week with everybody on leave from one date until the end of another."""
    away = Leave(start=datetime.fromisoformat(first), end=datetime.fromisoformat(last) + timedelta(days=1))
    people = tuple(c.model_copy(update={"leave": (away,)}) for c in problem.clinicians)
    return problem.model_copy(update={"clinicians": people})


def test_half_days_on_which_everybody_is_on_leave_are_named() -> None:
    """A team would read that a case fits on a morning on which nobody is there."""
    problem = on_leave(team(sessions=0, rooms=4), "2026-10-06", "2026-10-06")
    outcome = stress(problem, planned(problem))
    assert [half.name for half in outcome.half_days] == ["Monday morning", "Monday afternoon"]
    assert "Not tested, because everybody is on leave: Tuesday morning." in outcome.sentences
    assert outcome.verdict is Verdict.PROVED
    assert "any half-day in which somebody works fits" in outcome.sentences[0]


def test_a_week_in_which_nobody_works_proves_nothing() -> None:
    """A programme that only reads the verdict would think that a case fits."""
    problem = on_leave(team(sessions=0), "2026-10-05", "2026-10-11")
    outcome = stress(problem, Schedule(week_start=problem.week_start))
    assert outcome.half_days == ()
    assert outcome.verdict is Verdict.NOT_REFUTED
    assert outcome.sentences[0].startswith("Nobody works")
