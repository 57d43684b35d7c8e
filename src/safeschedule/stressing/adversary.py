"""The adversary: who has to be absent so that the cases of a half-day find no place.

Two stages, as in adjustable robust optimisation (Ben-Tal and others 2004, doi:10.1007/s10107-003-0454-y):
absences are chosen against the week, and the week then adapts to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import comb

from safeschedule.solving.budget import Budget
from safeschedule.stressing.diaries import Diaries, UrgentCapacity
from safeschedule.stressing.outcome import Verdict
from safeschedule.stressing.rooms import RoomDemand
from safeschedule.stressing.urgent import Arrival

Absent = frozenset[int]


@dataclass(frozen=True)
class HalfDayVerdict:
    """What the adversary found of one half-day.

    Parameters
    ----------
    verdict
        ``proved``: no set of absent clinicians leaves a case without a place.
    absent
        A set that does, or else the one that leaves the fewest places.
    places, left
        As in `HalfDay`.
    picks, looked_at
        Sets of absent clinicians that there are, and that were decided.
    """

    verdict: Verdict
    absent: Absent
    places: int
    left: int
    picks: int
    looked_at: int


class Adversary:
    """Looks for the worst absences of one half-day.

    What each clinician can take alone is known. A case without a place for want of clinicians then needs no
    search: the worst absences are those of whoever can take most. Rooms are what clinicians share. So, for
    each set of absences that is looked at, somebody is found for every case, rooms and all; any worse set
    has to hold one of these takers, so that only such sets are looked at next. When no more are to be
    looked at, every set is decided.

    Parameters
    ----------
    diaries, rooms
        The week.
    arrival
        The half-day.
    able
        What each clinician at work can take alone.
    sick
        The most clinicians who are absent.
    most_nodes
        How many sets are looked at by themselves.
    """

    def __init__(
        self,
        diaries: Diaries,
        rooms: RoomDemand,
        arrival: Arrival,
        able: Mapping[int, UrgentCapacity],
        sick: int,
        budget: Budget,
        most_nodes: int,
    ) -> None:
        self.diaries, self.rooms, self.arrival, self.able = diaries, rooms, arrival, able
        self.sick = min(sick, len(able))
        self.budget, self.most_nodes = budget, most_nodes
        self._order = sorted((c for c in able if able[c].most), key=lambda c: (-able[c].most, c))
        self._known: list[tuple[Absent, Absent]] = []
        """Absences with which takers were found; they do for all wider absences without these takers, too."""

    def decide(self) -> HalfDayVerdict:
        """Return what the worst absences do."""
        count = self.diaries.count
        places = sum(answer.least for answer in self.able.values())
        greedy = frozenset(self._order[: self.sick])
        left = sum(self.able[c].least for c in self.able if c not in greedy)
        picks = sum(comb(len(self.able), size) for size in range(self.sick + 1))
        if sum(self.able[c].most for c in self.able if c not in greedy) < count:
            return HalfDayVerdict(Verdict.REFUTED, greedy, places, left, picks, picks)
        verdict, absent, nodes = self._search()
        looked_at = min(picks, nodes) if verdict is Verdict.NOT_REFUTED else picks
        worst = greedy if absent is None else absent
        left = sum(self.able[c].least for c in self.able if c not in worst)
        return HalfDayVerdict(verdict, worst, places, left, picks, looked_at)

    def _search(self) -> tuple[Verdict, Absent | None, int]:
        open_, seen, decided, certain = [frozenset[int]()], {frozenset[int]()}, 0, True
        while open_:
            if self.budget.over or decided >= self.most_nodes:
                return Verdict.NOT_REFUTED, None, decided
            absent = open_.pop()
            takers = self._takers(absent)
            if isinstance(takers, Verdict):
                if takers is Verdict.REFUTED:
                    return Verdict.REFUTED, absent, decided + 1
                certain = False
                continue
            decided += 1
            if len(absent) < self.sick:
                worse = {absent | {c} for c in takers} - seen
                seen |= worse
                # The last is looked at first: whoever can take most falls ill first.
                open_ += sorted(worse, key=lambda a: (sum(self.able[c].most for c in a), sorted(a)))
        return Verdict.PROVED if certain else Verdict.NOT_REFUTED, None, decided

    def _takers(self, absent: Absent) -> Absent | Verdict:
        """Return who takes the cases, or that nobody can, or that it is not known."""
        for with_absent, takers in self._known:
            if with_absent <= absent and not takers & absent:
                return takers
        found = self._one_by_one(absent)
        if found is None:
            people = [c for c in self._order if c not in absent]
            answer = self.diaries.together(self.arrival, people, sorted(absent), self.budget)
            if answer.most < self.diaries.count:
                return Verdict.REFUTED
            if answer.least < self.diaries.count:
                return Verdict.NOT_REFUTED
            found = frozenset(self.diaries.rows.clinician[answer.cases].tolist())
        self._known.append((absent, found))
        return found

    def _one_by_one(self, absent: Absent) -> Absent | None:
        """Return takers as each would take cases alone, when there are rooms for that."""
        left = self.rooms.left(self.diaries.without(self.arrival, sorted(absent)))
        taken: list[int] = []
        for clinician in self._order:
            if clinician in absent:
                continue
            for number in self.able[clinician].cases.tolist():
                if self.rooms.take(left, number):
                    taken.append(clinician)
                    if len(taken) == self.diaries.count:
                        return frozenset(taken)
        return None


def can_take(
    diaries: Diaries, arrival: Arrival, people: Sequence[int], budget: Budget
) -> dict[int, UrgentCapacity] | None:
    """Return what each clinician can take alone; ``None`` when it was stopped before all were asked."""
    found = {}
    for clinician in people:
        if budget.over:
            return None
        found[clinician] = diaries.alone(arrival, clinician, diaries.count, budget)
    return None if budget.over else found


__all__ = ["Adversary", "HalfDayVerdict", "can_take"]
