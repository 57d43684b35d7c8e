"""What depends on the order of a date: runs of heavy sessions, intakes in a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from safeschedule.model.index import Bools
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.spans import cut
from safeschedule.problem import BlockKind
from safeschedule.solving.search.construction.board import Board

_BETWEEN_INTAKES = [
    KIND_NUMBER[kind] for kind in (BlockKind.RECOVERY, BlockKind.PREPARATION, BlockKind.RESET)
]
_WEAK = [*_BETWEEN_INTAKES, KIND_NUMBER[BlockKind.URGENT_SLOT]]


class Order:
    """Judges whether a session may stand where it would in its clinician's date."""

    def __init__(self, board: Board) -> None:
        self._board = board
        index, rows = board.index, board.rows
        self._high: Bools = rows.of_requests(index.request_high)
        self._intake: Bools = rows.of_requests(index.of_kind("intake"))
        self._breaks_run: Bools = ~self._high & ~np.isin(rows.kind, _WEAK)
        self._parts_intakes: Bools = ~self._intake & ~np.isin(rows.kind, _BETWEEN_INTAKES)
        self._given: Bools = rows.of_block(BlockKind.RECOVERY, BlockKind.PREPARATION)
        self._run, self._spacing = board.active("high_intensity_run"), board.active("intake_spacing")
        self._pairing = board.active("intensity_pairing")

    def allows(self, row: int) -> bool:
        """Return whether no rule about the order of things is broken with a session added."""
        clinician = int(self._board.rows.clinician[row])
        day = self._with(row)
        if self._run is not None and self._high[row]:
            most, gap = self._run.whole("most"), self._run.whole("gap")
            if _longest(self._links(clinician, day, self._high, self._breaks_run, gap)) > most:
                return False
        if self._spacing is not None and self._intake[row]:
            links = self._links(clinician, day, self._intake, self._parts_intakes, self._spacing.whole("gap"))
            return not any(links)
        return True

    def pairs(self, row: int) -> int:
        """Return how many sessions of high intensity would directly follow another one, where that costs."""
        if self._pairing is None or not self._high[row]:
            return 0
        clinician, gap = int(self._board.rows.clinician[row]), self._pairing.whole("gap")
        return sum(self._links(clinician, self._with(row), self._high, self._breaks_run, gap))

    def _with(self, row: int) -> list[int]:
        board = self._board
        day = [*board.dates[int(board.rows.clinician[row]), int(board.day[row])], row]
        return sorted(day, key=board.rows.start.__getitem__)

    def _links(
        self, clinician: int, day: Sequence[int], counted: Bools, parts: Bools, gap: int
    ) -> list[bool]:
        """Return for each counted session but the first whether it directly follows the one before."""
        board, start = self._board, self._board.rows.start
        chosen = [row for row in day if counted[row]]
        given = [(int(start[row]), int(board.end[row])) for row in day if self._given[row]]
        begins = [int(start[row]) for row in day if parts[row]]
        begins += [begin for begin, _ in board.index.meetings[clinician]]
        return [
            self._idle(first, int(start[second] - board.preparation[second]), given) < gap
            and not any(board.end[first] <= begin < start[second] for begin in begins)
            for first, second in pairwise(chosen)
        ]

    def _idle(self, session: int, until: int, given: Sequence[tuple[int, int]]) -> int:
        """Return the minutes from a session to the preparation of another that are no buffer."""
        begin = int(self._board.end[session] + self._board.recovery[session])
        return sum(b - a for a, b in cut([(begin, until)], list(given)) if a < b)


def _longest(links: Sequence[bool]) -> int:
    run = longest = 1
    for linked in links:
        run = run + 1 if linked else 1
        longest = max(longest, run)
    return longest
