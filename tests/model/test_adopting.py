"""A schedule taken up as rows and written out again is the schedule that it was."""

from __future__ import annotations

import numpy as np
import pytest

from safeschedule import Problem, Schedule, solve
from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.rows import make_rows
from safeschedule.problem import BlockKind
from safeschedule.samples import generate
from safeschedule.verifier import verify

pytestmark = pytest.mark.xdist_group("adopting")  # one worker, so that the week is planned once


@pytest.fixture(scope="module")
def week() -> tuple[Problem, Schedule]:
    """Give a made-up team's week and its schedule."""
    problem = generate(4, 3)
    result = solve(problem, deterministic_limit=0.3, workers=1)
    assert result.schedule is not None
    return problem, result.schedule


def test_a_schedule_is_its_rows(week: tuple[Problem, Schedule]) -> None:
    """If it fails, amending a schedule changes what nobody asked to change."""
    problem, schedule = week
    index = Index(problem)
    rows = candidates(index)
    adopted = adopt(index, schedule, rows)
    more = adopted.rows.take(np.arange(len(rows), len(adopted.rows)))
    # Only adjoining blocks that were made one have lengths that nobody offers.
    assert more.of_block(BlockKind.DOCUMENTATION, BlockKind.RESERVE).all()
    back = extract(index, adopted.rows.take(adopted.chosen), schedule)
    assert back == schedule.model_copy(update={"left_out": (), "provenance": None})


def test_rows_that_were_not_offered_are_added(week: tuple[Problem, Schedule]) -> None:
    """If it fails, what somebody has scheduled by hand is lost."""
    problem, schedule = week
    index = Index(problem)
    adopted = adopt(index, schedule, make_rows([]))
    assert adopted.chosen.all()
    assert verify(problem, extract(index, adopted.rows)).compliant


def test_rooms_are_kept(week: tuple[Problem, Schedule]) -> None:
    """If it fails, people are sent to another room although theirs is free."""
    problem, schedule = week
    index, rooms = Index(problem), {room.id: room for room in problem.rooms}
    first = next(a for a in schedule.appointments if a.room is not None)
    same = [r for r in rooms.values() if r.kind == rooms[first.room or ""].kind and r.id != first.room]

    other = next(r.id for r in same if r.site == first.site)
    moved = tuple(
        a.model_copy(update={"room": other}) if a is first else a
        for a in schedule.appointments
        if a is first or not (a.room == other and a.start.date() == first.start.date())
    )
    before = schedule.model_copy(update={"appointments": moved})
    adopted = adopt(index, before, candidates(index))
    after = extract(index, adopted.rows.take(np.flatnonzero(adopted.chosen)), before)
    assert {a.request: a.room for a in after.appointments} == {a.request: a.room for a in moved}
