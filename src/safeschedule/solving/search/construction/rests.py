"""Stretches of work on a board: what may still be put on before its clinician needs a pause."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.spans import DAYS
from safeschedule.problem import Setting
from safeschedule.problem.clock import DAY


class Rests:
    """By clinician, working day and grid step: where the stretch before and after it begins and ends.

    Parameters
    ----------
    index, setting
        The problem, and the rule ``breaks``; ``None``: nobody needs a pause.
    """

    def __init__(self, index: Index, setting: Setting | None) -> None:
        self._on = setting is not None
        # By clinician, where working days begin, that before the week first: its place is 0 here.
        self._edges: Ints = index.day_edges // index.grid
        self._steps = int(np.diff(self._edges, axis=1).max(initial=DAY // index.grid))
        people = len(index.clinicians) if self._on else 0
        # Clinicians and days of which the stretches are to be worked out anew before they are asked for.
        self._changed: set[tuple[int, int]] = set()
        if setting is None:
            return
        self._pause = -(-setting.whole("pause") // index.grid)
        self._most, self._clients = (
            setting.whole("work_stretch") // index.grid,
            setting.whole("longest") // index.grid,
        )
        shape = (people, DAYS + 1, self._steps)
        self._busy, self._client = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
        edges = (people, DAYS + 1, self._steps + 1)
        self._every: Ints = np.arange(self._steps + 1)
        self._begin: Ints = np.zeros(edges, dtype=np.int64) + self._every
        self._finish: Ints = self._begin.copy()
        self._before, self._after = np.zeros(edges, dtype=np.int64), np.zeros(edges, dtype=np.int64)
        for person, spans in enumerate(index.meetings):
            for start, end in spans:
                if end - start <= setting.whole("work_stretch"):
                    first = start // index.grid
                    self.set(person, first, -(-end // index.grid), (first, first), held=True)

    def set(self, person: int, first: int, last: int, clients: tuple[int, int], *, held: bool) -> None:
        """Note that grid steps of the week are held by work (or no longer), some of them with clients."""
        if not self._on:
            return
        day = int(np.searchsorted(self._edges[person], first, side="right")) - 1
        origin = int(self._edges[person, day])
        low, high, begin, end = (min(self._steps, step - origin) for step in (first, last, *clients))
        self._busy[person, day, low:high] = held
        self._client[person, day, begin:end] = held
        self._changed.add((person, day))

    def place(self, people: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints, Ints]:
        """Return for spans of grid steps of the week: the working day, and from where to where in it."""
        day = (self._edges[people] <= first[:, None]).sum(axis=1) - 1
        origin = self._edges[people, day]
        return day, first - origin, np.minimum(last - origin, self._steps)

    def allow(self, people: Ints, first: Ints, last: Ints, clients: Ints) -> Bools:
        """Return for each span what `allow_at` says of its place."""
        return self.allow_at(people, self.place(people, first, last), clients)

    def allow_at(self, people: Ints, places: tuple[Ints, Ints, Ints], clients: Ints) -> Bools:
        """Return for each place, with so many steps with clients, whether no stretch would be too long."""
        if not self._on:
            return np.ones(len(people), dtype=bool)
        if self._changed:
            self._look()
        day, low, high = places
        clients = self._before[people, day, low] + self._after[people, day, high] + clients
        stretch = self._finish[people, day, high] - self._begin[people, day, low]
        found: Bools = (stretch <= self._most) & (clients <= self._clients)
        return found

    def _look(self) -> None:
        """Work out the stretches anew of all days that have changed."""
        people, days = np.array(sorted(self._changed), dtype=np.int64).T
        self._changed.clear()
        busy, client = self._busy[people, days], self._client[people, days]
        # Forth and back at once: a stretch ends where, seen backwards, it begins.
        begin, before = self._walk(
            np.concatenate([busy, busy[:, ::-1]]), np.concatenate([client, client[:, ::-1]])
        )
        self._begin[people, days], self._before[people, days] = begin[: len(people)], before[: len(people)]
        self._finish[people, days] = self._steps - begin[len(people) :, ::-1]
        self._after[people, days] = before[len(people) :, ::-1]

    def _walk(self, busy: Bools, client: Bools) -> tuple[Ints, Ints]:
        """Return by day, before each step, where the stretch that it goes on with began, and its clients."""
        step = self._every
        # Before each step: the last that is busy, and the last that begins a stretch; -1: none.
        last = _last_before(busy)
        rested: Bools = (last < 0) | (step - 1 - last >= self._pause)
        start = _last_before(busy & rested[:, :-1])
        clients = np.zeros(start.shape, dtype=np.int64)
        np.cumsum(client & busy, axis=1, out=clients[:, 1:])
        since = clients - clients[np.arange(len(start))[:, None], np.maximum(start, 0)]
        return np.where(rested, step, start), np.where(rested, 0, since)


def _last_before(marked: Bools) -> Ints:
    """Return for each row and before each place, the last place that is marked; -1: none."""
    found: Ints = np.full((len(marked), marked.shape[1] + 1), -1, dtype=np.int64)
    places = np.where(marked, np.arange(marked.shape[1]), -1)
    np.maximum.accumulate(places, axis=1, out=found[:, 1:])
    return found
