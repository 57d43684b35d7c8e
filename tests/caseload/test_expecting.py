"""Drawn referrals and discharges: as many as recorded, of people like those who wait, and the same again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from safeschedule.actuals import Actuals
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.panels.expected import expected_faults
from safeschedule.caseload.waitlist import draw_expected_changes
from safeschedule.problem import Problem
from safeschedule.samples import generate, generate_actuals
from tests.caseload.team import client, problem


@pytest.fixture(scope="module")
def team() -> Problem:
    return generate(4, seed=1)


@pytest.fixture(scope="module")
def past(team: Problem) -> tuple[Actuals, ...]:
    return generate_actuals(team, seed=1, weeks=26)


def test_numbers_are_those_of_the_records(team: Problem, past: tuple[Actuals, ...]) -> None:
    """A quarter ahead would be fuller or emptier than any before it."""
    drawn = [draw_expected_changes(team, past, weeks=13, seed=seed) for seed in range(40)]
    for name in ("referrals", "discharges"):
        recorded = sum(len(getattr(week, name)) for week in past) / len(past)
        found = sum(len(getattr(each, name)) for each in drawn) / (13 * len(drawn))
        assert 0.85 * recorded < found < 1.15 * recorded


def test_what_is_drawn_fits_the_problem_and_is_the_same_again(
    team: Problem, past: tuple[Actuals, ...]
) -> None:
    """A drawn week could not be planned, or a plan not be made again."""
    one, other = (draw_expected_changes(team, past[::order], weeks=6, seed=7) for order in (1, -1))
    assert one == other
    assert one != draw_expected_changes(team, past, weeks=6, seed=8)
    assert not list(expected_faults(team, one))
    last = team.week_start + timedelta(weeks=6)
    assert all(team.week_start <= each.on < last for each in (*one.referrals, *one.discharges))
    assert len({each.client for each in one.discharges}) == len(one.discharges)
    waiting = {c.band for c in team.clients if c.clinician is None}
    assert {each.client.band for each in one.referrals} <= waiting
    assert ExpectedChanges.model_validate_json(one.model_dump_json()) == one


def test_of_what_is_not_recorded_nothing_is_drawn(team: Problem, past: tuple[Actuals, ...]) -> None:
    """Clients would leave although nobody has recorded that anybody ever does."""
    some = [week.model_copy(update={"discharges": None}) for week in past]
    drawn = draw_expected_changes(team, some, weeks=4)
    assert drawn.discharges == ()
    assert drawn.referrals
    assert draw_expected_changes(team, past[-3:], weeks=4) == ExpectedChanges()


def test_where_nobody_waits_new_clients_are_like_those_of_the_caseloads(past: tuple[Actuals, ...]) -> None:
    """A service without a waitlist would get no referrals at all."""
    given = problem(client("K1"), client("K2", band="high"))
    weeks = [week.model_copy(update={"week_start": week.week_start}) for week in past]
    drawn = draw_expected_changes(given, weeks, weeks=4)
    assert drawn.referrals
    assert {each.client.clinician for each in drawn.referrals} == {None}
    assert {each.request for each in drawn.referrals} == {None}
