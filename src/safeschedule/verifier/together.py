"""When clinicians could hold a block, alone or together: on the grid, and where nothing fixed is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from safeschedule.verifier.hours import WorkingHours
from safeschedule.verifier.intervals import Interval, merged, without


class Together:
    """The starts at which each clinician could begin a block.

    Time is open where it lies in a working period, is free of leave, of clock changes and of meetings, and
    has not passed. A block lies in one piece of open time and begins on a multiple of the grid, to which its
    length is rounded up. Starts that several people have in common are starts at which all of them could.
    Many starts are one number, with a bit for each grid step of the week.

    Parameters
    ----------
    hours
        By clinician.
    meetings
        By clinician, in minutes of the week.
    grid
        The problem's.
    """

    def __init__(
        self, hours: Mapping[str, WorkingHours], meetings: Mapping[str, list[Interval]], grid: int
    ) -> None:
        self._hours, self._meetings, self.grid = hours, meetings, grid
        self._pieces: dict[tuple[str, bool], list[Interval]] = {}
        self._starts: dict[tuple[str, int, bool], int] = {}

    def free(self, clinician: str) -> list[Interval]:
        """Return the pieces of working time free of leave and of clock changes, passed or not."""
        return [piece for day in self._hours[clinician].free.values() for piece in day]

    def up(self, minutes: int) -> int:
        """Return minutes rounded up to the grid."""
        return -(-minutes // self.grid) * self.grid

    def met(self, clinician: str) -> int:
        """Return the minutes of a clinician's meetings, as contracts count them."""
        return sum(end - start for start, end in self._meetings.get(clinician, ()) if start >= 0)

    def pieces(self, clinician: str, *, passed: bool = False) -> list[Interval]:
        """Return the pieces of open time; with what has passed, if asked."""
        key = clinician, passed
        if key not in self._pieces:
            hours, busy = self._hours[clinician], merged(self._meetings.get(clinician, ()))
            given = self.free(clinician) if passed else hours.ahead()
            self._pieces[key] = [piece for start, end in given for piece in without(start, end, busy)]
        return self._pieces[key]

    def starts(self, clinician: str, minutes: int, *, passed: bool = False) -> int:
        """Return the starts at which a clinician could begin a block, a bit for each grid step."""
        key = clinician, minutes, passed
        if key not in self._starts:
            length, found = self.up(minutes), 0
            for first, end in self.pieces(clinician, passed=passed):
                found |= self.between(first, end - length + 1)
            self._starts[key] = found
        return self._starts[key]

    def common(self, clinician: str, partners: Iterable[str], minutes: int, *, passed: bool = False) -> int:
        """Return the starts that a clinician has in common with at least one of some others."""
        own, found = self.starts(clinician, minutes, passed=passed), 0
        for partner in partners if own else ():
            if partner != clinician:
                found |= self.starts(partner, minutes, passed=passed)
        return own & found

    def between(self, first: int, end: int) -> int:
        """Return all starts from a minute to another, the last one excluded."""
        low, high = -(-max(0, first) // self.grid), -(-end // self.grid)
        return ((1 << (high - low)) - 1) << low if low < high else 0

    def minutes(self, starts: int) -> Iterator[int]:
        """Yield starts as minutes of the week, in order."""
        while starts:
            lowest = starts & -starts
            yield (lowest.bit_length() - 1) * self.grid
            starts -= lowest
