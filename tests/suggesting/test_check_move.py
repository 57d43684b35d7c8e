"""What a manual move would break or cost."""

from collections import Counter
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.problem import BlockKind, Mode, Problem
from safeschedule.problem.faults import find
from safeschedule.schedule import Block, Schedule
from safeschedule.suggesting import Desk, check_move
from safeschedule.testing.strategies.problems import sound_problems
from safeschedule.testing.strategies.schedules import schedules
from safeschedule.verifier import verify
from tests.solving.weeks import team
from tests.suggesting.weeks import assert_exact, solved

# Tests of the group "solved" run in one worker, so that their week is solved once.
FEW = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


@st.composite
def moves(draw: st.DrawFn, problem: Problem) -> dict[str, Any]:
    """Draw where an appointment is to go, sensible or not."""
    starts = [
        datetime.combine(problem.week_start, datetime.min.time()) + timedelta(hours=h) for h in range(200)
    ]
    found = {
        "to": draw(st.none() | st.sampled_from(starts)),
        "clinician": draw(st.none() | st.sampled_from([c.id for c in problem.clinicians])),
        "mode": draw(st.none() | st.sampled_from(list(Mode))),
        "site": draw(st.none() | st.sampled_from([s.id for s in problem.sites])) if problem.sites else None,
        "room": draw(st.none() | st.sampled_from([r.id for r in problem.rooms])) if problem.rooms else None,
    }
    return {name: value for name, value in found.items() if value is not None}


@FEW
@given(st.data())
def test_a_move_says_what_two_verifications_say(data: st.DataObject) -> None:
    """Somebody would make a move that breaks what the check did not tell, or shun one that breaks nothing."""
    problem = data.draw(sound_problems())
    schedule = data.draw(schedules(problem))
    assume(schedule.appointments)
    appointment = data.draw(st.sampled_from(schedule.appointments))
    check = check_move(problem, schedule, appointment, **data.draw(moves(problem)))
    assert_exact(problem, schedule, check.schedule, check.effects)
    assert check.allowed == (not check.breaks)
    assert str(check)
    assert check.to_dict()["allowed"] == check.allowed


@settings(FEW, max_examples=15)
@given(st.data())
@pytest.mark.slow
def test_moves_in_a_full_week_are_exact_too(data: st.DataObject) -> None:
    """A desk would answer the second question by what it knows of the first."""
    problem, schedule = solved()
    desk = Desk(problem, schedule)
    for _ in range(3):
        appointment = data.draw(st.sampled_from(schedule.appointments))
        check = desk.check_move(appointment, **data.draw(moves(problem)))
        assert_exact(problem, schedule, check.schedule, check.effects)


@pytest.mark.xdist_group("solved")
@settings(FEW, max_examples=15)
@given(st.data())
@pytest.mark.slow
def test_nothing_but_the_appointment_and_its_recovery_moves(data: st.DataObject) -> None:
    """Other appointments would be somewhere else after the move."""
    problem, schedule = solved()
    appointment = data.draw(st.sampled_from(schedule.appointments))
    check = check_move(problem, schedule, appointment, **data.draw(moves(problem)))
    assert Counter(check.schedule.appointments) - Counter(schedule.appointments) <= Counter([check.after])
    assert Counter(schedule.appointments) - Counter(check.schedule.appointments) <= Counter([appointment])
    blocks = Counter(schedule.blocks) - Counter(check.schedule.blocks)
    assert blocks <= Counter(check.blocks_gone)
    assert all(block.kind is BlockKind.RECOVERY for block in check.blocks_gone)


def _traumatic() -> tuple[Problem, Schedule]:
    problem = team()
    content = {
        "week_start": "2026-10-05",
        "time_zone": "Europe/London",
        "appointments": [
            {
                "request": "R4",
                "session_type": "trauma",
                "clients": ["P3"],
                "clinicians": ["S2"],
                "start": "2026-10-05T09:00",
                "minutes": 60,
            }
        ],
        "blocks": [
            {"kind": "recovery", "clinicians": ["S2"], "start": "2026-10-05T10:00", "minutes": 15},
            {"kind": "recovery", "clinicians": ["S1"], "start": "2026-10-05T10:00", "minutes": 15},
        ],
    }
    return problem, Schedule.model_validate(content)


def test_recovery_goes_where_its_session_goes() -> None:
    """The clinician would recover in the old place, and somebody else's recovery would be lost."""
    problem, schedule = _traumatic()
    check = check_move(problem, schedule, "R4", to=datetime(2026, 10, 6, 13), clinician="C3")
    recovery = [(b.clinicians, b.start) for b in check.schedule.blocks]
    assert recovery == [(("S1",), datetime(2026, 10, 5, 10)), (("C3",), datetime(2026, 10, 6, 14))]
    assert check.blocks_come == (
        Block(kind=BlockKind.RECOVERY, clinicians=("C3",), start=datetime(2026, 10, 6, 14), minutes=15),
    )


@pytest.mark.xdist_group("solved")
@settings(FEW, max_examples=15)
@given(st.data())
def test_a_week_without_a_session_has_all_else(data: st.DataObject) -> None:
    """Cancelling one session would take something of somebody else's away."""
    problem, schedule = solved()
    gone = data.draw(st.sampled_from(schedule.appointments))
    left = Desk(problem, schedule).without(gone)
    assert Counter(schedule.appointments) - Counter(left.appointments) == Counter([gone])
    lost = Counter(schedule.blocks) - Counter(left.blocks)
    assert {block.kind for block in lost} <= {BlockKind.PREPARATION, BlockKind.RECOVERY}
    assert all(set(block.clinicians) <= set(gone.clinicians) for block in lost)


def test_a_move_to_where_it_is_changes_nothing() -> None:
    """Findings would come and go by looking."""
    problem, schedule = _traumatic()
    check = check_move(problem, schedule, schedule.appointments[0])
    assert (check.effects.new, check.effects.gone) == ((), ())
    assert check.allowed
    assert check.broken_before == tuple(f for f in verify(problem, schedule).findings if f.hard)


@pytest.mark.parametrize(
    ("which", "move", "code"),
    [
        ("R9999", {}, "unknown_appointment"),
        ("R4", {"at": datetime(2026, 10, 9, 9)}, "unknown_appointment"),
        ("R4", {"clinician": "nobody"}, "unknown_reference"),
        ("R4", {"room": "nowhere"}, "unknown_reference"),
        ("R4", {"site": "nowhere"}, "unknown_reference"),
        ("R4", {"mode": "by letter"}, "unknown_value"),
        ("R4", {"to": "soon"}, "wrong_type"),
    ],
)
def test_bad_input_is_told(which: str, move: dict[str, Any], code: str) -> None:
    """Somebody would get an answer to another question than they asked."""
    problem, schedule = _traumatic()
    with pytest.raises(InputError) as caught:
        check_move(problem, schedule, which, **move)
    assert [fault.code for fault in caught.value.faults] == [code]


def test_which_of_several_has_to_be_said() -> None:
    """Another appointment than the one that is meant would be moved."""
    problem, schedule = _traumatic()
    again = schedule.appointments[0].model_copy(update={"start": datetime(2026, 10, 7, 9)})
    twice = schedule.model_copy(update={"appointments": (*schedule.appointments, again)})
    with pytest.raises(InputError, match="2026-10-05T09:00, 2026-10-07T09:00"):
        check_move(problem, twice, "R4", to=datetime(2026, 10, 6, 9))
    check = check_move(problem, twice, "R4", at=again.start, to=datetime(2026, 10, 6, 9))
    assert check.before == again
    assert not find(problem)
