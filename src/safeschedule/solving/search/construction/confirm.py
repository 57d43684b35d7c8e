"""A construction before the model: taken as it is, or mended clinician by clinician where it is refused."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Role
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import of_clinicians, only_of, part_of, team_blocks
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import State

# Deterministic time for one clinician's week that the model refuses, and for the question whether it does.
_MENDING, _ASKING = 1.0, 1.0


def confirm(solver: Solver, chosen: Bools, *, partly: bool = False) -> State | None:
    """Return the state of constructed rows, or of as many of them as the model allows; ``None`` without one.

    A construction knows the rules by heart, the model knows them all. Where it refuses a clinician's week,
    that week's sessions that go together stay, and the clinician's own blocks may stand anywhere; where that
    is not enough, groups give way, too.

    Parameters
    ----------
    partly
        When time is up in the middle of it: whether to return what was looked at by then without the rest, as
        far as the model allows it, for whoever has nothing else; ``None`` is returned otherwise.
    """
    state = solver.look(chosen)
    for gathering in (True, False):
        if state is not None:
            return state
        rest = chosen if gathering else chosen & ~solver.rows.in_group
        rest, left = _mended(solver, rest)
        if left:
            return _of_others(solver, rest, left) if partly else None
        state = solver.look(rest)
    return state


def _of_others(solver: Solver, chosen: Bools, left: Sequence[int]) -> State | None:
    """Return the state without the sessions of these clinicians and of groups, or else of blocks alone."""
    rows = solver.rows
    rest = chosen & ~rows.in_group & ~(rows.is_session & of_clinicians(rows, left))
    return solver.look(rest) or solver.look(rest & rows.is_block)


def _mended(solver: Solver, chosen: Bools) -> tuple[Bools, list[int]]:
    """Return the rows with the weeks mended that the model refuses when it looks at each alone.

    With the clinicians at whom there was no time to look.
    """
    people = list(range(len(solver.index.clinicians)))
    while people and not solver.budget.interrupted:
        try:
            if _solve(solver, chosen, [people[0]], None) is None:
                chosen = _week(solver, chosen, people[0])
        except InterruptedWorkError:
            break
        people.pop(0)
    return chosen, people


def _week(solver: Solver, chosen: Bools, person: int) -> Bools:
    """Return the rows with as much of one clinician's week as goes together; perhaps without sessions."""
    rows = solver.rows
    mine = only_of(rows, [person]) & ~team_blocks(rows)
    own = mine & rows.is_block & (rows.role == Role.SOLO)
    sessions = mine & rows.is_session
    for kept in (chosen, chosen & ~sessions):
        found = _solve(solver, kept, [person], own | (mine & kept))
        if found is not None:
            return found
    # What others hold together with this clinician may be at fault: that is for whoever looks at everyone.
    return chosen & ~(sessions & of_clinicians(rows, [person]))


def _solve(solver: Solver, chosen: Bools, people: Sequence[int], free: Bools | None) -> Bools | None:
    """Return the best choice of free rows, all others as chosen; ``None`` when there is none in the limit."""
    nothing = np.zeros(len(chosen), dtype=bool)
    part = part_of(solver.index, solver.rows, chosen, nothing if free is None else free, people)
    run = solver.prepare(part, None, goalless=free is None)
    limit = _ASKING if free is None else _MENDING
    answer = run.solve(budget=Budget(None, limit, solver.budget.stop), limit=limit, seed=solver.seed)
    return None if answer.chosen is None else part.put(chosen, answer.chosen)
