"""What a session brings with it: paperwork, a reset, a meal on its date, what a group needs, coordination."""

from __future__ import annotations

import numpy as np

from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.index import DAY, DAYS, HALVES, Ints
from safeschedule.model.slots import case_of, slots_of
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
        self._slots = slots_of(board.rows)
        self._slot_extra = case_of(index).paperwork if setting is not None else 0
        self._crisis = np.append(index.of_kind("crisis"), False)
        self._group = np.append(index.of_kind("group"), False)
        flagged = np.array([Flag.COORDINATION in c.flags for c in index.clients] + [False], dtype=bool)
        self._flagged = flagged[np.append(index.request_client, -1)] & ~np.append(index.of_groups, True)

    def reserve(self) -> None:
        """Put on paperwork in every half-day in which it fits: what comes last finds no place for it."""
        for clinician in range(len(self._board.index.clinicians)):
            for half in range(HALVES):
                self._half(clinician, half)
        for row in np.flatnonzero(self._board.chosen & self._slots).tolist():
            self._paperwork(int(self._board.rows.clinician[row]), int(self._board.half[row]), [])

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
        clinician, day = int(self._board.rows.clinician[row]), int(self._board.day[row])
        meal = put_meal(self._board, clinician, day)
        put += meal or []
        return (
            meal is not None
            and self._beside(row, put)
            and self._paperwork(clinician, int(self._board.half[row]), put)
            and self._coordinated(clinician, day, put)
        )

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

    def _paperwork(self, clinician: int, half: int, put: list[int]) -> bool:
        """Put on what is missing of a half-day's and its date's documentation; return whether it fits."""
        if not self._least and not self.extra.any():
            return True
        board, minutes, day = self._board, self._board.rows.minutes, half // 2
        own = self._half(clinician, half)
        put += own or []
        while own is not None and (missing := self._due(clinician, day) - self._given(clinician, day)) > 0:
            free = board.fits(board.blocks_on(BlockKind.DOCUMENTATION, clinician, day))
            lengths = np.unique(minutes[free])
            enough = lengths[lengths >= missing]
            length = enough[0] if len(enough) else lengths.max(initial=0)
            if not self._put_best(free[minutes[free] == length], put):
                return False
        return own is not None

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
        today = board.dates[clinician, day]
        work = [row for row in today if board.rows.request[row] >= 0]
        slots = [row for row in today if self._slots[row]]
        halves = len(set(board.half[[*work, *slots]].tolist()))
        extra = int(self.extra[board.rows.request[work]].sum()) + self._slot_extra * len(slots)
        return self._least * halves + extra

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
        board, index = self._board, self._board.index
        every = board.blocks(BlockKind.COORDINATION, clinician)
        times = np.unique(board.rows.start[every[board.chosen[every]]] % DAY)
        clock = board.rows.start[offers] % DAY
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
                slots = [row for row in board.dates[clinician, day] if self._slots[row]]
                halves = set(board.half[[*work, *slots]].tolist())
                for row in list(board.held(clinician, day, BlockKind.DOCUMENTATION)):
                    spare = self._given(clinician, day) - int(board.rows.minutes[row])
                    # It may be that of a group's session, which is near and not always in the half-day.
                    group = any(self._group[board.rows.request[each]] for each in work)
                    if board.half[row] not in halves and not group and spare >= self._due(clinician, day):
                        board.take_off(row)
