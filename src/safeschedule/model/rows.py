"""Rows: every placement that a model may choose from, one row each, as parallel arrays."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum

import numpy as np

from safeschedule.model.index import DAY, Bools, Ints
from safeschedule.problem import BlockKind, Mode

KINDS = tuple(BlockKind)
KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
MODES = (Mode.IN_PERSON, Mode.TELEHEALTH)


class Role(IntEnum):
    """What a row's clinician does in it.

    A joint block with several clinicians is one HOST row of its supervisor and one ATTEND row for
    each clinician; a one-to-one is a single PAIR row that holds both.
    """

    SOLO = 0
    ATTEND = 1
    HOST = 2
    PAIR = 3


@dataclass(frozen=True)
class Rows:
    """Placements of sessions and blocks, as parallel arrays of one length.

    Parameters
    ----------
    request
        The number of the session's request, -1 for blocks. The sessions of one request are alike: a
        request for several may choose as many rows.
    kind
        The block kind's number in `KINDS`, -1 for sessions.
    clinician, partner
        Numbers; the partner is the supervisor of ATTEND and PAIR rows, otherwise -1.
    role
        A `Role`.
    start, minutes
        Wall-clock minutes of the week, and length.
    mode
        Number in `MODES`.
    site
        Site number of in-person sessions, -1 when not given.
    """

    request: Ints
    kind: Ints
    clinician: Ints
    partner: Ints
    role: Ints
    start: Ints
    minutes: Ints
    mode: Ints
    site: Ints

    def __len__(self) -> int:
        return len(self.request)

    @property
    def end(self) -> Ints:
        """End of each row, in minutes of the week."""
        return self.start + self.minutes

    @property
    def day(self) -> Ints:
        """Date number (0 to 6) in which each row starts."""
        return self.start // DAY

    @property
    def is_session(self) -> Bools:
        """Whether each row is a session."""
        return self.request >= 0

    def of_block(self, *kinds: BlockKind) -> Bools:
        """Return whether each row is a block of one of the kinds."""
        return np.isin(self.kind, [KIND_NUMBER[kind] for kind in kinds])

    def take(self, chosen: Bools | Ints) -> Rows:
        """Return the chosen rows (a mask, or row numbers)."""
        return Rows(**{f.name: getattr(self, f.name)[chosen] for f in fields(self)})

    def of_requests(self, values: Bools) -> Bools:
        """Return for each row whether it is a session for which `values` (by request) is true."""
        if not len(values):
            return np.zeros(len(self), dtype=bool)
        return self.is_session & values[self.request]

    def people(self) -> tuple[Ints, Ints]:
        """Return (row numbers, clinician numbers): who is held by which row; PAIR rows hold two."""
        pairs = np.flatnonzero(self.role == Role.PAIR)
        everyone = np.concatenate([np.arange(len(self)), pairs])
        return everyone, np.concatenate([self.clinician, self.partner[pairs]])

    def records(self) -> list[tuple[int, ...]]:
        """Return each row as a tuple, to look it up by value."""
        return list(zip(*(getattr(self, f.name).tolist() for f in fields(self)), strict=True))


def make_rows(records: list[tuple[int, ...]]) -> Rows:
    """Return rows of tuples in the order of the fields."""
    names = [f.name for f in fields(Rows)]
    table = np.array(records, dtype=np.int64).reshape(len(records), len(names))
    return Rows(**{name: table[:, column].copy() for column, name in enumerate(names)})


def join_rows(parts: list[Rows]) -> Rows:
    """Return all rows of the parts, in order."""
    if not parts:
        return make_rows([])
    return Rows(**{f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Rows)})


def groups(*keys: Ints, where: Bools | None = None) -> Iterator[tuple[tuple[int, ...], Ints]]:
    """Yield (key, positions) for each distinct combination of keys, among the positions of `where`."""
    chosen = np.arange(len(keys[0])) if where is None else np.flatnonzero(where)
    if not len(chosen):
        return
    columns = [key[chosen] for key in keys]
    order = np.lexsort(columns[::-1])
    table = np.stack(columns)[:, order]
    new = np.any(table[:, 1:] != table[:, :-1], axis=0)
    starts = np.append(0, np.flatnonzero(new) + 1)
    ends = np.append(starts[1:], len(order)).tolist()
    positions = chosen[order]
    for key, start, end in zip(table[:, starts].T.tolist(), starts.tolist(), ends, strict=True):
        yield tuple(key), positions[start:end]


def steps(rows: Rows, grid: int, numbers: Ints, pad: Ints | None = None) -> tuple[Ints, Ints]:
    """Return (positions in `numbers`, slots): every grid step that each row of `numbers` holds.

    `pad` adds minutes after the end of each row of `numbers`.
    """
    length = rows.minutes[numbers] + (0 if pad is None else pad)
    count = -(-length // grid)
    which = np.repeat(np.arange(len(numbers)), count)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, rows.start[numbers][which] // grid + offset


def unhosted(rows: Rows, held: Bools) -> Bools:
    """Return which ATTEND rows have no HOST row among the `held` ones."""
    kinds, lengths, people = (
        len(KINDS),
        int(rows.minutes.max(initial=0)) + 1,
        int(rows.clinician.max(initial=0)) + 1,
    )
    event = (rows.start * lengths + rows.minutes) * kinds + rows.kind
    hosts = (rows.role == Role.HOST) & held
    hosted = np.isin(event * people + rows.partner, (event * people + rows.clinician)[hosts])
    found: Bools = (rows.role == Role.ATTEND) & ~hosted
    return found
