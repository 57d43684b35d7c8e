"""Documentation: reserved in every half-day, more where a session asks for it, given back where unused."""

from __future__ import annotations

import numpy as np

from benchmarks.peers.greedy.blocks import place_best
from benchmarks.peers.greedy.board import Board
from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.index import DAY, HALVES
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.slots import case_of
from safeschedule.problem import BlockKind

_KIND = KIND_NUMBER[BlockKind.DOCUMENTATION]
_SLOT = KIND_NUMBER[BlockKind.URGENT_SLOT]


class Paperwork:
    """Keeps the documentation that each clinician's half-days and days need."""

    def __init__(self, board: Board) -> None:
        setting = board.index.settings.get("documentation")
        self.board = board
        self.least = setting.whole("minutes") if setting is not None and setting.hard else 0
        self.extra = (
            extra_minutes(board.index, setting)
            if setting is not None and setting.hard
            else np.zeros(len(board.index.requests), dtype=np.int64)
        )

    def reserve(self) -> None:
        """Fill in the block of every half-day in which one fits."""
        for clinician in range(len(self.board.index.clinicians)):
            for half in range(HALVES):
                if not self._has_plain(clinician, half):
                    self._plain(clinician, half)
        # Whoever comes into an urgent slot is written up, too.
        for row in [r for r in self.board.chosen if self.board.rows.kind[r] == _SLOT]:
            self.provide(row)

    def provide(self, row: int) -> list[int] | None:
        """Fill in what the session of a row asks for beyond what is there; ``None``: there is no room."""
        if not self.least:
            return []
        rows, index = self.board.rows, self.board.index
        clinician, half = int(rows.clinician[row]), int(self.board.half[row])
        placed = []
        if not self._has_plain(clinician, half):
            plain = self._plain(clinician, half)
            if plain is None:
                return None
            placed.append(plain)
        missing = self._due(clinician, half // 2) - self._given(clinician, half // 2)
        offers = self.board.block_rows(BlockKind.DOCUMENTATION, clinician)
        offers = offers[self.board.day[offers] == half // 2]
        while missing > 0:
            lengths = np.unique(rows.minutes[offers])
            enough = lengths[lengths >= missing]
            length = enough.min() if len(enough) else lengths.max(initial=0)
            more = place_best(self.board, offers[rows.minutes[offers] == length])
            if more is None:
                self.give_back(placed)
                return None
            placed.append(more)
            missing -= index.up(int(length))
        return placed

    def give_back(self, placed: list[int]) -> None:
        """Take blocks out again."""
        for row in placed:
            self.board.remove(row)

    def give_back_unused(self) -> None:
        """Take out what was reserved in half-days that stayed without sessions."""
        rows, board = self.board.rows, self.board
        held = [r for r in board.chosen if rows.request[r] >= 0 or rows.kind[r] == _SLOT]
        used = {(int(rows.clinician[r]), int(board.half[r])) for r in held}
        for row in [r for r in board.chosen if rows.kind[r] == _KIND]:
            clinician, half = int(rows.clinician[row]), int(board.half[row])
            spare = self._given(clinician, half // 2) - int(rows.minutes[row]) >= self._due(
                clinician, half // 2
            )
            if (clinician, half) not in used and spare:
                board.remove(row)

    def _plain(self, clinician: int, half: int) -> int | None:
        rows = self.board.rows
        offers = self.board.block_rows(BlockKind.DOCUMENTATION, clinician)
        offers = offers[(self.board.half[offers] == half) & (rows.minutes[offers] >= self.least)]
        return place_best(self.board, offers[rows.minutes[offers] == rows.minutes[offers].min(initial=10**6)])

    def _has_plain(self, clinician: int, half: int) -> bool:
        day = self.board.days[clinician, half // 2]
        halves = self.board.index.half_of(np.array([e.start for e in day], dtype=np.int64))
        return any(
            e.kind == _KIND and e.end - e.start >= self.least and h == half
            for e, h in zip(day, halves.tolist(), strict=True)
        )

    def _given(self, clinician: int, day: int) -> int:
        return sum(e.end - e.start for e in self.board.days[clinician, day] if e.kind == _KIND)

    def _due(self, clinician: int, day: int) -> int:
        sessions = [e for e in self.board.days[clinician, day] if e.request >= 0]
        slots = [e for e in self.board.days[clinician, day] if e.kind == _SLOT]
        late = {e.start % DAY >= self.board.index.midday for e in (*sessions, *slots)}
        extra = sum(int(self.extra[e.request]) for e in sessions)
        return self.least * len(late) + extra + case_of(self.board.index).paperwork * len(slots)
