"""Rest between working days on a board: what begins too soon after another day, or goes on too long."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from safeschedule.model.encoders.rest import given_work, near_days
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Setting

if TYPE_CHECKING:
    from safeschedule.solving.search.construction.board import Board

_NEVER = 10**9
_BREAK = KIND_NUMBER[BlockKind.BREAK]


class Nights:
    """By clinician and working day: when work begins and ends, for those whose days lie near each other.

    Parameters
    ----------
    index, setting
        The problem, and the rule ``rest``; ``None``: nobody needs rest.
    """

    def __init__(self, index: Index, setting: Setting | None) -> None:
        people = range(len(index.clinicians)) if setting is not None else range(0)
        self._near = {c for c in people if setting is not None and near_days(index, setting, c)}
        self._least = 60 * setting.whole("hours") if setting is not None else 0
        self._index = index
        # From the date before the week on; what the history holds lies on the first one.
        shape = (len(index.clinicians), DAYS + 1)
        self._begin: Ints = np.full(shape, _NEVER, dtype=np.int64)
        self._end: Ints = np.full(shape, -_NEVER, dtype=np.int64)
        for person in self._near:
            self._note(person, given_work(index)[person])

    @property
    def asks(self) -> bool:
        """Whether anything is asked of anybody."""
        return bool(self._near)

    def look(self, board: Board, person: int) -> None:
        """Note when a clinician's work begins and ends on each working day."""
        if person not in self._near:
            return
        spans = list(given_work(self._index)[person])
        for day in range(-1, DAYS):
            for row in board.dates.get((person, day), ()):
                if board.rows.kind[row] != _BREAK:
                    end = int(board.end[row] + board.recovery[row])
                    spans.append((day, int(board.rows.start[row]), end))
        self._note(person, spans)

    def _note(self, person: int, spans: Sequence[tuple[int, int, int]]) -> None:
        self._begin[person], self._end[person] = _NEVER, -_NEVER
        for day, start, end in spans:
            at = min(max(day, -1), DAYS - 1) + 1
            self._begin[person, at] = min(self._begin[person, at], start)
            self._end[person, at] = max(self._end[person, at], end)

    def allow(self, board: Board, numbers: Ints) -> Bools:
        """Return for each row whether its people have their rest with it."""
        rows = board.rows
        found = np.ones(len(numbers), dtype=bool)
        for person in self._near:
            mine = np.flatnonzero(
                ((rows.clinician[numbers] == person) | (rows.partner[numbers] == person))
                & (rows.kind[numbers] != _BREAK)
            )
            if not len(mine):
                continue
            start = rows.start[numbers[mine]]
            at = self._index.day_of(np.full(len(mine), person), start) + 1
            # The latest end before each working day, and the earliest begin after it.
            before = np.concatenate([[-_NEVER], np.maximum.accumulate(self._end[person])])
            after = np.concatenate([np.minimum.accumulate(self._begin[person][::-1])[::-1], [_NEVER]])
            until = board.end[numbers[mine]] + board.recovery[numbers[mine]]
            found[mine] &= (start - before[at] >= self._least) & (after[at + 1] - until >= self._least)
        return found
