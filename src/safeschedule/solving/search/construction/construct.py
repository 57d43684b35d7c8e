"""A constructive heuristic: a whole week, row by row, judged by the model before anybody has it."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.construction.board import Board
from safeschedule.solving.search.construction.gatherings import Gatherings
from safeschedule.solving.search.construction.joint import put_joint, put_pins
from safeschedule.solving.search.construction.own import put_own
from safeschedule.solving.search.construction.sessions import Sessions


def construct(
    index: Index,
    rows: Rows,
    worth: Floats,
    over: Callable[[], bool],
    given: Bools | None = None,
    priority: Floats | None = None,
) -> Bools:
    """Return chosen rows: blocks, groups and sessions together, nearly all that there is a place for.

    It goes by what it knows of the rules. Whether they are all kept, only the model can say.

    Parameters
    ----------
    worth
        By tier (strongest first) and row: what a session there adds to the objective.
    over
        Whether to leave out what is not looked at yet.
    given
        Rows that stand, with all of the team's blocks; the rest is put round them. By default none.
    priority
        By request: how often its worth counts when it is decided which comes first. By default once.
    """
    board = Board(index, rows)
    if given is not None:
        board.put(*np.flatnonzero(given).tolist())
    else:
        put_pins(board)
        put_joint(board)
    put_own(board)
    sessions = Sessions(board, worth, priority)
    sessions.companions.begin()
    Gatherings(sessions).put_all(over)
    sessions.put_all(over)
    sessions.companions.notes.settle()
    return board.chosen
