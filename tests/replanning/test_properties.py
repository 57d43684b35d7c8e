"""What holds of every week planned again, whatever has changed."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from safeschedule.errors import InputError
from safeschedule.replanning import Replan, SickCall, apply_changes, replan
from safeschedule.replanning.freezing import people_of
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.verifier import verify
from tests.replanning.weeks import LIMIT, at, changes_of, crowded, planned


def ordered(schedule: Schedule) -> tuple[Counter[Appointment], Counter[Block]]:
    """Return appointments and blocks in an order that does not depend on how they came about."""
    return Counter(schedule.appointments), Counter(schedule.blocks)


@settings(max_examples=6, deadline=None)
@given(st.data())
@pytest.mark.slow
def test_what_comes_back_is_a_sound_difference(data: st.DataObject) -> None:
    """A plan would break a rule, touch the past or a pin, or its list of changes would not be the truth."""
    problem, schedule = planned(data.draw(st.sampled_from([0, 0, 1])))
    freeze = at(problem, data.draw(st.integers(0, 3)), data.draw(st.sampled_from([0, 12])))
    changes = data.draw(changes_of(problem, schedule, freeze))
    try:
        found = replan(problem, schedule, changes, freeze_before=freeze, deterministic_limit=LIMIT)
    except InputError:
        # The last supervisor is away for the whole week, say: that is told before anything is planned.
        reject()
    if found.schedule is None:
        assert found.notes
        assert not found.verified
        return
    check(found, schedule, freeze_before=freeze)


def check(found: Replan, schedule: Schedule, freeze_before: object = None) -> None:
    """Hold a plan made again against the one before it."""
    assert found.schedule is not None
    assert found.diff is not None
    assert verify(found.problem, found.schedule).compliant
    assert ordered(found.diff.apply(schedule)) == ordered(found.schedule)
    assert len(found.diff.kept) + len(found.diff.moved) + len(found.diff.dropped) == len(
        schedule.appointments
    )
    if freeze_before is not None:
        past = [x for x in (*schedule.appointments, *schedule.blocks) if x.start < freeze_before]  # type: ignore[operator]
        now = [x for x in (*found.schedule.appointments, *found.schedule.blocks) if x.start < freeze_before]  # type: ignore[operator]
        assert Counter(past) == Counter(now)
    assert all(dropped.reason for dropped in found.dropped)
    assert all(notice.changes and all(notice.changes) for notice in found.tell)
    assert [n.before for n in found.tell] == sorted(n.before for n in found.tell)
    told = {notice.code for notice in found.tell}
    changed = {code for pair in found.diff.moved for code in (*pair.after.clients, *pair.after.clinicians)}
    changed |= {code for a in found.diff.added for code in (*a.clients, *a.clinicians)}
    blocks = [b for c in found.diff.blocks for b in (c.before, c.after) if b is not None]
    assert {p for pair in found.diff.moved for p in pair.after.clinicians} <= told
    singly = (pair for pair in found.diff.moved if pair.after.group is None)
    assert {p for pair in singly for p in pair.after.clients} <= told
    assert told - changed <= {
        *(code for a in found.diff.dropped for code in (*a.clients, *a.clinicians)),
        *(code for pair in found.diff.moved for code in (*pair.before.clients, *pair.before.clinicians)),
        *(code for b in blocks for code in people_of(b)),
    }


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_the_changed_problem_is_an_ordinary_one(data: st.DataObject) -> None:
    """Changes would alter the given problem, or leave one that no other command takes."""
    problem, schedule = planned(0)
    changes = data.draw(changes_of(problem, schedule, at(problem, 0, 0)))
    before = problem.model_dump_json()
    try:
        changed = apply_changes(problem, changes)
    except InputError:
        reject()
    assert problem.model_dump_json() == before
    assert type(problem).model_validate_json(changed.model_dump_json()) == changed


def test_nothing_changed_changes_nothing() -> None:
    """A week would be shuffled though nothing has happened."""
    problem, schedule = planned()
    found = replan(problem, schedule, [], deterministic_limit=LIMIT)
    assert found.schedule is not None
    assert ordered(found.schedule) == ordered(schedule)
    assert found.tell == ()
    assert found.problem == problem


# One worker with the other test that is about this week, so that it is planned once.
@pytest.mark.slow
@pytest.mark.xdist_group("replanned")
def test_same_seed_same_plan() -> None:
    """Nobody could make the same plan again."""
    problem, schedule = planned(1)
    who = schedule.appointments[0].clinicians[0]
    start = at(problem, 1, 0)
    call = SickCall(clinician=who, start=start, end=start + timedelta(days=1))
    one, two = (replan(problem, schedule, [call], deterministic_limit=LIMIT, seed=7) for _ in range(2))
    assert one.schedule is not None
    assert one.schedule == two.schedule
    assert one.goals == two.goals


@pytest.mark.parametrize(("who", "day"), [("C01", 0), ("C01", 1), ("C02", 1)])
def test_a_hurried_plan_gives_sessions_up_and_is_there(who: str, day: int) -> None:
    """A sick call that needs others' time would come back empty where the time is short."""
    problem, schedule = crowded()
    start = at(problem, day, 0)
    call = SickCall(clinician=who, start=start, end=start + timedelta(days=1))
    found = replan(problem, schedule, [call], deterministic_limit=0.2)
    check(found, schedule)
    assert found.diff is not None
    assert found.diff.dropped


def test_nothing_of_others_is_given_up_where_free_time_will_do() -> None:
    """A hurried plan would drop sessions that need not go."""
    problem, schedule = crowded()
    start = at(problem, 2, 0)
    call = SickCall(clinician="C03", start=start, end=start + timedelta(days=1))
    found = replan(problem, schedule, [call], deterministic_limit=0.2)
    check(found, schedule)
    assert found.diff is not None
    assert found.stage == "gaps"
    assert all("C03" in appointment.clinicians for appointment in found.diff.dropped)
