"""The figures of weeks in a row, and over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from safeschedule.problem import BlockKind
from safeschedule.returned import Returned
from safeschedule.rolling.caseload_figures import CaseloadRow, CaseloadTotals, caseload_totals


@dataclass(frozen=True)
class WeekRow(Returned):
    """The figures of one week.

    Parameters
    ----------
    week, week_start
        The number, from 1, and the first date.
    asked, placed, left_out
        Sessions.
    expected
        Sessions of those placed that may be expected to take place, by `attendance`; a group's is one.
    pressing
        Notices of the verifier that somebody has to act on; ``None`` where they are not known.
    value_asked, value_placed
        Worth of the sessions by the rule ``access``; 0 where the rule is off or hard.
    carried, oldest
        Requests of which the week before left sessions out, and for how many weeks the oldest of them has
        been left out.
    overdue
        Clients overdue for contact at the week's end, by band, the lowest band first.
    overdue_high_acuity
        Those of high-acuity bands among them.
    overdue_reviews
        Clients overdue for review at the week's end.
    waiting
        New clients who have not been seen by the week's end.
    left_to_age
        Clients of high-acuity bands who were overdue when the week began and are not seen in it.
    passed_over
        Those of them in whose place a lower band's session could have been given up.
    clinicians, fte
        Those with working time in the week, and their full-time equivalents.
    sessions_mean, sessions_most
        Sessions a clinician.
    high_minutes_mean, high_minutes_most
        Minutes a clinician in high-intensity sessions.
    protected
        Minutes of protected blocks by kind, of all clinicians together; joint ones count for each.
    gap, seconds
        Of the solve, the gap as a fraction; ``None`` where they are not known.
    compliant
        Whether the verifier finds every hard rule kept.
    caseload
        Waits, panels and decisions; ``None``: the roll goes by nothing beside the first week.
    """

    _derived: ClassVar[tuple[str, ...]] = ("value_share", "protected_per_fte")

    week: int
    week_start: date
    asked: int
    placed: int
    left_out: int
    value_asked: int
    value_placed: int
    carried: int
    oldest: int
    overdue: Mapping[str, int]
    overdue_high_acuity: int
    overdue_reviews: int
    waiting: int
    left_to_age: int
    passed_over: int
    clinicians: int
    fte: float
    sessions_mean: float
    sessions_most: int
    high_minutes_mean: float
    high_minutes_most: int
    protected: Mapping[str, int]
    gap: float | None
    seconds: float | None
    compliant: bool
    expected: float | None = None
    pressing: int | None = None
    caseload: CaseloadRow | None = None

    @property
    def value_share(self) -> float | None:
        """Share of the value asked for that is placed, where anything was of value."""
        return self.value_placed / self.value_asked if self.value_asked else None

    @property
    def protected_per_fte(self) -> float:
        """Protected minutes for each full-time equivalent."""
        return sum(self.protected.values()) / self.fte if self.fte else 0.0


@dataclass(frozen=True)
class Totals(Returned):
    """The figures of all weeks together.

    Parameters
    ----------
    weeks, compliant
        Weeks with a schedule, and those in which the verifier finds every hard rule kept.
    placed
        Sessions.
    value_share
        Share of the value asked for, over all weeks, that was placed; what was left out counts again in
        each week in which it is asked for.
    oldest
        The longest for which any request was left out, in weeks.
    overdue_high_acuity_most, overdue_high_acuity_end
        Clients of high-acuity bands overdue for contact at a week's end: most, and at the end of the last.
    passed_over
        Their number over all weeks.
    waiting_end, overdue_end, overdue_reviews_end
        At the end of the last week.
    sessions_mean
        Sessions a clinician and week.
    sessions_most, high_minutes_most
        Of one clinician in one week.
    high_minutes_mean
        Minutes a clinician and week in high-intensity sessions.
    protected_per_fte
        Protected minutes a week for each full-time equivalent.
    protected
        Minutes by kind.
    gap_most
        The largest gap of a week, as a fraction.
    seconds
        Of all solves together, as far as they are known.
    caseload
        Waits and panels; ``None``: the roll goes by nothing beside the first week.
    """

    weeks: int
    compliant: int
    placed: int
    value_share: float | None
    oldest: int
    overdue_high_acuity_most: int
    overdue_high_acuity_end: int
    passed_over: int
    waiting_end: int
    overdue_end: int
    overdue_reviews_end: int
    sessions_mean: float
    sessions_most: int
    high_minutes_mean: float
    high_minutes_most: int
    protected_per_fte: float
    protected: Mapping[str, int]
    gap_most: float | None
    seconds: float
    caseload: CaseloadTotals | None = None


@dataclass(frozen=True)
class Summary(Returned):
    """The figures of a roll.

    Parameters
    ----------
    weeks
        Each week's.
    asked
        How many weeks were asked for.
    stopped
        Why there are fewer; empty when there are not.
    """

    _derived: ClassVar[tuple[str, ...]] = ("totals",)

    weeks: tuple[WeekRow, ...]
    asked: int
    stopped: str = ""

    @property
    def totals(self) -> Totals | None:
        """The figures of all weeks together; ``None`` when there is no week."""
        return _totals(self.weeks) if self.weeks else None


def _totals(rows: tuple[WeekRow, ...]) -> Totals:
    last, asked = rows[-1], sum(row.value_asked for row in rows)
    people, fte = sum(row.clinicians for row in rows), sum(row.fte for row in rows)
    protected = Counter[str]()
    for row in rows:
        protected.update(row.protected)
    gaps = [row.gap for row in rows if row.gap is not None]
    return Totals(
        weeks=len(rows),
        compliant=sum(row.compliant for row in rows),
        placed=sum(row.placed for row in rows),
        value_share=sum(row.value_placed for row in rows) / asked if asked else None,
        oldest=max(row.oldest for row in rows),
        overdue_high_acuity_most=max(row.overdue_high_acuity for row in rows),
        overdue_high_acuity_end=last.overdue_high_acuity,
        passed_over=sum(row.passed_over for row in rows),
        waiting_end=last.waiting,
        overdue_end=sum(last.overdue.values()),
        overdue_reviews_end=last.overdue_reviews,
        sessions_mean=_over(rows, "sessions_mean", people),
        sessions_most=max(row.sessions_most for row in rows),
        high_minutes_mean=_over(rows, "high_minutes_mean", people),
        high_minutes_most=max(row.high_minutes_most for row in rows),
        protected_per_fte=round(protected.total() / fte, 1) if fte else 0.0,
        protected={kind: protected[kind] for kind in map(str, BlockKind) if protected[kind]},
        gap_most=max(gaps, default=None),
        seconds=round(sum(row.seconds or 0.0 for row in rows), 1),
        caseload=caseload_totals(tuple(row.caseload for row in rows if row.caseload is not None)),
    )


def _over(rows: tuple[WeekRow, ...], name: str, people: int) -> float:
    """Return the mean over clinicians and weeks of what rows have as a mean over clinicians."""
    return round(sum(getattr(row, name) * row.clinicians for row in rows) / people, 2) if people else 0.0
