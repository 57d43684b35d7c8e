"""Takes out blocks that no rule asks for, and gathers consultations; the search has no reason to."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Role, Rows
from safeschedule.problem import BlockKind
from safeschedule.solving.neighbourhood import only_of, part_of, team_blocks
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import State
from safeschedule.solving.subproblem import SMALL

_DETERMINISTIC_LIMIT = 1.0
# Clinicians whose own blocks are looked at together: building a part costs more than solving it.
_TOGETHER = 10


def tidy_own(solver: Solver, state: State) -> Rows:
    """Return the chosen rows with fewer minutes of clinicians' own blocks.

    Every rule and every tier's value is kept. Sessions stay as they are, and so do the times of all blocks.
    When time is up, what is left stays as it is.
    """
    rows = solver.rows
    count = len(solver.index.clinicians)
    for first in range(0, count, _TOGETHER):
        people = tuple(range(first, min(first + _TOGETHER, count)))
        own = only_of(rows, people) & ~rows.is_session & ~team_blocks(rows)
        state = _fewer(solver, state, own & state.chosen, people)
    return rows.take(np.flatnonzero(state.chosen))


def tidy_team(solver: Solver, state: State) -> State:
    """Return the state with fewer minutes of the team's blocks alone.

    Their times stay, but who consults with few may join a consultation that is held anyway.
    """
    return _fewer(solver, state, _joint(solver.rows, state.chosen), None)


def _joint(rows: Rows, chosen: Bools) -> Bools:
    """Return the chosen team blocks, and all seats in consultations that are held."""
    team = team_blocks(rows)
    seats = rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.ATTEND)
    width = int(rows.partner.max(initial=0)) + 2
    event = (rows.start * width + rows.partner) * (int(rows.minutes.max(initial=0)) + 1) + rows.minutes
    hosting = chosen & (rows.role == Role.HOST)
    held = (rows.start * width + rows.clinician) * (int(rows.minutes.max(initial=0)) + 1) + rows.minutes
    found: Bools = (chosen & team) | (seats & np.isin(event, held[hosting]))
    return found


def _fewer(solver: Solver, state: State, free: Bools, people: tuple[int, ...] | None) -> State:
    """Return the state with the fewest minutes of free blocks; unchanged when none is found in the limit."""
    if not free.any() or solver.budget.interrupted:
        return state
    try:
        return _fewest(solver, state, free, people)
    except InterruptedWorkError:
        return state


def _fewest(solver: Solver, state: State, free: Bools, people: tuple[int, ...] | None) -> State:
    part = part_of(solver.index, solver.rows, state.chosen, free, people)
    made = solver.prepare(part, state.chosen[part.numbers])
    values = made.of_hint(solver.budget)
    if values is None:
        return state
    for objective, least in zip(made.objectives, values, strict=True):
        made.hold(objective, least)
    rows = made.build.rows
    blocks = np.flatnonzero(rows.is_block & ~part.fixed)
    minutes = zip(rows.minutes[blocks].tolist(), made.build.row_index[blocks].tolist(), strict=True)
    made.aim([[(-length, variable) for length, variable in minutes]])
    # The budget is not charged: what it has left is for the search.
    answer = made.solve(budget=solver.budget.apart(), limit=_DETERMINISTIC_LIMIT, seed=1, engine=SMALL)
    if answer.chosen is None:
        return state
    return State(part.put(state.chosen, answer.chosen), state.values)
