"""Weeks that are looked at closely once, so that questions while dragging are answered at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from functools import cached_property
from threading import Lock

from safeschedule import (
    Appointment,
    Desk,
    MoveCheck,
    OverrideInForce,
    Problem,
    Schedule,
    Suggestions,
    Verification,
)

_KEPT = 6
"""Weeks that are kept: each holds itself as numbers, twice where somebody has looked for slots."""


class SharedDesk:
    """A desk for several people at once: one question at a time, and searches do not hold up checks.

    Parameters
    ----------
    problem, schedule, overrides
        As of `Desk`.
    """

    def __init__(self, problem: Problem, schedule: Schedule, overrides: Sequence[OverrideInForce]) -> None:
        self.problem, self.schedule, self._overrides = problem, schedule, tuple(overrides)
        self._checking, self._searching = Lock(), Lock()

    @cached_property
    def _for_checks(self) -> Desk:
        return Desk(self.problem, self.schedule, overrides=self._overrides)

    @cached_property
    def _for_searches(self) -> Desk:
        return Desk(self.problem, self.schedule, overrides=self._overrides)

    @cached_property
    def _verification(self) -> Verification:
        return self._for_checks.verification

    @property
    def verification(self) -> Verification:
        """What the verifier says of the week; it is asked once."""
        with self._checking:
            return self._verification

    def check_move(
        self,
        given: Appointment,
        *,
        to: datetime | None,
        clinician: Sequence[str] | None,
        mode: str | None,
        site: str | None,
        room: str | None,
    ) -> MoveCheck:
        """Return what a move would do; see `Desk.check_move`."""
        with self._checking:
            return self._for_checks.check_move(
                given, to=to, clinician=clinician, mode=mode, site=site, room=room
            )

    def without(self, given: Appointment) -> Schedule:
        """Return the schedule without a session; see `Desk.without`."""
        with self._checking:
            return self._for_checks.without(given)

    def suggest(self, request: str, n: int) -> Suggestions:
        """Return the best slots for a request; see `Desk.suggest`."""
        with self._searching:
            return self._for_searches.suggest(request, n)

    def suggest_moves(self, given: Appointment, n: int) -> Suggestions:
        """Return the best other slots of a session; see `Desk.suggest_moves`."""
        with self._searching:
            return self._for_searches.suggest_moves(given, n)


_desks: OrderedDict[tuple[object, ...], SharedDesk] = OrderedDict()
_lock = Lock()


def desk_of(
    keys: tuple[str, str], problem: Problem, schedule: Schedule, overrides: Sequence[OverrideInForce] = ()
) -> SharedDesk:
    """Return the desk of a week; it is made once, when it is first asked.

    Parameters
    ----------
    keys
        Under which problem and schedule are kept.
    overrides
        Those in force.
    """
    key = (*keys, *(override.entry for override in overrides))
    with _lock:
        desk = _desks.setdefault(key, SharedDesk(problem, schedule, overrides))
        _desks.move_to_end(key)
        while len(_desks) > _KEPT:
            _desks.popitem(last=False)
    return desk
