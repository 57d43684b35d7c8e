"""What is left of a limit, and the gap."""

from __future__ import annotations

import math
import threading

import pytest

from safeschedule.solving.budget import DEFAULT_SECONDS, Budget, ceiling
from safeschedule.solving.progress import Progress, gap


def budget(seconds: float | None, deterministic: float | None) -> Budget:
    """Return a budget that nobody has stopped."""
    return Budget(seconds, deterministic, threading.Event())


def test_deterministic_time_is_booked() -> None:
    """If it fails, the wall clock decides how long a repeatable search goes on."""
    mine = budget(None, 3.0)
    assert (mine.repeatable, mine.limit, mine.whole, mine.used, mine.left) == (True, 3.0, 3.0, 0.0, 3.0)
    mine.spend(1.25)
    mine.spend(0.5)
    assert (mine.used, mine.left, mine.over) == (1.75, 1.25, False)
    mine.spend(2.0)
    assert (mine.left, mine.over) == (0.0, True)


def test_wall_clock_does_not_book_deterministic_time() -> None:
    """If it fails, a search with a time limit ends by a measure that nobody asked for."""
    mine = budget(3600.0, None)
    mine.spend(10_000.0)
    assert not mine.repeatable
    assert not mine.over
    assert mine.left <= 3600.0


class Steps:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def test_deterministic_limit_comes_first() -> None:
    """If it fails, a repeatable search takes its shares of the wall clock."""
    clock = Steps()
    mine = Budget(10.0, 5.0, threading.Event(), clock)
    clock.now += 9.0
    mine.spend(2.0)
    assert (mine.limit, mine.whole, mine.used, mine.left, mine.wall_left) == (5.0, 5.0, 2.0, 3.0, 1.0)
    assert not mine.over
    assert not mine.cut


def test_the_ceiling_ends_a_repeatable_search_and_says_so() -> None:
    """If it fails, a ceiling is passed, or a result that another machine will not repeat looks repeatable."""
    clock = Steps()
    mine = Budget(10.0, 5.0, threading.Event(), clock)
    apart = mine.apart()
    clock.now += 10.0
    assert apart.over
    assert mine.cut


def test_the_deterministic_limit_does_not_count_as_the_ceiling() -> None:
    """If it fails, a result that can be repeated is said not to be."""
    mine = Budget(10.0, 5.0, threading.Event(), Steps())
    mine.spend(5.0)
    assert mine.over
    assert not mine.interrupted
    assert not mine.cut


def test_no_ceiling_but_the_one_that_is_given() -> None:
    """If it fails, the time limit that nobody gave ends a search with a deterministic limit."""
    assert ceiling(DEFAULT_SECONDS, 5.0) is None
    assert ceiling(DEFAULT_SECONDS, None) == 60.0
    assert ceiling(60.0, 5.0) == 60.0
    assert ceiling(None, 5.0) is None


def test_what_is_held_back_can_be_used_when_it_is_released() -> None:
    """If it fails, a search takes the time in which its schedule is to be filled and tidied."""
    clock = Steps()
    mine = Budget(10.0, None, threading.Event(), clock)
    mine.hold(2.0)
    clock.now += 8.0
    assert mine.interrupted
    assert mine.apart().interrupted
    mine.release()
    assert not mine.over
    assert mine.left == 2.0
    clock.now += 2.0
    assert mine.over


def test_work_apart_ends_with_the_whole() -> None:
    """If it fails, work beside other work begins its time anew."""
    clock = Steps()
    mine = Budget(10.0, None, threading.Event(), clock)
    clock.now += 9.0
    apart = mine.apart()
    assert (apart.elapsed, apart.left) == (9.0, 1.0)
    mine.stop.set()
    assert apart.interrupted


def test_no_limit() -> None:
    """If it fails, a search without a limit ends, or its phases take shares of infinity."""
    mine = budget(None, None)
    assert math.isinf(mine.left)
    assert not mine.over
    assert math.isfinite(mine.whole)


def test_stop_ends_it() -> None:
    """If it fails, a stop has no effect while there is time left."""
    mine = budget(None, None)
    mine.stop.set()
    assert mine.over


@pytest.mark.parametrize(
    ("objective", "bound", "expected"),
    [
        (100, 110, 0.1),
        (100, 100, 0.0),
        (-50, -40, 0.2),
        (-50, 0, 1.0),
        (0, 0, 0.0),
        (0, 5, math.inf),
        (100, 99.9999, 0.0),
    ],
)
def test_gap(objective: float, bound: float, expected: float) -> None:
    """If it fails, a search claims to be nearer to its bound than it is."""
    assert gap(objective, bound) == pytest.approx(expected)


def test_gap_of_progress_is_unknown_until_both_are_known() -> None:
    """If it fails, a search without a schedule shows a gap."""
    assert Progress("plan", 0.0).gap is None
    assert Progress("plan", 0.0, best=1.0).gap is None
    assert Progress("plan", 0.0, bound=1.0).gap is None
    assert Progress("times", 0.0, best=10.0, bound=11.0).gap == pytest.approx(0.1)


def test_something_else_may_end_the_work() -> None:
    """If it fails, a clinician's week goes on being filled long after somebody stopped the search."""
    late = threading.Event()
    budget = Budget(None, 5.0, threading.Event(), ends=late.is_set)
    assert not budget.interrupted
    late.set()
    assert budget.interrupted
    assert budget.over
    assert budget.apart().interrupted
    assert not budget.cut
