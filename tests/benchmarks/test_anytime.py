"""What a trace says of a solve before its end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.anytime import figures, first_at, markdown, primal_integral, value_at
from tests.benchmarks.test_figures import record

TRACE = [[0.5, None, 90.0], [1.0, -20.0, 90.0], [2.0, 40.0, 90.0], [6.0, 80.0, 80.0]]


def test_values_at_moments() -> None:
    """A value would be told before it was there, or lost when a weaker one followed."""
    assert [value_at(TRACE, moment) for moment in (0.9, 1.0, 2.0, 5.9, 6.0)] == [
        None,
        -20.0,
        40.0,
        40.0,
        80.0,
    ]
    assert value_at([*TRACE, [7.0, 60.0, 80.0]], 8.0) == 80.0
    assert (first_at(TRACE, 40.0), first_at(TRACE, 41.0), first_at(TRACE, 81.0)) == (2.0, 6.0, None)


def test_primal_integral_of_a_trace() -> None:
    """Who has nothing for two seconds and half for four would not be charged four."""
    assert primal_integral(TRACE, 80.0, 10.0) == pytest.approx(2.0 + 0.5 * 4.0)
    assert primal_integral([], 80.0, 10.0) == 10.0
    assert primal_integral([[0.0, 80.0, None]], 80.0, 10.0) == 0.0


points = st.lists(st.tuples(st.floats(0, 20), st.floats(1, 100)), max_size=6)


@given(points, st.floats(0, 10))
def test_earlier_is_never_worse(drawn: list[tuple[float, float]], sooner: float) -> None:
    """A solver that has everything sooner would have the larger integral."""
    trace = [[at, value, None] for at, value in sorted(drawn)]
    early = [[max(0.0, at - sooner), value, None] for at, value in sorted(drawn)]
    assert 0.0 <= primal_integral(early, 100.0, 20.0) <= primal_integral(trace, 100.0, 20.0) + 1e-9
    assert primal_integral(trace, 100.0, 20.0) <= 20.0 + 1e-9


def test_record_and_table_say_what_the_trace_does() -> None:
    """The page would show other shares than the records, or none for records without figures."""
    told = figures(TRACE, 80.0, 10.0)
    assert told == {"value_at": {"1": -20.0, "2": 40.0, "5": 40.0, "10": 80.0}, "primal_integral": 4.0}
    own = record("safeschedule", 1, 80, trace=TRACE)
    peer = record("flat", 1, 40, trace=[[9.0, 40.0, 90.0]])
    head, _, first, second = markdown([own, peer]).splitlines()
    names = [cell.strip() for cell in head.split("|")[1:-1]]
    rows = [
        dict(zip(names, [cell.strip() for cell in row.split("|")[1:-1]], strict=True))
        for row in (first, second)
    ]
    assert [row["% of best at 2 s"] for row in rows] == ["50.0", "0.0"]
    assert [row["% of best at 10 s"] for row in rows] == ["100.0", "50.0"]
    assert [row["90% after s"] for row in rows] == ["6.0", "–"]
