"""Ids that last: what stays, moves, is dropped and comes, however often a week is planned again."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safeschedule.exchange.json_text import as_text
from safeschedule.schedule import (
    Appointment,
    Block,
    Schedule,
    following,
    identified,
    people,
    schedule_hash,
)
from safeschedule.schedule.reading import schedule_from_text

MONDAY = datetime(2026, 10, 5, 9)


def session(
    request: str | None, day: int, hour: int = 0, clinician: str = "C1", **more: object
) -> Appointment:
    start = MONDAY + timedelta(days=day, hours=hour)
    plain = {"request": request, "session_type": "t", "clients": ("K1",), "clinicians": (clinician,)}
    return Appointment(**{**plain, "start": start, "minutes": 60, **more})  # type: ignore[arg-type]


def block(*clinicians: str, day: int = 0, supervisor: str | None = None) -> Block:
    start = MONDAY + timedelta(days=day, hours=3)
    return Block(kind="consultation", clinicians=clinicians, start=start, minutes=60, supervisor=supervisor)


def week(*items: Appointment | Block) -> Schedule:
    return Schedule(
        week_start=date(2026, 10, 5),
        appointments=tuple(item for item in items if isinstance(item, Appointment)),
        blocks=tuple(item for item in items if isinstance(item, Block)),
    )


def ids(schedule: Schedule) -> list[tuple[str | None, int]]:
    return [(a.id, a.revision) for a in schedule.appointments]


def called_off(schedule: Schedule) -> dict[str | None, tuple[tuple[str, ...], int]]:
    found = {}
    for entry in schedule.called_off:
        item = entry.appointment or entry.block
        assert item is not None
        found[item.id] = (entry.clinicians, item.revision)
    return found


def test_a_dropped_session_does_not_move_the_others_id() -> None:
    """A client who comes twice would have the wrong session taken out of the calendar."""
    old = identified(week(session("R1", 0), session("R1", 3)))
    assert ids(old) == [("R1.1", 0), ("R1.2", 0)]
    new = following(week(session("R1", 3)), old)
    assert ids(new) == [("R1.2", 0)]
    assert called_off(new) == {"R1.1": (("C1",), 1)}


def test_a_moved_session_keeps_its_id_and_its_revision_rises() -> None:
    """Calendars would show it twice, or not take the new time."""
    new = following(week(session("R1", 1), session("R1", 3)), week(session("R1", 0), session("R1", 3)))
    assert ids(new) == [("R1.1", 1), ("R1.2", 0)]
    again = following(week(session("R1", 2), session("R1", 3)), new)
    assert ids(again) == [("R1.1", 2), ("R1.2", 0)]
    assert called_off(again) == {}


def test_an_id_is_not_given_again() -> None:
    """A new session would appear as one that was called off, which calendars no longer take."""
    dropped = following(week(), week(session("R1", 0)))
    new = following(week(session("R1", 2)), dropped)
    assert ids(new) == [("R1.2", 0)]
    assert called_off(new) == {"R1.1": (("C1",), 1)}


def test_who_no_longer_has_it_is_told_and_who_has_it_now_is_not() -> None:
    """A session given to a colleague would stay in the first one's calendar."""
    old = week(session("R1", 0))
    new = following(week(session("R1", 0, clinician="C2")), old)
    assert ids(new) == [("R1.1", 1)]
    assert called_off(new) == {"R1.1": (("C1",), 1)}
    back = following(week(session("R1", 0)), new)
    assert ids(back) == [("R1.1", 2)]
    assert called_off(back) == {"R1.1": (("C2",), 2)}


def test_one_who_leaves_a_joint_block_is_told_alone() -> None:
    """The others' consultation would be called off, too, or stay in the calendar of who left."""
    old = identified(week(block("C1", "C2", supervisor="S1")))
    new = following(week(block("C2", supervisor="S1")), old)
    assert (new.blocks[0].id, new.blocks[0].revision) == (old.blocks[0].id, 1)
    assert called_off(new) == {old.blocks[0].id: (("C1",), 1)}


def test_following_twice_is_following_once() -> None:
    """An export that is made again would raise revisions of what nobody has changed."""
    old = identified(week(session("R1", 0), session("R2", 1), block("C1", "C2")))
    new = following(week(session("R1", 2), block("C2", "C1")), old)
    assert as_text(following(new, old)) == as_text(new)
    assert as_text(following(new, new)) == as_text(new)


def test_ids_that_are_missing_or_stand_twice_are_given() -> None:
    """Two events would have one UID, and one of them would be lost."""
    twice = session("R1", 0, id="x"), session("R1", 1, id="x"), session("R2", 2)
    found = identified(week(*twice))
    assert ids(found) == [("x", 0), ("R1.1", 0), ("R2.1", 0)]
    assert identified(found) == found


def test_long_codes_of_several_scripts_make_ids_that_can_be_read_back() -> None:
    """A week could be written and not be read."""
    long = "И" * 80
    clients = tuple(f"K{n}".ljust(80, "x") for n in range(30))
    made = identified(week(session(long, 0, clients=("K1",)), session(None, 1, clients=clients)))
    assert ids(schedule_from_text(as_text(made))) == ids(made)


def test_ids_do_not_make_two_items_different() -> None:
    """Planning again would tell people of changes that are none."""
    one, other = session("R1", 0, id="a"), session("R1", 0, id="b", revision=3)
    assert one == other
    assert hash(one) == hash(other)
    assert one != session("R1", 0, hour=1, id="a")
    assert schedule_hash(week(one)) == schedule_hash(week(other))
    assert schedule_hash(week(one)) != schedule_hash(week(session("R1", 0, hour=1)))


sessions = st.builds(
    session,
    st.sampled_from(["R1", "R2", "R3"]),
    st.integers(0, 4),
    st.integers(0, 2),
    st.sampled_from(["C1", "C2"]),
)
blocks = st.builds(
    lambda who, day, host: block(*sorted(who), day=day, supervisor=host),
    st.sets(st.sampled_from(["C1", "C2", "C3"]), min_size=1),
    st.integers(0, 4),
    st.sampled_from([None, "S1", "C1"]),
)
weeks = st.lists(sessions | blocks, max_size=8).map(lambda items: week(*items))


@given(st.lists(weeks, min_size=2, max_size=4))
def test_whoever_had_something_has_it_or_is_told(several: list[Schedule]) -> None:
    """Somebody would wait for a session that is not held, or not know of one that is."""
    now = identified(several[0])
    had: dict[tuple[str, str | None], int] = {}
    for later in several[1:]:
        for item in (*now.appointments, *now.blocks):
            had |= {(code, item.id): item.revision for code in people(item)}
        before = now
        now = following(later, before)
        items = [*now.appointments, *now.blocks]
        assert now == later.model_copy(update={"called_off": now.called_off})
        assert len({item.id for item in items} - {None}) == len(items)
        has = {(code, item.id): item.revision for item in items for code in people(item)}
        off = {(c, i): revision for i, (codes, revision) in called_off(now).items() for c in codes}
        assert not has.keys() & off.keys()
        assert had.keys() <= has.keys() | off.keys()
        assert all(off[key] > had[key] for key in had.keys() & off.keys())
        assert all(has[key] >= had[key] for key in had.keys() & has.keys())
        assert as_text(following(now, before)) == as_text(now)
