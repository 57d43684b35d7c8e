"""Parts of a schedule that are freed while the rest stays, and blocks that are taken out at the end."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, given, reject, settings
from hypothesis import strategies as st

from safeschedule import Problem, verify
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Bools, Index
from safeschedule.model.rooming import pools
from safeschedule.model.rows import Role, Rows
from safeschedule.problem import BlockKind
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.neighbourhood import dates_at_work, events, in_full_rooms, of_clinicians, part_of
from safeschedule.solving.search.cleanup.tidy import tidy_own, tidy_team
from safeschedule.solving.tiers import soft_tiers
from tests.solving.drawn import easy_problems
from tests.solving.states import mask_of, solver_for
from tests.solving.weeks import crowded, team
from tests.solving.whole import solve_whole, solver_of


def solved(problem: Problem) -> tuple[Index, Rows, Bools]:
    """Return the index, all rows, and which of them one best schedule chooses."""
    whole = solve_whole(problem)
    if whole is None:
        reject()
    index = Index(problem)
    rows = candidates(index)
    return index, rows, mask_of(rows, whole.rows)


def tidied(problem: Problem, rows: Rows, chosen: Bools) -> Rows:
    """Return the chosen rows without blocks that nothing asks for."""
    solver = solver_for(problem, rows)
    state = solver.look(chosen)
    assert state is not None
    return tidy_own(solver, tidy_team(solver, state))


@settings(max_examples=25)
@given(st.data())
def test_incumbent_stays_possible(data: st.DataObject) -> None:
    """If it fails, freeing a few clinicians makes the schedule at hand impossible: nothing improves."""
    problem = data.draw(easy_problems())
    index, rows, chosen = solved(problem)
    people = data.draw(st.sets(st.integers(0, len(index.clinicians) - 1)))
    part = part_of(index, rows, chosen, of_clinicians(rows, sorted(people)))
    assert chosen[part.numbers].sum() == chosen.sum(), "a chosen row is neither free nor kept"
    assert (chosen[part.numbers] | ~part.fixed).all(), "a row is kept that was not chosen"
    build = encode(index, rows.take(part.numbers), fixed=part.fixed)
    for variable, value in zip(build.row_vars, chosen[part.numbers].tolist(), strict=True):
        build.model.add(variable == int(value))
    solver = solver_of(1)
    assert solver.status_name(solver.solve(build.model)) in ("OPTIMAL", "FEASIBLE")


@settings(max_examples=20)
@given(st.data())
def test_what_is_kept_is_in_every_solution(data: st.DataObject) -> None:
    """If it fails, freeing some clinicians changes the week of the others."""
    problem = data.draw(easy_problems())
    index, rows, chosen = solved(problem)
    free = of_clinicians(rows, [data.draw(st.integers(0, len(index.clinicians) - 1))])
    part = part_of(index, rows, chosen, free)
    build = encode(index, rows.take(part.numbers), fixed=part.fixed)
    build.model.minimize(sum(build.row_vars))
    solver = solver_of(1)
    solver.parameters.max_deterministic_time = 2
    assert solver.status_name(solver.solve(build.model)) in ("OPTIMAL", "FEASIBLE")
    found = np.zeros(len(rows), dtype=bool)
    found[part.numbers] = [solver.value(v) > 0 for v in build.row_vars]
    assert found[chosen & ~free].all()
    assert verify(problem, extract(index, rows.take(found))).compliant


def check_tidy(problem: Problem) -> int:
    """Assert what tidying may change; return how many blocks it took out."""
    index, rows, chosen = solved(problem)
    before = rows.take(chosen)
    after = tidied(problem, rows, chosen)
    sessions = [{r for r in part.records() if r[0] >= 0} for part in (before, after)]
    assert sessions[0] == sessions[1]
    worths = [worth_of(index, part) for part in (before, after)]
    assert worths[1] is not None
    assert worths[0] is not None
    penalties = [worth.penalties for worth in worths]
    for tier in soft_tiers(index.settings):
        names = [name for name in penalties[0] if index.settings[name].tier is tier]
        # Less is better, so that at most the same is a value at least kept.
        assert sum(penalties[1][n] for n in names) <= sum(penalties[0][n] for n in names)
    assert verify(problem, extract(index, after)).compliant
    assert len(after) <= len(before) or len(before) == 0
    minutes = [int(part.minutes[~part.is_session].sum()) for part in (before, after)]
    assert minutes[1] <= minutes[0]
    return len(before) - len(after)


@settings(max_examples=25)
@given(easy_problems())
def test_tidied_schedules(problem: Problem) -> None:
    """If it fails, tidying moves a session, costs something, or breaks a rule."""
    check_tidy(problem)


@pytest.mark.parametrize("problem", [team(), crowded(4)], ids=["team", "crowded"])
def test_tidied_week(problem: Problem) -> None:
    """If it fails, blocks that nothing asks for stay in people's weeks."""
    index, rows, chosen = solved(problem)
    after = tidied(problem, rows, chosen)
    check_tidy(problem)
    for number in np.flatnonzero(~after.is_session):
        left = np.ones(len(after), dtype=bool)
        left[number] = False
        penalties = worth_of(index, after.take(left)) if after.role[number] == 0 else None
        assert penalties is None or penalties != worth_of(index, after)


def test_urgent_slots_of_a_date_belong_together() -> None:
    """If it fails, two changes side by side take away a date's slots, each counting on the other's."""
    index = Index(crowded(3))
    rows = candidates(index)
    slots = rows.take(rows.of_block(BlockKind.URGENT_SLOT))
    for day in np.unique(slots.day):
        mine = slots.take(slots.day == day)
        assert len(events(mine)) == 1
        assert events(mine) & events(slots)
        assert not events(mine) & events(slots.take(slots.day != day))
    hosts = rows.take(rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.HOST))
    seats = rows.take(rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.ATTEND))
    assert events(hosts) == events(seats)


@given(easy_problems())
def test_every_date_with_sessions_is_once_in_the_list(problem: Problem) -> None:
    """A date would be timed twice, or never by itself."""
    index = Index(problem)
    rows = candidates(index)
    found = dates_at_work(rows, len(index.clinicians))
    there = {(int(c), int(d)) for c, d in zip(rows.clinician, rows.day, strict=True)}
    sessions = rows.is_session
    wanted = {(int(c), int(d)) for c, d in zip(rows.clinician[sessions], rows.day[sessions], strict=True)}
    assert sorted(found) == sorted(wanted)
    assert set(found) <= there
    assert [date for _, date in found] == sorted(date for _, date in found)


def sites_apart() -> Problem:
    """Give a team two of whom may hold a slot at either of two sites, with one room each."""
    hours = [{"day": day, "start": "09:00", "end": "17:00"} for day in ("mon", "tue")]
    people = [
        {"id": f"C{n}", "working": hours, "is_supervisor": True, "sites": sites}
        for n, sites in enumerate((["a", "b"], ["b", "c"], ["a"]))
    ]
    kinds = [{"id": "talk", "minutes": 60}, {"id": "crisis", "minutes": 60, "kind": "crisis"}]
    return Problem.model_validate(
        {
            "week_start": "2026-10-05",
            "grid": 30,
            "clinicians": people,
            "sites": [{"id": site} for site in "abc"],
            "rooms": [{"id": f"room {site}", "site": site} for site in "abc"],
            "clients": [{"id": "K1", "clinician": "C0"}],
            "session_types": [kind | {"room_kind": "consulting"} for kind in kinds],
            "requests": [{"id": "R1", "client": "K1", "session_type": "talk", "site": "a"}],
        }
    )


def test_sessions_and_constructions_draw_on_single_sites() -> None:
    """Each union of sites that slots join would be looked at for each session: 128 of them at nine sites."""
    index = Index(sites_apart())
    rows = candidates(index)
    assert max(pools(index, rows)[2].values()) == 3
    assert set(pools(index, rows, anchored=True)[2].values()) == {1}
    assert set(pools(index, rows, slots=False)[2].values()) == {1}


@settings(max_examples=60, suppress_health_check=[HealthCheck.data_too_large])
@given(easy_problems() | st.builds(sites_apart), st.randoms(use_true_random=False))
def test_rooms_that_fit_with_slots_at_one_site_fit_in_any_case(problem: Problem, chance: Random) -> None:
    """A construction could promise a slot a room that a session has, and the model would refuse the week."""
    index = Index(problem)
    rows = candidates(index)
    for share in (0.01, 0.05, 0.2):
        some = rows.take(np.array([n for n in range(len(rows)) if chance.random() < share], dtype=np.int64))
        if in_full_rooms(index, some, 0, anchored=False).any():
            assert in_full_rooms(index, some, 0).any()
