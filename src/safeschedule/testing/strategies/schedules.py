"""Any schedule over a problem, good or bad, and two thirds of the time nearly good."""

from __future__ import annotations

from collections.abc import Mapping

from hypothesis import strategies as st

from safeschedule.problem import BlockKind, Problem
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.testing.strategies.attendants import Attending
from safeschedule.testing.strategies.drawing import chance
from safeschedule.testing.strategies.lengths import Lengths, block_lengths
from safeschedule.testing.strategies.packing import pack
from safeschedule.testing.strategies.scattering import scatter
from safeschedule.testing.strategies.week import DrawnWeek


def schedules(
    problem: Problem, *, lengths: Mapping[BlockKind, tuple[int, ...]] | None = None, max_blocks: int = 8
) -> st.SearchStrategy[Schedule]:
    """Draw a schedule over the problem: it may break any rule, but it is of one piece.

    Each session of each request is placed once or left out, those of groups in sessions of their group, of
    which there are no more than the group has; all codes are the problem's; everything starts on the grid
    and ends on the date on which it starts.

    Parameters
    ----------
    lengths
        Minutes that blocks may have, by kind; ``None``: those of `block_lengths`.
    max_blocks
        Blocks scattered about; schedules that are nearly good may have more.
    """
    return _schedules(problem, dict(block_lengths(problem) if lengths is None else lengths), max_blocks)


@st.composite
def _schedules(draw: st.DrawFn, problem: Problem, lengths: Lengths, max_blocks: int) -> Schedule:
    week = DrawnWeek(draw, problem, lengths, rooms=chance(draw, 35))
    if chance(draw, 70):
        pack(week)
    else:
        scatter(week, max_blocks)
    left = {request.id: week.left[request.id] for request in problem.requests}
    return Schedule(
        problem=problem.name,
        week_start=problem.week_start,
        time_zone=problem.time_zone,
        appointments=tuple(map(Attending(draw, problem).of, week.appointments)),
        blocks=tuple(week.blocks),
        left_out=tuple(LeftOut(request=code, sessions=count) for code, count in left.items() if count),
    )
