"""Parts are killed at random moments: what was confirmed is there, all is sound, and plans are not lost."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'safeschedule[postgres]'")

from safeschedule import Problem, Schedule, verify
from safeschedule.web.auth import grants
from safeschedule.web.auth.accounts import add_account
from safeschedule.web.jobs import find_job
from safeschedule.web.storage import Store
from safeschedule.web.weeks import Actor, history
from safeschedule.web.weeks.changing import begin
from tests.support.postgres import new_database, own_server, programs
from tests.web.killing import KINDS, Person, Stack, rampage
from tests.web.serving import free_port

pytestmark = pytest.mark.skipif(programs() is None, reason="no PostgreSQL: apt-get install postgresql")

Planned = tuple[Problem, Schedule]


@pytest.mark.parametrize(
    ("kills", "seed"),
    [pytest.param(8, 1, marks=pytest.mark.slow), pytest.param(100, 2, marks=pytest.mark.long)],
)
def test_nothing_that_was_confirmed_is_lost_when_parts_are_killed(
    tmp_path: Path, planned: Planned, kills: int, seed: int
) -> None:
    """What was seen done would be gone, a week or the ledger broken, or a plan not heard of again."""
    folder = programs()
    assert folder is not None
    with own_server(folder) as server:
        url = new_database(server.port, "killed")
        store = Store(url)
        store.make()
        with store.writing() as connection:
            add_account(connection, "S1", "scheduler", "test")
            key = grants.give(connection, grants.PROGRAM, "S1", "test")
        with store.deciding() as connection:
            week = begin(connection, Actor("S1", "scheduler"), *planned, "For a test").code
        port = free_port()
        stack = Stack(url, server, port, tmp_path / "log")
        items = [given.id for given in planned[1].appointments]
        person = Person(f"http://127.0.0.1:{port}", key, week, items, seed)
        thread = threading.Thread(target=person.work, daemon=True)
        stack.start()
        thread.start()
        try:
            counts = rampage(stack, person, kills, seed)
            person.ended.set()
            thread.join()
            unheard = unended(store, person.jobs)
        finally:
            person.ended.set()
            code = stack.stop()
        assert counts == dict.fromkeys(KINDS, kills // len(KINDS))
        assert unheard == []
        assert person.faults == []
        assert code == 0
        assert lost(store, week, person.confirmed) == []
        assert unsound(store, week) == []
        store.close()


def unended(store: Store, jobs: list[str]) -> list[str]:
    """Wait for what was asked for, and return what nobody ever hears of again."""
    latest = time.monotonic() + 300

    def open_ones() -> list[str]:
        with store.reading() as connection:
            return [code for code in jobs if not find_job(connection, code).ended]

    pause: Callable[[float], bool] = threading.Event().wait
    while (waiting := open_ones()) and time.monotonic() < latest:
        pause(0.5)
    return waiting


def lost(store: Store, week: str, confirmed: dict[int, str]) -> list[int]:
    """Return the versions that somebody was told of, and that are not there as they were told."""
    with store.reading() as connection:
        there = {one.version: f"{one.entry} {one.at}" for one in history(connection, week)}
    return [version for version, told in confirmed.items() if there.get(version) != told]


def unsound(store: Store, week: str) -> list[str]:
    """Return what is wrong with the ledger, or with a version of the week."""
    found = [] if store.ledger().verify().sound else ["the ledger"]
    with store.reading() as connection:
        every = history(connection, week)
        if [one.version for one in every] != list(range(len(every), 0, -1)):
            found.append("versions are missing")
        for one in every:
            if not verify(one.problem(connection), one.schedule(connection)).compliant:
                found.append(f"version {one.version}")
    return found
