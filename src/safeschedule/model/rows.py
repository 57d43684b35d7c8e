"""Rows: every placement that a model may choose from, one row each, as parallel arrays; and plan entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from enum import IntEnum
from functools import cached_property

import numpy as np

from safeschedule.model.index import Bools, Ints
from safeschedule.problem import BlockKind, Mode
from safeschedule.problem.clock import DAY

KINDS = tuple(BlockKind)
KIND_NUMBER = {kind: number for number, kind in enumerate(KINDS)}
MODES = (Mode.IN_PERSON, Mode.TELEHEALTH)


class Role(IntEnum):
    """What a row's clinician does in it.

    A joint block with several clinicians is one HOST row of its supervisor and one ATTEND row for
    each clinician; a one-to-one is a single PAIR row that holds both. A session of a group is one LEAD
    row of its first facilitator, one CO row for each other one, and one SEAT row for each client.
    """

    SOLO = 0
    ATTEND = 1
    HOST = 2
    PAIR = 3
    LEAD = 4
    CO = 5
    SEAT = 6


class Columns:
    """What can be said of rows and of plan entries alike: who, what and how long, but not when or where.

    The columns are those of `Rows`, of which a plan entry's rows have all but the last in common.
    """

    request: Ints
    kind: Ints
    clinician: Ints
    partner: Ints
    role: Ints
    minutes: Ints

    def __len__(self) -> int:
        return len(self.request)

    @property
    def is_session(self) -> Bools:
        """Whether each is a session of one client and one clinician."""
        found: Bools = (self.request >= 0) & (self.role == Role.SOLO)
        return found

    @property
    def is_work(self) -> Bools:
        """Whether each is a session that its clinician gives, alone or in a group."""
        found: Bools = (self.request >= 0) & (self.role != Role.SEAT)
        return found

    @property
    def is_visit(self) -> Bools:
        """Whether each is a session that a client comes to, alone or in a group."""
        found: Bools = (self.request >= 0) & ((self.role == Role.SOLO) | (self.role == Role.SEAT))
        return found

    @property
    def in_group(self) -> Bools:
        """Whether each is part of a group's session."""
        return self.role >= Role.LEAD

    @property
    def is_appointment(self) -> Bools:
        """Whether each is the one that stands for an appointment, with its time and place."""
        found: Bools = (self.request >= 0) & ((self.role == Role.SOLO) | (self.role == Role.LEAD))
        return found

    @property
    def is_block(self) -> Bools:
        """Whether each is protected time."""
        return self.request < 0

    def of_block(self, *kinds: BlockKind) -> Bools:
        """Return whether each is a block of one of the kinds."""
        return np.isin(self.kind, [KIND_NUMBER[kind] for kind in kinds])

    def people(self) -> tuple[Ints, Ints]:
        """Return (numbers, clinician numbers): whom each holds; PAIR rows hold two people, SEAT rows none."""
        holding = np.flatnonzero(self.role != Role.SEAT)
        pairs = np.flatnonzero(self.role == Role.PAIR)
        return np.concatenate([holding, pairs]), np.concatenate(
            [self.clinician[holding], self.partner[pairs]]
        )

    def of_requests(self, values: Bools) -> Bools:
        """Return for each whether it is work of a request for which `values` is true.

        Groups may be left out of `values`; then theirs is false.
        """
        return self.is_work & self._each(values)

    def of_visits(self, values: Bools) -> Bools:
        """Return for each whether it is a visit for a request for which `values` is true."""
        return self.is_visit & self._each(values)

    def _each(self, values: Bools) -> Bools:
        padded = np.zeros(max(len(values), int(self.request.max(initial=0))) + 2, dtype=bool)
        padded[: len(values)] = values
        found: Bools = padded[self.request]
        return found


@dataclass(frozen=True)
class Rows(Columns):
    """Placements of sessions and blocks, as parallel arrays of one length.

    Parameters
    ----------
    request
        The number of the session's request, or for LEAD and CO rows of its group (see
        `Index.request_types`); -1 for blocks. The sessions of one request are alike: a request for
        several may choose as many rows.
    kind
        The block kind's number in `KINDS`, -1 for sessions.
    clinician, partner
        Numbers; the partner is the supervisor of ATTEND and PAIR rows and the first facilitator of CO
        rows, otherwise -1. The clinician of a SEAT row is the first facilitator, whose time it does not hold.
    role
        A `Role`.
    start, minutes
        Wall-clock minutes of the week, and length.
    mode
        Number in `MODES`.
    site
        Site number of in-person sessions and of where travel leads, -1 when not given.
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

    # Kept once made: encoders ask for them in loops over rows.

    @cached_property
    def end(self) -> Ints:
        """End of each row, in minutes of the week."""
        return self.start + self.minutes

    @cached_property
    def day(self) -> Ints:
        """Date number (0 to 6) in which each row starts."""
        return self.start // DAY

    def take(self, chosen: Bools | Ints) -> Rows:
        """Return the chosen rows (a mask, or row numbers)."""
        return Rows(**{f.name: getattr(self, f.name)[chosen] for f in fields(self)})

    def records(self) -> list[tuple[int, ...]]:
        """Return each row as a tuple, to look it up by value."""
        return list(zip(*(getattr(self, f.name).tolist() for f in fields(self)), strict=True))


@dataclass(frozen=True)
class Entries(Columns):
    """What the rows of each plan entry have in common, as parallel arrays of one length.

    There is no start, mode or site: the rows of one entry differ in these, so whatever is read of one row
    would stand for rows of which it is not true. Half-day and date are `Build.plan_half` and
    `Build.plan_day`; the rows of an entry are `Build.plan_rows`.
    """

    request: Ints
    kind: Ints
    clinician: Ints
    partner: Ints
    role: Ints
    minutes: Ints

    def take(self, chosen: Bools | Ints) -> Entries:
        """Return the chosen entries (a mask, or their numbers)."""
        return Entries(**{f.name: getattr(self, f.name)[chosen] for f in fields(self)})


def entries_of(rows: Rows, heads: Ints) -> Entries:
    """Return the plan entries of which `heads` has the number of some row each."""
    return Entries(**{f.name: getattr(rows, f.name)[heads] for f in fields(Entries)})


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


def steps(
    rows: Rows, grid: int, numbers: Ints, pad: Ints | None = None, lead: Ints | None = None
) -> tuple[Ints, Ints]:
    """Return (positions in `numbers`, slots): every grid step that each row of `numbers` holds.

    `pad` adds minutes after the end of each row of `numbers`, `lead` whole grid steps before its start.
    """
    before: Ints | int = 0 if lead is None else lead
    length = rows.minutes[numbers] + (0 if pad is None else pad) + before
    count = -(-length // grid)
    which = np.repeat(np.arange(len(numbers)), count)
    offset = np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return which, (rows.start[numbers] - before)[which] // grid + offset


def unhosted(rows: Rows, held: Bools, items: Ints) -> Bools:
    """Return which ATTEND rows have no HOST row, and which CO and SEAT rows no LEAD row, in `held`.

    `items` is `Index.items`.
    """
    led = (rows.role == Role.ATTEND) | (rows.role == Role.CO)
    joining = led | (rows.role == Role.SEAT)
    heading = ((rows.role == Role.HOST) | (rows.role == Role.LEAD)) & held
    found = np.zeros(len(rows), dtype=bool)
    joint = np.flatnonzero(joining | heading)
    part = rows.take(joint)
    what = np.where(part.request >= 0, np.append(items, -1)[part.request], -1 - part.kind)
    who = np.where(led[joint], part.partner, part.clinician)
    event = numbered(what, who, part.start, part.minutes, part.mode, part.site)
    headed = np.isin(event, event[heading[joint]])
    found[joint] = joining[joint] & ~headed
    return found


def numbered(*columns: Ints) -> Ints:
    """Return equal numbers where all columns are equal."""
    found: Ints = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        spread = column.max(initial=0) - column.min(initial=0) + 1
        found = np.unique(found * spread + column - column.min(initial=0), return_inverse=True)[1]
    return found
