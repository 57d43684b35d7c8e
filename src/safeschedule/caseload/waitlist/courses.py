"""Drawn courses of the waitlist: when somebody at a place of the list has the first appointment."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from safeschedule.caseload.waitlist.counts import Ints, WeeklyCounts

WEEKS = 104
"""How far is looked ahead."""

_COURSES = 1000
_HALF = 0.5
SHARES = {50: (0.25, 0.75), 90: (0.05, 0.95)}
"""Ranges in percent, and the quantiles at which they end."""


@dataclass(frozen=True)
class Recorded:
    """What is recorded of ways in.

    Parameters
    ----------
    starts
        By week.
    weekdays
        Starts by the days of the week, from its first; where there are none, Monday to Friday are alike.
    referrals
        By week; empty: too few are recorded.
    triaged
        Recorded referrals by class, the most urgent first; empty: too few are known.
    staff, staff_ahead
        The part of today's staff that was there in the weeks of `starts`, and will be in those ahead; empty:
        all of it.
    """

    starts: Sequence[int]
    weekdays: Sequence[int]
    referrals: Sequence[int]
    triaged: Sequence[int]
    staff: Sequence[float] = ()
    staff_ahead: Sequence[float] = ()

    def of_starts(self) -> WeeklyCounts:
        """Return what is known of coming starts: as many for each who is there as there were."""
        return WeeklyCounts(self.starts, self.staff or None)

    def of_referrals(self) -> WeeklyCounts:
        """Return what is known of coming referrals; they may have grown, and go on to."""
        return WeeklyCounts(self.referrals, trend=True)

    def knows(self, number: int) -> bool:
        """Return whether the wait of a class is known: of the first one, or with what comes before others."""
        return number == 0 or (bool(self.referrals) and bool(self.triaged))


class Courses:
    """Coming starts, and referrals of more urgent classes, which come before those who wait already.

    The wait of somebody at a place ends when, from now on, as many have started as stand before, have come
    before meanwhile, and one. Weekly numbers are those of `WeeklyCounts`; the shares of the classes are drawn
    from a Dirichlet distribution, with Jeffreys' prior.

    Parameters
    ----------
    recorded
        What is recorded.
    start
        The first date.
    seed
        Of ``numpy.random.default_rng``.
    """

    def __init__(self, recorded: Recorded, start: date, seed: int) -> None:
        self._recorded, self._start = recorded, start
        # A generator for each thing: the wait of the urgent does not depend on whether referrals are known.
        starts, shares, referrals, *self._rngs = np.random.default_rng(seed).spawn(3 + len(recorded.triaged))
        days = np.array(recorded.weekdays, dtype=float)
        if not days.any():
            first = start.weekday()
            days = np.array([float((first + number) % 7 < 5) for number in range(7)])
        self._days = days / days.sum()
        drawn = recorded.of_starts().draw(_COURSES, WEEKS, starts, recorded.staff_ahead or None)
        self._starts = self._split(drawn, starts)
        self._reached: dict[int, Ints] = {}
        if recorded.knows(1):
            known = np.array(recorded.triaged) + _HALF
            self._shares = shares.dirichlet(known, size=_COURSES)
            self._referrals = recorded.of_referrals().draw(_COURSES, WEEKS, referrals)

    def ranges(self, number: int, ahead: int) -> list[tuple[int, date | None, date | None]]:
        """Return share, first and last date for a class, with so many before; by what is drawn."""
        if number not in self._reached:
            self._reached[number] = np.maximum.accumulate(self._net(number), axis=1)
        passed = np.sort((self._reached[number] <= ahead).sum(axis=1))
        ends = {
            share: [self._date(int(passed[int(quantile * (len(passed) - 1))])) for quantile in quantiles]
            for share, quantiles in SHARES.items()
        }
        return [(share, first, last) for share, (first, last) in ends.items()]

    def _net(self, number: int) -> Ints:
        """Return starts less those who come before a class, summed up to each date."""
        if number == 0:
            return self._starts.cumsum(axis=1)
        rng = self._rngs[number]
        share = np.clip(self._shares[:, :number].sum(axis=1), 0, 1)[:, None]
        before = self._split(rng.binomial(self._referrals, share), rng)
        return (self._starts - before).cumsum(axis=1)

    def _split(self, weekly: Ints, rng: np.random.Generator) -> Ints:
        """Return counts of dates from those of weeks."""
        found: Ints = rng.multinomial(weekly, self._days).reshape(len(weekly), -1)
        return found

    def _date(self, days: int) -> date | None:
        return None if days >= WEEKS * 7 else self._start + timedelta(days=days)


def weekdays_of(dates: Sequence[date], start: date) -> list[int]:
    """Return how many dates lie on each day of a week that begins as a date does."""
    found = Counter((day - start).days % 7 for day in dates)
    return [found[number] for number in range(7)]
