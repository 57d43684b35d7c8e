"""What several hold together, first: it has the fewest places."""

from __future__ import annotations

import numpy as np

from safeschedule.model.encoders import case_review, consultation, debrief, pinned, supervision, urgent_slots
from safeschedule.model.index import Ints
from safeschedule.model.rows import Role
from safeschedule.model.slots import case_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind
from safeschedule.problem.clock import DAY
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.construction.board import Board

_HOUR = 60


def put_pins(board: Board) -> None:
    """Put on what is pinned."""
    index, rows, problem = board.index, board.rows, board.index.problem
    masks = [pinned.appointment_rows(index, rows, pin) for pin in problem.pinned_appointments]
    for group in problem.pinned_groups:
        masks += pinned.group_rows(index, rows, group)[0]
    for block in problem.pinned_blocks:
        masks += pinned.block_rows(index, rows, block)
        if block.supervisor is not None:
            host = index.clinician_number[block.supervisor]
            hosting = rows.of_block(block.kind) & (rows.role == Role.HOST) & (rows.clinician == host)
            hosting &= (rows.start == index.minute(block.start)) & (rows.minutes == block.minutes)
            masks.append(hosting)
    for mask in masks:
        row = board.best(np.flatnonzero(mask & ~board.chosen))
        if row is not None and not (mask & board.chosen).any():
            board.put(row)


def put_joint(board: Board) -> None:
    """Put on debriefs, reviews, consultations, supervision and urgent slots: fewest places first.

    Where that leaves a half-day without its slot, the slots come before the rest.
    """
    before = board.chosen.copy()
    _put_meetings(board)
    if not _put_urgent_slots(board):
        board.take_off(*np.flatnonzero(board.chosen & ~before).tolist())
        board.loose.clear()
        _put_urgent_slots(board, closely=True)
        _put_meetings(board)


def _put_meetings(board: Board) -> None:
    _put_debriefs(board)
    _put_reviews(board)
    _put_consultations(board)
    _put_supervisions(board)


def _put_debriefs(board: Board) -> None:
    setting, rows = board.active("debrief"), board.rows
    for due in debrief.dues(board.index, setting) if setting is not None else ():
        low, high = due.span
        seats = board.blocks(BlockKind.DEBRIEF, due.clinician, Role.ATTEND)
        seats = seats[(rows.start[seats] >= low) & (rows.start[seats] < high)]
        seats = seats[rows.minutes[seats] >= due.minutes]
        if board.chosen[seats].any():
            continue
        for seat in board.fits(seats).tolist():
            hosts = board.blocks(BlockKind.DEBRIEF, int(rows.partner[seat]), Role.HOST)
            host = hosts[
                (rows.start[hosts] == rows.start[seat]) & (rows.minutes[hosts] == rows.minutes[seat])
            ]
            if board.chosen[host].any() or len(board.fits(host)):
                board.put(*host[~board.chosen[host]].tolist(), seat)
                break


def _put_reviews(board: Board) -> None:
    """Let each team that needs one meet for a review when most of its members can come."""
    setting, rows = board.active("case_review"), board.rows
    for team in case_review.teams_of(board.index, setting) if setting is not None else ():
        if _reviewed(board, team):
            continue
        best: list[int] = []
        for lead in team.leads:
            hosts = board.fits(board.blocks(BlockKind.CASE_REVIEW, lead, Role.HOST))
            mine = [board.blocks(BlockKind.CASE_REVIEW, c, Role.ATTEND) for c in team.members]
            guests = board.fits(np.concatenate([*mine, np.zeros(0, dtype=np.int64)]))
            guests = guests[rows.partner[guests] == lead]
            for host in hosts[np.argsort(board.waste(hosts), kind="stable")].tolist():
                there = [host, *guests[rows.start[guests] == rows.start[host]].tolist()]
                best = there if len(there) > len(best) else best
        if len(best) > 1:
            board.put(*best)


def _reviewed(board: Board, team: case_review.ReviewTeam) -> bool:
    """Return whether a review with the team's quorum is pinned."""
    rows = board.rows
    seats = np.flatnonzero(rows.of_block(BlockKind.CASE_REVIEW) & (rows.role == Role.ATTEND) & board.chosen)
    seats = seats[np.isin(rows.clinician[seats], team.members) & np.isin(rows.partner[seats], team.leads)]
    held = np.bincount(rows.partner[seats], minlength=1)
    return any(n + (lead in team.members) >= team.quorum for lead, n in enumerate(held.tolist()) if n)


def _put_consultations(board: Board) -> None:
    """Let supervisors host in turn, each when most of those who still need it can come, own people first."""
    setting = board.active("consultation")
    if setting is None:
        return
    index, rows = board.index, board.rows
    waiting = set(consultation.members_of(index, setting))
    done = np.flatnonzero(board.chosen & rows.of_block(BlockKind.CONSULTATION))
    waiting -= set(rows.clinician[done].tolist())
    leads = [c for c in consultation.members_of(index, setting) if index.clinicians[c].is_supervisor]
    for _ in range(3):
        for lead in leads:
            if waiting:
                put = _consultation(board, lead, waiting, setting.whole("most"))
                board.put(*put)
                waiting -= set(rows.clinician[put].tolist())


def _consultation(board: Board, lead: int, waiting: set[int], most: int) -> list[int]:
    """Return the rows of the consultation of a lead that serves most of those who wait, on the hour."""
    rows, index = board.rows, board.index
    hosts = board.fits(board.blocks(BlockKind.CONSULTATION, lead, Role.HOST))
    if not len(hosts):
        return []
    everyone = [board.blocks(BlockKind.CONSULTATION, c, Role.ATTEND) for c in sorted(waiting - {lead})]
    if not everyone:
        # Nobody but the lead waits: anybody may be the guest.
        everyone = [
            board.blocks(BlockKind.CONSULTATION, c, Role.ATTEND)
            for c, person in enumerate(index.clinicians)
            if person.supervisor == index.clinicians[lead].id or c != lead
        ]
        most = 1
    guests = np.concatenate([*everyone, np.zeros(0, dtype=np.int64)])
    guests = board.fits(guests[rows.partner[guests] == lead])
    own = np.array([c.supervisor == index.clinicians[lead].id for c in index.clinicians], dtype=bool)
    guests = guests[np.lexsort((rows.clinician[guests], ~own[rows.clinician[guests]], rows.start[guests]))]
    low = np.searchsorted(rows.start[guests], rows.start[hosts], side="left")
    high = np.searchsorted(rows.start[guests], rows.start[hosts], side="right")
    count = np.minimum(high - low, most)
    off = (rows.start[hosts] % _HOUR != 0).astype(np.int64)
    at = int(np.lexsort((rows.start[hosts], off, board.waste(hosts), -count))[0])
    if not count[at]:
        return []
    return [int(hosts[at]), *guests[low[at] : low[at] + count[at]].tolist()]


def _put_supervisions(board: Board) -> None:
    setting, rows = board.active("supervision"), board.rows
    for clinician in range(len(board.index.clinicians)) if setting is not None else ():
        offers = board.blocks(BlockKind.SUPERVISION, clinician, Role.PAIR)
        # What is pinned serves the longest needs that it can.
        held = sorted(rows.minutes[offers[board.chosen[offers]]].tolist(), reverse=True)
        for need in supervision.needs_of(board.index, clinician):
            if held and held[0] >= need:
                held.pop(0)
                continue
            row = board.best(offers[rows.minutes[offers] >= need])
            if row is not None:
                board.put(row)


def _put_urgent_slots(board: Board, *, closely: bool = False) -> bool:
    """Hold slots, mornings and afternoons in turn, with whoever has fewest so far; return whether all are.

    `closely`: who can hold one is tried, with the reset and the documentation that come with it.
    """
    setting = board.active("urgent_slots")
    if setting is None:
        return True
    index, rows = board.index, board.rows
    if case_of(index).high and _none_high(board):
        return True
    all_held = True
    held = np.zeros(len(index.clinicians), dtype=np.int64)
    slots = np.flatnonzero(rows.of_block(BlockKind.URGENT_SLOT) & (rows.role == Role.SOLO))
    slots = slots[rows.minutes[slots] >= case_of(index).minutes]
    most = urgent_slots.most_of(index, setting)
    left = np.array([most.get(c, 0) for c in range(len(index.clinicians))], dtype=np.int64)
    np.add.at(held, rows.clinician[slots[board.chosen[slots]]], 1)
    # The morning after a night that began before the week meets no date's need.
    slots = slots[board.day[slots] >= 0]
    needs = urgent_slots.needs(index, setting)
    able_slots = _held_alone(board, slots) if closely else board.fits(slots)
    able = _able(board, able_slots)
    # Of those with as many, who can hold one in few half-days comes first there.
    options = np.bincount(rows.clinician[able_slots], minlength=len(held)) if closely else 0 * held
    options = options / (1 + options.max(initial=0))
    # Where the fewest can hold one first: who does so elsewhere may have no more left.
    for day in sorted(range(len(needs)), key=lambda day: able[2 * day : 2 * day + 2].min()):
        need, today = needs[day], slots[board.day[slots] == day]
        there = today[board.chosen[today]]
        # Day by day they begin with the other half, so that one a day is spread, too.
        halves = [2 * day + (day + number) % 2 for number in range(need)]
        for done in board.half[there].tolist():
            if done in halves:
                halves.remove(int(done))
        halves.sort(key=able.__getitem__)
        busy = set(rows.clinician[there].tolist())
        for half in halves:
            full = np.flatnonzero(held >= left).tolist()
            offers = today[~np.isin(rows.clinician[today], sorted({*busy, *full}))]
            put = _urgent_slot(board, offers[board.half[offers] == half], held + options)
            all_held &= bool(put)
            put = put or _urgent_slot(board, offers, held + options)
            if put:
                board.put(*put)
                busy.add(int(rows.clinician[put[-1]]))
                held[rows.clinician[put[-1]]] += 1
    return all_held


def _held_alone(board: Board, slots: Ints) -> Ints:
    """Return a slot of each person and half-day that fits with all that comes with it."""
    found: list[int] = []
    nobody = np.zeros(len(board.index.clinicians))
    for half in np.unique(board.half[slots]).tolist():
        there = slots[board.half[slots] == half]
        for person in np.unique(board.rows.clinician[there]).tolist():
            loose = len(board.loose)
            put = _urgent_slot(board, there[board.rows.clinician[there] == person], nobody)
            board.take_off(*board.loose[loose:])
            del board.loose[loose:]
            found += put[-1:]
    return np.array(found, dtype=np.int64)


def _able(board: Board, slots: Ints) -> Ints:
    """Return by half-day how many people have one of these slots there."""
    pairs = np.unique(np.stack([board.half[slots], board.rows.clinician[slots]]), axis=1)
    found: Ints = np.bincount(pairs[0], minlength=2 * DAYS)
    return found


def _none_high(board: Board) -> bool:
    """Return whether a hard rule leaves no room for anything of high intensity, slots included."""
    limits = (("daily_intensity", "most", 1), ("rolling_exposure", "minutes", case_of(board.index).minutes))
    asked = [(board.active(rule), name, least) for rule, name, least in limits]
    return any(each is not None and each.hard and each.whole(name) < least for each, name, least in asked)


def _urgent_slot(board: Board, offers: Ints, asked: Floats) -> list[int]:
    """Return the best slot that fits, after the reset that is due before it; of who is asked least first."""
    rows = board.rows
    offers = board.fits(offers)
    order = np.lexsort((rows.start[offers], board.waste(offers), asked[rows.clinician[offers]]))
    for row in offers[order].tolist():
        reset = reset_before(board, row)
        if reset is not None and _written(board, [*reset, row]):
            return [*reset, row]
    return []


def _written(board: Board, slot: list[int]) -> bool:
    """Put on documentation after a slot, loosely: its time is left open; return whether it fits."""
    setting, rows, last = board.active("documentation"), board.rows, slot[-1]
    if setting is None:
        return True
    papers = board.blocks_on(BlockKind.DOCUMENTATION, int(rows.clinician[last]), int(board.day[last]))
    long = rows.minutes[papers] >= setting.whole("shortest")
    papers = papers[long & (rows.start[papers] >= board.end[last])]
    if board.half[last] % 2 == 0:
        # A morning's are written in time, or at once.
        latest = int(board.day[last]) * DAY + board.index.midday + setting.whole("grace")
        papers = papers[rows.start[papers] <= max(latest, int(board.end[last]))]
    missing, put = setting.whole("minutes") + case_of(board.index).paperwork, list[int]()
    missing -= int(rows.minutes[papers[board.chosen[papers]]].sum())
    board.put(*slot)
    while missing > 0 and len(free := board.fits(papers)):
        length = rows.minutes[free]
        row = board.best(free[length == max(length[length <= missing], default=length.min())])
        assert row is not None
        board.put(row)
        put.append(row)
        missing -= int(rows.minutes[row])
    board.take_off(*slot)
    if missing > 0:
        board.take_off(*put)
        return not setting.hard
    board.loose += put
    return True


def reset_before(board: Board, row: int) -> list[int] | None:
    """Return the reset that is due before crisis work and is not there yet; ``None``: it does not fit."""
    setting = board.active("crisis_reset")
    if setting is None:
        return []
    offers = board.blocks_on(BlockKind.RESET, int(board.rows.clinician[row]), int(board.day[row]))
    offers = offers[board.end[offers] == board.rows.start[row]]
    if board.chosen[offers].any():
        return []
    return board.fits(offers)[:1].tolist() or None


__all__ = ["DAYS", "put_joint", "put_pins", "reset_before"]
