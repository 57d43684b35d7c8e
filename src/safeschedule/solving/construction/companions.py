"""What a session brings with it: paperwork, a reset, a meal on its date, what a group needs, coordination."""

from __future__ import annotations

import numpy as np

from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.index import DAYS, HALVES, Ints
from safeschedule.problem import BlockKind, Flag
from safeschedule.solving.construction.board import Board
from safeschedule.solving.construction.joint import reset_before
from safeschedule.solving.construction.own import put_meal


class Companions:
    """Puts on what sessions bring with them, so that rules which ask for it are kept at each step."""

    def __init__(self, board: Board) -> None:
        self._board = board
        index = board.index
        setting = board.active("documentation")
        self._least = setting.whole("minutes") if setting is not None else 0
        extra = extra_minutes(index, setting) if setting is not None else np.zeros(len(index.counts))
        self.extra: Ints = np.append(extra, 0).astype(np.int64)
        self._crisis = np.append(index.of_kind("crisis"), False)
        self._group = np.append(index.of_kind("group"), False)
        flagged = np.array([Flag.COORDINATION in c.flags for c in index.clients] + [False], dtype=bool)
        self._flagged = flagged[np.append(index.request_client, -1)] & ~np.append(index.of_groups, True)

    def reserve(self) -> None:
        """Put on paperwork in every half-day in which it fits: what comes last finds no place for it."""
        for clinician in range(len(self._board.index.clinicians)):
            for half in range(HALVES):
                self._half(clinician, half)

    def put_with(self, *rows: int) -> list[int] | None:
        """Put sessions on with all that they bring; return every row put on, or ``None``: nothing is."""
        board = self._board
        put: list[int] = []
        for row in rows:
            before = reset_before(board, row) if self._crisis[board.rows.request[row]] else []
            if before is None or not board.fits_one(row):
                self._board.take_off(*put)
                return None
            # A reset holds its minutes now, so that the contract is asked once more for the session.
            board.put(*before)
            put += before
            if not board.fits_one(row):
                board.take_off(*put)
                return None
            board.put(row)
            put.append(row)
        for row in rows:
            if board.is_work[row] and not self._bring(row, put):
                board.take_off(*put)
                return None
        return put

    def _bring(self, row: int, put: list[int]) -> bool:
        """Put on what a session that stands brings, noted in `put`; return whether all of it fits."""
        board = self._board
        clinician, day = int(board.rows.clinician[row]), int(board.day[row])
        steps = (
            self._beside(row) if self._group[board.rows.request[row]] else [],
            put_meal(board, clinician, day),
        )
        for step in steps:
            put += step or []
        if any(step is None for step in steps):
            return False
        return self._note(self._paperwork(clinician, int(board.half[row])), put) and self._note(
            self._coordinated(clinician, day), put
        )

    def _note(self, step: tuple[list[int], bool], put: list[int]) -> bool:
        put += step[0]
        return step[1]

    def _beside(self, row: int) -> list[int] | None:
        """Put on a group's preparation and documentation; return them, or ``None`` when one does not fit."""
        board, setting = self._board, self._board.active("group_support")
        if setting is None:
            return []
        rows, clinician, day = board.rows, int(board.rows.clinician[row]), int(board.day[row])
        put: list[int] = []
        for kind, minutes, before in (
            (BlockKind.GROUP_PREPARATION, setting.whole("before"), True),
            (BlockKind.DOCUMENTATION, setting.whole("after"), False),
        ):
            if not minutes:
                continue
            offers = board.blocks_on(kind, clinician, day)
            offers = offers[rows.minutes[offers] >= minutes]
            away = rows.start[row] - board.end[offers] if before else rows.start[offers] - board.end[row]
            offers = offers[(away >= 0) & (away <= setting.whole("within"))]
            if board.chosen[offers].any():
                continue
            fitting = board.fits(offers)
            if not len(fitting):
                board.take_off(*put)
                return None
            best = int(fitting[np.argmin(board.waste(fitting))])
            board.put(best)
            put.append(best)
        return put

    def _paperwork(self, clinician: int, half: int) -> tuple[list[int], bool]:
        """Put on what is missing of a half-day's and its date's documentation; return it, and if it fits."""
        if not self._least and not self.extra.any():
            return [], True
        board, rows, day = self._board, self._board.rows, half // 2
        put = self._half(clinician, half)
        if put is None:
            return [], False
        missing = self._due(clinician, day) - self._given(clinician, day)
        offers = board.blocks_on(BlockKind.DOCUMENTATION, clinician, day)
        while missing > 0:
            free = board.fits(offers)
            lengths = np.unique(rows.minutes[free])
            if not len(lengths):
                return put, False
            enough = lengths[lengths >= missing]
            row = board.best(free[rows.minutes[free] == (enough[0] if len(enough) else lengths[-1])])
            assert row is not None
            board.put(row)
            put.append(row)
            missing -= int(rows.minutes[row])
        return put, True

    def _half(self, clinician: int, half: int) -> list[int] | None:
        """Put on a half-day's documentation unless it has it; return it, or ``None`` when it does not fit."""
        board, rows = self._board, self._board.rows
        if not self._least:
            return []
        offers = board.blocks_on(BlockKind.DOCUMENTATION, clinician, half // 2)
        offers = offers[(board.half[offers] == half) & (rows.minutes[offers] >= self._least)]
        if board.chosen[offers].any():
            return []
        row = board.best(offers[rows.minutes[offers] == rows.minutes[offers].min(initial=10**6)])
        if row is None:
            return None
        board.put(row)
        return [row]

    def _given(self, clinician: int, day: int) -> int:
        held = self._board.held(clinician, day, BlockKind.DOCUMENTATION)
        return int(self._board.rows.minutes[held].sum())

    def _due(self, clinician: int, day: int) -> int:
        board = self._board
        work = [row for row in board.dates[clinician, day] if board.rows.request[row] >= 0]
        halves = len(set(board.half[work].tolist()))
        return self._least * halves + int(self.extra[board.rows.request[work]].sum())

    def _coordinated(self, clinician: int, day: int) -> tuple[list[int], bool]:
        """Put on the block that a date heavy in coordination needs; return it, and whether it fits."""
        board, setting = self._board, self._board.active("coordination")
        work = [row for row in board.dates[clinician, day] if self._flagged[board.rows.request[row]]]
        if setting is None or len(work) < setting.whole("heavy"):
            return [], True
        held = board.held(clinician, day, BlockKind.COORDINATION)
        if any(board.rows.minutes[row] >= setting.whole("minutes") for row in held):
            return [], True
        offers = board.blocks_on(BlockKind.COORDINATION, clinician, day)
        offers = offers[board.rows.minutes[offers] >= setting.whole("minutes")]
        row = board.best(offers[self._recurs(clinician, offers)])
        if row is None:
            return [], False
        board.put(row)
        return [row], True

    def _recurs(self, clinician: int, offers: Ints) -> Ints:
        """Return which rows keep the one time of coordination in each half of the day."""
        board, index = self._board, self._board.index
        every = board.blocks(BlockKind.COORDINATION, clinician)
        times = np.unique(board.rows.start[every[board.chosen[every]]] % (24 * 60))
        clock = board.rows.start[offers] % (24 * 60)
        late, known = clock >= index.midday, times >= index.midday
        other = np.where(late, known.any(), (~known).any())
        found: Ints = np.flatnonzero(~other | np.isin(clock, times))
        return found

    def give_back(self) -> None:
        """Take off the paperwork of half-days without sessions: its minutes are for others."""
        board = self._board
        for clinician in range(len(board.index.clinicians)):
            for day in range(DAYS):
                work = [row for row in board.dates[clinician, day] if board.rows.request[row] >= 0]
                halves = set(board.half[work].tolist())
                for row in list(board.held(clinician, day, BlockKind.DOCUMENTATION)):
                    spare = self._given(clinician, day) - int(board.rows.minutes[row])
                    # It may be that of a group's session, which is near and not always in the half-day.
                    group = any(self._group[board.rows.request[each]] for each in work)
                    if board.half[row] not in halves and not group and spare >= self._due(clinician, day):
                        board.take_off(row)
