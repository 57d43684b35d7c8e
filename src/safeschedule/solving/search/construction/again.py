"""Constructions made again: what was left out comes sooner the next time.

The squeaky wheel optimisation of Joslin and Clements (1999): a construction is quick and good but for its
order, and what it left out says what is wrong with that.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.solving.neighbourhood import held_of
from safeschedule.solving.parts import Solver
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.construction.construct import construct
from safeschedule.solving.states import State

# How much more often what was left out counts the next time, and how much of what it has gained so far stays
# with what was not.
_RISE, _STAYS = 1.5, 0.9
# Constructions after which nothing new is to be expected.
_ROUNDS = 10


def construct_again(
    solver: Solver,
    state: State,
    worth: Floats,
    over: Callable[[], bool],
    more: Callable[[int], bool],
    given: Bools | None = None,
) -> State:
    """Return the best of a constructed state and others that begin with what the one before left out.

    Parameters
    ----------
    worth, over, given
        As for `construct`.
    more
        Asked before each construction whether to make it, with how many there are already.
    """
    index, rows = solver.index, solver.rows
    priority, chosen, best = np.ones(len(index.counts)), state.chosen, state
    for made in range(1, 1 + _ROUNDS):
        missing = held_of(index, rows, chosen) < index.counts
        if not missing.any() or not more(made):
            break
        priority = np.where(missing, priority * _RISE, 1 + _STAYS * (priority - 1))
        chosen = construct(index, rows, worth, over, given, priority)
        # What the model refuses is not mended: the next one is as quick. A stop need not wait for one more.
        try:
            found = solver.look(chosen, patient=False)
        except InterruptedWorkError:
            break
        if found is not None and found.values > best.values:
            best = found
    return best
