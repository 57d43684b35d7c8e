"""Protected time first: a person who leaves it for last finds no room for it."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from benchmarks.peers.greedy.board import Board
from safeschedule.model.encoders import (
    breaks,
    case_review,
    consultation,
    coordination,
    response_reserve,
    supervision,
    urgent_slots,
)
from safeschedule.model.index import Ints
from safeschedule.model.rows import Role, groups
from safeschedule.model.slots import case_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Setting
from safeschedule.problem.clock import DAY


def place_blocks(board: Board) -> None:
    """Fill in all blocks but documentation, those with the fewest places first."""
    for name, place in (
        ("case_review", _reviews),
        ("consultation", _consultations),
        ("supervision", _supervisions),
        ("breaks", _meals),
        ("urgent_slots", _urgent),
        ("coordination", _coordination),
        ("response_reserve", _reserve),
    ):
        setting = board.index.settings.get(name)
        if setting is not None and setting.hard:
            place(board, setting)


def _reviews(board: Board, setting: Setting) -> None:
    """Let each high-acuity team meet for its review when most of its members can come."""
    rows = board.rows
    for team in case_review.teams_of(board.index, setting):
        best: list[int] = []
        for lead in team.leads:
            joining = (
                rows.of_block(BlockKind.CASE_REVIEW) & (rows.role == Role.ATTEND) & (rows.partner == lead)
            )
            guests = board.fits(np.flatnonzero(joining & np.isin(rows.clinician, team.members)))
            for row in board.fits(board.block_rows(BlockKind.CASE_REVIEW, lead, Role.HOST)).tolist():
                there = [row, *guests[rows.start[guests] == rows.start[row]].tolist()]
                best = there if len(there) > len(best) else best
        for row in best:
            board.place(row)


def _consultations(board: Board, setting: Setting) -> None:
    """Let supervisors host in turn, each when most of those who still need it can come, own people first."""
    index, most = board.index, setting.whole("most")
    waiting = set(consultation.members_of(index, setting))
    leads = [c for c in waiting if index.clinicians[c].is_supervisor]
    joining = board.rows.of_block(BlockKind.CONSULTATION) & (board.rows.role == Role.ATTEND)
    guests = {lead: rows for (lead,), rows in groups(board.rows.partner, where=joining)}
    for _ in range(2):
        for lead in leads:
            if waiting:
                placed = _meeting(board, lead, guests.get(lead, np.zeros(0, dtype=np.int64)), waiting, most)
                waiting -= set(board.rows.clinician[placed].tolist())


def _meeting(board: Board, lead: int, guests: Ints, waiting: set[int], most: int) -> list[int]:
    """Fill in the best consultation that a supervisor can host now; return its rows."""
    rows = board.rows
    hosts = board.fits(board.block_rows(BlockKind.CONSULTATION, lead, Role.HOST))
    own = {c for c, person in enumerate(board.index.clinicians) if person.supervisor == _code(board, lead)}
    coming: dict[int, list[int]] = defaultdict(list)
    for row in board.fits(guests[rows.clinician[guests] != lead]).tolist():
        coming[int(rows.start[row])].append(row)
    best: tuple[tuple[int, int], list[int]] | None = None
    for row, waste in zip(hosts.tolist(), board.waste(hosts).tolist(), strict=True):
        there = coming.get(int(rows.start[row]), [])
        there.sort(key=lambda r: (rows.clinician[r] not in waiting, rows.clinician[r] not in own))
        invited = [r for r in there if rows.clinician[r] in waiting][:most] or there[:1]
        served = sum(int(rows.clinician[r]) in waiting for r in (row, *invited))
        if invited and served and (best is None or (served, -waste) > best[0]):
            best = ((served, -waste), [row, *invited])
    for row in best[1] if best else ():
        board.place(row)
    return best[1] if best else []


def _code(board: Board, clinician: int) -> str:
    return board.index.clinicians[clinician].id


def _supervisions(board: Board, setting: Setting) -> None:
    del setting
    for clinician in range(len(board.index.clinicians)):
        offers = board.block_rows(BlockKind.SUPERVISION, clinician, Role.PAIR)
        for need in supervision.needs_of(board.index, clinician):
            place_best(board, offers[board.rows.minutes[offers] >= need])


def _meals(board: Board, setting: Setting) -> None:
    for clinician in range(len(board.index.clinicians)):
        for day in range(DAYS):
            offers = board.block_rows(BlockKind.BREAK, clinician)
            offers = offers[board.day[offers] == day]
            for low, high in breaks.unbroken(board.index, setting, clinician, day):
                _meals_in(board, setting, offers, low, high)


def _meals_in(board: Board, setting: Setting, offers: Ints, low: int, high: int) -> None:
    """Give a stretch a meal break near its middle, or several, each as late as may be."""
    most = setting.whole("meal_stretch")
    while high - low > most:
        fits = board.fits(offers[board.rows.start[offers] >= low])
        fits = fits[board.rows.start[fits] <= low + most]
        if not len(fits):
            return
        enough = fits[board.end[fits] >= high - most]
        middle = np.abs(board.rows.start[enough] + board.end[enough] - low - high)
        row = int(enough[np.argmin(middle)]) if len(enough) else int(fits[np.argmax(board.rows.start[fits])])
        board.place(row)
        low = int(board.end[row])


def _urgent(board: Board, setting: Setting) -> None:
    """Hold slots, mornings and afternoons in turn, with whoever has fewest so far."""
    index = board.index
    held, most = [0] * len(index.clinicians), urgent_slots.most_of(index, setting)
    for day, need in enumerate(urgent_slots.needs(index, setting)):
        today = {c for c in range(len(held)) if held[c] >= most.get(c, 0)}
        for number in range(need):
            # Two halves need one each; beyond that any will do, but in turn is fairest.
            first = (day + number) % 2
            halves = (2 * day + first, 2 * day + 1 - first)
            holder = _hold(board, held, today, halves[0])
            holder = _hold(board, held, today, halves[1]) if holder is None else holder
            if holder is not None:
                held[holder] += 1
                today.add(holder)


def _hold(board: Board, held: list[int], today: set[int], half: int) -> int | None:
    """Hold the best slot of a half-day in which it can be written up; return whose it is."""
    refused: set[int] = set()
    while (best := _slot(board, held, today, half, refused)) is not None:
        clinician, row, reset = best
        if board.place_with(reset, row):
            if _write_up(board, row):
                return clinician
            for placed in (row, *reset):
                board.remove(placed)
        refused.add(row)
    return None


def _write_up(board: Board, row: int) -> bool:
    """Fill in documentation after a slot; return whether there is a place for it."""
    setting = board.index.settings.get("documentation")
    if setting is None or not setting.hard:
        return True
    offers = board.block_rows(BlockKind.DOCUMENTATION, int(board.rows.clinician[row]))
    after = (board.rows.start[offers] >= board.end[row]) & (board.day[offers] == board.day[row])
    missing, placed = setting.whole("minutes") + case_of(board.index).paperwork, list[int]()
    while missing > 0:
        lengths = board.rows.minutes[offers]
        fits = board.fits(offers[after & (lengths >= setting.whole("shortest"))])
        sizes = np.unique(board.rows.minutes[fits])
        size = int(max(sizes[sizes <= missing], default=sizes.min(initial=0)))
        paper = place_best(board, fits[board.rows.minutes[fits] == size])
        if paper is None:
            for each in placed:
                board.remove(each)
            return False
        placed.append(paper)
        missing -= size
    return True


def _slot(
    board: Board, held: list[int], today: set[int], half: int, refused: set[int]
) -> tuple[int, int, list[int]] | None:
    """Return clinician, row and reset of the best slot in a half-day, with who holds fewest so far."""
    rows = board.rows
    best: tuple[float, int, int, list[int]] | None = None
    for clinician in sorted(set(range(len(held))) - today, key=held.__getitem__):
        if best is not None and held[clinician] > held[best[1]]:
            break
        offers = board.block_rows(BlockKind.URGENT_SLOT, clinician)
        offers = board.fits(offers[(board.half[offers] == half) & ~np.isin(offers, list(refused))])
        for row in offers[np.argsort(board.waste(offers), kind="stable")].tolist():
            reset = reset_before(board, row)
            if reset is not None:
                key = int(board.waste(np.array([row]))[0]) + rows.start[row] % DAY / DAY
                if best is None or key < best[0]:
                    best = (key, clinician, row, reset)
                break
    return best and best[1:]


def reset_before(board: Board, row: int) -> list[int] | None:
    """Return the reset that crisis work of this row needs (none when the rule is off), ``None``: no room."""
    setting = board.index.settings.get("crisis_reset")
    if setting is None or not setting.hard:
        return []
    offers = board.block_rows(BlockKind.RESET, int(board.rows.clinician[row]))
    offers = offers[board.end[offers] == board.rows.start[row]]
    fitting = board.fits(offers)
    return fitting[:1].tolist() or None


def _reserve(board: Board, setting: Setting) -> None:
    """Give each clinician the minutes of reserve that are due, in as few blocks as there is room for."""
    for clinician in range(len(board.index.clinicians)):
        left = response_reserve.week_need(board.index, setting, clinician)
        offers = board.block_rows(BlockKind.RESERVE, clinician)
        while left > 0:
            # The shortest that is long enough, or the longest that there is.
            lengths = sorted(set(board.rows.minutes[board.fits(offers)].tolist()))
            wanted = next((m for m in lengths if m >= left), lengths[-1] if lengths else 0)
            row = place_best(board, offers[board.rows.minutes[offers] == wanted]) if wanted else None
            if row is None:
                break
            left -= int(board.rows.minutes[row])


def _coordination(board: Board, setting: Setting) -> None:
    """Give each clinician a recurring time (or one in each half of the day) that holds the minutes due."""
    for clinician in range(len(board.index.clinicians)):
        left = coordination.week_need(board.index, setting, clinician)
        offers = board.block_rows(BlockKind.COORDINATION, clinician)
        late = board.rows.start[offers] % DAY >= board.index.midday
        for half in sorted({bool(h) for h in late}, reverse=True):
            left -= _recurring(board, clinician, offers[late == half], left) if left > 0 else 0


def _recurring(board: Board, clinician: int, offers: Ints, due: int) -> int:
    """Fill in blocks of one length and clock time on as many days as are due; return their minutes."""
    rows = board.rows
    offers = board.fits(offers)
    waste = dict(zip(offers.tolist(), board.waste(offers).tolist(), strict=True))
    best: tuple[tuple[int, int, int], list[int]] | None = None
    for length in np.unique(rows.minutes[offers]).tolist():
        same = offers[rows.minutes[offers] == length]
        for clock in np.unique(rows.start[same] % DAY).tolist():
            days = same[rows.start[same] % DAY == clock].tolist()
            days = sorted(days, key=waste.__getitem__)[: -(-due // length)]
            if days and board.paid(clinician, [length] * len(days)):
                given = length * len(days)
                rating = (
                    max(0, due - given),
                    max(0, given - due) + 15 * sum(waste[d] for d in days),
                    -len(days),
                )
                if best is None or rating < best[0]:
                    best = (rating, days)
    for row in best[1] if best else ():
        board.place(row)
    return int(rows.minutes[best[1]].sum()) if best else 0


def place_best(board: Board, offers: Ints) -> int | None:
    """Fill in the free row that leaves the largest free pieces; return it, or ``None`` when none is free."""
    offers = board.fits(offers)
    if not len(offers):
        return None
    row = int(offers[np.argmin(board.waste(offers))])
    if not all(board.paid(c, [board.paid_minutes(row)]) for c in board.people(row)):
        return None
    board.place(row)
    return row
