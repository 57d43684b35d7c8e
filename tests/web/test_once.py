"""Answers that are worked out once: who asks at the same time waits, and what failed is asked again."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from safeschedule import Desk
from safeschedule.web.live.desks import SharedDesk
from safeschedule.web.live.once import Once
from tests.suggesting.test_repinned import with_pin
from tests.suggesting.weeks import solved

LONG = 60
"""Seconds after which something is taken not to happen any more."""


def test_who_asks_what_is_being_worked_out_waits_for_it() -> None:
    """A hundred people who look at one new version would have it worked out a hundred times."""
    once, began, go, made = Once(10), threading.Event(), threading.Event(), []

    def make() -> object:
        began.set()
        assert go.wait(LONG)
        made.append(object())
        return made[-1]

    with ThreadPoolExecutor(8) as people:
        first = people.submit(once.get, "slots", make)
        assert began.wait(LONG)
        others = [people.submit(once.get, "slots", make) for _ in range(7)]
        # Something else is answered meanwhile.
        assert once.get("board", lambda: "rows") == "rows"
        assert not any(each.done() for each in others)
        go.set()
        answers = {id(each.result(LONG)) for each in (first, *others)}
    assert len(made) == 1
    assert answers == {id(made[0])}
    assert once.get("slots", make) is made[0]


def test_what_fails_is_not_kept_and_whoever_waits_hears_of_it() -> None:
    """A search that failed once would fail for ever, or leave somebody waiting for ever."""
    once, began, go = Once(10), threading.Event(), threading.Event()

    def fail() -> str:
        began.set()
        assert go.wait(LONG)
        raise ValueError("the database is away")

    with ThreadPoolExecutor(2) as people:
        first = people.submit(once.get, "slots", fail)
        assert began.wait(LONG)
        second = people.submit(once.get, "slots", fail)
        go.set()
        for each in (first, second):
            with pytest.raises(ValueError, match="away"):
                each.result(LONG)
    assert once.get("slots", lambda: "found") == "found"


def test_what_nobody_asked_for_the_longest_goes_first() -> None:
    """A day of questions would fill the memory."""
    once, made = Once(2), []

    def ask(what: str) -> None:
        once.get(what, lambda: made.append(what))

    for what in ("a", "b", "a", "c", "a", "b"):
        ask(what)
    assert made == ["a", "b", "c", "b"]


@pytest.mark.xdist_group("solved")
def test_slots_are_found_again_only_where_a_pin_bears_on_them() -> None:
    """Whoever pins a session would have everybody's slots searched anew, or get those of before the pin."""
    problem, schedule = solved()
    single = {a.request: a for a in schedule.appointments if a.group is None and a.request is not None}
    one, other = list(single.values())[:2]
    pinned = with_pin(problem, one)
    first = SharedDesk(problem, schedule, ())
    second = SharedDesk(pinned, schedule, (), like=first)
    before = {given.request: first.suggest_moves(given, 5) for given in (one, other)}
    after = {given.request: second.suggest_moves(given, 5) for given in (one, other)}
    assert after[other.request].slots
    assert [*map(id, after[other.request].slots)] == [*map(id, before[other.request].slots)]
    assert after[other.request].problem is pinned
    assert not {*map(id, after[one.request].slots)} & {*map(id, before[one.request].slots)}
    for given in (one, other):
        assert after[given.request].to_dict() == Desk(pinned, schedule).suggest_moves(given).to_dict()
