"""A result says in words how good it is, and whether it can be repeated."""

from __future__ import annotations

import threading

import pytest

from safeschedule import solve
from safeschedule.solving.backend import Found
from safeschedule.solving.how_good import how_good, unrepeatable
from safeschedule.solving.outcome import Ended
from safeschedule.solving.progress import Progress
from tests.solving.weeks import crowded


@pytest.mark.parametrize(
    ("ended", "placed", "most", "expected"),
    [
        (
            Ended.LIMIT,
            10,
            14,
            "by its limit: 10 of 24 sessions are placed; at most 14 are possible.",
        ),
        (Ended.CEILING, 10, 14, "cut short by the time limit: 10 of 24 sessions are placed; at most 14 are"),
        (
            Ended.STOP,
            10,
            None,
            "by a stop: 10 of 24 sessions are placed; how many are possible is not",
        ),
        (Ended.LIMIT, 10, 24, "10 of 24 sessions are placed; it is not proven that any must be left out."),
        (Ended.ITSELF, 14, 14, "14 of 24 sessions are placed; no more are possible, but"),
        (Ended.LIMIT, 24, 24, "24 of 24 sessions are placed; what could be better is their times"),
    ],
)
def test_a_large_gap_is_told(ended: Ended, placed: int, most: int | None, expected: str) -> None:
    """If it fails, a week that is half empty looks like one that is full."""
    found = Found(None, ended=ended, most_sessions=most)
    (sentence,) = how_good(crowded(), found, placed, 0.3)
    assert expected in sentence


def test_a_small_gap_needs_no_words() -> None:
    """If it fails, every good schedule comes with a warning that nobody reads any more."""
    assert how_good(crowded(), Found(None, ended=Ended.LIMIT), 10, 0.001) == ()


def test_a_bound_below_what_is_placed_is_not_told() -> None:
    """If it fails, a wrong bound is told as proven beside the schedule that refutes it."""
    (sentence,) = how_good(crowded(), Found(None, ended=Ended.LIMIT, most_sessions=9), 10, 0.3)
    assert "not known" in sentence


def test_only_the_ceiling_makes_it_unrepeatable() -> None:
    """If it fails, a schedule that another machine will not make again passes for one that it will."""
    assert unrepeatable(Found(None, ended=Ended.CEILING))
    assert not unrepeatable(Found(None, ended=Ended.LIMIT))


def test_a_search_that_was_stopped_tells_it_with_its_schedule() -> None:
    """If it fails, the words do not come with the result, or a stop counts as something else."""
    stop = threading.Event()

    def told(progress: Progress) -> None:
        if progress.best is not None:
            stop.set()

    result = solve(crowded(), time_limit=3600, stop=stop, workers=2, on_progress=told)
    assert result.ended is Ended.STOP
    assert result.gap is not None
    if result.gap > 0.01:
        assert any("cut short by a stop" in sentence for sentence in result.explanation)


def test_the_ceiling_ends_a_deterministic_search() -> None:
    """If it fails, a time limit beside a deterministic limit is not kept, or the result keeps quiet of it."""
    result = solve(crowded(), time_limit=0.1, deterministic_limit=3600.0, workers=1)
    assert result.ended is Ended.CEILING
    assert any("may give another result" in sentence for sentence in result.explanation)
    assert result.to_dict(brief=True)["ended"] == "ceiling"


def test_a_far_ceiling_changes_nothing() -> None:
    """If it fails, a time limit that is not reached makes a repeatable search another one."""
    plain = solve(crowded(3), deterministic_limit=0.5, workers=1)
    under = solve(crowded(3), deterministic_limit=0.5, time_limit=3600.0, workers=1)
    assert plain.schedule is not None
    assert under.schedule is not None
    assert plain.schedule.appointments == under.schedule.appointments
    assert plain.schedule.blocks == under.schedule.blocks
    assert under.ended in (Ended.LIMIT, Ended.ITSELF)
    assert plain.provenance.time_limit is None
