"""Stretches of work on a board: what may still be put on before its clinician needs a pause."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import DAY, DAYS, Bools, Index, Ints
from safeschedule.problem import Setting


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
        self._begin: Ints = np.zeros(edges, dtype=np.int64) + np.arange(self._steps + 1)
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
        self._look(person, day)

    def allow(self, people: Ints, first: Ints, last: Ints, clients: Ints) -> Bools:
        """Return for each span, with so many steps with clients, whether no stretch would be too long."""
        if not self._on:
            return np.ones(len(people), dtype=bool)
        day = (self._edges[people] <= first[:, None]).sum(axis=1) - 1
        origin = self._edges[people, day]
        low, high = first - origin, np.minimum(last - origin, self._steps)
        clients = self._before[people, day, low] + self._after[people, day, high] + clients
        stretch = self._finish[people, day, high] - self._begin[people, day, low]
        found: Bools = (stretch <= self._most) & (clients <= self._clients)
        return found

    def _look(self, person: int, day: int) -> None:
        busy, client = self._busy[person, day], self._client[person, day]
        forth = self._walk(busy.tolist(), client.tolist())
        back = self._walk(busy[::-1].tolist(), client[::-1].tolist())
        self._begin[person, day], self._before[person, day] = forth
        self._finish[person, day] = self._steps - np.array(back[0])[::-1]
        self._after[person, day] = back[1][::-1]

    def _walk(self, busy: list[bool], client: list[bool]) -> tuple[list[int], list[int]]:
        """Return before each step where the stretch began that it would go on with, and its clients."""
        begin, clients, start, sum_, free = [], [], 0, 0, self._pause
        for step in range(len(busy) + 1):
            going = free < self._pause
            begin.append(start if going else step)
            clients.append(sum_ if going else 0)
            if step == len(busy):
                break
            if busy[step]:
                if not going:
                    start, sum_ = step, 0
                free, sum_ = 0, sum_ + client[step]
            else:
                free += 1
        return begin, clients
