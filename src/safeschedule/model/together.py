"""Where blocks of single clinicians fit beside what is fixed: what duties a week can ask of whom."""

from __future__ import annotations

from itertools import combinations, permutations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.placing import starts_of
from safeschedule.model.points import high_acuity, points_of
from safeschedule.model.spans import cut
from safeschedule.problem import Flag, Setting
from safeschedule.problem.clock import DAY

# Dates over which the minutes of coordination are shared out at most.
_SHARES = 5

Duty = tuple[Bools, int]
"""By grid step whether a block may begin there, and the block's length."""


def openings(index: Index, minutes: int, *, passed: bool = False) -> Bools:
    """Return by clinician and grid step whether a block of so many minutes may begin there.

    It then lies in one working period, and all of it is free of leave and of meetings and still ahead (or
    passed as well, if asked). Minutes are rounded up to the grid.
    """
    length = index.up(minutes)
    name = f"openings {length} {passed}"
    return index.once(name, lambda: _openings(index, length, passed=passed))


def _openings(index: Index, length: int, *, passed: bool) -> Bools:
    found = np.zeros((len(index.clinicians), index.slots), dtype=bool)
    met = _meetings(index)
    for clinician in range(len(index.clinicians)):
        free = index.free[clinician] if passed else index.ahead[clinician]
        steps = starts_of(index, length, clinician)
        for first, end in cut(free, met[clinician]):
            found[clinician, steps[(steps >= first) & (steps + length <= end)] // index.grid] = True
    return found


def _meetings(index: Index) -> list[list[tuple[int, int]]]:
    """Return the meetings of each clinician, with those that began before the week."""
    found: list[list[tuple[int, int]]] = [[] for _ in index.clinicians]
    for meeting in index.problem.meetings:
        start = index.minute(meeting.start)
        for code in dict.fromkeys(meeting.clinicians):
            found[index.clinician_number[code]].append((start, start + meeting.minutes))
    return found


def supervised(index: Index) -> dict[int, list[tuple[int, Duty]]]:
    """Return who is asked for supervision: the minutes of each need, with the place and length of a block."""
    return index.once("supervised", lambda: _supervised(index))


def consulted(index: Index) -> dict[int, Duty]:
    """Return who is asked for consultation, with the place and length of the block."""
    return index.once("consulted", lambda: _consulted(index))


def coordinated(index: Index) -> dict[int, int]:
    """Return the minutes of coordination that the week's caseload asks of each clinician who has room."""
    return index.once("coordinated", lambda: _coordinated(index))


def supervisors_of(index: Index, clinician: int) -> list[int]:
    """Return who may supervise a clinician: the named supervisor, or any other one when none is named."""
    person = index.clinicians[clinician]
    if person.supervisor is not None:
        named = index.clinician_number[person.supervisor]
        return [named] if named != clinician else []
    return [n for n, other in enumerate(index.clinicians) if other.is_supervisor and n != clinician]


def _supervised(index: Index) -> dict[int, list[tuple[int, Duty]]]:
    setting = index.settings.get("supervision")
    found: dict[int, list[tuple[int, Duty]]] = {}
    for clinician in range(len(index.clinicians)) if setting is not None else ():
        assert setting is not None
        asked: list[tuple[int, Duty]] = []
        for need in supervision_due(index, setting, clinician):
            there = openings(index, need)
            place = there[clinician] & there[supervisors_of(index, clinician)].any(axis=0)
            duty = place, index.up(need)
            if _room_for(index, clinician, [*(before for _, before in asked), duty], []):
                asked.append((need, duty))
        if asked:
            found[clinician] = asked
    return found


def supervision_due(index: Index, setting: Setting, clinician: int) -> list[int]:
    """Return the minutes of each need of a clinician for supervision, possible or not, longest first."""
    needs = [setting.whole("new_minutes")] if index.clinicians[clinician].new_in_post else []
    panel = index.panels[clinician]
    total = sum(points_of(index, client) for client in panel)
    high = sum(points_of(index, client) for client in panel if high_acuity(index, client))
    if total and high >= setting.exact("share") * total:
        needs.append(setting.whole("high_minutes"))
    return sorted(needs, key=lambda minutes: -minutes)


def _consulted(index: Index) -> dict[int, Duty]:
    setting = index.settings.get("consultation")
    if setting is None:
        return {}
    minutes = setting.whole("minutes")
    there, length = openings(index, minutes), index.up(minutes)
    leads = np.array([c.is_supervisor for c in index.clinicians], dtype=bool)
    first = supervised(index)
    inside: Bools = np.asarray(there.any(axis=1))
    while True:
        # At least one supervisor is there for others; for a supervisor anybody beside oneself.
        hosts = there[inside & leads].sum(axis=0)
        everyone = there[inside].sum(axis=0)
        place = there & np.where(leads[:, None], everyone >= 2, hosts >= 1)
        fits = inside.copy()
        for clinician in np.flatnonzero(inside).tolist():
            duties = [duty for _, duty in first.get(clinician, ())]
            fits[clinician] = _room_for(index, clinician, [*duties, (place[clinician], length)], [])
        if (fits == inside).all():
            return {clinician: (place[clinician], length) for clinician in np.flatnonzero(inside).tolist()}
        inside = fits


def _coordinated(index: Index) -> dict[int, int]:
    setting = index.settings.get("coordination")
    found: dict[int, int] = {}
    for clinician, panel in enumerate(index.panels) if setting is not None else ():
        assert setting is not None
        need = setting.whole("per_client") * sum(Flag.COORDINATION in client.flags for client in panel)
        held = [duty for _, duty in supervised(index).get(clinician, ())]
        held += [consulted(index)[clinician]] if clinician in consulted(index) else []
        if need and _recurs(index, setting, clinician, need, held):
            found[clinician] = need
    return found


def coordination_lengths(index: Index, setting: Setting, clinician: int, need: int) -> list[int]:
    """Return the lengths of blocks in which a clinician's coordination may be held."""
    days = len({start // DAY for start, _ in index.free[clinician]})
    plain = setting.whole("minutes")
    share = -(-need // max(1, min(days, _SHARES)))
    return sorted({index.up(max(plain, minutes)) for minutes in (plain, share, need)})


def _recurs(index: Index, setting: Setting, clinician: int, need: int, held: list[Duty]) -> bool:
    """Return whether blocks of one length, at one time of day, hold the need beside other duties."""
    a_day = DAY // index.grid
    for length in coordination_lengths(index, setting, clinician, need):
        count = -(-need // length)
        by_clock = openings(index, length)[clinician].reshape(-1, a_day)
        for clock in np.flatnonzero(by_clock.sum(axis=0) >= count).tolist():
            for days in combinations(np.flatnonzero(by_clock[:, clock]).tolist(), count):
                blocks = [(day * DAY + clock * index.grid, length) for day in days]
                if _room_for(index, clinician, held, blocks):
                    return True
    return False


def _room_for(index: Index, clinician: int, duties: list[Duty], blocks: list[tuple[int, int]]) -> bool:
    """Return whether a few duties have room beside blocks, and the contract for all of them."""
    minutes = sum(length for _, length in duties) + sum(length for _, length in blocks)
    met = sum(end - start for start, end in index.meetings[clinician])
    contracted = index.clinicians[clinician].contracted_minutes
    if contracted is not None and minutes + met > contracted:
        return False
    left: list[tuple[Ints, int]] = []
    for place, length in duties:
        starts = np.flatnonzero(place) * index.grid
        for start, taken in blocks:
            starts = starts[(starts + length <= start) | (starts >= start + taken)]
        if not len(starts):
            return False
        left.append((starts, length))
    return any(_in_turn(list(order)) for order in permutations(left))


def _in_turn(duties: list[tuple[Ints, int]]) -> bool:
    """Return whether each duty has a start after the end of the one before it, when all begin early."""
    free_from = 0
    for starts, length in duties:
        number = int(np.searchsorted(starts, free_from))
        if number == len(starts):
            return False
        free_from = int(starts[number]) + length
    return True
