"""Work that is done once for each entity: entities do not change, so what was found of one stays true."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import wraps
from typing import TypeVar

E = TypeVar("E")
R = TypeVar("R")


def once_each(work: Callable[[E], R]) -> Callable[[E], R]:
    """Return a function that remembers what it found of an object for as long as the object is there.

    Objects count as the same when they are the very same: comparing two problems would take as long as the
    work. What raises is not remembered.
    """
    known: dict[int, tuple[weakref.ref[E], R]] = {}

    @wraps(work)
    def remembered(entity: E) -> R:
        number = id(entity)
        entry = known.get(number)
        if entry is not None and entry[0]() is entity:
            return entry[1]
        found = work(entity)
        # The number may be given to another object once this one is gone; then its entry is gone, too.
        known[number] = (weakref.ref(entity, lambda _: known.pop(number, None)), found)
        return found

    return remembered
