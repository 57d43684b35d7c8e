"""Blocks that a clinician has alone, due whatever sessions come: meals, coordination, reserve, cover."""

from __future__ import annotations

import numpy as np

from safeschedule.model.encoders import breaks, coordination, cover, response_reserve
from safeschedule.model.index import Ints
from safeschedule.model.spans import DAYS, cut
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY
from safeschedule.solving.search.construction.board import Board

# What a cut free piece costs, in minutes of a block, when places for coordination are compared.
_PIECE = 15


def put_own(board: Board) -> None:
    """Put on each clinician's own blocks, as far as they fit."""
    _put_cover(board)
    for clinician in range(len(board.index.clinicians)):
        for day in range(-1, DAYS):
            put_meal(board, clinician, day)
        _put_coordination(board, clinician)
        _put_reserve(board, clinician)


def put_meal(board: Board, clinician: int, day: int) -> list[int] | None:
    """Put on the meal breaks of a date that are due; return them, or ``None`` when they do not fit."""
    setting = board.active("breaks")
    gaps = [] if setting is None else list(breaks.unbroken(board.index, setting, clinician, day))
    offers = board.blocks_on(BlockKind.BREAK, clinician, day)
    put: list[int] = []
    if setting is None or not len(offers):
        return put
    held, start, end = offers[board.chosen[offers]], board.rows.start, board.end
    most, stretch = setting.whole("meal_stretch"), setting.whole("work_stretch")
    gaps = cut(gaps, list(zip(start[held].tolist(), end[held].tolist(), strict=True)))
    while gaps:
        low, high = gaps.pop(0)
        if high - low <= most:
            continue
        fits = board.fits(offers[(start[offers] >= low) & (end[offers] <= high)])
        fits = fits[start[fits] <= low + most]
        if not len(fits):
            board.take_off(*put)
            return None
        # In the middle, so that either side needs no other pause; the first of several as late as may be.
        one = np.maximum(start[fits] - low, high - end[fits])
        late = end[fits] < high - most
        if not late.all():
            fits, one = fits[~late], one[~late]
            fits = fits[np.maximum(one, stretch) == np.maximum(one, stretch).min()]
            row = board.best(fits)
            assert row is not None
        else:
            row = int(fits[np.argmax(start[fits])])
        board.put(row)
        put.append(row)
        gaps.insert(0, (int(end[row]), high))
    return put


def _put_cover(board: Board) -> None:
    setting = board.active("cover")
    for _, day, who in cover.absences(board.index, setting) if setting is not None else ():
        if who is not None:
            row = board.best(board.blocks_on(BlockKind.COVER, who, day))
            if row is not None:
                board.put(row)


def _put_reserve(board: Board, clinician: int) -> None:
    """Put on the minutes of reserve that are due, in as few blocks as there are places for."""
    setting = board.active("response_reserve")
    if setting is None:
        return
    offers, minutes = board.blocks(BlockKind.RESERVE, clinician), board.rows.minutes
    left = response_reserve.week_need(board.index, setting, clinician)
    left -= int(minutes[offers[board.chosen[offers]]].sum())
    while left > 0:
        free = board.fits(offers)
        lengths = np.unique(minutes[free])
        if not len(lengths):
            return
        enough = lengths[lengths >= left]
        row = board.best(free[minutes[free] == (enough[0] if len(enough) else lengths[-1])])
        assert row is not None
        board.put(row)
        left -= int(minutes[row])


def _put_coordination(board: Board, clinician: int) -> None:
    """Put on a recurring time (or one in each half of the day) that holds the week's minutes."""
    setting = board.active("coordination")
    if setting is None:
        return
    offers = board.blocks(BlockKind.COORDINATION, clinician)
    minutes, clock = board.rows.minutes[offers], board.rows.start[offers] % DAY
    half = board.half[offers] % 2
    there = board.chosen[offers]
    left = coordination.week_need(board.index, setting, clinician) - int(minutes[there].sum())
    for late in (True, False):
        side = (half == 1) == late
        # A time that is taken up in this half of the day is the only one there.
        if (side & there).any():
            side &= np.isin(clock, clock[side & there])
        if left > 0:
            put = _recurring(board, offers[side], left)
            board.put(*put)
            left -= int(board.rows.minutes[put].sum())


def _recurring(board: Board, offers: Ints, due: int) -> list[int]:
    """Return rows of one length and clock time on as many dates as are due, or as there are."""
    rows = board.rows
    offers = board.fits(offers)
    if not len(offers):
        return []
    waste = board.waste(offers)
    # One key for a length and a clock time; their rows side by side, those that cut the least first.
    key = rows.minutes[offers] * DAY + rows.start[offers] % DAY
    order = np.lexsort((rows.start[offers], waste, key))
    edges = np.append(np.flatnonzero(np.diff(key[order], prepend=-1)), len(order))
    best: tuple[tuple[int, int, int], list[int]] | None = None
    for low, high in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        length = int(rows.minutes[offers[order[low]]])
        days = order[low : min(high, low + -(-due // length))]
        given = length * len(days)
        rating = (max(0, due - given), max(0, given - due) + _PIECE * int(waste[days].sum()), len(days))
        if best is None or rating < best[0]:
            best = rating, offers[days].tolist()
    if best is None:
        return []
    # Together they may be too much for the contract.
    person, put = int(rows.clinician[offers[0]]), best[1]
    while put and board.paid_minutes[person] + rows.minutes[put].sum() > board.left[person]:
        put = put[:-1]
    return put
