"""The board on which a week is constructed: who, which client and which rooms are taken when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from safeschedule.model.encoders.recovery_buffer import buffers
from safeschedule.model.encoders.travel_time import reached
from safeschedule.model.index import DAY, DAYS, Bools, Index, Ints
from safeschedule.model.rooming import closed, pools
from safeschedule.model.rows import KIND_NUMBER, KINDS, MODES, Role, Rows, groups
from safeschedule.problem import BlockKind, Mode, Setting

_UNPAID = (KIND_NUMBER[BlockKind.BREAK], KIND_NUMBER[BlockKind.RECOVERY])
_PLENTY = 10**6
_NOTHING: Ints = np.zeros(0, dtype=np.int64)


class Board:
    """A week as far as it is constructed; rows are put on it and taken off.

    Nobody is in two places on a board, whatever the rulebook says: a construction may be stricter than
    the rules, never laxer than the model, which judges it afterwards.

    Parameters
    ----------
    index, rows
        The problem and all rows that may be chosen.
    """

    def __init__(self, index: Index, rows: Rows) -> None:
        self.index, self.rows = index, rows
        # Asked for very often: worked out once for all rows.
        self.day, self.end = rows.day, rows.end
        self.half = index.half_of(rows.start)
        grid = index.grid
        self._first: Ints = rows.start // grid
        self._until: Ints = np.minimum(-(-self.end // grid), index.slots)
        self._last: Ints = np.minimum(-(-(self.end + self._recovery) // grid), index.slots)
        self.client: Ints = np.append(index.request_client, -1)[rows.request]
        self.taken = np.zeros((len(index.clinicians), index.slots), dtype=bool)
        self._visited = np.zeros((len(index.clients) + 1, index.slots), dtype=bool)
        self._draws, self._full = self._pools()
        self._leads = rows.is_appointment
        self.chosen = np.zeros(len(rows), dtype=bool)
        self.dates: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.paid_minutes = np.zeros(len(index.clinicians), dtype=np.int64)
        self.left = self._left()

    def active(self, name: str) -> Setting | None:
        """Return a rule's setting where it says anything: it is hard, or its breaches cost."""
        setting = self.index.settings.get(name)
        return setting if setting is not None and (setting.hard or setting.weight) else None

    @cached_property
    def _recovery(self) -> Ints:
        setting = self.active("recovery_buffer")
        if setting is None:
            return np.zeros(len(self.rows), dtype=np.int64)
        own = np.append(buffers(self.index, setting), 0)[self.rows.request]
        return np.where(self.rows.is_work, own, 0)

    def _pools(self) -> tuple[Ints, Ints]:
        """Return the pools of rooms on which each row draws, and how many are left of each by grid step.

        The last pool is of what is never short: rows that draw on fewer pools than others draw on it.
        """
        numbers, pool, sizes = pools(self.index, self.rows)
        if "room_capacity" not in self.index.settings:
            numbers, pool, sizes = _NOTHING, _NOTHING, {}
        position = {number: place for place, number in enumerate(sizes)}
        left = np.full((len(sizes) + 1, self.index.slots), _PLENTY, dtype=np.int64)
        for number, size in sizes.items():
            left[position[number]] = size
            for slot, lost in closed(self.index, number).items():
                left[position[number], slot] -= lost
        per_row = np.bincount(numbers, minlength=len(self.rows)) if len(numbers) else _NOTHING
        draws = np.full((len(self.rows), max(1, int(per_row.max(initial=1)))), len(sizes), dtype=np.int64)
        order = np.argsort(numbers, kind="stable")
        ranks = np.arange(len(order)) - np.searchsorted(numbers[order], numbers[order])
        draws[numbers[order], ranks] = [position[p] for p in pool[order].tolist()]
        return draws, left

    def _left(self) -> Ints:
        """Return the contracted minutes of each clinician that are left beside meetings."""
        setting = self.index.settings.get("working_hours")
        found = np.full(len(self.index.clinicians), _PLENTY, dtype=np.int64)
        for number, person in enumerate(self.index.clinicians):
            if setting is not None and person.contracted_minutes is not None:
                met = sum(end - start for start, end in self.index.meetings[number])
                found[number] = person.contracted_minutes - met
        return found

    # What there is to choose from.

    @cached_property
    def _blocks(self) -> dict[tuple[int, int, int], Ints]:
        keys = (self.rows.kind, self.rows.clinician, self.rows.role)
        return {(k, c, r): m for (k, c, r), m in groups(*keys, where=self.rows.is_block)}

    @cached_property
    def _daily_blocks(self) -> dict[tuple[int, int, int], Ints]:
        alone = self.rows.is_block & (self.rows.role == Role.SOLO)
        keys = (self.rows.kind, self.rows.clinician, self.day)
        return {(k, c, d): m for (k, c, d), m in groups(*keys, where=alone)}

    @cached_property
    def _sessions(self) -> dict[int, Ints]:
        return {r: m for (r,), m in groups(self.rows.request, where=self.rows.is_session)}

    def blocks(self, kind: BlockKind, clinician: int, role: Role = Role.SOLO) -> Ints:
        """Return the rows of a clinician's blocks of a kind."""
        return self._blocks.get((KIND_NUMBER[kind], clinician, int(role)), _NOTHING)

    def blocks_on(self, kind: BlockKind, clinician: int, day: int) -> Ints:
        """Return the rows of a clinician's own blocks of a kind on a date."""
        return self._daily_blocks.get((KIND_NUMBER[kind], clinician, day), _NOTHING)

    def sessions(self, request: int) -> Ints:
        """Return the rows of a request's sessions with one clinician."""
        return self._sessions.get(request, _NOTHING)

    def held(self, clinician: int, day: int, kind: BlockKind) -> list[int]:
        """Return the chosen rows of blocks of a kind that a clinician attends on a date."""
        number = KIND_NUMBER[kind]
        return [row for row in self.dates[clinician, day] if self.rows.kind[row] == number]

    # What fits.

    def fits(self, numbers: Ints) -> Ints:
        """Return those rows whose people, client and rooms are free, inside the contract, at one site a date."""
        if not len(numbers):
            return numbers
        rows = self.rows
        first, last, until = self._first[numbers], self._last[numbers], self._until[numbers]
        ok = (rows.role[numbers] == Role.SEAT) | _free(self.taken, rows.clinician[numbers], first, last)
        pairs = rows.role[numbers] == Role.PAIR
        if pairs.any():
            ok &= ~pairs | _free(self.taken, np.where(pairs, rows.partner[numbers], 0), first, last)
        visits = self.client[numbers] >= 0
        if visits.any():
            ok &= ~visits | _free(self._visited, self.client[numbers], first, until)
        ok &= self.paid_minutes[rows.clinician[numbers]] + rows.minutes[numbers] <= self.left[
            rows.clinician[numbers]
        ]
        if len(self._full) > 1:
            for column in range(self._draws.shape[1]):
                ok &= _free(self._full <= 0, self._draws[numbers, column], first, until)
        found: Ints = numbers[ok]
        return found[self._at_site(found)] if self._travels else found

    @cached_property
    def _travels(self) -> bool:
        return bool(self.index.problem.travel) and self.active("travel_time") is not None

    def _at_site(self, numbers: Ints) -> Bools:
        """Return which rows are where their clinician is on that date already; travel is left to the search."""
        rows, near = self.rows, reached(self.index)
        in_person = rows.is_work & (rows.mode == MODES.index(Mode.IN_PERSON)) & (rows.site >= 0)
        ok = np.ones(len(numbers), dtype=bool)
        for (clinician, day), members in groups(rows.clinician[numbers], self.day[numbers]):
            there = {int(rows.site[r]) for r in self.dates[clinician, day] if in_person[r]}
            for site in there:
                sites = rows.site[numbers[members]]
                ok[members] &= ~in_person[numbers[members]] | (near[site, sites] & near[sites, site])
        return ok

    def waste(self, numbers: Ints) -> Ints:
        """Return for each row how many of its two ends touch nothing: fewer leave larger free pieces."""
        owners, who = np.unique(self.rows.clinician[numbers], return_inverse=True)
        closed_ = np.pad(self.taken[owners] | ~self._open[owners], ((0, 0), (1, 1)), constant_values=True)
        before, after = closed_[who, self._first[numbers]], closed_[who, self._last[numbers] + 1]
        return (~before).astype(np.int64) + ~after

    @cached_property
    def _open(self) -> Bools:
        """Whether each grid step of each clinician is working time without leave and meetings."""
        found = self.index.period_end > 0
        for spans in (self.index.leave, self.index.meetings):
            for clinician, own in enumerate(spans):
                for start, end in own:
                    low, high = max(0, start) // self.index.grid, -(-end // self.index.grid)
                    found[clinician, low : max(0, high)] = False
        return found

    def free_minutes(self) -> Ints:
        """Return the minutes of each clinician's working time that nothing holds."""
        found: Ints = (self._open & ~self.taken).sum(axis=1) * self.index.grid
        return found

    # Putting on and taking off.

    def people(self, row: int) -> Sequence[int]:
        """Return whose time a row holds."""
        role, own = self.rows.role[row], int(self.rows.clinician[row])
        if role == Role.SEAT:
            return ()
        return (own, int(self.rows.partner[row])) if role == Role.PAIR else (own,)

    def put(self, *rows: int) -> None:
        """Choose rows."""
        for row in rows:
            self._set(row, chosen=True)

    def take_off(self, *rows: int) -> None:
        """Choose rows no longer."""
        for row in rows:
            self._set(row, chosen=False)

    def _set(self, row: int, *, chosen: bool) -> None:
        first, last, until = int(self._first[row]), int(self._last[row]), int(self._until[row])
        sign = 1 if chosen else -1
        for person in self.people(row):
            self.taken[person, first:last] = chosen
            day = self.dates[person, int(self.day[row])]
            day.append(row) if chosen else day.remove(row)
            if self.rows.kind[row] not in _UNPAID:
                self.paid_minutes[person] += sign * int(self.rows.minutes[row])
        if self.client[row] >= 0:
            self._visited[self.client[row], first:until] = chosen
        if self._leads[row]:
            for pool in self._draws[row].tolist():
                self._full[pool, first:until] -= sign
        self.chosen[row] = chosen

    def best(self, numbers: Ints) -> int | None:
        """Return the row that fits and leaves the largest free pieces, the earliest of several; or none."""
        fitting = self.fits(numbers)
        if not len(fitting):
            return None
        return int(fitting[np.argmin(self.waste(fitting))])


def _free(table: Bools, owner: Ints, first: Ints, last: Ints) -> Bools:
    """Return where nothing of an owner is taken from `first` to before `last`."""
    # Of the few owners alone: of a large team most are not asked about.
    owners, position = np.unique(owner, return_inverse=True)
    sums = np.pad(np.cumsum(table[owners], axis=1, dtype=np.int32), ((0, 0), (1, 0)))
    found: Bools = sums[position, last] == sums[position, first]
    return found


__all__ = ["DAY", "DAYS", "KINDS", "Board"]
