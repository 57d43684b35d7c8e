"""Seats in consultations: everyone may join every supervisor's, which in large teams is most of the rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Role, Rows, join_rows
from safeschedule.problem import BlockKind

# Supervisors among whose consultations a clinician of a large team chooses.
_HOSTS = 6


def any_host(index: Index, rows: Rows) -> Rows:
    """Return rows in which a seat is with whoever hosts then: one for each clinician and start.

    This relaxes: a consultation has no limit of its own and nobody's blocks meet a certain host's. Seats
    that a pinned block asks for stay.
    """
    open_seats = _seats(rows) & ~_pinned(index, rows)
    seats = rows.take(open_seats)
    _, first = np.unique(np.stack([seats.clinician, seats.start, seats.minutes]), axis=1, return_index=True)
    merged = seats.take(np.sort(first))
    merged = replace(merged, partner=np.full(len(merged), -1, dtype=np.int64))
    return join_rows([rows.take(~open_seats), merged])


def few_hosts(index: Index, rows: Rows, seed: int) -> Rows:
    """Return rows in which each clinician has seats with the own supervisor and a few that chance chooses."""
    seats = _seats(rows)
    offered = np.zeros((len(index.clinicians), len(index.clinicians)), dtype=bool)
    offered[rows.clinician[seats], rows.partner[seats]] = True
    if offered.sum(axis=1).max(initial=0) <= _HOSTS:
        return rows
    random = np.random.default_rng(seed)
    allowed = np.zeros((len(index.clinicians), len(index.clinicians)), dtype=bool)
    for number, person in enumerate(index.clinicians):
        hosts = np.flatnonzero(offered[number])
        allowed[number, random.choice(hosts, min(len(hosts), _HOSTS - 1), replace=False)] = True
        if person.supervisor is not None:
            allowed[number, index.clinician_number[person.supervisor]] = True
    return rows.take(~seats | _pinned(index, rows) | allowed[rows.clinician, rows.partner])


def _seats(rows: Rows) -> Bools:
    found: Bools = rows.of_block(BlockKind.CONSULTATION) & (rows.role == Role.ATTEND)
    return found


def _pinned(index: Index, rows: Rows) -> Bools:
    """Return the rows that start with a pinned block, whoever's."""
    starts = [index.minute(pin.start) for pin in index.problem.pinned_blocks]
    return np.isin(rows.start, starts)
