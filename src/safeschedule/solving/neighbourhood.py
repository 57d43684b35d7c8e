"""Which rows to free when a schedule is improved, and which to keep."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.model.attending import needing
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rooming import closed, pools
from safeschedule.model.rows import Role, Rows, steps, unhosted
from safeschedule.problem import BlockKind


@dataclass(frozen=True)
class Part:
    """A restricted problem: some rows free, some kept, all others out.

    Parameters
    ----------
    numbers
        Row numbers of the whole that take part.
    fixed
        By entry of `numbers`: whether the row is kept for certain.
    people
        The clinicians whose whole week takes part; ``None``: all.
    """

    numbers: Ints
    fixed: Bools
    people: tuple[int, ...] | None = None

    def put(self, chosen: Bools, inside: Bools) -> Bools:
        """Return which rows of the whole are chosen when those of the part are as given.

        Parameters
        ----------
        chosen
            By row of the whole.
        inside
            By entry of `numbers`.
        """
        found = chosen.copy()
        found[self.numbers] = inside
        return found


def part_of(
    index: Index, rows: Rows, chosen: Bools, free: Bools, people: Sequence[int] | None = None
) -> Part:
    """Return the part in which the `free` rows may change and the other chosen rows stay.

    A request whose sessions all stay with rows outside the free ones has no other row; a clinician
    attends only what is hosted by a free or a kept row. With `people` (whose rows the free ones are) only
    those kept rows of other clinicians take part that can meet theirs.
    """
    # All the rest is not looked at: a part is small, however large the team.
    some = np.flatnonzero(chosen | free)
    rows, chosen, free = rows.take(some), chosen[some], free[some]
    kept = chosen & ~free
    stays = np.append(held_of(index, rows, kept) >= index.counts, False)
    movable = free & ~stays[rows.request]
    held = movable | kept
    movable &= ~unhosted(rows, held, index.items)
    if people is not None:
        kept &= of_clinicians(rows, people) | _meeting(index, rows, movable, kept, people)
    inside = np.flatnonzero(kept | movable)
    return Part(some[inside], kept[inside], None if people is None else tuple(people))


def _meeting(index: Index, rows: Rows, movable: Bools, kept: Bools, people: Sequence[int]) -> Bools:
    """Return kept rows of anybody that can meet movable ones: in client, room, attendant or team's blocks."""
    found = kept & team_blocks(rows)
    sessions = np.flatnonzero(kept & rows.is_session)
    moving = movable & rows.is_visit
    clients = np.zeros(len(index.clients) + 1, dtype=bool)
    clients[index.request_client[rows.request[moving]]] = True
    found[sessions[clients[index.request_client[rows.request[sessions]]]]] = True
    if "room_capacity" in index.settings:
        # Sessions of groups and urgent slots take part anyway, but they hold rooms, too.
        drawing = rows.is_work | rows.of_block(BlockKind.URGENT_SLOT)
        others = np.flatnonzero(kept & drawing & ~np.isin(rows.clinician, people))
        found[others[in_full_rooms(index, rows.take(others), len(people))]] = True
    attended = needing(index, rows)
    if (attended & movable).any():
        # Attendants are few, and may have a limit for the week: all that they attend takes part.
        found |= kept & attended
    return found


def in_full_rooms(index: Index, rows: Rows, more: int, *, anchored: bool = True) -> Bools:
    """Return which sessions and slots hold a step at which their rooms have no place for so many more.

    By default slots are where they are taken to be (see `pools`).
    """
    numbers, pool, rooms = pools(index, rows, anchored=anchored)
    full = np.zeros(len(rows), dtype=bool)
    if len(numbers):
        which, slots = steps(rows, index.grid, numbers)
        place, inverse = np.unique(pool, return_inverse=True)
        taken = np.zeros((len(place), index.slots + 1), dtype=np.int64)
        np.add.at(taken, (inverse[which], slots), 1)
        left = np.array([rooms[number] for number in place.tolist()])[:, None] - taken
        for position, number in enumerate(place.tolist()):
            for slot, lost in closed(index, number).items():
                left[position, slot] -= lost
        full[numbers[which[left[inverse[which], slots] < more]]] = True
    return full


def team_blocks(rows: Rows) -> Bools:
    """Return the rows of groups, and of blocks that several share or that the team needs a number of."""
    found: Bools = ~rows.is_session & ((rows.role != Role.SOLO) | rows.of_block(BlockKind.URGENT_SLOT))
    return found


def events(rows: Rows) -> set[tuple[int, int]]:
    """Return what the team's blocks have in common with others: kind, and supervisor or (urgent) date.

    One case review may stand in for another, whoever holds it; and all sessions of groups are one thing,
    because a group has so many in the week, whoever leads them.
    """
    team = rows.take(team_blocks(rows))
    joint = np.isin(team.role, [Role.ATTEND, Role.PAIR])
    lead = np.where(joint, team.partner, np.where(team.role == Role.HOST, team.clinician, -1))
    what = np.where(lead >= 0, lead, -1 - team.day)
    what[team.in_group] = 0
    what[team.of_block(BlockKind.CASE_REVIEW)] = -1
    return set(zip(team.kind.tolist(), what.tolist(), strict=True))


def held_of(index: Index, rows: Rows, chosen: Bools) -> Ints:
    """Return how many sessions of each request, and of each group, are among the chosen rows."""
    counted = chosen & (rows.request >= 0) & (rows.role != Role.CO)
    held: Ints = np.bincount(rows.request[counted], minlength=len(index.counts))
    return held


def of_clinicians(rows: Rows, people: Sequence[int]) -> Bools:
    """Return the rows of some clinicians (one-to-ones with either of the two)."""
    mine = np.isin(rows.clinician, people)
    mine |= (rows.role == Role.PAIR) & np.isin(rows.partner, people)
    return mine


def only_of(rows: Rows, people: Sequence[int]) -> Bools:
    """Return the rows that hold none but some clinicians: one-to-ones only with both of the two."""
    mine: Bools = np.isin(rows.clinician, people)
    mine &= (rows.role != Role.PAIR) | np.isin(rows.partner, people)
    return mine


def dates_at_work(rows: Rows, clinicians: int) -> list[tuple[int, int]]:
    """Return every clinician's dates with rows of sessions, date by date, so that neighbours are apart."""
    sessions = np.flatnonzero(rows.is_session)
    pairs = np.unique(rows.day[sessions] * clinicians + rows.clinician[sessions])
    return [(int(pair) % clinicians, int(pair) // clinicians) for pair in pairs]
