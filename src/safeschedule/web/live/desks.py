"""Weeks that are looked at closely once, so that questions while dragging are answered at once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import datetime
from threading import Lock
from typing import TypeVar

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
from safeschedule.problem.pins import unpinned
from safeschedule.web.live.once import Once

T = TypeVar("T")

_KEPT = 6
"""Weeks that are kept: each holds itself as numbers."""

_ANSWERS = 400
"""Answers that are kept of each; one of slots is some lists of sessions."""

_searching = Lock()
"""One search at a time in a process: two at once would each take twice as long."""


class SharedDesk:
    """A desk for several people at once: each question is answered once, for as long as the week is kept.

    Nothing of it ever changes, so that no answer is out of date: another version is another desk.

    Parameters
    ----------
    problem, schedule, overrides
        As of `Desk`.
    like
        A desk of the same schedule, whose problem may have other pins: then much is known already.
    """

    def __init__(
        self,
        problem: Problem,
        schedule: Schedule,
        overrides: Sequence[OverrideInForce],
        like: SharedDesk | None = None,
    ) -> None:
        self.problem, self.overrides = problem, tuple(overrides)
        # Its own sessions, as a desk knows them by being the very same.
        self.schedule: Schedule = schedule if like is None else like.schedule
        self._once = Once(_ANSWERS)
        self._slots: Once = Once(_ANSWERS) if like is None else like._slots
        # Of several that nobody has asked yet the first is enough.
        self._like: SharedDesk | None = like and (like._like or like)
        self._checking = Lock()

    @property
    def _desk(self) -> Desk:
        return self._once.get("desk", self._made)

    def _made(self) -> Desk:
        like, self._like = self._like, None
        if like is not None:
            return like._desk.repinned(self.problem)
        return Desk(self.problem, self.schedule, overrides=self.overrides)

    @property
    def verification(self) -> Verification:
        """What the verifier says of the week."""
        return self._once.get("verification", lambda: self._desk.verification)

    def once(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for the same question before, and make it where nothing was."""
        return self._once.get(("made", asked), make)

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
        desk = self._desk
        with self._checking:
            return desk.check_move(given, to=to, clinician=clinician, mode=mode, site=site, room=room)

    def without(self, given: Appointment) -> Schedule:
        """Return the schedule without a session; see `Desk.without`."""
        return self._desk.without(given)

    def suggest(self, request: str, n: int) -> Suggestions:
        """Return the best slots for a request; see `Desk.suggest`."""
        asked = ("place", request, n, self._bearing_on(request))
        return self._found(asked, lambda: self._search(self._desk.suggest, request, n))

    def suggest_moves(self, given: Appointment, n: int) -> Suggestions:
        """Return the best other slots of a session; see `Desk.suggest_moves`."""
        asked = ("move", given.id or id(given), n, self._bearing_on(given.request))
        return self._found(asked, lambda: self._search(self._desk.suggest_moves, given, n))

    def _found(self, asked: Hashable, search: Callable[[], Suggestions]) -> Suggestions:
        """Return slots that were found for this desk, or for one with other pins that do not bear on them."""
        return replace(self._slots.get(asked, search), problem=self.problem)

    def _bearing_on(self, request: str | None) -> Hashable:
        """Return the pins on which a request's slots depend.

        No other session moves for a slot, so that the pin of another one says nothing of it; a rule of one's
        own may read any of them.
        """
        problem = self.problem
        singles = problem.pinned_appointments
        if not problem.rulebook.custom_rules():
            singles = tuple(pin for pin in singles if pin.request == request)
        return singles, problem.pinned_groups, problem.pinned_blocks

    def _search(self, ask: Callable[[T, int], Suggestions], what: T, n: int) -> Suggestions:
        with _searching:
            return ask(what, n)


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
        desk = _desks.get(key)
        if desk is None:
            like = _like(keys[1], problem, overrides)
            desk = _desks[key] = SharedDesk(problem, schedule, overrides, like)
        _desks.move_to_end(key)
        while len(_desks) > _KEPT:
            _desks.popitem(last=False)
    return desk


def _like(schedule: str, problem: Problem, overrides: Sequence[OverrideInForce]) -> SharedDesk | None:
    """Return the newest desk of the same schedule whose problem differs in pins alone."""
    bare = unpinned(problem)
    for key, desk in reversed(_desks.items()):
        if key[1] == schedule and desk.overrides == tuple(overrides) and unpinned(desk.problem) == bare:
            return desk
    return None
