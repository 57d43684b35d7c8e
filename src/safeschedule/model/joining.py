"""Adjoining blocks of one kind of one person are one block: nobody writes two of them into a diary."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from safeschedule.model.encoders.pinned import rows_of_pinned_blocks
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Role, Rows, groups
from safeschedule.problem import BlockKind

# Kinds of which rules ask for minutes. Of others they count blocks, or ask for times that come again.
_JOINED = (BlockKind.DOCUMENTATION, BlockKind.RESERVE)


def joined(index: Index, rows: Rows) -> Rows:
    """Return chosen rows with adjoining documentation (and reserve) of one person in one.

    What is pinned stays as the pin says, and a block stays inside one working period.
    """
    columns = {field.name: getattr(rows, field.name).copy() for field in fields(Rows)}
    kept = np.ones(len(rows), dtype=bool)
    for (clinician, _, _), members in groups(
        rows.clinician, rows.kind, index.day_of(rows.clinician, rows.start), where=_free(index, rows)
    ):
        order = members[np.argsort(rows.start[members], kind="stable")].tolist()
        head = order[0]
        for row in order[1:]:
            until = int(rows.end[row])
            apart = columns["start"][head] + columns["minutes"][head] != rows.start[row]
            if apart or until > index.period_end[clinician, rows.start[head] // index.grid]:
                head = row
                continue
            columns["minutes"][head] = until - rows.start[head]
            kept[row] = False
    return Rows(**columns).take(kept)


def _free(index: Index, rows: Rows) -> Bools:
    """Return which rows may be joined."""
    own: Bools = rows.of_block(*_JOINED) & (rows.role == Role.SOLO) & (rows.site < 0)
    return own & ~rows_of_pinned_blocks(index, rows)
