"""A schedule that is there already, as rows among all that may be chosen."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.represent import represent
from safeschedule.model.rows import Rows, join_rows
from safeschedule.problem.fixed import BUFFERS
from safeschedule.schedule import Schedule


@dataclass(frozen=True)
class Adopted:
    """Rows to choose from, and which of them a schedule has.

    Parameters
    ----------
    rows
        The rows given, then those of the schedule that are not among them.
    chosen
        By row: whether the schedule has it.
    """

    rows: Rows
    chosen: Bools


def adopt(index: Index, schedule: Schedule, rows: Rows) -> Adopted:
    """Return the schedule's sessions and blocks as rows chosen among others.

    Rooms, attendants, preparation and recovery are left out, because they follow from the sessions (see
    `safeschedule.model.extract.extract`). Whether the rows keep any rule is not looked at.

    Raises
    ------
    ValueError
        The schedule has something that no row says; the message names it.
    KeyError
        The schedule has a code that the problem does not know.
    """
    return adopt_rows(represent(index, bare(schedule)), rows)


def adopt_rows(own: Rows, rows: Rows) -> Adopted:
    """Return the rows of a schedule as chosen among others (see `adopt`)."""
    place = _places(own, rows)
    more = own.take(place < 0)
    chosen = np.zeros(len(rows) + len(more), dtype=bool)
    chosen[place[place >= 0]] = True
    chosen[len(rows) :] = True
    return Adopted(join_rows([rows, more]), chosen)


def bare(schedule: Schedule) -> Schedule:
    """Return a schedule without rooms, preparation and recovery."""
    appointments = tuple(a.model_copy(update={"room": None}) for a in schedule.appointments)
    blocks = tuple(b for b in schedule.blocks if b.kind not in BUFFERS)
    return schedule.model_copy(update={"appointments": appointments, "blocks": blocks})


def _places(own: Rows, rows: Rows) -> Ints:
    """Return for each own row the number of the same row, or -1."""
    key, keys = (r.clinician * 10**6 + r.start for r in (own, rows))
    near = np.flatnonzero(np.isin(keys, key))
    known = {record: int(n) for n, record in zip(near, rows.take(near).records(), strict=True)}
    found = [known.get(record, -1) for record in own.records()]
    return np.array(found, dtype=np.int64).reshape(len(own))
