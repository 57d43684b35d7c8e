"""Balanced measures and early warnings of the period, as far as weeks were recorded (IG: supporting data)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal

from safeschedule.actuals import Actuals
from safeschedule.caseload.measures import MeasureReport, balanced_measures
from safeschedule.caseload.measures.measuring import told
from safeschedule.caseload.warnings import early_warnings
from safeschedule.evidence.section import EvidenceSection, section
from safeschedule.problem import Problem

_TITLES = {
    "measures": "What do the measures say?",
    "weeks": "How did the measures go, week by week?",
    "warnings": "When did early warnings open a review?",
}


def measured(
    problem: Problem, actuals: Sequence[Actuals], since: date, until: date
) -> Iterator[EvidenceSection]:
    """Yield the measures of the whole weeks of a period, each week, and the early warnings in it.

    Warnings are held against the weeks before the period as well, where there are any.
    """
    inside = [w for w in actuals if since <= w.week_start and w.week_start + timedelta(days=6) <= until]
    if not inside:
        yield from (section(name, title, "", ("week",), ()) for name, title in _TITLES.items())
        return
    report = balanced_measures(problem, inside)
    yield _totals(report, len(inside))
    yield _by_week(report)
    before = [week for week in actuals if week.week_start <= until]
    yield _warnings(problem, before, since, until)


def _totals(report: MeasureReport, weeks: int) -> EvidenceSection:
    rows = [
        (
            *(measure.area.value, measure.title, told(measure.total, measure.unit)),
            *(_plain(measure.total.numerator), _plain(measure.total.denominator)),
            *(measure.numerator, measure.denominator, measure.source),
        )
        for measure in report.measures
    ]
    known = sum(measure.total.value is not None for measure in report.measures)
    answer = (
        f"{known} of {len(rows)} measures are known, of {weeks} recorded weeks. They are of the team; shares "
        "of few are not told, and what nobody recorded is not known, which is not 0."
    )
    columns = ("area", "measure", "figure", "numerator", "denominator", "what is counted", "over", "source")
    return section("measures", _TITLES["measures"], answer, columns, rows)


def _by_week(report: MeasureReport) -> EvidenceSection:
    of_weeks = [measure for measure in report.measures if measure.weeks]
    days = [str(week.week_start) for week in of_weeks[0].weeks] if of_weeks else []
    rows = [(m.title, *(told(week, m.unit) for week in m.weeks)) for m in of_weeks]
    answer = f"Each of {len(rows)} measures in each of {len(days)} weeks."
    return section("weeks", _TITLES["weeks"], answer, ("measure", *days), rows)


def _warnings(problem: Problem, actuals: Sequence[Actuals], since: date, until: date) -> EvidenceSection:
    found = [t for t in early_warnings(problem, actuals).triggers if since <= t.week_start <= until]
    rows = [
        (
            t.week_start,
            t.indicator,
            t.kind.value,
            t.value,
            t.limit,
            t.reviewer,
            t.review_by,
            " ".join(t.questions),
        )
        for t in found
    ]
    answer = f"{len(rows)} times a measure passed its limit, ran on the worse side, or passed its threshold."
    columns = ("week of", "measure", "why", "figure", "limit", "reviewed by", "until", "what the review asks")
    return section("warnings", _TITLES["warnings"], answer, columns, rows)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
