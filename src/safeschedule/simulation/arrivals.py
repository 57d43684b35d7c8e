"""What comes from outside, whatever is planned: referrals, lengths of treatment, leave, sickness, acuity."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from safeschedule.caseload.panels.expected import ExpectedReferral
from safeschedule.caseload.waitlist.expecting import referral_like
from safeschedule.problem import Client, Clinician, Leave, Problem
from safeschedule.simulation.assumptions import SimulationAssumptions
from safeschedule.simulation.streams import Purpose, Streams

WORKDAYS = 5


@dataclass(frozen=True)
class Outside:
    """What comes from outside in one replication.

    Parameters
    ----------
    problem
        The first week, before any policy: all policies meet the same referrals.
    given
        The assumptions.
    streams
        Of the replication.
    """

    problem: Problem
    given: SimulationAssumptions
    streams: Streams

    def monday(self, number: int) -> date:
        """Return the first date of a week; the first is number 1."""
        return self.problem.week_start + timedelta(weeks=number - 1)

    def referrals(self, number: int) -> tuple[ExpectedReferral, ...]:
        """Return who is referred in a week: each like somebody who waits at first, if anybody does."""
        rng = self.streams.of(Purpose.ARRIVALS, number=number)
        fte = float(sum(person.fte for person in self.problem.clinicians))
        pool = [c for c in self.problem.clients if c.clinician is None] or list(self.problem.clients)
        if not pool:
            return ()
        asked = {r.client: r for r in reversed(self.problem.requests) if r.group is None}
        days = sorted(rng.integers(WORKDAYS, size=int(rng.poisson(self.given.referrals * fte))).tolist())
        found = []
        for place, day in enumerate(days, 1):
            like = pool[int(rng.integers(len(pool)))]
            on = self.monday(number) + timedelta(days=day)
            found.append(referral_like(f"ref-{number}-{place}", on, like, asked.get(like.id)))
        return tuple(found)

    def treatment(self, code: str, *, under_way: bool) -> timedelta:
        """Return for how long a client stays on the caseload, in whole weeks.

        Parameters
        ----------
        code
            The client.
        under_way
            Whether it began before the first week: then what is left of it.
        """
        rng, mean = self.streams.of(Purpose.TREATMENT, code), self.given.treatment_weeks
        if self.given.treatment == "exponential":
            weeks = rng.exponential(mean)
        else:
            weeks = rng.random() * mean if under_way else mean
        return timedelta(weeks=max(1, math.ceil(weeks - 1e-9)))

    def leave(self, person: Clinician, number: int) -> Leave | None:
        """Return the leave that somebody takes in a week: known before the week is planned."""
        rng = self.streams.of(Purpose.LEAVE, person.id, number)
        whole, single, day = rng.random(), rng.random(), int(rng.integers(WORKDAYS))
        monday = self.monday(number)
        if whole < self.given.leave_weeks:
            return _leave(monday, 7)
        if single < self.given.leave_days:
            return _leave(monday + timedelta(days=day), 1)
        return None

    def sick(self, code: str, weeks: int) -> frozenset[date]:
        """Return the dates of all weeks on which somebody is sick: known to nobody before."""
        share, mean = self.given.sick_share, self.given.sick_days
        if not share:
            return frozenset()
        rng = self.streams.of(Purpose.SICKNESS, code)
        # So often a spell has to begin on a healthy day for the share of sick days to come out.
        begin = min(1.0, share / (mean * (1 - share)))
        found, left = set(), 0
        for number in range(1, weeks + 1):
            for day in range(WORKDAYS):
                if left == 0 and rng.random() < begin:
                    left = int(rng.geometric(1 / mean))
                if left:
                    found.add(self.monday(number) + timedelta(days=day))
                    left -= 1
        return frozenset(found)

    def with_acuity(self, problem: Problem, number: int) -> Problem:
        """Return a week in which the acuity of some clients of the caseloads has changed."""
        if not self.given.band_up and not self.given.band_down:
            return problem
        bands = [band.id for band in sorted(problem.bands, key=lambda band: band.rank)]
        clients = tuple(self._changed(client, bands, number) for client in problem.clients)
        return problem.model_copy(update={"clients": clients})

    def _changed(self, client: Client, bands: list[str], number: int) -> Client:
        if client.clinician is None:
            return client
        luck = self.streams.of(Purpose.ACUITY, client.id, number).random()
        up, place = self.given.band_up, bands.index(client.band)
        step = 1 if luck < up else -1 if luck < up + self.given.band_down else 0
        if not step or not 0 <= place + step < len(bands):
            return client
        return client.model_copy(update={"band": bands[place + step]})


def _leave(first: date, days: int) -> Leave:
    start = datetime.combine(first, time())
    return Leave(start=start, end=start + timedelta(days=days))
