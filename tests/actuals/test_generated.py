"""Made-up weeks: possible, repeatable, and as often missed as counted appointments are."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from functools import cache
from itertools import pairwise

import pytest

from safeschedule.actuals import Actuals, ActualVisit, Attendance, find_actuals_faults
from safeschedule.problem import Kind
from safeschedule.samples import generate, generate_actuals, sample
from safeschedule.samples.no_shows import LEADS, MISSED


@cache
def weeks() -> tuple[Actuals, ...]:
    return generate_actuals(sample(), 3, 26)


def visits() -> list[ActualVisit]:
    return [visit for week in weeks() for visit in week.visits or ()]


def share(some: list[ActualVisit]) -> float:
    return sum(visit.outcome is Attendance.NO_SHOW for visit in some) / len(some)


def test_they_are_the_weeks_before_without_faults() -> None:
    """The command's own files would be refused by the next command."""
    starts = [week.week_start for week in weeks()]
    assert starts[-1] == sample().week_start - timedelta(weeks=1)
    assert {b - a for a, b in pairwise(starts)} == {timedelta(weeks=1)}
    assert [find_actuals_faults(week) for week in weeks()] == [()] * 26


def test_the_same_seed_gives_the_same_weeks() -> None:
    """A figure of a page could not be found again."""
    again = generate_actuals(sample(), 3, 2)
    assert again == generate_actuals(sample(), 3, 2) != generate_actuals(sample(), 4, 2)


def test_first_appointments_are_missed_as_often_as_in_papers() -> None:
    """Measures would be tried on a team that does not exist: 31 to 43 % and 8 to 12 % are from papers."""
    first = [visit for visit in visits() if visit.kind is Kind.INTAKE]
    following = [visit for visit in visits() if visit.kind is not Kind.INTAKE]
    assert 0.31 <= share(first) <= 0.43
    assert 0.08 <= share(following) <= 0.12


def test_no_shows_rise_with_the_lead_time_as_counted() -> None:
    """A rule on booking ahead would be judged by no-shows that do not depend on it."""
    following = [visit for visit in visits() if visit.kind is not Kind.INTAKE]

    def missed(band: int) -> float:
        least, most = LEADS[band]
        own = [v for v in following if v.booked and least <= (v.planned.date() - v.booked).days <= most]
        return share(own)

    for band in (0, 1, 3, 4):
        assert missed(band) / missed(3) == pytest.approx(MISSED[band] / MISSED[3], abs=0.25)
    assert missed(0) < missed(1) < missed(3)


def test_what_the_problem_says_of_a_client_counts() -> None:
    """A client who always comes by the problem would stay away."""
    team = generate(3, 1)
    reliable = team.model_copy(
        update={"clients": tuple(c.model_copy(update={"attendance": 0}) for c in team.clients)}
    )
    outcomes = Counter(v.outcome for week in generate_actuals(reliable, 1, 4) for v in week.visits or ())
    assert outcomes[Attendance.NO_SHOW] / outcomes.total() > 0.4


def test_drift_adds_its_minutes_each_week() -> None:
    """The early warning would be tried on strain that is not there."""

    def outside(drift: int) -> list[int]:
        found = generate_actuals(sample(), 1, 3, drift=drift)
        return [sum(day.documentation_outside or 0 for day in week.days or ()) for week in found]

    worked = [
        sum(day.minutes_outside is not None for day in w.days or ()) for w in generate_actuals(sample(), 1, 3)
    ]
    plain, moved = outside(0), outside(5)
    assert [b - a for a, b in zip(plain, moved, strict=True)] == [
        5 * n * days for n, days in enumerate(worked)
    ]


@pytest.mark.parametrize(("count", "drift"), [(0, 0), (105, 0), (4, -1), (4, 61)])
def test_senseless_arguments_are_refused(count: int, drift: int) -> None:
    """A slip would give weeks of another kind."""
    with pytest.raises(ValueError, match="must be"):
        generate_actuals(sample(), 1, count, drift=drift)


def test_nobody_is_in_two_places() -> None:
    """Minutes of a clinician would be counted twice."""
    for week in weeks()[:4]:
        for code in {code for visit in week.visits or () for code in visit.clinicians}:
            own = sorted(
                [(v.planned, v.minutes) for v in week.visits or () if code in v.clinicians]
                + [(b.planned, b.minutes) for b in week.blocks or () if b.clinician == code]
            )
            ends = [start + timedelta(minutes=minutes) for start, minutes in own]
            assert all(end <= start for end, (start, _) in zip(ends, own[1:], strict=False))
    assert weeks()[0].week_start == date(2026, 4, 6)
