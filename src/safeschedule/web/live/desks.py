"""Weeks that are looked at closely once, so that questions while dragging are answered at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from safeschedule import Desk, OverrideInForce, Problem, Schedule

_KEPT = 6
"""Desks that are kept: each holds a whole week as numbers."""


@dataclass
class _Place:
    """Where a desk is made by one while others wait for it."""

    lock: Lock = field(default_factory=Lock)
    desk: Desk | None = None


_places: OrderedDict[tuple[object, ...], _Place] = OrderedDict()
_lock = Lock()


def desk_of(
    keys: tuple[str, str], problem: Problem, schedule: Schedule, overrides: Sequence[OverrideInForce] = ()
) -> Desk:
    """Return the desk of a week; it is made once, by whoever asks first.

    Parameters
    ----------
    keys
        Under which problem and schedule are kept.
    overrides
        Those in force.
    """
    key = (*keys, *(override.entry for override in overrides))
    with _lock:
        place = _places.setdefault(key, _Place())
        _places.move_to_end(key)
        while len(_places) > _KEPT:
            _places.popitem(last=False)
    with place.lock:
        if place.desk is None:
            place.desk = Desk(problem, schedule, overrides=overrides)
        return place.desk
