"""Weeks of day programmes arranged date by date are schedules of the whole model, and their bound holds."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model
from safeschedule_dayprogramme.arranging import Arranging
from safeschedule_dayprogramme.counting import Counting
from safeschedule_dayprogramme.week import ProgrammeWeek, programme_week

from safeschedule import Problem, solve
from safeschedule.model.candidates import candidates
from safeschedule.model.index import Bools, Index
from safeschedule.problem import (
    Client,
    Clinician,
    Equipment,
    Group,
    Request,
    Room,
    RuleSetting,
    Weekday,
    Window,
    WorkingPeriod,
)
from safeschedule.result import Status
from safeschedule.solving.budget import Budget
from safeschedule.solving.tiers import ranked_tiers
from solvers.dayprogramme.tests.programmes import DAYS, TYPES, book, crowded
from tests.solving.whole import solve_whole

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@st.composite
def programmes(draw: st.DrawFn) -> Problem:
    """Draw a week of three dates in which clients come daily, several times, to groups and alone."""
    days = DAYS[: draw(st.integers(1, 3))]
    # Nights of two dates in a row meet at midnight.
    night = draw(st.integers(0, 4)) == 0
    times = (0, 1290) if night else (540, 780)
    count = draw(st.integers(2, 4))
    clinicians = [
        Clinician(
            id=f"T{n}",
            skills=draw(st.sampled_from([("talk",), ("move",), ("talk", "move")])),
            working=tuple(
                WorkingPeriod(day=day, start=start, end=start + draw(st.sampled_from([90, 150])))
                for day in days
                for start in times
                if (day, start) == (days[0], times[0]) or draw(st.integers(0, 3))
            ),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    clients = [_client(draw, f"P{n}", days, 0 if night else 540) for n in range(count)]
    asked = [
        Request(
            id=f"{client.id}-{kind.id}",
            client=client.id,
            session_type=kind.id,
            group="G" if kind.id == "circle" else None,
            count=draw(st.integers(1, 3)),
            priority=draw(st.integers(1, 3)),
        )
        for client in clients
        for kind in TYPES
        if draw(st.integers(0, 3))
    ]
    return Problem(
        name="programme",
        week_start=date(2026, 1, 5),
        grid=15,
        clinicians=tuple(clinicians),
        clients=tuple(clients),
        session_types=TYPES,
        requests=tuple(asked),
        rooms=(Room(id="R1", kind="office", seats=4), Room(id="R2", kind="hall", also=("office",), seats=4)),
        equipment=(Equipment(id="E", kind="drums"),),
        groups=(Group(id="G", session_type="circle", open=True, sessions=4),),
        rulebook=book(),
    )


def _client(draw: st.DrawFn, code: str, days: tuple[Weekday, ...], opens: int) -> Client:
    least = draw(st.sampled_from([0, 1, 1, 1, 2]))
    own = draw(st.sets(st.sampled_from(days), min_size=1))
    return Client(
        id=code,
        windows=tuple(
            Window(day=day, start=draw(st.sampled_from([opens, 600])), end=1440 if opens == 0 else 960)
            for day in own
        ),
        days_between=0,
        daily_sessions=max(1, least) + draw(st.integers(0, 1)),
        daily_least=least,
        comes_daily=draw(st.integers(0, 3)) > 0,
        five_day_sessions=draw(st.none() | st.integers(3, 6)),
    )


def week_of(problem: Problem) -> ProgrammeWeek | None:
    """Return the week as it is arranged, or ``None`` when it is not one of a day programme."""
    index = Index(problem)
    return programme_week(index, candidates(index), ranked_tiers(index.settings))


@pytest.mark.slow
@pytest.mark.long
def test_what_is_arranged_is_the_best_and_its_bound_holds() -> None:
    """If it fails, dates arranged alone make bad schedules, or refused ones, or a bound is too low."""
    seen: Counter[str] = Counter()

    @settings(max_examples=60, suppress_health_check=SLOW)
    @given(problem=programmes())
    def holds(problem: Problem) -> None:
        result, whole = solve(problem, deterministic_limit=200.0, workers=2), solve_whole(problem)
        phases = {phase.name for phase in result.phases}
        assert ("dates" in phases) == (week_of(problem) is not None)
        if whole is None:
            assert result.schedule is None
            return
        assert result.schedule is not None, "a schedule exists"
        assert result.tiers[0].objective <= whole.best[0] <= result.tiers[0].bound
        if "dates" in phases:
            seen["otherwise" if "plan" in phases else "by date"] += 1
            assert "plan" in phases or all(each.room for each in result.schedule.appointments)
        seen["best" if result.tiers[0].objective == whole.best[0] else "worse"] += 1

    holds()
    assert seen["by date"] >= max(5, 4 * seen["otherwise"]), seen
    assert seen["best"] >= 9 * seen["worse"], seen


@settings(max_examples=40, suppress_health_check=SLOW)
@given(problem=programmes())
def test_counts_of_every_schedule_are_counts_of_the_week(problem: Problem) -> None:
    """If it fails, the counts are no relaxation: their bound may be less than what can be had."""
    week, whole = week_of(problem), solve_whole(problem)
    if week is None or whole is None:
        return
    counting = Counting(week, dict.fromkeys(week.days, 1.0))
    visits = whole.rows.take(whole.rows.is_visit)
    stretches = [week.stretch_at(start // problem.grid) for start in visits.start.tolist()]
    held = Counter(zip(visits.request.tolist(), stretches, strict=True))
    for key, variable in counting.visits.items():
        counting.model.add(variable == held.get(key, 0))
    assert cp_model.CpSolver().solve(counting.model) == cp_model.OPTIMAL


def test_each_arrangement_is_better_than_the_one_before() -> None:
    """If it fails, arranging dates anew loses what was there, or tells of schedules that are no better."""
    week = week_of(crowded())
    assert week is not None
    told: list[int] = []
    budget = Budget(None, 60.0, threading.Event())

    def note(rows: Bools) -> bool:
        told.append(int(week.worth[rows & week.rows.is_visit].sum()))
        return True

    Arranging(
        week,
        budget,
        seed=0,
        workers=1,
        enough=lambda: False,
        on_arranged=note,
    ).run()
    assert told
    assert told == sorted(set(told))


def test_a_crowded_programme_repeats_itself() -> None:
    """If it fails, a seed, a worker count and a deterministic limit do not give the same schedule again."""
    one, other = (solve(crowded(), deterministic_limit=30.0, workers=2, seed=3) for _ in range(2))
    assert one.schedule is not None
    assert one.schedule == other.schedule
    assert one.status in (Status.OPTIMAL, Status.FEASIBLE)


def test_weeks_with_other_rules_are_not_arranged_by_date() -> None:
    """If it fails, rules that tie dates together, or ask for protected time, are not looked at."""
    problem = crowded()
    assert week_of(problem) is not None
    others = [
        problem.model_copy(update={"rulebook": book(documentation=RuleSetting())}),
        problem.model_copy(update={"rulebook": book(client_spacing=RuleSetting(hard=False))}),
        problem.model_copy(update={"rulebook": book(client_spacing=RuleSetting())}),
        problem.model_copy(
            update={"clients": tuple(c.model_copy(update={"days_between": 1}) for c in problem.clients)}
        ),
        problem.model_copy(
            update={"clients": tuple(c.model_copy(update={"comes_daily": False}) for c in problem.clients)}
        ),
    ]
    short = [person.model_copy(update={"contracted_minutes": 300}) for person in problem.clinicians]
    two = [
        kind.model_copy(update={"facilitators": 2 if kind.id == "circle" else 1})
        for kind in problem.session_types
    ]
    others += [
        problem.model_copy(update={"clinicians": tuple(short)}),
        problem.model_copy(update={"session_types": tuple(two)}),
        problem.model_copy(update={"rulebook": book(access=RuleSetting(hard=True))}),
        problem.model_copy(update={"rulebook": book(access=RuleSetting(enabled=False))}),
        problem.model_copy(update={"rulebook": book(access=RuleSetting(weight=0))}),
    ]
    assert [week_of(other) for other in others] == [None] * len(others)


def test_a_programme_that_nobody_can_come_to_is_told_of() -> None:
    """If it fails, a group that meets when no client can come ends the search with an error."""
    only = Group(id="G", session_type="circle", open=True, slots=({"day": "mon", "start": 540},), sessions=1)
    late = tuple(
        c.model_copy(update={"windows": tuple(Window(day=day, start=600, end=780) for day in DAYS)})
        for c in crowded().clients
    )
    asked = tuple(r.model_copy(update={"count": 1}) for r in crowded().requests if r.group == "G")
    problem = crowded().model_copy(update={"groups": (only,), "clients": late, "requests": asked})
    assert solve(problem, deterministic_limit=20.0, workers=1).status is Status.INFEASIBLE


def test_a_programme_needs_no_limit() -> None:
    """If it fails, a week without a limit of time ends with an error instead of its best schedule."""
    few = crowded().requests[:6]
    problem = crowded().model_copy(update={"requests": few, "clients": crowded().clients[:2]})
    assert week_of(problem) is not None
    assert solve(problem, time_limit=None, workers=2).status is Status.OPTIMAL


def test_peers_could_stand_in_for_each_other() -> None:
    """If it fails, a session is given to somebody who does not work then, or may not give it."""
    week = week_of(crowded())
    assert week is not None
    rows = week.rows
    for peers in week.peers:
        for item, starts in peers.starts.items():
            for clinician in peers.clinicians:
                own = rows.start[(rows.clinician == clinician) & (rows.request == item) & rows.is_appointment]
                assert np.isin(starts * week.grid, own).all()
