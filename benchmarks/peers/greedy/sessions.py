"""Sessions, dearest first, each at the cheapest start that breaks no rule."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from benchmarks.peers.greedy.blocks import reset_before
from benchmarks.peers.greedy.board import Board, Entry
from benchmarks.peers.greedy.counts import Counts
from benchmarks.peers.greedy.order import DayOrder
from benchmarks.peers.greedy.paperwork import Paperwork
from safeschedule.model.encoders import breaks
from safeschedule.model.index import Ints
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.model.session_value import urgent_values, value_of
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY

_LOOK = 6
"""Of high-intensity sessions, so many possible starts are compared for what stands beside them."""


class Sessions:
    """Places sessions on a board."""

    def __init__(self, board: Board, paperwork: Paperwork) -> None:
        self.board, self.paperwork = board, paperwork
        self.index, self.rows = board.index, board.rows
        self.counts, self.order = Counts(board), DayOrder(board.index)
        self.crisis = self.index.of_kind("crisis")
        self.cost = self._costs()
        self.missing = self.index.counts.copy()

    def _costs(self) -> Ints:
        """Return what each row costs by itself in the soft rules."""
        cost = np.zeros(len(self.rows), dtype=np.int64)
        for setting in self.index.settings.values():
            encoder = encoder_of(setting)
            if not setting.hard and encoder.amounts is not None:
                cost += setting.weight * encoder.amounts(self.index, setting, self.rows)
        return cost

    def place_all(self, over: Callable[[], bool]) -> None:
        """Place what is not placed yet: urgent first, then by value; of equal value the shorter first."""
        access, first = self.index.settings.get("access"), self.index.settings.get("urgent_access")
        minutes = self.index.request_minutes + self.paperwork.extra
        value = [0 if access is None else value_of(self.index, access, r) for r in range(len(minutes))]
        urgent = np.zeros(len(minutes)) if first is None else urgent_values(self.index, first)
        for request in np.lexsort((minutes, -np.array(value), -urgent)).tolist():
            while self.missing[request] and not over() and self._place(request):
                self.missing[request] -= 1

    def _place(self, request: int) -> bool:
        offers = self.board.fits(self.board.request_rows.get(request, np.zeros(0, dtype=np.int64)))
        load = np.array([self.counts.load(c) for c in self.rows.clinician[offers].tolist()])
        price, waste = self.cost[offers], self.board.waste(offers)
        compare = _LOOK if self.index.request_high[request] else 1
        found: list[tuple[float, int]] = []
        # Of equal prices the start that leaves larger free pieces, then whoever has least to do.
        for at in np.lexsort((self.rows.start[offers], load, waste, price)).tolist():
            row = int(offers[at])
            if len(found) == compare:
                break
            if self._allowed(row):
                found.append((float(price[at]) + self._beside(row), row))
        return any(self._take(row) for _, row in sorted(found, key=lambda pair: pair[0]))

    def _allowed(self, row: int) -> bool:
        clinician = int(self.rows.clinician[row])
        day = int(self.rows.start[row]) // DAY
        if not (self.counts.allow(row) and self._client_free(row) and self._has_meal(clinician, day)):
            return False
        if not self._has_coordination(row, clinician, day):
            return False
        return self.order.allows(clinician, [*self.board.days[clinician, day], self._entry(row)])

    def _take(self, row: int) -> bool:
        """Fill in a session with its reset and paperwork, or nothing at all."""
        request, clinician = int(self.rows.request[row]), int(self.rows.clinician[row])
        reset = reset_before(self.board, row) if self.crisis[request] else []
        if reset is None or not self.board.paid(
            clinician, [self.board.paid_minutes(r) for r in (*reset, row)]
        ):
            return False
        if not self.board.place_with(reset, row):
            return False
        if self.paperwork.provide(row) is None:
            for placed in (*reset, row):
                self.board.remove(placed)
            return False
        self.counts.add(row)
        return True

    def _entry(self, row: int) -> Entry:
        return self.board.entry(row)

    def _beside(self, row: int) -> float:
        """Return what high-intensity sessions next to this one cost."""
        setting = self.index.settings.get("intensity_pairing")
        if setting is None or setting.hard or not self.index.request_high[self.rows.request[row]]:
            return 0.0
        clinician = int(self.rows.clinician[row])
        day = self.board.days[clinician, int(self.rows.start[row]) // DAY]
        gap = setting.whole("gap")
        after = self.order.pairs(clinician, [*day, self._entry(row)], gap)
        return float(setting.weight * (after - self.order.pairs(clinician, day, gap)))

    def _client_free(self, row: int) -> bool:
        start, end = int(self.rows.start[row]), int(self.board.end[row])
        held = self.board.client_days[int(self.index.request_client[self.rows.request[row]])]
        return all(end <= a or b <= start for a, b in held)

    def _has_meal(self, clinician: int, day: int) -> bool:
        setting = self.index.settings.get("breaks")
        if setting is None or not setting.hard:
            return True
        kind = KIND_NUMBER[BlockKind.BREAK]
        held = any(e.kind == kind for e in self.board.days[clinician, day])
        return held or not breaks.needs_block(self.index, setting, clinician, day)

    def _has_coordination(self, row: int, clinician: int, day: int) -> bool:
        """Return whether the day stays light, or has its block."""
        setting = self.index.settings.get("coordination")
        client = self.index.clients[int(self.index.request_client[self.rows.request[row]])]
        if setting is None or not setting.hard or "coordination" not in client.flags:
            return True
        kind = KIND_NUMBER[BlockKind.COORDINATION]
        held = any(
            e.kind == kind and e.end - e.start >= setting.whole("minutes")
            for e in self.board.days[clinician, day]
        )
        return held or self.counts.flagged[clinician, day] + 1 < setting.whole("heavy")
