"""A week on which several people work: nothing is lost, and nothing broken goes out."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from safeschedule import Desk, Problem, Schedule
from safeschedule.schedule import schedule_hash
from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import documents, publications, versions
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import Actor, find, history, published
from safeschedule.web.weeks.changing import begin, change, step_back
from safeschedule.web.weeks.deciding import approve, propose, publish

Planned = tuple[Problem, Schedule]
ONE, OTHER = Actor("S1", "scheduler"), Actor("L1", "lead")


def begun(store: Store, planned: Planned) -> str:
    """Bring in the week, and return its code."""
    with store.deciding() as connection:
        return begin(connection, ONE, *planned, "For a test").code


def without_first(planned: Planned) -> Schedule:
    """Return the schedule without its first session."""
    return Desk(*planned).without(planned[1].appointments[0])


def test_each_version_has_its_entry_and_the_chain_is_sound(store: Store, planned: Planned) -> None:
    """A week could be changed without a trace."""
    code = begun(store, planned)
    with store.deciding() as connection:
        week = find(connection, code)
        change(connection, ONE, week, "cancelled", "A test", schedule=without_first(planned))
    with store.reading() as connection:
        entries = {week.entry for week in history(connection, code)}
    found = store.ledger()
    assert entries == {entry.number for entry in found.entries("week_changed")} == {1, 2}
    assert found.verify().sound


def test_who_was_slower_changes_nothing_and_sees_what_is_different(store: Store, planned: Planned) -> None:
    """One of two changes at once would be lost without a word."""
    code = begun(store, planned)
    with store.reading() as connection:
        seen = find(connection, code)
    with store.deciding() as connection:
        change(connection, ONE, seen, "cancelled", "A test", schedule=without_first(planned))
    with pytest.raises(RefusalError) as refused, store.deciding() as connection:
        change(connection, OTHER, seen, "moved", "A test", schedule=planned[1])
    assert refused.value.status == 409
    assert len(refused.value.more["different"]) == 1
    assert len(list(store.ledger().links())) == 2


def test_of_many_at_once_one_wins_and_all_others_are_told(store: Store, planned: Planned) -> None:
    """Two changes at once could both count, or the database would refuse both."""
    code = begun(store, planned)
    with store.reading() as connection:
        seen = find(connection, code)
    start = threading.Barrier(6)

    def attempt(number: int) -> bool:
        start.wait()
        try:
            with store.deciding() as connection:
                change(
                    connection, Actor(f"S{number}", "scheduler"), seen, "moved", "A test", schedule=planned[1]
                )
        except RefusalError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(attempt, range(6))) == 1
    assert store.ledger().verify().entries == 2


def test_undo_goes_back_step_by_step_and_loses_nothing(store: Store, planned: Planned) -> None:
    """Undo would go to and fro between two versions, or forget one."""
    code = begun(store, planned)
    states = []
    with store.deciding() as connection:
        for count in (1, 2):
            week = find(connection, code)
            given = week.schedule(connection)
            states.append(schedule_hash(given))
            less = Desk(planned[0], given).without(given.appointments[count])
            change(connection, ONE, week, "cancelled", "A test", schedule=less)
        back = []
        for _ in range(2):
            week = step_back(connection, ONE, find(connection, code))
            back.append(schedule_hash(week.schedule(connection)))
        with pytest.raises(RefusalError):
            step_back(connection, ONE, week)
        assert back == states[::-1]
        assert len(history(connection, code)) == 5


def test_a_second_person_approves_and_what_is_published_is_in_the_ledger(
    store: Store, planned: Planned
) -> None:
    """Somebody alone could give out a week, or without a trace."""
    code = begun(store, planned)
    with store.deciding() as connection:
        week = propose(connection, ONE, find(connection, code), "Ready")
        with pytest.raises(RefusalError, match="second person"):
            approve(connection, ONE, week, "Fine", ())
        with pytest.raises(RefusalError):
            publish(connection, OTHER, week, "Out", ())
        week = approve(connection, OTHER, week, "Fine", ())
        assert published(connection, code) is None
        publish(connection, OTHER, week, "Out", ())
        given = published(connection, code)
    assert given is not None
    assert schedule_hash(given.schedule) == schedule_hash(planned[1])
    (entry,) = store.ledger().entries("plan_accepted")
    assert entry.basis.schedule_hash == schedule_hash(planned[1])


def test_a_week_that_breaks_a_rule_is_neither_approved_nor_published(store: Store, planned: Planned) -> None:
    """A rota that nobody may work by would go out."""
    schedule = planned[1]
    code = begun(store, planned)
    broken = schedule.holding(schedule.appointments, ())
    with store.deciding() as connection:
        week = change(connection, ONE, find(connection, code), "moved", "A test", schedule=broken)
        week = propose(connection, ONE, week, "Ready")
        with pytest.raises(RefusalError) as refused:
            approve(connection, OTHER, week, "Fine", ())
    assert refused.value.code == "not_compliant"
    assert refused.value.more["findings"]


def test_a_change_after_the_approval_makes_it_a_draft_again(store: Store, planned: Planned) -> None:
    """Something could be published that nobody has approved."""
    code = begun(store, planned)
    with store.deciding() as connection:
        week = propose(connection, ONE, find(connection, code), "Ready")
        week = approve(connection, OTHER, week, "Fine", ())
        week = change(connection, ONE, week, "moved", "A test", schedule=without_first(planned))
        assert week.state == "draft"
        with pytest.raises(RefusalError):
            publish(connection, OTHER, week, "Out", ())


@pytest.mark.parametrize("table", [documents, versions, publications], ids=lambda table: table.name)
def test_what_was_kept_of_a_week_cannot_be_changed(store: Store, planned: Planned, table: object) -> None:
    """A slip of the hand in the database could change history."""
    code = begun(store, planned)
    with store.deciding() as connection:
        week = propose(connection, ONE, find(connection, code), "Ready")
        publish(connection, OTHER, approve(connection, OTHER, week, "Fine", ()), "Out", ())
    for statement in (
        delete(table),
        update(table).values(problem="") if table is versions else delete(table),
    ):  # type: ignore[arg-type]
        with pytest.raises(DatabaseError), store.writing() as connection:
            connection.execute(statement)
