"""Rooms and equipment that are left for urgent cases."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rooming import pools
from safeschedule.model.rows import Rows, steps


class RoomDemand:
    """What sessions draw on, step by step (see `safeschedule.model.rooming`).

    Parameters
    ----------
    index, rows
        The problem and all rows.
    those
        By row: whether it may be asked about.
    """

    def __init__(self, index: Index, rows: Rows, those: Bools) -> None:
        self._drawn: dict[int, list[tuple[int, Ints]]] = defaultdict(list)
        some = np.flatnonzero(those)
        part = rows.take(some)
        setting = index.settings.get("room_capacity")
        numbers, pool, sizes = pools(index, part)
        if setting is None or not setting.hard or not len(numbers):
            self._sizes = np.zeros((0, index.slots), dtype=np.int64)
            return
        order = {number: place for place, number in enumerate(sizes)}
        self._sizes = np.repeat(np.array(list(sizes.values()), dtype=np.int64)[:, None], index.slots + 1, 1)
        which, slots = steps(part, index.grid, numbers)
        bounds = np.searchsorted(which, np.arange(len(numbers) + 1))
        for n, (number, own) in enumerate(zip(numbers.tolist(), pool.tolist(), strict=True)):
            held = slots[bounds[n] : bounds[n + 1]]
            self._drawn[int(some[number])].append((order[own], held[held < index.slots]))

    def left(self, chosen: Bools) -> Ints:
        """Return what is left of each pool at each step beside the chosen rows."""
        left = self._sizes.copy()
        for number, drawn in self._drawn.items():
            if chosen[number]:
                for pool, slots in drawn:
                    left[pool, slots] -= 1
        return left

    def take(self, left: Ints, number: int) -> bool:
        """Take what a row needs out of what is left, and return whether there is enough."""
        drawn = self._drawn.get(number, [])
        if any((left[pool, slots] < 1).any() for pool, slots in drawn):
            return False
        for pool, slots in drawn:
            left[pool, slots] -= 1
        return True
