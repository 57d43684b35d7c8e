"""The board on which a week is filled in: who is taken when, which rooms are in use, what was placed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from safeschedule.model.candidates import candidates
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import recovery_due
from safeschedule.model.rows import KIND_NUMBER, MODES, Role, groups
from safeschedule.model.slot_rooms import holds_rooms, slot_places
from safeschedule.model.slots import case_of
from safeschedule.problem import BlockKind, Mode
from safeschedule.problem.clock import DAY
from safeschedule.solving.search.construction.attended import Attended
from safeschedule.solving.search.construction.rests import Rests


@dataclass(frozen=True)
class Entry:
    """Something placed in a clinician's day: a request's number or -1, a block kind's number or -1.

    Before and after a session `preparation` and `recovery` minutes are held and paid that are neither a gap
    nor a pause.
    """

    start: int
    end: int
    request: int
    kind: int
    recovery: int = 0
    preparation: int = 0


class Board:
    """A week as far as it is filled in.

    Parameters
    ----------
    index
        The problem.
    """

    def __init__(self, index: Index) -> None:
        self.index, self.grid = index, index.grid
        self.rows = candidates(index)
        # Asked for very often: worked out once for all rows.
        self.half, self.day, self.end = index.half_of(self.rows.start), self.rows.day, self.rows.end
        self.preparation: Ints = preparation_due(index, self.rows)
        self.begin: Ints = self.rows.start // index.grid
        self.first: Ints = np.maximum(self.rows.start - self.preparation, 0) // index.grid
        self.pool, self.capacity = self._pools()
        self.attended = Attended(index, self.rows)
        self.recovery: Ints = recovery_due(index, self.rows)
        self.last: Ints = -(-(self.end + self.recovery) // index.grid)
        people = len(index.clinicians)
        # The stretches are counted as in the construction: a peer is judged by its choices.
        rest = index.settings.get("breaks")
        self.rests = Rests(index, rest if rest is not None and rest.hard else None)
        self.is_break: Bools = self.rows.of_block(BlockKind.BREAK)
        clients = self.rows.is_work | self.rows.of_block(BlockKind.URGENT_SLOT)
        self.with_clients: Ints = np.where(clients, -(-self.end // index.grid) - self.begin, 0)
        self.taken = np.zeros((people, index.slots), dtype=bool)
        self.open = self._open()
        self.in_use = np.zeros((len(self.capacity), index.slots), dtype=np.int64)
        self.chosen: list[int] = []
        self.days: dict[tuple[int, int], list[Entry]] = defaultdict(list)
        self.client_days: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.minutes: Counter[int] = Counter()

    def _pools(self) -> tuple[Ints, Ints]:
        """Return each row's pool of rooms, -1 for none, and each pool's number of rooms."""
        index, rows = self.index, self.rows
        case = case_of(index).kind
        asked = [t.room_kind for t in index.request_types] + [None if case is None else case.room_kind]
        names = sorted({kind for kind in asked if kind is not None})
        kinds = {name: number for number, name in enumerate(names)}
        need = np.array(
            [-1 if t.room_kind is None else kinds[t.room_kind] for t in index.request_types] + [-1]
        )
        there = rows.is_session & (need[rows.request] >= 0) & (rows.mode == MODES.index(Mode.IN_PERSON))
        pool: Ints = np.where(there, (rows.site + 1) * max(1, len(kinds)) + need[rows.request], -1)
        if holds_rooms(index) and case is not None and case.room_kind is not None:
            held, _ = slot_places(index, rows)
            site_of = index.period_site[rows.clinician[held], rows.start[held] // self.grid]
            pool[held] = (site_of + 1) * len(kinds) + kinds[case.room_kind]
        capacity = np.zeros((len(index.site_number) + 1) * max(1, len(kinds)), dtype=np.int64)
        for room in index.problem.rooms:
            if room.kind in kinds:
                site = 0 if room.site is None else index.site_number[room.site] + 1
                capacity[site * len(kinds) + kinds[room.kind]] += 1
        return pool, capacity

    def _open(self) -> Bools:
        """Return which steps of each clinician are working time without leave and meetings."""
        found = self.index.period_end > 0
        for spans in (self.index.leave, self.index.meetings):
            for clinician, own in enumerate(spans):
                for start, end in own:
                    found[clinician, max(0, start) // self.grid : -(-end // self.grid)] = False
        return found

    @cached_property
    def offers(self) -> dict[tuple[int, int, int], Ints]:
        """Rows of blocks by kind, clinician and role."""
        keys = (self.rows.kind, self.rows.clinician, self.rows.role)
        return {(k, c, r): m for (k, c, r), m in groups(*keys, where=~self.rows.is_session)}

    @cached_property
    def request_rows(self) -> dict[int, Ints]:
        """Rows by request."""
        return {r: m for (r,), m in groups(self.rows.request, where=self.rows.is_session)}

    def block_rows(self, kind: BlockKind, clinician: int, role: Role = Role.SOLO) -> Ints:
        """Return the rows that a clinician's block of a kind can have."""
        return self.offers.get((KIND_NUMBER[kind], clinician, int(role)), np.zeros(0, dtype=np.int64))

    def fits(self, numbers: Ints) -> Ints:
        """Return those rows whose people, client and rooms are free for all of their time."""
        rows = self.rows
        if not len(numbers):
            return numbers
        ok = _free(self.taken, rows.clinician[numbers], self.first[numbers], self.last[numbers])
        first, last, clients = self.first[numbers], self.last[numbers], self.with_clients[numbers]
        ok &= self.is_break[numbers] | self.rests.allow(rows.clinician[numbers], first, last, clients)
        pairs = rows.role[numbers] == Role.PAIR
        if pairs.any():
            ok &= ~pairs | _free(self.taken, rows.partner[numbers], first, last)
            ok &= ~pairs | self.rests.allow(rows.partner[numbers], first, last, 0 * first)
        roomed = np.flatnonzero(self.pool[numbers] >= 0)
        if len(roomed):
            inside = numbers[roomed]
            full = self.in_use >= self.capacity[:, None]
            end = -(-self.end[inside] // self.grid)
            ok[roomed] &= _free(full, self.pool[inside], self.begin[inside], end)
        found = numbers[ok]
        return found[self.attended.allow(found)] if self.attended.asks else found

    def people(self, row: int) -> list[int]:
        """Return whom a row holds."""
        rows = self.rows
        own = [int(rows.clinician[row])]
        return [*own, int(rows.partner[row])] if rows.role[row] == Role.PAIR else own

    def entry(self, row: int) -> Entry:
        """Return a row as it stands in a day."""
        rows, recovery = self.rows, int(self.recovery[row])
        start, end = int(rows.start[row]), int(self.end[row])
        ahead = int(self.preparation[row])
        return Entry(start, end, int(rows.request[row]), int(rows.kind[row]), recovery, ahead)

    def paid_minutes(self, row: int) -> int:
        """Return what a row counts in the contract: buffers are paid, a break is not."""
        unpaid = self.rows.kind[row] == KIND_NUMBER[BlockKind.BREAK]
        return 0 if unpaid else int(self.rows.minutes[row] + self.recovery[row] + self.preparation[row])

    def place(self, row: int) -> None:
        """Fill a row in."""
        rows = self.rows
        start, end = int(rows.start[row]), int(self.end[row])
        entry = self.entry(row)
        for clinician in self.people(row):
            self.taken[clinician, self.first[row] : self.last[row]] = True
            self._note(clinician, row, held=True)
            self.days[clinician, start // DAY].append(entry)
            self.minutes[clinician] += self.paid_minutes(row)
        if self.pool[row] >= 0:
            self.in_use[self.pool[row], self.begin[row] : -(-end // self.grid)] += 1
        if entry.request >= 0:
            self.client_days[int(self.index.request_client[entry.request])].append((start, end))
        self.attended.set(row, chosen=True)
        self.chosen.append(row)

    def place_with(self, reset: list[int], row: int) -> bool:
        """Fill in a row and the reset before it, if the row fits beside it as well; return whether it did."""
        for before in reset:
            self.place(before)
        if not len(self.fits(np.array([row], dtype=np.int64))):
            for before in reset:
                self.remove(before)
            return False
        self.place(row)
        return True

    def remove(self, row: int) -> None:
        """Take a row out again (not one that holds two people)."""
        rows = self.rows
        start, end = int(rows.start[row]), int(self.end[row])
        clinician = int(rows.clinician[row])
        entry = self.entry(row)
        self.taken[clinician, self.first[row] : self.last[row]] = False
        self._note(clinician, row, held=False)
        self.days[clinician, start // DAY].remove(entry)
        self.minutes[clinician] -= self.paid_minutes(row)
        if self.pool[row] >= 0:
            self.in_use[self.pool[row], self.begin[row] : -(-end // self.grid)] -= 1
        if entry.request >= 0:
            self.client_days[int(self.index.request_client[entry.request])].remove((start, end))
        self.attended.set(row, chosen=False)
        self.chosen.remove(row)

    def _note(self, clinician: int, row: int, *, held: bool) -> None:
        if not self.is_break[row]:
            begin = int(self.begin[row])
            clients = begin, begin + int(self.with_clients[row])
            self.rests.set(clinician, int(self.first[row]), int(self.last[row]), clients, held=held)

    def waste(self, numbers: Ints) -> Ints:
        """Return for each row how many of its two edges touch nothing: less leaves larger free pieces."""
        owners, who = np.unique(self.rows.clinician[numbers], return_inverse=True)
        closed = np.pad(self.taken[owners] | ~self.open[owners], ((0, 0), (1, 1)), constant_values=True)
        last = np.minimum(self.last[numbers], self.index.slots)
        before, after = closed[who, self.first[numbers]], closed[who, last + 1]
        found: Ints = (~before).astype(np.int64) + (~after).astype(np.int64)
        return found

    def paid(self, clinician: int, minutes: Iterable[int]) -> bool:
        """Return whether so many more minutes stay inside the contract."""
        contracted = self.index.clinicians[clinician].contracted_minutes
        setting = self.index.settings.get("working_hours")
        if contracted is None or setting is None or not setting.hard:
            return True
        met = sum(end - start for start, end in self.index.meetings[clinician])
        return self.minutes[clinician] + sum(minutes) <= contracted - met


def _free(table: Bools, owner: Ints, first: Ints, last: Ints) -> Bools:
    """Return where nothing of an owner is taken from `first` to before `last`; the week's end cuts off."""
    # Of the few owners alone: of a large team most are not asked about.
    owners, position = np.unique(owner, return_inverse=True)
    sums = np.pad(np.cumsum(table[owners], axis=1), ((0, 0), (1, 0)))
    found: Bools = sums[position, np.minimum(last, table.shape[1])] == sums[position, first]
    return found
