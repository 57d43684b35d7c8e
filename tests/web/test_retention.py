"""Old weeks are removed on purpose, all of them, and the ledger says so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.exc import DatabaseError

from safeschedule import Problem, Schedule, Signatory, WeekChanged
from safeschedule.samples import generate
from safeschedule.web.jobs import ask_for
from safeschedule.web.storage import Store
from safeschedule.web.storage.tables import documents, jobs, publications, versions
from safeschedule.web.weeks import Actor, all_weeks, find
from safeschedule.web.weeks.changing import begin
from safeschedule.web.weeks.deciding import approve, propose, publish
from safeschedule.web.weeks.proposals import keep
from safeschedule.web.weeks.removing import remove_weeks
from tests.cli.conftest import run

Planned = tuple[Problem, Schedule]
ONE, OTHER = Actor("S1", "scheduler"), Actor("L1", "lead")
WHO = Signatory(role="lead", code="L1")


def filled(store: Store, planned: Planned) -> tuple[str, str]:
    """Put in a published week with a job and a proposal, and a later one; return their codes."""
    problem, schedule = planned
    with store.deciding() as connection:
        old = begin(connection, ONE, problem, schedule, "For a test")
        job = ask_for(connection, "plan", old.code, 1, {}, "S1").code
        keep(connection, job, old.code, 1, problem, schedule, {"kind": "plan"})
        week = approve(connection, OTHER, propose(connection, ONE, old, "Ready"), "Fine", ())
        publish(connection, OTHER, week, "Out", ())
        later = generate(3, 1, week_start=date(2030, 1, 7))
        new = begin(connection, ONE, later, None, "For a test")
    return old.code, new.code


def test_what_is_old_is_gone_and_the_rest_is_as_it_was(store: Store, planned: Planned) -> None:
    """Something of a removed week would stay, or something of another one would go with it."""
    old, new = filled(store, planned)
    gone = remove_weeks(store, date(2030, 1, 1), WHO, "Kept for long enough")
    assert [week.code for week in gone] == [old]
    with store.reading() as connection:
        assert [week.code for week in all_weeks(connection)] == [new]
        assert find(connection, new).problem(connection).week_start == date(2030, 1, 7)
        for table in (publications, jobs):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
        assert connection.scalar(select(func.count()).select_from(documents)) == 2
    account = store.ledger().verify()
    assert account.sound
    last = store.ledger().entries("week_changed")[-1]
    assert isinstance(last.content, WeekChanged)
    assert (last.content.week, last.content.action, last.by.code) == (old, "removed", "L1")


def test_afterwards_nothing_can_be_removed_by_a_slip_of_the_hand(store: Store, planned: Planned) -> None:
    """The triggers that refuse it would have gone with the old weeks."""
    filled(store, planned)
    remove_weeks(store, date(2030, 1, 1), WHO, "Kept for long enough")
    with pytest.raises(DatabaseError), store.writing() as connection:
        connection.execute(delete(versions))


def test_codes_are_no_longer_in_the_file(tmp_path: Path, planned: Planned) -> None:
    """Whoever gets hold of the disk could still read what was removed."""
    where = tmp_path / "data" / "safeschedule.db"
    store = Store(str(where))
    store.make()
    secret = "ZEBRA-4711"
    client = planned[0].clients[0].model_copy(update={"id": secret})
    problem = planned[0].with_changes(clients=(*planned[0].clients, client))
    with store.deciding() as connection:
        begin(connection, ONE, problem, None, "For a test")
    remove_weeks(store, date(2030, 1, 1), WHO, "Kept for long enough")
    store.close()
    for path in where.parent.iterdir():
        assert secret.encode() not in path.read_bytes(), path.name


def test_the_command_lists_first_and_removes_when_somebody_signs(tmp_path: Path, planned: Planned) -> None:
    """Weeks would be gone by a typing error."""
    store = Store(str(tmp_path / "data" / "safeschedule.db"))
    store.make()
    filled(store, planned)
    store.close()
    asked = ("retention", "--data", "data", "--before", "2030-01-01")
    looked = run(*asked, cwd=tmp_path)
    assert looked.returncode == 0
    assert "1 weeks began before 2030-01-01. Nothing was removed" in " ".join(looked.stdout.split())
    done = run(*asked, "--by", "lead:L1", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "1 weeks that began before 2030-01-01 were removed" in " ".join(done.stdout.split())
    assert run(*asked, "--by", "L1", cwd=tmp_path).returncode == 2
    assert run("retention", "--data", "nowhere", "--before", "2030-01-01", cwd=tmp_path).returncode == 2
