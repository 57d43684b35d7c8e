"""Schedules as rows and rows as schedules, there and back."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeschedule import Problem, Schedule
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.represent import represent
from safeschedule.problem import BlockKind
from safeschedule.solving.evaluate import amounts_of, worth_of
from safeschedule.testing.strategies import schedules, sound_problems
from safeschedule.verifier import verify
from tests.solving.drawn import easy_problems
from tests.solving.weeks import alone, team
from tests.solving.whole import solve_whole

_BUFFERS = (BlockKind.RECOVERY, BlockKind.PREPARATION)


def plain(schedule: Schedule) -> Schedule:
    """Return a schedule without what is written in after the model: rooms, recovery and preparation."""
    return schedule.model_copy(
        update={
            "appointments": tuple(a.model_copy(update={"room": None}) for a in schedule.appointments),
            "blocks": tuple(b for b in schedule.blocks if b.kind not in _BUFFERS),
        }
    )


@settings(max_examples=25)
@given(easy_problems())
@pytest.mark.slow
def test_there_and_back(problem: Problem) -> None:
    """If it fails, a schedule handed to the model and back is another schedule."""
    whole = solve_whole(problem)
    assume(whole is not None)
    assert whole is not None
    index = Index(problem)
    schedule = extract(index, whole.rows)
    again = represent(index, plain(schedule))
    request = [rows.request[rows.is_session] for rows in (whole.rows, again)]
    assert Counter(request[0].tolist()) == Counter(request[1].tolist())
    assert plain(extract(index, again)) == plain(schedule)
    assert worth_of(index, again) == worth_of(index, whole.rows)


@settings(max_examples=40)
@given(st.data())
def test_any_schedule_there_and_back(data: st.DataObject) -> None:
    """If it fails, a schedule from elsewhere loses or gains something on its way through rows."""
    problem = data.draw(sound_problems())
    drawn = data.draw(schedules(problem))
    index = Index(problem)
    try:
        rows = represent(index, plain(drawn))
    except ValueError:
        assume(False)
    back = extract(index, rows)
    found, given = (
        Counter(
            # Who of several facilitators comes first tells nothing.
            (a.request, a.group, frozenset(a.clinicians), frozenset(a.clients), a.start, a.minutes, a.mode)
            for a in schedule.appointments
        )
        for schedule in (back, drawn)
    )
    assert found == given


@settings(max_examples=25)
@given(st.data())
def test_compliant_schedules_are_accepted(data: st.DataObject) -> None:
    """If it fails, the model refuses a schedule that keeps every hard rule."""
    problem = data.draw(easy_problems(max_clinicians=2, max_sessions=3))
    whole = solve_whole(problem)
    assume(whole is not None)
    assert whole is not None
    index = Index(problem)
    # A compliant schedule with some sessions taken out again, blocks kept.
    kept = ~whole.rows.is_session | np.array(
        data.draw(st.lists(st.booleans(), min_size=len(whole.rows), max_size=len(whole.rows))), dtype=bool
    )
    rows = whole.rows.take(kept)
    verification = verify(problem, extract(index, rows))
    amounts = amounts_of(encode(index, rows, fixed=np.ones(len(rows), dtype=bool)))
    assert (amounts is not None) == verification.compliant
    if amounts is not None:
        assert amounts == {name: verification.amounts[name] for name in amounts}


def test_what_no_row_says_is_named() -> None:
    """If it fails, an appointment that the model cannot hold is left out without a word."""
    index = Index(alone())
    one = {"session_type": "talk", "clients": ["P1"], "clinicians": ["C1"], "start": "2026-10-05T09:00"}
    cases = {
        "serves no request": {**one, "minutes": 60},
        "names a room": {**one, "minutes": 60, "request": "R1", "room": "room-1"},
    }
    for words, appointment in cases.items():
        schedule = Schedule.model_validate({"week_start": "2026-10-05", "appointments": [appointment]})
        with pytest.raises(ValueError, match=words):
            represent(index, schedule)
    twice = [{**one, "minutes": 60, "request": "R1"}] * 2
    with pytest.raises(ValueError, match="more sessions than its count"):
        represent(index, Schedule.model_validate({"week_start": "2026-10-05", "appointments": twice}))


def test_joint_blocks_become_one() -> None:
    """If it fails, a consultation of three is written down as three consultations."""
    index = Index(team())
    joint = {
        "kind": "consultation",
        "clinicians": ["C3", "S2"],
        "supervisor": "S1",
        "start": "2026-10-05T09:00",
        "minutes": 60,
    }
    schedule = Schedule.model_validate({"week_start": "2026-10-05", "blocks": [joint]})
    rows = represent(index, schedule)
    assert len(rows) == 3
    (block,) = extract(index, rows).blocks
    assert (set(block.clinicians), block.supervisor) == ({"C3", "S2"}, "S1")
