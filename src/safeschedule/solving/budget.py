"""How long a solve may take, and whether it has been told to stop."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

Clock = Callable[[], float]
"""Gives seconds since any fixed moment; it never goes back."""

_UNLIMITED = 600.0


class UngivenSeconds(float):
    """A time limit that nobody asked for: with a deterministic limit it is none."""


DEFAULT_SECONDS = UngivenSeconds(60.0)
"""The time limit when none is given."""


def ceiling(time_limit: float | None, deterministic_limit: float | None) -> float | None:
    """Return the wall-clock limit that is meant, a deterministic limit considered; ``None``: none."""
    ungiven = isinstance(time_limit, UngivenSeconds)
    return None if time_limit is None or (ungiven and deterministic_limit is not None) else float(time_limit)


@dataclass
class Budget:
    """Time limit, deterministic limit and stop flag of one solve.

    With a deterministic limit that limit decides: the same seed, workers and limit give the same schedule
    on any machine. A time limit beside it is a ceiling. Where the ceiling (or a stop) ends anything before
    its end, the schedule may be another one next time; `cut` says so of the ceiling.

    Parameters
    ----------
    seconds
        Wall-clock limit; ``None``: none.
    deterministic
        Limit in the solver's deterministic time; ``None``: none.
    stop
        Set from outside to end the solve.
    clock
        What tells the time.
    held
        Wall-clock seconds at the end of the limit that are held back (see `hold`).
    ends
        Asked as well, where there is something else that ends the work, in the middle of it.
    """

    seconds: float | None
    deterministic: float | None
    stop: threading.Event
    clock: Clock = time.monotonic
    held: float = 0.0
    ends: Callable[[], bool] | None = None
    _began: float | None = None
    _spent: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _cut: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self._origin = self.clock() if self._began is None else self._began

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return self.clock() - self._origin

    @property
    def repeatable(self) -> bool:
        """Whether decisions must not depend on the wall clock, but for the ceiling."""
        return self.deterministic is not None

    @property
    def limit(self) -> float:
        """The limit, in the unit that counts; infinite when there is none."""
        limit = self.deterministic if self.deterministic is not None else self.seconds
        return float("inf") if limit is None else limit

    @property
    def whole(self) -> float:
        """What phases take their shares of: the limit, or ten minutes when there is none."""
        return min(self.limit, _UNLIMITED)

    @property
    def used(self) -> float:
        """What has been used, in the unit that counts."""
        return self._spent if self.repeatable else self.elapsed

    @property
    def left(self) -> float:
        """What is left, in the unit that counts."""
        if self.deterministic is not None:
            return max(0.0, self.deterministic - self._spent)
        return self.wall_left

    @property
    def wall_left(self) -> float:
        """Wall-clock seconds that are left, without those held back; infinite without a time limit."""
        return float("inf") if self.seconds is None else max(0.0, self.seconds - self.held - self.elapsed)

    @property
    def interrupted(self) -> bool:
        """Whether to end whatever goes on, in the middle of it: told to, or no wall-clock time is left."""
        if self.stop.is_set() or (self.ends is not None and self.ends()):
            return True
        late = self.wall_left <= 0
        if late and self.repeatable:
            self._cut.set()
        return late

    @property
    def over(self) -> bool:
        """Whether nothing more is to begin."""
        return self.interrupted or self.left <= 0

    @property
    def cut(self) -> bool:
        """Whether the time limit ended what a deterministic limit should have ended."""
        return self._cut.is_set()

    @property
    def spent(self) -> float:
        """The deterministic time that was booked."""
        return self._spent

    def hold(self, seconds: float) -> None:
        """Hold back wall-clock time at the end of the limit for what must follow; it is over earlier then."""
        self.held = seconds

    def release(self) -> None:
        """Let what was held back be used."""
        self.held = 0.0

    def apart(self) -> Budget:
        """Return a budget of what is left now, for work beside other work, whose spending is its own."""
        deterministic = self.left if self.repeatable else None
        return Budget(
            self.seconds,
            deterministic,
            self.stop,
            self.clock,
            self.held,
            self.ends,
            self._origin,
            _cut=self._cut,
        )

    def spend(self, deterministic: float) -> None:
        """Book deterministic time of a solver run (from any thread)."""
        with self._lock:
            self._spent += deterministic

    def book(self, deterministic: float, *, cut: bool) -> None:
        """Book what another process spent, and whether the clock ended it."""
        self.spend(deterministic)
        if cut:
            self._cut.set()
