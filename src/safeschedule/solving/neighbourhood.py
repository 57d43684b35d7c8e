"""Which rows to free when a schedule is improved, and which to keep."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Role, Rows, unhosted


@dataclass(frozen=True)
class Part:
    """A restricted problem: some rows free, some kept, all others out.

    Parameters
    ----------
    numbers
        Row numbers of the whole that take part.
    fixed
        By entry of `numbers`: whether the row is kept for certain.
    """

    numbers: Ints
    fixed: Bools


def part_of(index: Index, rows: Rows, chosen: Bools, free: Bools) -> Part:
    """Return the part in which the `free` rows may change and the other chosen rows stay.

    A request whose sessions all stay with rows outside the free ones has no other row; a clinician
    attends only what is hosted by a free or a kept row.
    """
    kept = chosen & ~free
    stays = np.append(held_of(index, rows, kept) >= index.counts, False)
    movable = free & ~stays[rows.request]
    held = movable | kept
    numbers = np.flatnonzero(kept | (movable & ~unhosted(rows, held)))
    return Part(numbers=numbers, fixed=kept[numbers])


def held_of(index: Index, rows: Rows, chosen: Bools) -> Ints:
    """Return how many sessions of each request are among the chosen rows."""
    held: Ints = np.bincount(rows.request[chosen & rows.is_session], minlength=len(index.requests))
    return held


def of_clinicians(rows: Rows, people: Sequence[int]) -> Bools:
    """Return the rows of some clinicians (one-to-ones with either of the two)."""
    mine = np.isin(rows.clinician, people)
    mine |= (rows.role == Role.PAIR) & np.isin(rows.partner, people)
    return mine


def supervision_groups(index: Index, size: int) -> list[list[int]]:
    """Return all clinicians in groups of at most `size`, supervisors with those whom they supervise."""
    lead = [
        c if person.supervisor is None else index.clinician_number[person.supervisor]
        for c, person in enumerate(index.clinicians)
    ]
    order = sorted(range(len(lead)), key=lambda c: (lead[c], c != lead[c], c))
    return [order[first : first + size] for first in range(0, len(order), size)]


def clinician_sets(index: Index, rows: Rows, chosen: Bools, size: int, seed: int) -> Iterator[list[int]]:
    """Yield sets of clinicians that may exchange work, those with sessions left out first, for ever."""
    random = np.random.default_rng(seed)
    count = len(index.clinicians)
    open_rows = rows.of_requests(held_of(index, rows, chosen) < index.counts)
    wanting = np.bincount(rows.clinician[open_rows], minlength=count) > 0
    while True:
        for first in np.lexsort((random.random(count), ~wanting)).tolist():
            others = [c for c in range(count) if c != first]
            mates = random.permutation(others)[: max(0, size - 1)].tolist()
            yield [first, *mates]
