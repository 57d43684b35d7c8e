"""Told waits hold what they say: most real ones lie inside, and too few data are no answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import pytest

from safeschedule.actuals import Actuals, FirstContact, Referral
from safeschedule.caseload.panels import ExpectedChanges
from safeschedule.caseload.waitlist import ThroughputBasis, WaitlistRules, waitlist
from safeschedule.caseload.waitlist.counts import WeeklyCounts
from safeschedule.errors import ArgumentError
from safeschedule.problem import Problem
from tests.caseload.team import HOURS, client, problem

TODAY = date(2026, 10, 5)
BANDS = ("very_high", "high", "low")
NAMES = ("urgent", "soon", "routine")
COMING = 150


@dataclass(frozen=True)
class Service:
    """A service as it really is: starts and referrals of a week, how they vary, shares of the classes.

    Referrals grow by `trend` from week to week until today, and go on to for about a quarter. After so many
    weeks one of the two clinicians leaves, who is known to leave.
    """

    starts: float
    referrals: float
    dispersion: float
    shares: Sequence[float]
    recorded: int
    waiting: int
    trend: float = 0.0
    leaves: int | None = None


def drawn(rng: np.random.Generator) -> Service:
    """Give a service that is drawn: small or large, steady or not, short of places or just not."""
    starts = float(rng.uniform(1.5, 8))
    return Service(
        starts=starts,
        referrals=starts * float(rng.uniform(0.7, 1.1)),
        dispersion=float(rng.choice([0, 0.05, 0.2])),
        shares=rng.dirichlet([1.5, 3, 6]),
        recorded=13,
        waiting=int(rng.integers(5, 40)),
    )


def changing(rng: np.random.Generator) -> Service:
    """Give one that is drawn, of which more or less is asked week by week, or that loses somebody."""
    trend = float(rng.choice([0, 0, 0.03, -0.03]))
    leaves = int(rng.integers(1, 8)) if rng.random() < 0.5 else None
    return replace(drawn(rng), recorded=26, trend=trend, leaves=leaves)


def counts(means: np.ndarray, dispersion: float, rng: np.random.Generator) -> list[int]:
    """Give weekly numbers around their means."""
    if not dispersion:
        return [int(n) for n in rng.poisson(means)]
    return [int(n) for n in rng.poisson(rng.gamma(1 / dispersion, means * dispersion))]


def means(service: Service, first: int, weeks: int) -> tuple[np.ndarray, np.ndarray]:
    """Give what starts and referrals of weeks are around; week 0 is the first one after today."""
    number = np.arange(first, first + weeks)
    ahead = np.where(number < 0, number, 13 * -np.expm1(-(number + 0.5) / 13))
    gone = np.inf if service.leaves is None else service.leaves
    starts = np.where(number >= gone, 0.5, 1.0) * service.starts
    return starts, service.referrals * np.exp(service.trend * ahead)


def quarter(service: Service, rng: np.random.Generator) -> tuple[Problem, list[Actuals]]:
    """Give a waitlist of today, and the recorded quarter before it."""
    kinds = rng.choice(3, size=service.waiting, p=service.shares)
    since = sorted((int(n) for n in rng.integers(1, 200, service.waiting)), reverse=True)
    given = [
        client(f"W{n}", clinician=None, band=BANDS[kind], waiting_since=str(TODAY - timedelta(days=days)))
        for n, (kind, days) in enumerate(zip(kinds, since, strict=True))
    ]
    around = means(service, -service.recorded, service.recorded)
    starts, referred = (counts(each, service.dispersion, rng) for each in around)
    weeks = []
    for number, (first, new) in enumerate(zip(starts, referred, strict=True)):
        monday = TODAY - timedelta(weeks=service.recorded - number)
        days = [monday + timedelta(days=int(n)) for n in rng.integers(0, 5, first + new)]
        classes = rng.choice(NAMES, size=new, p=service.shares)
        weeks.append(
            Actuals(
                week_start=monday,
                first_contacts=tuple(FirstContact(client=f"F{number}-{n}", on=days[n]) for n in range(first)),
                referrals=tuple(
                    Referral(client=f"R{number}-{n}", received=days[first + n], triage=str(classes[n]))
                    for n in range(new)
                ),
            )
        )
    return problem(*given), weeks


def real_waits(service: Service, order: Sequence[int], rng: np.random.Generator) -> dict[int, int]:
    """Give the days until each place of the list is reached, by playing the coming weeks."""
    queue = [(kind, -1, place) for place, kind in enumerate(order)]
    found: dict[int, int] = {}
    starts, new = (counts(each, service.dispersion, rng) for each in means(service, 0, COMING))
    for week in range(COMING):
        days: list[list[str]] = [[] for _ in range(5)]
        for what, number in (("new", new[week]), ("start", starts[week])):
            for day in rng.integers(0, 5, number):
                days[int(day)].append(what)
        for day, happens in enumerate(days):
            for what in happens:
                if what == "new":
                    queue.append((int(rng.choice(3, p=service.shares)), week * 7 + day, 0))
                elif queue:
                    first = min(queue)
                    queue.remove(first)
                    if first[1] < 0:
                        found[first[2]] = week * 7 + day
    return found


def leaving(service: Service) -> ExpectedChanges:
    """Give what is known of the weeks ahead."""
    if service.leaves is None:
        return ExpectedChanges()
    on = TODAY + timedelta(weeks=service.leaves)
    return ExpectedChanges.model_validate({"leavers": [{"clinician": "C2", "on": str(on)}]})


def told_and_real(
    quarters: int, seed: int, draw: Callable[[np.random.Generator], Service] = drawn
) -> Iterator[tuple[int, bool]]:
    """Give, for each real wait of drawn quarters, the share of each range and whether it holds the wait."""
    for rng in np.random.default_rng(seed).spawn(quarters):
        service = draw(rng)
        team, weeks = quarter(service, rng)
        rules = WaitlistRules(least_referrals=1)
        found = waitlist(team, actuals=weeks, rules=rules, expected=leaving(service))
        real = real_waits(service, [NAMES.index(each.triage) for each in found.clients], rng)
        for place, each in enumerate(found.clients):
            day = TODAY + timedelta(days=real[place]) if place in real else date.max
            for told in (each.likely, each.range):
                if told is not None:
                    held = (told.first or date.max) <= day <= (told.last or date.max)
                    yield told.share, held


def coverage(
    quarters: int, seed: int, draw: Callable[[np.random.Generator], Service] = drawn
) -> dict[int, tuple[float, int]]:
    """Give for each range the share of the real waits that it holds, and their number."""
    held: dict[int, list[bool]] = {}
    for share, inside in told_and_real(quarters, seed, draw):
        held.setdefault(share, []).append(inside)
    return {share: (sum(found) / len(found), len(found)) for share, found in held.items()}


@pytest.mark.slow
@pytest.mark.long
def test_ranges_hold_as_many_real_waits_as_they_say() -> None:
    """A client would be told a range of 90 % that one in four waits does not keep, or that says nothing."""
    found = coverage(200, seed=1)
    assert found[90][1] > 4000
    assert 0.85 <= found[90][0] <= 0.95, found
    assert 0.42 <= found[50][0] <= 0.62, found


@pytest.mark.slow
@pytest.mark.long
def test_ranges_hold_where_referrals_grow_and_somebody_is_known_to_leave() -> None:
    """A client would be told the wait of a service that was, and not of the one that will be."""
    found = coverage(200, seed=3, draw=changing)
    assert found[90][1] > 4000
    assert 0.85 <= found[90][0] <= 0.95, found
    assert 0.42 <= found[50][0] <= 0.62, found


def test_a_leaver_makes_waits_longer_and_a_starter_shorter() -> None:
    """A list would promise what somebody did who is gone."""
    later = {"clinician": "C2", "on": "2026-10-19"}
    new = {"clinician": {"id": "C9", "working": HOURS}, "on": "2026-10-12", "ramp": []}
    ends = []
    for known in ({"starts": [new]}, {}, {"leavers": [later]}):
        changes = ExpectedChanges.model_validate(known)
        found = waitlist(some(12), actuals=weeks(13), rules=ONE_CLASS, expected=changes)
        wide = found.clients[-1].range
        assert wide is not None
        ends.append(wide.last or date.max)
        assert ("of today's staff" in found.throughput.sentence) is bool(known)
    assert ends == sorted(ends)
    assert ends[0] < ends[1] < ends[2]


def test_a_trend_is_told_only_where_the_records_tell_of_one() -> None:
    """Two busy weeks would pass for a trend, or a year of growth for luck."""

    def growth(numbers: list[int]) -> tuple[float, float]:
        return WeeklyCounts(numbers, trend=True).growth

    up, sure = growth(
        [4, 3, 4, 5, 5, 4, 6, 6, 7, 6, 8, 9, 8, 9, 10, 9, 11, 12, 11, 13, 12, 14, 15, 14, 16, 17]
    )
    assert up > 0.02
    assert sure > 0.95
    assert growth([6, 5, 7, 6, 5, 6, 7, 5, 6, 6, 5, 9, 8])[1] < 0.9
    assert growth([6] * 26)[1] < 0.5


def test_recorded_changes_of_staff_count() -> None:
    """A team that has lost half of its people would promise what it did before."""
    past = weeks(13, staff=())
    gone = Actuals.model_validate(
        past[-1].to_dict()
        | {"staff": [{"clinician": "C8", "on": str(TODAY - timedelta(days=3)), "move": "left"}]}
    )
    before, after = (
        waitlist(some(12), actuals=each, rules=ONE_CLASS).clients[-1].range
        for each in (past, [*past[:-1], gone])
    )
    assert before is not None
    assert after is not None
    assert (before.last or date.max) < (after.last or date.max)


def test_ranges_of_a_few_quarters_hold_about_what_they_say() -> None:
    """A change of the ranges would be seen only in the slow test."""
    found = coverage(10, seed=2)
    assert 0.8 <= found[90][0] <= 0.99, found


def weeks(number: int, starts: int = 2, **lists: object) -> list[Actuals]:
    """Give recorded weeks before today's, with first contacts on Mondays."""
    made = []
    for back in range(number, 0, -1):
        monday = TODAY - timedelta(weeks=back)
        first = tuple(FirstContact(client=f"F{back}-{n}", on=monday) for n in range(starts))
        made.append(Actuals.model_validate({"week_start": monday, "first_contacts": first} | lists))
    return made


def some(count: int = 3, **changes: object) -> Problem:
    """Give clients who wait, in no high band, since some days ago each."""
    given = [
        client(f"W{n}", clinician=None, band="low", waiting_since=str(TODAY - timedelta(days=30 - n)))
        for n in range(count)
    ]
    return problem(*given, **changes)


ONE_CLASS = WaitlistRules.model_validate({"classes": [{"id": "all", "target_days": 10}]})


@pytest.mark.parametrize(
    ("past", "known"),
    [
        (weeks(7), False),
        (weeks(8), True),
        (weeks(8, starts=0), False),
        (weeks(20, first_contacts=None), False),
    ],
)
def test_below_the_least_data_a_wait_is_not_known(past: list[Actuals], known: bool) -> None:
    """A wait would be made up from a month's luck, or from weeks in which nobody wrote down anything."""
    found = waitlist(some(), actuals=past, rules=ONE_CLASS)
    assert [each.range is not None for each in found.clients] == [known] * 3
    assert all(bool(each.unknown) is not known for each in found.clients)
    assert ("not known" in found.throughput.sentence) is not known


def test_without_classes_of_referrals_only_the_most_urgent_wait_is_known() -> None:
    """People would be told a wait in which nobody more urgent ever comes."""
    found = waitlist(some(1, clients=[*some(1).to_dict()["clients"], urgent("U")]), actuals=weeks(12))
    assert [(each.client, each.range is not None) for each in found.clients] == [("U", True), ("W0", False)]
    assert "How many come before is not known" in found.clients[1].unknown


def urgent(code: str, **changes: object) -> dict[str, object]:
    """Give a client in the highest band who waits."""
    return client(code, clinician=None, band="very_high", waiting_since="2026-10-01", **changes)


def test_discharges_stand_in_and_simulated_starts_come_first() -> None:
    """A service that records discharges alone, or has simulated its year, would hear nothing."""
    left = [{"client": "D", "on": None}] * 2
    past = [week.model_copy(update={"first_contacts": None}) for week in weeks(10)]
    past = [
        Actuals.model_validate(
            week.to_dict() | {"discharges": [each | {"on": str(week.week_start)} for each in left]}
        )
        for week in past
    ]
    found = waitlist(some(), actuals=past, rules=ONE_CLASS)
    assert found.throughput.basis is ThroughputBasis.DISCHARGES
    assert found.clients[0].range is not None
    played = waitlist(some(), actuals=past, rules=ONE_CLASS, simulated=[3] * 26)
    assert played.throughput.basis is ThroughputBasis.SIMULATED


def test_a_later_place_never_waits_less_and_more_starts_never_make_it_longer() -> None:
    """Somebody behind would be told to be seen first."""
    slow, fast = (waitlist(some(12), actuals=weeks(13, starts=n), rules=ONE_CLASS) for n in (1, 4))
    for found in (slow, fast):
        ends = [(each.range.first, each.range.last or date.max) for each in found.clients if each.range]
        assert ends == sorted(ends)
        assert len(ends) == 12
    for late, early in zip(slow.clients, fast.clients, strict=True):
        assert late.range is not None
        assert early.range is not None
        assert (early.range.last or date.max) <= (late.range.last or date.max)


def test_nothing_but_the_seed_changes_a_range() -> None:
    """Two letters of one day would say two things."""
    assert waitlist(some(), actuals=weeks(9), rules=ONE_CLASS) == waitlist(
        some(), actuals=weeks(9)[::-1], rules=ONE_CLASS
    )


def test_faults_are_told_together() -> None:
    """A service would mend one mistake after the other."""
    rules = WaitlistRules.model_validate(
        {
            "classes": [{"id": "a", "target_days": 1}, {"id": "a", "target_days": 2}],
            "options": [{"id": "b", "says": "Help.", "classes": ["aa"]}],
        }
    )
    with pytest.raises(ArgumentError) as raised:
        waitlist(some(), actuals=weeks(2) + weeks(1), rules=rules, simulated=[-1])
    assert {fault.code for fault in raised.value.faults} == {
        "duplicate_id",
        "unknown_name",
        "duplicate",
        "out_of_range",
    }
