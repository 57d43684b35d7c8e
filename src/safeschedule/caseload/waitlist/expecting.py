"""Weeks ahead as recorded weeks have them: who is going to be referred, and whose treatment ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.panels.expected import ExpectedChanges, ExpectedDischarge, ExpectedReferral
from safeschedule.caseload.panels.forecast import LEAST_WEEKS
from safeschedule.caseload.waitlist.counts import WeeklyCounts
from safeschedule.caseload.waitlist.records import LATEST
from safeschedule.caseload.waitlist.rules import WaitlistRules
from safeschedule.caseload.waitlist.triage import Triage, classes_of
from safeschedule.problem import Client, Problem, Request

_WORKDAYS = 5


def draw_expected_changes(
    problem: Problem,
    actuals: Sequence[Actuals],
    weeks: int,
    *,
    seed: int = 0,
    rules: WaitlistRules | None = None,
) -> ExpectedChanges:
    """Return referrals and discharges of the weeks ahead, drawn as recorded weeks have them.

    One course that may come, for a plan of weeks in a row: weekly numbers are drawn as for the ranges of the
    waitlist, with what so few weeks leave open of their rate. Who is referred is like somebody who waits now
    and is of the class that was drawn (of those on caseloads where nobody waits), with the same times and the
    same wish for a first session. Who leaves is anybody of the caseloads with the same chance.
    Of what fewer than four weeks record, nothing is drawn. The same arguments give the same course.

    Parameters
    ----------
    problem
        The first week.
    actuals
        Past weeks; of those before the problem's week the latest 52 count.
    weeks
        How many, with this one.
    seed
        Of ``numpy.random.default_rng``.
    rules
        Triage classes of the service; ``None``: the defaults.

    Examples
    --------
    >>> from safeschedule import draw_expected_changes
    >>> from safeschedule.samples import generate_actuals, sample
    >>> team = sample()
    >>> drawn = draw_expected_changes(team, generate_actuals(team, seed=1), weeks=4)
    >>> {each.client.clinician for each in drawn.referrals}
    {None}
    """
    looked = Arguments("draw_expected_changes").problem(problem)
    looked.sequence("actuals", actuals, Actuals, "an Actuals").whole("weeks", weeks, 1, 520)
    looked.whole("seed", seed).kind("rules", rules, (WaitlistRules, type(None)), "a WaitlistRules, or None")
    looked.done()
    past = sorted((w for w in actuals if w.week_start < problem.week_start), key=lambda w: w.week_start)
    own = WaitlistRules() if rules is None else rules
    drawing = _Drawing(problem, past[-LATEST:], weeks, Triage(problem, classes_of(problem, own)), seed)
    return ExpectedChanges(discharges=drawing.discharges(), referrals=drawing.referrals())


class _Drawing:
    """One course while it is drawn; each part with a generator of its own."""

    def __init__(
        self, problem: Problem, past: Sequence[Actuals], weeks: int, triage: Triage, seed: int
    ) -> None:
        self.problem, self.past, self.weeks, self.triage = problem, past, weeks, triage
        self.coming, self.leaving = np.random.default_rng(seed).spawn(2)

    def discharges(self) -> tuple[ExpectedDischarge, ...]:
        counts = [len(week.discharges) for week in self.past if week.discharges is not None]
        there = [client.id for client in self.problem.clients if client.clinician is not None]
        order = list(self.leaving.permutation(len(there)))
        dates = self._dates(counts, self.leaving)
        return tuple(
            ExpectedDischarge(client=there[place], on=on) for place, on in zip(order, dates, strict=False)
        )

    def referrals(self) -> tuple[ExpectedReferral, ...]:
        weeks = [week.referrals for week in self.past if week.referrals is not None]
        dates = self._dates([len(week) for week in weeks], self.coming)
        known = Counter(each.triage for week in weeks for each in week if each.triage is not None)
        shares = np.array([known[each.id] for each in self.triage.classes], dtype=float)
        asked = {r.client: r for r in reversed(self.problem.requests) if r.group is None}
        found = []
        for number, on in enumerate(dates, 1):
            like = self._like(shares)
            if like is not None:
                code = f"{like.id[:60]}-{on:%y%m%d}-{number}"
                found.append(referral_like(code, on, like, asked.get(like.id)))
        return tuple(found)

    def _like(self, shares: np.ndarray[tuple[int], np.dtype[np.float64]]) -> Client | None:
        """Return somebody whom a new client is like; ``None``: there is nobody at all."""
        pool = [c for c in self.problem.clients if c.clinician is None] or list(self.problem.clients)
        if not pool:
            return None
        if shares.sum():
            number = int(self.coming.choice(len(shares), p=shares / shares.sum()))
            pool = [c for c in pool if self.triage.number(c) == number] or pool
        return pool[int(self.coming.integers(len(pool)))]

    def _dates(self, counts: Sequence[int], rng: np.random.Generator) -> list[date]:
        """Return dates of the weeks ahead, Monday to Friday of each week as likely."""
        if len(counts) < LEAST_WEEKS:
            return []
        drawn = WeeklyCounts(counts).draw(1, self.weeks, rng)[0]
        start = self.problem.week_start
        return [
            start + timedelta(weeks=week, days=int(day))
            for week, number in enumerate(drawn)
            for day in sorted(rng.integers(_WORKDAYS, size=int(number)))
        ]


def referral_like(code: str, on: date, like: Client, asked: Request | None) -> ExpectedReferral:
    """Return the referral of somebody who is like a client, with the client's wish for a first session."""
    gone = {"clinician": None, "last_contact": None, "next_review": None, "waiting_since": None}
    first = None
    if like.clinician is None and asked is not None:
        dates = {"earliest": None, "latest": None, "standing": None}
        named = {"id": f"first {code}", "client": code, "clinician": None}
        first = asked.model_copy(update={**named, **dates})
    return ExpectedReferral(client=like.model_copy(update={"id": code, **gone}), on=on, request=first)
