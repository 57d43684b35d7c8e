"""How long a solve may take, and whether it has been told to stop."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

_UNLIMITED = 600.0


@dataclass
class Budget:
    """Time limit, deterministic limit and stop flag of one solve.

    With a deterministic limit the wall clock decides nothing: the same seed, workers and limit then
    give the same schedule on any machine (unless it is stopped from outside).

    Parameters
    ----------
    seconds
        Wall-clock limit; ``None``: none.
    deterministic
        Limit in the solver's deterministic time; ``None``: none.
    stop
        Set from outside to end the solve.
    """

    seconds: float | None
    deterministic: float | None
    stop: threading.Event
    _began: float = field(default_factory=time.monotonic)
    _spent: float = 0.0
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def elapsed(self) -> float:
        """Wall-clock seconds since the start."""
        return time.monotonic() - self._began

    @property
    def repeatable(self) -> bool:
        """Whether decisions must not depend on the wall clock."""
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
        return max(0.0, self.limit - self.used)

    @property
    def over(self) -> bool:
        """Whether to end."""
        return self.stop.is_set() or self.left <= 0

    @property
    def spent(self) -> float:
        """The deterministic time that was booked."""
        return self._spent

    def apart(self) -> Budget:
        """Return a budget of what is left now, for work beside other work, whose spending is its own."""
        deterministic = self.left if self.repeatable else None
        return Budget(self.seconds, deterministic, self.stop, self._began)

    def spend(self, deterministic: float) -> None:
        """Book deterministic time of a solver run (from any thread)."""
        with self._lock:
            self._spent += deterministic
