"""Documentation: reserved at the end of each half-day, more where a session asks for it, some given back."""

from __future__ import annotations

import numpy as np

from benchmarks.peers.greedy.board import Board, Entry
from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.index import Ints
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.slots import case_of
from safeschedule.model.spans import DAYS, HALVES
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY

_KIND = KIND_NUMBER[BlockKind.DOCUMENTATION]
_SLOT = KIND_NUMBER[BlockKind.URGENT_SLOT]


class Paperwork:
    """Keeps the documentation that each clinician's sessions need after them."""

    def __init__(self, board: Board) -> None:
        setting = board.index.settings.get("documentation")
        self.board = board
        self.on = setting is not None and setting.hard
        figures = ("minutes", "closing", "grace", "shortest")
        self.least, self.closing, self.grace, self.shortest = (
            setting.whole(name) if setting is not None and self.on else 0 for name in figures
        )
        self.extra = (
            extra_minutes(board.index, setting)
            if setting is not None and self.on
            else np.zeros(len(board.index.requests), dtype=np.int64)
        )

    def reserve(self) -> None:
        """Fill in a block at the end of every half-day in which one fits."""
        for clinician in range(len(self.board.index.clinicians)) if self.on else ():
            for half in range(HALVES):
                offers = self._offers(clinician, half // 2)
                offers = self.board.fits(offers[self.board.half[offers] == half])
                self._place(offers, self.least, last=True)
        # Whoever comes into an urgent slot is written up, too.
        for row in [r for r in self.board.chosen if self.board.rows.kind[r] == _SLOT]:
            self.provide(row)

    def provide(self, row: int) -> list[int] | None:
        """Fill in what the session of a row asks for beyond what is there; ``None``: there is no room."""
        placed: list[int] = []
        clinician, day = int(self.board.rows.clinician[row]), int(self.board.day[row])
        while self.on and (gap := self._gap(clinician, day)) is not None:
            low, high, missing = gap
            offers = self._offers(clinician, day)
            start = self.board.rows.start[offers]
            more = self._place(offers[(start >= low) & (start <= high)], missing, last=False)
            if more is None:
                self.give_back(placed)
                return None
            placed.append(more)
        return placed

    def give_back(self, placed: list[int]) -> None:
        """Take blocks out again."""
        for row in placed:
            self.board.remove(row)

    def give_back_unused(self) -> None:
        """Take out what was reserved and serves nothing."""
        board = self.board
        for row in [r for r in board.chosen if board.rows.kind[r] == _KIND]:
            board.remove(row)
            if self._gap(int(board.rows.clinician[row]), int(board.day[row])) is not None:
                board.place(row)

    def _offers(self, clinician: int, day: int) -> Ints:
        offers = self.board.block_rows(BlockKind.DOCUMENTATION, clinician)
        long = self.board.rows.minutes[offers] >= self.shortest
        found: Ints = offers[(self.board.day[offers] == day) & long]
        return found

    def _place(self, offers: Ints, missing: int, *, last: bool) -> int | None:
        """Fill in a block of the minutes that are missing, or as many as fit; return it, or ``None``."""
        offers = self.board.fits(offers)
        lengths = np.unique(self.board.rows.minutes[offers])
        if not len(lengths):
            return None
        enough = lengths[lengths >= missing]
        length = int(enough[0] if len(enough) else lengths[-1])
        offers = offers[self.board.rows.minutes[offers] == length]
        row = int(offers[-1] if last else offers[np.argmin(self.board.waste(offers))])
        if not self.board.paid(int(self.board.rows.clinician[row]), [length]):
            return None
        self.board.place(row)
        return row

    def _gap(self, clinician: int, day: int) -> tuple[int, int, int] | None:
        """Return from when to when how many minutes are missing, the latest first; ``None``: none are."""
        entries = self.board.days[clinician, day]
        sessions = sorted((e for e in entries if e.request >= 0 or e.kind == _SLOT), key=lambda e: -e.end)
        notes = [e for e in entries if e.kind == _KIND and e.end - e.start >= self.shortest]
        mornings = [e.end for e in sessions if not self._late(e)]
        for session in sessions:
            if mornings and session.end == min(mornings):
                high = max(day * DAY + self.board.index.midday + self.grace, session.end)
                missing = self.least - _minutes(notes, session.end, high)
                if missing > 0:
                    return session.end, high, missing
            missing = self._due(sessions, session.end) - _minutes(notes, session.end, DAYS * DAY)
            if missing > 0:
                return session.end, DAYS * DAY, missing
        return None

    def _due(self, sessions: list[Entry], end: int) -> int:
        begun = {self._late(e) for e in sessions if e.end < end}
        halves = {self._late(e) for e in sessions} - begun
        shares = sum(self._share(e) for e in sessions if e.end >= end)
        return max(self.closing, self.least * len(halves) + shares)

    def _share(self, entry: Entry) -> int:
        slot = entry.kind == _SLOT
        return case_of(self.board.index).paperwork if slot else int(self.extra[entry.request])

    def _late(self, entry: Entry) -> bool:
        return entry.start % DAY >= self.board.index.midday


def _minutes(notes: list[Entry], low: int, high: int) -> int:
    return sum(e.end - e.start for e in notes if low <= e.start <= high)
