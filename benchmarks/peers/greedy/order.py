"""What depends on the order of a day: runs of heavy sessions, intakes in a row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from benchmarks.peers.greedy.board import Entry
from safeschedule.model.index import Index
from safeschedule.model.rows import KIND_NUMBER
from safeschedule.problem import BlockKind

_NOTHING = {KIND_NUMBER[k] for k in (BlockKind.RECOVERY, BlockKind.PREPARATION, BlockKind.RESET)}
_NO_REST = {*_NOTHING, KIND_NUMBER[BlockKind.URGENT_SLOT]}


class DayOrder:
    """Judges a clinician's day as a whole."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.hard = {name: setting for name, setting in index.settings.items() if setting.hard}
        self.intake = index.of_kind("intake")

    def allows(self, clinician: int, day: Sequence[Entry]) -> bool:
        """Return whether no hard rule about the order of things is broken."""
        day = sorted(day, key=lambda entry: entry.start)
        return self._runs(clinician, day) and self._intakes(clinician, day)

    def pairs(self, clinician: int, day: Sequence[Entry], gap: int) -> int:
        """Return how many high-intensity sessions directly follow another one."""
        links = self._links(clinician, sorted(day, key=lambda e: e.start), self._high, self._ends_run, gap)
        return sum(links)

    def _runs(self, clinician: int, day: Sequence[Entry]) -> bool:
        setting = self.hard.get("high_intensity_run")
        if setting is None:
            return True
        run = longest = 1
        for linked in self._links(clinician, day, self._high, self._ends_run, setting.whole("gap")):
            run = run + 1 if linked else 1
            longest = max(longest, run)
        return longest <= setting.whole("most")

    def _intakes(self, clinician: int, day: Sequence[Entry]) -> bool:
        setting = self.hard.get("intake_spacing")
        if setting is None:
            return True
        return not any(
            self._links(clinician, day, self._is_intake, self._parts_intakes, setting.whole("gap"))
        )

    def _links(
        self,
        clinician: int,
        day: Sequence[Entry],
        counted: Callable[[Entry], bool],
        parts: Callable[[Entry], bool],
        gap: int,
    ) -> list[bool]:
        """Return for each counted session but the first whether it directly follows the one before."""
        chosen = [entry for entry in day if counted(entry)]
        starts = [entry.start for entry in day if parts(entry)]
        starts += [start for start, _ in self.index.meetings[clinician]]
        return [
            second.start - second.preparation - first.end - first.recovery < gap
            and not any(first.end <= s < second.start for s in starts)
            for first, second in pairwise(chosen)
        ]

    def _high(self, entry: Entry) -> bool:
        return entry.request >= 0 and bool(self.index.request_high[entry.request])

    def _ends_run(self, entry: Entry) -> bool:
        return not self._high(entry) and entry.kind not in _NO_REST

    def _is_intake(self, entry: Entry) -> bool:
        return entry.request >= 0 and bool(self.intake[entry.request])

    def _parts_intakes(self, entry: Entry) -> bool:
        return not self._is_intake(entry) and entry.kind not in _NOTHING
