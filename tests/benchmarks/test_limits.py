"""The benchmark of limits: which overruns it lets pass, and what it measures."""

from __future__ import annotations

import pytest

from benchmarks.limits import allowed, judged, table
from benchmarks.shapes import many_groups, many_requests, many_sites
from safeschedule.problem import require_sound


@pytest.mark.parametrize(
    ("limit", "stop", "wall", "kept"),
    [
        (10.0, None, 12.0, True),
        (10.0, None, 12.1, False),
        (1.0, None, 2.1, True),
        (3600.0, 3.0, 4.0, True),
        (3600.0, 3.0, 4.1, False),
    ],
)
def test_what_is_late(limit: float, stop: float | None, wall: float, kept: bool) -> None:
    """If it fails, the table passes a solve that is late, or blames one that is not."""
    line = judged({"case": "x", "limit": limit, "stopped_after": stop, "wall": wall})
    assert line["kept"] is kept
    assert allowed(10.0) == pytest.approx(12.0)


def test_a_run_that_failed_is_in_the_table() -> None:
    """If it fails, a crash is left out of the table, or breaks it."""
    line = {"case": "x", "limit": 1.0, "stopped_after": None, "kept": False, "fault": "Traceback\nKeyError"}
    assert "KeyError" in table([line])
    assert "**no**" in table([line])


def test_the_shapes_are_sound() -> None:
    """If it fails, the benchmark measures how soon a faulty week is refused."""
    for week in (many_sites(4, 2), many_requests(5), many_groups(3, 2)):
        require_sound(week)
