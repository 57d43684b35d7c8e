"""The board on which a week is constructed: who, which client, attendants and rooms are taken when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

import numpy as np

from safeschedule.model.encoders.travel_time import reached
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import recovery_due
from safeschedule.model.rooming import closed, pools
from safeschedule.model.rows import KIND_NUMBER, MODES, Role, Rows, groups
from safeschedule.model.spans import DAYS
from safeschedule.problem import BlockKind, Mode, Setting
from safeschedule.solving.relaxation.linear_program import Floats
from safeschedule.solving.search.construction.attended import Attended
from safeschedule.solving.search.construction.nights import Nights
from safeschedule.solving.search.construction.rests import Rests

_PAIR, _SEAT = int(Role.PAIR), int(Role.SEAT)
_BREAK = KIND_NUMBER[BlockKind.BREAK]
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
        self.date, self.end = rows.day, rows.end
        self.half = index.working_half(rows.clinician, rows.start)
        self.day = self.half // 2
        grid = index.grid
        # A row holds its clinician's time from its preparation to its recovery; client and room less.
        self.recovery: Ints = recovery_due(index, rows)
        self.preparation: Ints = preparation_due(index, rows)
        self.prepares = np.array([t.preparation_minutes is not None for t in index.request_types], dtype=bool)
        self._start: Ints = rows.start // grid
        self._first: Ints = np.maximum(rows.start - self.preparation, 0) // grid
        self._until: Ints = np.minimum(-(-self.end // grid), index.slots)
        self._last: Ints = np.minimum(-(-(self.end + self.recovery) // grid), index.slots)
        self._paid: Ints = np.where(rows.kind == _BREAK, 0, rows.minutes + self.recovery + self.preparation)
        self.client: Ints = np.append(index.request_client, -1)[rows.request]
        self.client[~rows.is_visit] = -1
        self.is_session, self.is_work, self.is_visit = rows.is_session, rows.is_work, rows.is_visit
        self._draws, self._room = self._pools()
        self._in_rooms: Bools = np.any(self._draws < len(self._room) - 1, axis=1)
        self._attended = Attended(index, rows)
        self._closed = np.pad(~self._open, ((0, 0), (1, 1)), constant_values=True)
        # Sums up to each grid step of what is taken, so that a piece is free when its ends are equal.
        self._rests = Rests(index, self.active("breaks"))
        self._places = self._rests.place(rows.clinician, self._first, self._last)
        self._nights = Nights(index, self.active("rest"))
        self._is_break = rows.kind == _BREAK
        clients = rows.is_work | rows.of_block(BlockKind.URGENT_SLOT)
        self._with_clients: Ints = np.where(clients, self._until - self._start, 0)
        self._taken = np.zeros((len(index.clinicians), index.slots + 1), dtype=np.int32)
        self._short = np.zeros((len(self._room), index.slots + 1), dtype=np.int32)
        for pool in range(len(self._room)):
            self._sum_up(pool)
        self._visits: dict[int, list[tuple[int, int]]] = defaultdict(list)
        # By clinician, working day (-1 last) and site; the last site stands for none.
        self._within = np.ones((len(index.clinicians), DAYS + 1, len(index.site_number) + 1), dtype=bool)
        self.chosen = np.zeros(len(rows), dtype=bool)
        self.dates: dict[tuple[int, int], list[int]] = defaultdict(list)
        self.paid_minutes = np.zeros(len(index.clinicians), dtype=np.int64)
        self.left = self._left()
        # Documentation of which only the minutes are settled.
        self.loose: list[int] = []

    def active(self, name: str) -> Setting | None:
        """Return a rule's setting where it says anything: it is hard, or its breaches cost."""
        setting = self.index.settings.get(name)
        return setting if setting is not None and (setting.hard or setting.weight) else None

    def _pools(self) -> tuple[Ints, Ints]:
        """Return the pools of rooms on which each row draws, and how many are left of each by grid step.

        The last pool is of what is never short: rows that draw on fewer pools than others draw on it.
        """
        numbers, pool, sizes = pools(self.index, self.rows, anchored=True)
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
        """Return those rows whose people and rooms are free, in the contract, at one site a date."""
        if not len(numbers):
            return numbers
        rows, who = self.rows, self.rows.clinician[numbers]
        first, last = self._first[numbers], self._last[numbers]
        start, until = self._start[numbers], self._until[numbers]
        clients = self._with_clients[numbers]
        day, low, high = self._places
        places = day[numbers], low[numbers], high[numbers]
        rested = self._is_break[numbers] | self._rests.allow_at(who, places, clients)
        roles = rows.role[numbers]
        ok = self._taken[who, first] == self._taken[who, last]
        ok &= self.paid_minutes[who] + self._paid[numbers] <= self.left[who]
        ok &= rested
        if self._nights.asks:
            ok &= self._nights.allow(self, numbers)
        ok |= roles == _SEAT
        pairs = np.flatnonzero(roles == _PAIR)
        if len(pairs):
            other = rows.partner[numbers[pairs]]
            ok[pairs] &= self._taken[other, first[pairs]] == self._taken[other, last[pairs]]
            ok[pairs] &= self._rests.allow(other, first[pairs], last[pairs], 0 * first[pairs])
        self._apart(numbers, ok)
        if len(self._room) > 1:
            for column in range(self._draws.shape[1]):
                pool = self._draws[numbers, column]
                ok &= self._short[pool, start] == self._short[pool, until]
        ok &= ~self._placed[numbers] | self._within[who, self.day[numbers], rows.site[numbers]]
        found: Ints = numbers[ok]
        return found[self._attended.allow(found)] if self._attended.asks else found

    def _apart(self, numbers: Ints, ok: Bools) -> None:
        """Note in `ok` which rows overlap what their clients have already."""
        clients = self.client[numbers]
        for client in set(clients.tolist()) & self._visits.keys():
            for start, end in self._visits[client]:
                overlaps = (self.rows.start[numbers] < end) & (self.end[numbers] > start)
                ok &= ~(overlaps & (clients == client))

    def fits_one(self, row: int) -> bool:
        """Return whether one row fits."""
        return bool(len(self.fits(np.array([row], dtype=np.int64))))

    @cached_property
    def _placed(self) -> Bools:
        """Which rows say where their clinician is, in a week in which travelling takes time."""
        travels = bool(self.index.problem.travel) and self.active("travel_time") is not None
        in_person: Bools = self.is_work & (self.rows.mode == MODES.index(Mode.IN_PERSON))
        return in_person & (self.rows.site >= 0) & travels

    def _look_where(self, person: int, day: int) -> None:
        """Note at which sites a clinician can be on a date: travel is left to the search."""
        near = reached(self.index)
        there = {int(self.rows.site[row]) for row in self.dates[person, day] if self._placed[row]}
        self._within[person, day] = True
        for site in there:
            self._within[person, day, :-1] &= near[site] & near[:, site]

    def waste(self, numbers: Ints) -> Ints:
        """Return for each row how many of its two ends touch nothing: fewer leave larger free pieces."""
        who = self.rows.clinician[numbers]
        before, after = (
            self._closed[who, self._first[numbers]],
            self._closed[who, self._last[numbers] + 1],
        )
        found: Ints = 2 - before.astype(np.int64) - after
        return found

    def sums(self, numbers: Ints, weights: Floats) -> Floats:
        """Return by clinician the sums up to each grid step of the weights of rows that lie over it."""
        change = np.zeros((len(self.index.clinicians), self.index.slots + 1))
        np.add.at(change, (self.rows.clinician[numbers], self._start[numbers]), weights)
        np.add.at(change, (self.rows.clinician[numbers], self._until[numbers]), -weights)
        found: Floats = np.pad(np.cumsum(np.cumsum(change, axis=1), axis=1), ((0, 0), (1, 0)))
        return found

    def mean(self, sums: Floats, numbers: Ints) -> Floats:
        """Return for each row the mean over its grid steps of what is summed up (see `sums`)."""
        who, first, last = self.rows.clinician[numbers], self._first[numbers], self._last[numbers]
        found: Floats = (sums[who, last] - sums[who, first]) / np.maximum(1, last - first)
        return found

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

    def free_minutes(self, people: Ints, days: Ints) -> Ints:
        """Return how many minutes of working time nothing holds on working days of clinicians."""
        edges = self.index.day_edges // self.index.grid
        low, high = edges[people, days + 1], edges[people, days + 2]
        taken = self._taken[people, high] - self._taken[people, low]
        found: Ints = self._working[people, days] - taken.astype(np.int64) * self.index.grid
        return found

    @cached_property
    def _working(self) -> Ints:
        """By clinician and working day (-1 last): minutes of working time without leave and meetings."""
        total = np.pad(np.cumsum(self._open, axis=1, dtype=np.int64), ((0, 0), (1, 0)))
        count = np.diff(np.take_along_axis(total, self.index.day_edges // self.index.grid, axis=1), axis=1)
        return np.roll(count, -1, axis=1) * self.index.grid

    # Putting on and taking off.

    def _people(self, row: int) -> Sequence[int]:
        role, own = self.rows.role[row], int(self.rows.clinician[row])
        if role == _SEAT:
            return ()
        return (own, int(self.rows.partner[row])) if role == _PAIR else (own,)

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
        start = int(self._start[row])
        sign = 1 if chosen else -1
        for person in self._people(row):
            self._closed[person, first + 1 : last + 1] = chosen | ~self._open[person, first:last]
            self._taken[person, first + 1 : last + 1] += sign * np.arange(1, last - first + 1, dtype=np.int32)
            self._taken[person, last + 1 :] += sign * (last - first)
            if not self._is_break[row]:
                self._rests.set(
                    person, first, last, (start, start + int(self._with_clients[row])), held=chosen
                )
            day = self.dates[person, int(self.day[row])]
            day.append(row) if chosen else day.remove(row)
            if self._nights.asks:
                self._nights.look(self, person)
            self.paid_minutes[person] += sign * int(self._paid[row])
            if self._placed[row]:
                self._look_where(person, int(self.day[row]))
        client, span = int(self.client[row]), (int(self.rows.start[row]), int(self.end[row]))
        if client >= 0:
            self._visits[client].append(span) if chosen else self._visits[client].remove(span)
        if self._in_rooms[row] and len(self._room) > 1:
            for pool in self._draws[row].tolist():
                self._room[pool, start:until] -= sign
                self._sum_up(pool)
        self._attended.set(row, chosen=chosen)
        self.chosen[row] = chosen

    def _sum_up(self, pool: int) -> None:
        np.cumsum(self._room[pool] <= 0, out=self._short[pool, 1:])

    def best(self, numbers: Ints) -> int | None:
        """Return the row that fits and leaves the largest free pieces, the earliest of several; or none."""
        fitting = self.fits(numbers)
        if not len(fitting):
            return None
        return int(fitting[np.argmin(self.waste(fitting))])
