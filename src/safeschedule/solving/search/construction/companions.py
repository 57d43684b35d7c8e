"""What a session brings with it: paperwork, a reset, a meal on its date, what a group needs, coordination."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Ints
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Flag
from safeschedule.problem.clock import DAY
from safeschedule.solving.search.construction.board import Board
from safeschedule.solving.search.construction.joint import reset_before
from safeschedule.solving.search.construction.notes import Notes
from safeschedule.solving.search.construction.own import put_meal


class Companions:
    """Puts on what sessions bring with them, so that rules which ask for it are kept at each step."""

    def __init__(self, board: Board) -> None:
        self._board = board
        index = board.index
        self.notes = Notes(board)
        self._crisis = np.append(index.of_kind("crisis"), False)
        self._group = np.append(index.of_kind("group"), False)
        flagged = np.array([Flag.COORDINATION in c.flags for c in index.clients] + [False], dtype=bool)
        self._flagged = flagged[np.append(index.request_client, -1)] & ~np.append(index.of_groups, True)

    def begin(self) -> None:
        """Look for a way to write down the sessions and slots that stand already."""
        board = self._board
        loose, board.loose = np.array(board.loose, dtype=np.int64), []
        board.take_off(*loose.tolist())
        for clinician in range(len(board.index.clinicians)):
            for day in range(-1, DAYS):
                if not self.notes.rearrange(clinician, day):
                    mine = (board.rows.clinician[loose] == clinician) & (board.day[loose] == day)
                    board.put(*loose[mine].tolist())

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
        work = [row for row in rows if board.is_work[row]]
        dates = list(dict.fromkeys((int(board.rows.clinician[row]), int(board.day[row])) for row in work))
        if not all(self._bring(row, put) for row in work):
            board.take_off(*put)
            return None
        for at, (clinician, day) in enumerate(dates):
            if not self.notes.rearrange(clinician, day):
                board.take_off(*put)
                for done in dates[:at]:
                    self.notes.rearrange(*done)
                return None
        return put

    def _bring(self, row: int, put: list[int]) -> bool:
        """Put on what a session that stands brings, noted in `put`; return whether all of it fits."""
        clinician, day = int(self._board.rows.clinician[row]), int(self._board.day[row])
        meal = put_meal(self._board, clinician, day)
        put += meal or []
        return meal is not None and self._beside(row, put) and self._coordinated(clinician, day, put)

    def _beside(self, row: int, put: list[int]) -> bool:
        """Put on a group's preparation and documentation; return whether they fit."""
        board, setting = self._board, self._board.active("group_support")
        if setting is None or not self._group[board.rows.request[row]]:
            return True
        rows, clinician, day = board.rows, int(board.rows.clinician[row]), int(board.day[row])
        for kind, minutes, before in (
            (BlockKind.GROUP_PREPARATION, setting.whole("before"), True),
            (BlockKind.DOCUMENTATION, setting.whole("after"), False),
        ):
            offers = board.blocks_on(kind, clinician, day)
            offers = offers[rows.minutes[offers] >= minutes]
            away = rows.start[row] - board.end[offers] if before else rows.start[offers] - board.end[row]
            offers = offers[(away >= 0) & (away <= setting.whole("within"))]
            if before and board.prepares[rows.request[row]]:
                continue
            if minutes and not board.chosen[offers].any() and not self._put_best(offers, put):
                return False
        return True

    def _put_best(self, offers: Ints, put: list[int]) -> bool:
        """Put on the best row of those that fit, noted in `put`; return whether there was one."""
        row = self._board.best(offers)
        if row is not None:
            self._board.put(row)
            put.append(row)
        return row is not None

    def _coordinated(self, clinician: int, day: int, put: list[int]) -> bool:
        """Put on the block that a date heavy in coordination needs; return whether it fits."""
        board, setting = self._board, self._board.active("coordination")
        work = [row for row in board.dates[clinician, day] if self._flagged[board.rows.request[row]]]
        if setting is None or len(work) < setting.whole("heavy"):
            return True
        offers = board.blocks_on(BlockKind.COORDINATION, clinician, day)
        offers = offers[board.rows.minutes[offers] >= setting.whole("minutes")]
        if board.chosen[offers].any():
            return True
        return self._put_best(offers[self._recurs(clinician, offers)], put)

    def _recurs(self, clinician: int, offers: Ints) -> Ints:
        """Return which rows keep the one time of coordination in each half of the day."""
        board = self._board
        every = board.blocks(BlockKind.COORDINATION, clinician)
        there = every[board.chosen[every]]
        # One key for a half of the day and a clock time.
        known, half = board.half[there] % 2, board.half[offers] % 2
        times = known * DAY + board.rows.start[there] % DAY
        clock = half * DAY + board.rows.start[offers] % DAY
        found: Ints = np.flatnonzero(~np.isin(half, known) | np.isin(clock, times))
        return found
