"""What a planned week says first."""

from dataclasses import replace
from functools import cache
from io import StringIO

import pytest
from rich.console import Console

from safeschedule import Result, solve
from safeschedule.cli.summary import print_planned
from safeschedule.schedule import LeftOut, LeftOutKind
from safeschedule.solving.outcome import Ended
from tests.solving.weeks import team


@pytest.mark.parametrize(
    ("ended", "gap", "warned"),
    [
        (Ended.LIMIT, 0.5, True),
        (Ended.CEILING, 0.5, True),
        (Ended.LIMIT, 0.02, False),
        (Ended.ITSELF, 0.5, False),
    ],
)
def test_a_week_that_was_hardly_searched_says_so_at_its_head(ended: Ended, gap: float, warned: bool) -> None:
    """A week with most sessions missing would be printed and used, or a good one distrusted."""
    problem = team()
    missing = LeftOut(request=problem.requests[0].id, sessions=1, kind=LeftOutKind.NOT_EXAMINED, reason="?")
    result = replace(_solved(), ended=ended, gap=gap, left_out=(missing,))
    written = StringIO()
    print_planned(Console(file=written, width=200), problem, result)
    head = written.getvalue().splitlines()[:3]
    assert any("cut short by its limit" in line for line in head) == warned


@cache
def _solved() -> Result:
    return solve(team(), deterministic_limit=0.5, workers=1)
