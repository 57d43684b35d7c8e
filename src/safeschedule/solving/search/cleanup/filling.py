"""Fills a schedule: what is left out and still fits, when the clinicians' own blocks may move, is put in."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from safeschedule.model.adopting import adopt
from safeschedule.model.candidates import candidates, sessions_of, suiting
from safeschedule.model.extract import extract
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Role, Rows, join_rows
from safeschedule.problem import Problem
from safeschedule.schedule import Schedule
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import held_of, only_of, team_blocks
from safeschedule.solving.parts import Solver
from safeschedule.solving.profit import worth_of_rows
from safeschedule.solving.states import State, Task
from safeschedule.solving.subproblem import PLAIN
from safeschedule.solving.tiers import ranked_tiers

# Deterministic time for one clinician's week: own blocks alone move, so that nearly all take a tenth of it.
_EACH = 0.5


def fill(solver: Solver, state: State, over: Callable[[], bool]) -> tuple[Solver, State]:
    """Return a schedule in which nothing that is left out fits any more and gains, and a solver of its rows.

    Each clinician's week is looked at once, with all sessions and joint blocks where they are, all own
    blocks free, and everything that is left out offered. A place that is taken makes no other place, so once
    is enough. What ended the search does not end this: it has deterministic time of its own.

    Parameters
    ----------
    over
        Asked whether to leave it at that, before each clinician and in the middle of a week.
    """
    index = solver.index
    try:
        rows, chosen = _with_all(index, solver.rows, state.chosen)
    except InterruptedWorkError:
        return solver, state
    everyone = range(len(index.clinicians))
    budget = Budget(None, _EACH * (1 + len(everyone)), threading.Event(), ends=over)
    whole = solver.whole if len(rows) == len(solver.rows) else None
    filling = Solver(index, rows, solver.tiers, budget, solver.seed, whole)
    state = replace(state, chosen=chosen)
    worth = worth_of_rows(index, rows, solver.tiers)[0]
    asked = _asked(index, rows, chosen)
    most = np.zeros(len(index.clinicians))
    np.maximum.at(most, rows.clinician[asked], worth[asked])
    for person in np.argsort(-most, kind="stable").tolist():
        if over():
            break
        try:
            state = _filled(filling, state, person, asked)
        except InterruptedWorkError:
            break
    return filling, state


def _with_all(index: Index, rows: Rows, chosen: Bools) -> tuple[Rows, Bools]:
    """Return rows, and those of sessions left out that were not offered to everyone who can take them."""
    missing = (held_of(index, rows, chosen) < index.counts)[: len(index.requests)]
    sessions = np.flatnonzero(rows.is_session)
    offered = np.zeros((len(index.requests), len(index.clinicians)), dtype=bool)
    offered[rows.request[sessions], rows.clinician[sessions]] = True
    more = sessions_of(index, suiting(index) & ~offered & missing[:, None])
    return join_rows([rows, more]), np.append(chosen, np.zeros(len(more), dtype=bool))


def _asked(index: Index, rows: Rows, chosen: Bools) -> Ints:
    """Return the rows of sessions left out, and of places in groups' sessions that are held."""
    missing = np.append(held_of(index, rows, chosen) < index.counts, False)[rows.request]
    held = np.flatnonzero(chosen & (rows.role == Role.LEAD))
    keys = np.append(index.items, -1)[rows.request], rows.clinician, rows.start, rows.mode, rows.site
    there = set(zip(*(key[held].tolist() for key in keys), strict=True))
    seats = np.flatnonzero(missing & (rows.role == Role.SEAT))
    places = zip(*(key[seats].tolist() for key in keys), strict=True)
    joined = [n for n, place in zip(seats.tolist(), places, strict=True) if place in there]
    found: Ints = np.union1d(np.flatnonzero(missing & rows.is_session), np.array(joined, dtype=np.int64))
    return found


def _filled(solver: Solver, state: State, person: int, asked: Ints) -> State:
    """Return the state with what fits into one clinician's week."""
    rows, index = solver.rows, solver.index
    missing = np.append(held_of(index, rows, state.chosen) < index.counts, False)
    mine = asked[(rows.clinician[asked] == person) & missing[rows.request[asked]]]
    mine = mine[_clear(solver, state, person, mine)]
    if not len(mine):
        return state
    own = only_of(rows, [person]) & rows.is_block & ~team_blocks(rows)
    own[mine] = True
    change = solver.improve(state, Task([person], own, limit=_EACH, engine=PLAIN))
    if change is None or change.gain <= tuple(0 for _ in change.gain):
        return state
    return solver.accept(state, change)


def _clear(solver: Solver, state: State, person: int, numbers: Ints) -> Bools:
    """Return which rows overlap nothing of their clinician and client that cannot move."""
    rows = solver.rows
    chosen = np.flatnonzero(state.chosen)
    stays = rows.is_session[chosen] | team_blocks(rows.take(chosen))
    pairs = (rows.role[chosen] == Role.PAIR) & (rows.partner[chosen] == person)
    holds: Bools = ((rows.clinician[chosen] == person) & (rows.role[chosen] != Role.SEAT)) | pairs
    ok = _apart(rows, numbers[rows.role[numbers] != Role.SEAT], chosen[stays & holds])
    found = np.ones(len(numbers), dtype=bool)
    found[rows.role[numbers] != Role.SEAT] = ok
    return found


def _apart(rows: Rows, numbers: Ints, held: Ints) -> Bools:
    """Return which of `numbers` overlap none of `held`."""
    starts, ends = rows.start[numbers][:, None], rows.end[numbers][:, None]
    meets = (starts < rows.end[held][None, :]) & (rows.start[held][None, :] < ends)
    return np.asarray(~meets.any(axis=1), dtype=bool)


def fill_schedule(problem: Problem, schedule: Schedule, over: Callable[[], bool]) -> Schedule:
    """Return a schedule from anywhere, filled (see `fill`); as it is, when no model says what is in it."""
    index = Index(problem, over=over)
    try:
        adopted = adopt(index, schedule, candidates(index))
    except (KeyError, ValueError, InterruptedWorkError):
        return schedule
    budget = Budget(None, float("inf"), threading.Event())
    solver = Solver(index, adopted.rows, ranked_tiers(index.settings), budget, seed=0)
    state = solver.look(adopted.chosen)
    if state is None:
        return schedule
    solver, full = fill(solver, state, over)
    if full.values <= state.values:
        return schedule
    return extract(index, solver.rows.take(np.flatnonzero(full.chosen)), before=schedule)
