"""Parts solved several at a time, in a stream: what goes together is taken."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace

import numpy as np

from safeschedule.model.attending import needing
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.solving.neighbourhood import events, in_full_rooms
from safeschedule.solving.parts import Solver
from safeschedule.solving.states import Improvement, State, Task

Draw = Callable[[State, frozenset[int]], Task | None]
Learn = Callable[[State, Task, Improvement | None], None]


def stream(solver: Solver, pool: Executor, state: State, draw: Draw, learn: Learn, depth: int) -> State:
    """Solve parts, `depth` of them under way at a time, and take what goes together; return the state.

    A change that meets one taken since its part was drawn (in a client, a room or the team's blocks) is
    left. Answers are taken in the order in which the parts were drawn, so that nothing depends on which
    ends first.

    Parameters
    ----------
    pool
        Solves them.
    draw
        Gives the next part for the present state, apart from busy clinicians; ``None`` for now.
    learn
        Hears of each part the state after it and its change; ``None`` for one that was left.
    """
    if solver.whole is not None and state.assignment is None:
        state = solver.look(state.chosen) or state
    under_way: deque[tuple[Task, int, Solver, Future[Improvement | None]]] = deque()
    taken: list[Improvement] = []
    while True:
        while len(under_way) < depth:
            task = draw(state, frozenset(c for each, *_ in under_way for c in each.people))
            if task is None:
                break
            own = solver.apart()
            under_way.append((task, len(taken), own, pool.submit(own.improve, state, task)))
        if not under_way:
            return state
        task, since, own, coming = under_way.popleft()
        change = _result(coming)
        # Booked in the order of drawing: what is left then does not depend on who ends first.
        solver.budget.spend(own.budget.spent)
        if change is not None and (len(change.out) or len(change.into)):
            after = _joined(solver, state, change, taken[since:])
            if after is None:
                change = None
            else:
                state = after
                taken.append(change)
        learn(state, task, change)


def _joined(solver: Solver, state: State, change: Improvement, since: Sequence[Improvement]) -> State | None:
    """Return the state after a change; ``None`` where it does not go with those taken since its start."""
    if solver.whole is not None and change.variables is not None and state.assignment is not None:
        after = solver.accept(state, change)
        assert after.assignment is not None
        if since and not solver.whole.keeps(after.assignment, change.variables):
            return None
        after = replace(after, values=solver.whole.values(after.assignment, solver.tiers))
        return after if after.values >= state.values else None
    if all(_apart(solver, change, other) for other in since) and _rooms_fit(solver, state, change):
        return solver.accept(state, change)
    return None


def _apart(solver: Solver, one: Improvement, other: Improvement) -> bool:
    """Return whether two changes share no client, attendant, joint block, or date with an urgent slot."""
    if all(needing(solver.index, solver.rows.take(change.into)).any() for change in (one, other)):
        return False  # they may have given one attendant to two sessions
    mine, theirs = (solver.rows.take(np.concatenate([c.out, c.into])) for c in (one, other))
    one_clients, other_clients = (solver.index.request_client[r.request[r.is_visit]] for r in (mine, theirs))
    if np.isin(one_clients, other_clients).any():
        return False
    return not events(mine) & events(theirs)


def _rooms_fit(solver: Solver, state: State, change: Improvement) -> bool:
    """Return whether there are rooms enough when the change is made to this state."""
    if "room_capacity" not in solver.index.settings:
        return True
    there = solver.rows.take(np.flatnonzero(solver.accept(state, change).chosen))
    # Slots may also be elsewhere than they are taken to be, which takes longer to find out.
    return any(
        not in_full_rooms(solver.index, there, 0, anchored=anchored).any() for anchored in (True, False)
    )


def _result(coming: Future[Improvement | None]) -> Improvement | None:
    """Return what was found of a part; ``None`` when that was interrupted."""
    try:
        return coming.result()
    except InterruptedWorkError:
        return None
