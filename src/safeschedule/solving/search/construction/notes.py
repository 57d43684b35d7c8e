"""Documentation on a board: whether it still fits is asked with each session, its times are left open."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.encoders.documentation import extra_minutes
from safeschedule.model.index import Bools, Ints
from safeschedule.model.slots import case_of, slots_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY
from safeschedule.solving.search.construction.board import Board

_KIND = BlockKind.DOCUMENTATION


class Notes:
    """Keeps for each clinician and date a way to write down its sessions after they have ended.

    What is written does not stand on the board before `settle`, so that sessions are in nobody's way that may
    as well be written elsewhere; only its minutes count.
    """

    def __init__(self, board: Board) -> None:
        self._board = board
        index = board.index
        setting = board.active("documentation")
        self._setting = setting
        self._least = setting.whole("minutes") if setting is not None else 0
        self._closing = setting.whole("closing") if setting is not None else 0
        self._shortest = setting.whole("shortest") if setting is not None else 0
        self._latest: Ints = index.turns + (setting.whole("grace") if setting is not None else 0)
        share = extra_minutes(index, setting) if setting is not None else np.zeros(len(index.counts))
        self.share: Ints = np.append(share, 0).astype(np.int64)
        self._slots = slots_of(board.rows)
        self._slot_share = case_of(index).paperwork if setting is not None else 0
        self._open: dict[tuple[int, int], list[int]] = defaultdict(list)
        # By clinician and working day (-1 last): minutes that are due, and that are written or may be.
        self._due: Ints = np.zeros((len(index.clinicians), DAYS + 1), dtype=np.int64)
        self._given: Ints = np.zeros((len(index.clinicians), DAYS + 1), dtype=np.int64)
        self._left_open: Ints = np.zeros((len(index.clinicians), DAYS + 1), dtype=np.int64)
        self._used: Bools = np.zeros((len(index.clinicians), 2 * (DAYS + 1)), dtype=bool)

    def hopeful(self, numbers: Ints) -> Ints:
        """Return those rows of sessions on whose date there are enough free minutes to write of them, too."""
        if self._setting is None or not len(numbers):
            return numbers
        board, rows = self._board, self._board.rows
        who, day = rows.clinician[numbers], board.day[numbers]
        due = self._due[who, day] + self.share[rows.request[numbers]]
        due += self._least * ~self._used[who, board.half[numbers]]
        more = np.maximum(0, due - self._given[who, day])
        spare = board.free_minutes(who, day) - self._left_open[who, day]
        found: Ints = numbers[rows.minutes[numbers] + more <= spare]
        return found

    def rearrange(self, clinician: int, day: int) -> bool:
        """Look for another way to write down a date; return whether there is one, else all is as it was."""
        if self._setting is None:
            return True
        board, before = self._board, self._open[clinician, day]
        minutes = int(board.rows.minutes[before].sum())
        board.paid_minutes[clinician] -= minutes
        found = self._arranged(clinician, day, self._least)
        if found is None:
            found = self._arranged(clinician, day, 0)
        if found is None:
            board.paid_minutes[clinician] += minutes
            return False
        board.take_off(*found)
        board.paid_minutes[clinician] += int(board.rows.minutes[found].sum())
        self._open[clinician, day] = found
        self._note(clinician, day)
        return True

    def _note(self, clinician: int, day: int) -> None:
        board, left_open = self._board, self._open[clinician, day]
        work = self._work(clinician, day)
        halves = [2 * day, 2 * day + 1]
        self._used[clinician, halves] = False
        self._used[clinician, board.half[work]] = True
        used = int(self._used[clinician, halves].sum())
        self._due[clinician, day] = self._least * used + int(self._shares(work).sum())
        self._left_open[clinician, day] = board.rows.minutes[left_open].sum()
        held = board.held(clinician, day, _KIND)
        self._given[clinician, day] = board.rows.minutes[[*left_open, *held]].sum()

    def settle(self) -> None:
        """Put on what is written where it was found to fit."""
        for (clinician, _), rows in self._open.items():
            self._board.paid_minutes[clinician] -= int(self._board.rows.minutes[rows].sum())
            self._board.put(*rows)
        self._open.clear()

    def _work(self, clinician: int, day: int) -> list[int]:
        rows, today = self._board.rows, self._board.dates[clinician, day]
        return [row for row in today if rows.request[row] >= 0 or self._slots[row]]

    def _shares(self, work: list[int]) -> Ints:
        """Return the shares of sessions and of urgent slots, which are those of crisis sessions."""
        own = self.share[self._board.rows.request[work]]
        found: Ints = np.where(self._slots[work], self._slot_share, own)
        return found

    def _arranged(self, clinician: int, day: int, wish: int) -> list[int] | None:
        """Put on what is missing of a date, the latest first; return it, or ``None``: nothing is.

        Blocks are as long as what is missing, and where they can be as long as `wish`.
        """
        board, rows = self._board, self._board.rows
        work = self._work(clinician, day)
        end, half, share = board.end[work], board.half[work], self._shares(work)
        offers = board.blocks_on(_KIND, clinician, day)
        offers = offers[rows.minutes[offers] >= self._shortest]
        held = [row for row in board.held(clinician, day, _KIND) if rows.minutes[row] >= self._shortest]
        given = [(int(rows.start[row]), int(rows.minutes[row])) for row in held]
        total = self._least * len(set(half.tolist())) + int(share.sum())
        put: list[int] = []

        def write(low: int, high: int, due: int) -> bool:
            while (missing := due - sum(m for start, m in given if low <= start <= high)) > 0:
                there = offers[(rows.start[offers] >= low) & (rows.start[offers] <= high)]
                most = min(wish, total - sum(m for _, m in given))
                row = self._best(there, missing, max(missing, most))
                if row is None:
                    return False
                board.put(row)
                put.append(row)
                given.append((int(rows.start[row]), int(rows.minutes[row])))
            return True

        morning = end[half % 2 == 0]
        first = int(morning.min()) if len(morning) else -1
        week = DAYS * DAY
        for time in sorted(set(end.tolist()), reverse=True):
            begun = set(half[end < time].tolist())
            due = self._least * len(set(half.tolist()) - begun) + int(share[end >= time].sum())
            in_time = time != first or write(time, max(int(self._latest[clinician, day]), time), self._least)
            if not in_time or not write(time, week, max(due, self._closing)):
                board.take_off(*put)
                return None
        return put

    def _best(self, offers: Ints, missing: int, wished: int) -> int | None:
        """Return a row that fits, as long as is wished, or as is missing, or as long as there is one."""
        board = self._board
        free = board.fits(offers)
        if not len(free):
            return None
        minutes = board.rows.minutes[free]
        lengths = sorted(set(minutes.tolist()))
        enough = (each for least in (wished, missing) for each in lengths if each >= least)
        length = next(enough, lengths[-1])
        free = free[minutes == length]
        return int(free[np.argmin(board.waste(free))])
