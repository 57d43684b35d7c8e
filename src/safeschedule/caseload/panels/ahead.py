"""The course of panels over the weeks ahead, by what is known or as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from safeschedule.caseload.panels.exceptions import closed_by
from safeschedule.caseload.panels.expected import ExpectedChanges, ExpectedStart
from safeschedule.caseload.panels.facts import CaseloadFacts, band_points
from safeschedule.ledger import LedgerView
from safeschedule.problem import Clinician
from safeschedule.problem.at_work import works_on

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

_NO_CAP = 2**40
"""Stands for no cap, in hundredths of a point and in clients."""
_NOBODY, _NEVER = -1, 10**6
"""Whose client somebody is who waits, and the week of a discharge that nobody knows of."""


@dataclass(frozen=True)
class PanelCourse:
    """Panels over the weeks: arrays by week and clinician, `open` also by band."""

    points: Ints
    high: Ints
    open: Bools
    waiting: tuple[int, ...]
    headroom: tuple[int, ...]

    def first(self, index: int | None, band: int) -> int:
        """Return the first week in which a band is open, with one or anybody; else the number of weeks."""
        own = self.open[:, :, band]
        found: Bools = np.any(own, axis=1) if index is None else own[:, index]
        return int(np.argmax(found)) if found.any() else len(own)


class Ahead:
    """The weeks ahead of a problem.

    Parameters
    ----------
    facts
        Today's caseloads; those who are going to be referred are among the clients.
    known
        Who comes and who goes.
    weeks
        How many, with the problem's.
    ledger
        What closes intakes.
    """

    def __init__(
        self, facts: CaseloadFacts, known: ExpectedChanges, weeks: int, ledger: LedgerView | None = None
    ) -> None:
        self.facts, self.weeks = facts, weeks
        first = facts.problem.week_start
        self.mondays = tuple(first + timedelta(weeks=number) for number in range(weeks))
        self.people = (*facts.problem.clinicians, *(start.clinician for start in known.starts))
        self._read_caps(known)
        closed = [[closed_by(ledger, who.id, monday) for who in self.people] for monday in self.mondays]
        self.restricted = np.array([[each is not None for each in week] for week in closed], dtype=np.bool_)
        owner = {code: n for n, own in enumerate(facts.carried.values()) for code in own.clients}
        codes = [*owner, *(client.id for client in facts.waiting)]
        leaving = {entry.client: entry.on for entry in known.discharges}
        self.on_caseloads = len(owner)
        self._owner = np.array([owner.get(code, _NOBODY) for code in codes], dtype=np.int64)
        self._weights = np.array([facts.weight([code]) for code in codes], dtype=np.int64)
        self._high = np.array([facts.is_high(code) for code in codes], dtype=np.int64)
        self._known = np.array([self._gone_from(leaving.get(code)) for code in codes], dtype=np.int64)
        coming = {entry.client.id: entry.on for entry in known.referrals}
        self._comes = [self._gone_from(coming[code]) if code in coming else 0 for code in codes]
        self._read_leavers(known)

    def monday(self, number: int) -> date | None:
        """Return the first date of a week; ``None`` beyond those that are looked at."""
        return self.mondays[number] if number < self.weeks else None

    def cap(self, number: int, index: int) -> int | None:
        """Return a cap of points in a week."""
        found = int(self._caps[number, index])
        return None if found >= _NO_CAP else found

    def high_cap(self, number: int, index: int) -> int | None:
        """Return a cap of high-acuity clients in a week."""
        found = int(self._high_caps[number, index])
        return None if found >= _NO_CAP else found

    def course(self) -> PanelCourse:
        """Return the course by what is known."""
        return self._course(np.full(len(self._known), _NEVER))

    def drawn(self, rate: float, rng: np.random.Generator) -> PanelCourse:
        """Return a course in which clients leave at a rate for each week, too."""
        return self._course(rng.geometric(min(max(rate, 1e-9), 1.0), size=len(self._known)))

    def _gone_from(self, on: date | None) -> int:
        """Return the first week from whose beginning somebody is gone, by the date of the discharge."""
        return _NEVER if on is None else -(-(on - self.mondays[0]).days // 7)

    def _read_caps(self, known: ExpectedChanges) -> None:
        shape = (self.weeks, len(self.people))
        self._caps, self._high_caps = np.full(shape, _NO_CAP), np.full(shape, _NO_CAP)
        self.away = np.zeros(shape, dtype=np.bool_)
        starts = {start.clinician.id: start for start in known.starts}
        for index, person in enumerate(self.people):
            cap, high_cap = self.facts.cap(person), self.facts.high_cap(person)
            for number, monday in enumerate(self.mondays):
                share = share_of_caps(starts.get(person.id), monday)
                self.away[number, index] = share is None or not self._works(person, monday)
                if cap is not None:
                    self._caps[number, index] = int(cap * (share or 0))
                if high_cap is not None:
                    self._high_caps[number, index] = int(high_cap * (share or 0))

    def _read_leavers(self, known: ExpectedChanges) -> None:
        """Read in which week who goes, and whose clients go to whom; nobody is there after that."""
        number = {person.id: index for index, person in enumerate(self.people)}
        self._leavers: dict[int, list[tuple[int, int]]] = {}
        for leaving in known.leavers:
            week, own = self._gone_from(leaving.on), number[leaving.clinician]
            heir = _NOBODY if leaving.takes_over is None else number[leaving.takes_over]
            self._leavers.setdefault(week, []).append((own, heir))
            self.away[week:, own] = True

    def _works(self, person: Clinician, monday: date) -> bool:
        dates = (monday + timedelta(days=number) for number in range(7))
        closed = self.facts.problem.closed_dates
        return any(works_on(person, day) for day in dates if day not in closed)

    def _course(self, stays: Ints) -> PanelCourse:
        """Return the course in which clients stay so many weeks, from today or from when they are taken."""
        shape = (self.weeks, len(self.people))
        points, high = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        opened = np.zeros((*shape, len(self.facts.bands)), dtype=np.bool_)
        owner, gone = self._owner.copy(), np.minimum(self._known, stays)
        new = range(self.on_caseloads, len(owner))
        queue = [client for client in new if not self._comes[client]]
        gone[list(new)] = self._known[list(new)]
        waiting, headroom = [], []
        for number in range(self.weeks):
            queue += [client for client in new if number and self._comes[client] == number]
            queue = [*self._left_behind(owner, number), *queue]
            there = (owner != _NOBODY) & (gone > number)
            points[number] = self._sums(owner[there], self._weights[there])
            high[number] = self._sums(owner[there], self._high[there])
            queue = [client for client in queue if gone[client] > number]
            for client in list(queue):
                weight, is_high = int(self._weights[client]), int(self._high[client])
                room = self._room(points[number], high[number], number, weight, is_high)
                if room.any():
                    chosen = int(np.argmax(np.where(room, self._caps[number] - points[number], -1)))
                    points[number, chosen] += weight
                    high[number, chosen] += is_high
                    owner[client] = chosen
                    if client >= self.on_caseloads:
                        gone[client] = min(self._known[client], number + stays[client])
                    queue.remove(client)
            for place, band in enumerate(self.facts.bands):
                weight, is_high = band_points(band), int(band.high_acuity)
                opened[number, :, place] = self._room(points[number], high[number], number, weight, is_high)
            waiting.append(len(queue))
            counted = ~self.away[number] & ~self.restricted[number] & (self._caps[number] < _NO_CAP)
            headroom.append(int(np.maximum(self._caps[number] - points[number], 0)[counted].sum()))
        return PanelCourse(points, high, opened, tuple(waiting), tuple(headroom))

    def _left_behind(self, owner: Ints, number: int) -> list[int]:
        """Give the clients of whoever leaves in a week to the heirs; return those whom nobody takes over."""
        left: list[int] = []
        for own, heir in self._leavers.get(number, ()):
            theirs = np.flatnonzero(owner == own)
            owner[theirs] = heir
            left += theirs.tolist() if heir == _NOBODY else []
        return left

    def _room(self, points: Ints, high: Ints, number: int, weight: int, is_high: int) -> Bools:
        """Return who can take a client in a week: as the rules have it, what weighs nothing always fits."""
        spare = np.maximum(self._caps[number] - points, 0)
        spare_high = np.maximum(self._high_caps[number] - high, 0)
        closed = self.away[number] | self.restricted[number]
        fits: Bools = (weight <= spare) & (is_high <= spare_high) & ~closed
        return fits

    def _sums(self, owner: Ints, values: Ints) -> Ints:
        return np.bincount(owner, weights=values, minlength=len(self.people)).astype(np.int64)


def share_of_caps(start: ExpectedStart | None, monday: date) -> Decimal | None:
    """Return the share of the caps in a week; ``None`` before somebody starts."""
    if start is None:
        return Decimal(1)
    since = (monday + timedelta(days=6) - start.on).days // 7
    if since < 0:
        return None
    return start.ramp[since] if since < len(start.ramp) else Decimal(1)
