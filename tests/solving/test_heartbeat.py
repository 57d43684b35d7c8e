"""Whoever watches a solve hears of it at least once a second, one call at a time."""

from __future__ import annotations

import logging
import threading

import pytest

from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import Progress


class Steps:
    """A clock that goes on when told to."""

    def __init__(self) -> None:
        self.now = 50.0

    def __call__(self) -> float:
        return self.now


def test_silence_is_filled_with_the_last_that_was_told() -> None:
    """If it fails, a long phase looks like a hung one."""
    seen, clock = list[Progress](), Steps()
    tell = Heartbeat("solve", seen.append, clock=clock)
    tell(Progress("plan", 2.0, best=5.0))
    clock.now += 1.0
    tell.beat()
    clock.now += 1.0
    tell.beat()
    assert [(p.phase, p.seconds, p.best) for p in seen] == [
        ("plan", 2.0, 5.0),
        ("plan", 3.0, 5.0),
        ("plan", 4.0, 5.0),
    ]


def test_nothing_is_repeated_while_there_is_news() -> None:
    """If it fails, whoever watches hears everything twice."""
    seen, clock = list[Progress](), Steps()
    tell = Heartbeat("solve", seen.append, clock=clock)
    tell(Progress("plan", 2.0))
    clock.now += 0.1
    tell.beat()
    assert len(seen) == 1


def test_seconds_never_go_back() -> None:
    """If it fails, news that was written down before a beat shows time running backwards."""
    seen, clock = list[Progress](), Steps()
    tell = Heartbeat("solve", seen.append, clock=clock)
    tell(Progress("plan", 2.0))
    clock.now += 1.0
    tell.beat()
    tell(Progress("times", 2.9))
    assert [p.seconds for p in seen] == [2.0, 3.0, 3.0]


def test_it_beats_by_itself_while_it_is_entered() -> None:
    """If it fails, a silent phase is silent to the end, or the thread outlives the work."""
    beat = threading.Event()
    count = 0

    def hear(_: Progress) -> None:
        nonlocal count
        count += 1
        if count > 1:
            beat.set()

    with Heartbeat("solve", hear) as tell:
        tell(Progress("plan", 0.0))
        assert beat.wait(60.0)
    assert not any(thread.name == "heartbeat" for thread in threading.enumerate())


def test_what_goes_wrong_in_a_beat_is_not_lost() -> None:
    """If it fails, a fault of whoever watches is swallowed, or ends the process."""
    failed = threading.Event()

    def hear(progress: Progress) -> None:
        if progress.seconds > 0:
            failed.set()
            raise LookupError

    def watched() -> None:
        with Heartbeat("solve", hear) as tell:
            tell(Progress("plan", 0.0))
            assert failed.wait(60.0)

    with pytest.raises(LookupError):
        watched()


def test_phases_are_logged_with_figures(caplog: pytest.LogCaptureFixture) -> None:
    """If it fails, a service cannot see in its log where the time of a solve went."""
    clock = Steps()
    debug = caplog.at_level(logging.DEBUG, logger="safeschedule")
    with debug, Heartbeat("solve", None, clock=clock) as tell:
        tell(Progress("plan", 0.0))
        tell(Progress("plan", 1.0, best=3.0, bound=7.0))
        tell(Progress("times", 2.0, best=4.0, bound=7.0))
    told = [(record.levelname, record.getMessage()) for record in caplog.records]
    assert told == [
        ("INFO", "solve: plan begins at 0.0 s"),
        ("DEBUG", "solve: 1.0 s, best 3, bound 7"),
        ("INFO", "solve: plan ended after 2.0 s; at 2.0 s, best 3, bound 7"),
        ("INFO", "solve: times begins at 2.0 s"),
        ("INFO", "solve: times ended after 0.0 s; at 2.0 s, best 4, bound 7"),
    ]


def test_names_with_codes_in_them_are_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    """If it fails, codes of clients and clinicians reach a log file."""
    debug = caplog.at_level(logging.DEBUG, logger="safeschedule")
    with debug, Heartbeat("explain", None, named=False) as tell:
        tell(Progress("K7-request: with C3", 0.0))
    assert "K7" not in caplog.text
