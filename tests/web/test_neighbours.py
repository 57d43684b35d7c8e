"""Two processes answer over one database: what one has done, the other knows at once."""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest

from safeschedule import Desk, Problem, Schedule
from safeschedule.web.auth import throttle
from safeschedule.web.auth.accounts import add_account, find_account
from safeschedule.web.auth.sessions import COOKIE, begin_session
from safeschedule.web.auth.signing_in import sign_in as sign_in_at
from safeschedule.web.live import verdict_of
from safeschedule.web.storage import Store
from safeschedule.web.told import RefusalError
from safeschedule.web.weeks import Actor, find
from safeschedule.web.weeks.changing import begin
from tests.web.neighbour import Answer, Neighbour, neighbour

PASSWORD = "four words are good"
CROWD = 14
"""As many as a store has connections for."""

_SHOWN = re.compile(r'data-id="([^"]+)" data-start="(\d+)"[^>]*? aria-label="(\w+) ')

Planned = tuple[Problem, Schedule]


@dataclass
class Street:
    """Two processes, and a week of which both know."""

    store: Store
    both: tuple[Neighbour, Neighbour]
    week: str
    cookies: dict[str, str]

    def ask(self, which: int, method: str, path: str, version: int | None = None, body: Any = None) -> Answer:
        """Ask one of them about the week."""
        more: dict[str, Any] = {} if body is None else {"json": body}
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        whole = path if path.startswith("/weeks") else f"/api/v1/weeks/{self.week}{path}"
        return self.both[which].ask(method, whole, cookies=self.cookies, headers=headers, **more)


@pytest.fixture
def street(store: Store, planned: Planned) -> Iterator[Street]:
    """Give two processes over one database, in each of the two."""
    with store.writing() as connection:
        add_account(connection, "S1", "scheduler", "test", password=PASSWORD)
        account = find_account(connection, "S1")
        assert account is not None
        cookies = {COOKIE: begin_session(connection, account)}
    with store.deciding() as connection:
        week = begin(connection, Actor("S1", "scheduler"), *planned, "For a test").code
    with neighbour(store.where) as one, neighbour(store.where) as other:
        yield Street(store, (one, other), week, cookies)


def test_what_one_process_changed_the_other_never_shows_as_it_was(street: Street) -> None:
    """Somebody would see an old board, take a slot that is gone, or be told that a move is free."""
    sessions = street.ask(0, "GET", "/schedule").found["appointments"]
    items = [each["id"] for each in sessions if each.get("request")]
    for which in (0, 1):
        seen(street, which, 1, items)
    item, slot = next(
        (item, there[0]["slot"])
        for item in items
        if (there := street.ask(0, "GET", f"/slots?item={item}&n=3").found["slots"])
    )
    items = [item, *(each for each in items if each != item)]
    night = f"{sessions[0]['start'][:10]}T03:00"
    hands = [
        ("/take", {"item": item, "slot": slot}),
        ("/pin", {"item": items[1]}),
        ("/move", {"item": items[2], "to": night, "all_the_same": True}),
        ("/undo", None),
    ]
    for turn, (path, body) in enumerate(hands):
        version, which = turn + 1, turn % 2
        done = street.ask(which, "POST", path, version, body)
        assert (done.status, done.found["version"]) == (200, version + 1)
        # The one that did not do it is asked first.
        found = [seen(street, each, version + 1, items) for each in (1 - which, which)]
        assert found[0] == found[1]
        assert found[0] == true_of(street, items)
        for each in (0, 1):
            old = street.ask(each, "POST", "/check", version, {"item": item})
            assert old.status in (409, 412)
            assert street.ask(each, "POST", "/pin", version, {"item": item}).status == old.status


def seen(street: Street, which: int, version: int, items: list[str]) -> list[Any]:
    """Return what a process tells of the week, of slots and of moves; and look at its board."""
    week = street.ask(which, "GET", "").found
    assert week["version"] == version
    assert street.ask(which, "GET", "/version").found["version"] == version
    schedule = street.ask(which, "GET", "/schedule").found
    board = street.ask(which, "GET", f"/weeks/{street.week}").text
    assert f'data-version="{version}"' in board
    shown = {item: (int(at), day) for item, at, day in _SHOWN.findall(board)}
    starts = {each["id"]: each["start"][:16] for each in schedule["appointments"]}
    assert {item: shown[item] for item in items} == {item: _on_board(starts[item]) for item in items}
    slots = [street.ask(which, "GET", f"/slots?item={item}&n=3").found for item in items[:2]]
    assert all(each["version"] == version for each in slots)
    onto = {"item": items[0], "to": starts[items[1]]}
    check = street.ask(which, "POST", "/check", version, onto).found
    places = [[(each["start"], each["clinicians"]) for each in found["slots"]] for found in slots]
    return [week["compliant"], places, check]


def _on_board(start: str) -> tuple[int, str]:
    """Return how the board says when a session begins: minutes of the day, and the day."""
    at = datetime.fromisoformat(start)
    return at.hour * 60 + at.minute, f"{at:%A}"


def true_of(street: Street, items: list[str]) -> list[Any]:
    """Return the same as the library tells it of what the database holds."""
    with street.store.reading() as connection:
        week = find(connection, street.week)
        desk = Desk(week.problem(connection), week.schedule(connection))
    given = {each.id: each for each in desk.schedule.appointments}
    places = [
        [
            (f"{slot.appointment.start:%Y-%m-%dT%H:%M}", list(slot.appointment.clinicians))
            for slot in desk.suggest_moves(given[item], 3).slots
        ]
        for item in items[:2]
    ]
    to = given[items[1]].start
    move = desk.check_move(given[items[0]], to=None if to == given[items[0]].start else to)
    return [desk.verification.compliant, places, verdict_of(move)]


def test_guesses_are_counted_together_however_many_processes_answer(street: Street) -> None:
    """Each process more would give whoever guesses as many tries again."""
    for turn in range(throttle.OF_ACCOUNT):
        assert sign_in(street, turn % 2, "a guess").status == 401
    assert [sign_in(street, which, PASSWORD).status for which in (0, 1)] == [429, 429]


def test_many_guesses_at_one_moment_are_not_more(store: Store) -> None:
    """Guesses that are sent together would all be counted as the first one."""
    ready = threading.Barrier(CROWD)

    def guess(number: int) -> int:
        ready.wait()
        try:
            sign_in_at(store, "S1", f"guess {number}", "10.0.0.1")
        except RefusalError as error:
            return error.status
        return 200

    with ThreadPoolExecutor(CROWD) as crowd:
        found = Counter(crowd.map(guess, range(CROWD)))
    assert found == {401: throttle.OF_ACCOUNT, 429: CROWD - throttle.OF_ACCOUNT}


def test_who_signs_out_at_one_process_is_out_at_the_other(street: Street) -> None:
    """A stolen cookie would live on where its owner did not sign out."""
    assert [street.ask(which, "GET", "").status for which in (0, 1)] == [200, 200]
    assert street.both[0].ask("POST", "/sign-out", cookies=street.cookies).status == 303
    assert [street.ask(which, "GET", "").status for which in (1, 0)] == [401, 401]


def sign_in(street: Street, which: int, password: str) -> Answer:
    """Try to come in at one of them."""
    return street.both[which].ask("POST", "/sign-in", data={"code": "S1", "password": password})
