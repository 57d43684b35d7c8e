"""Balanced measures as one self-contained page: figures, definitions, and how each went week by week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.caseload.measures.definition import Area
from safeschedule.caseload.measures.measuring import Measure, MeasureReport, MeasureValue, told
from safeschedule.caseload.warnings import WarningReport, WarningTrigger
from safeschedule.problem.kinds import require_kind
from safeschedule.reports.html import asset, environment
from safeschedule.reports.measure_chart import Chart, chart
from safeschedule.reports.words import short_date


@dataclass(frozen=True)
class ShownMeasure:
    """A measure on the page.

    Parameters
    ----------
    measure
        The measure.
    figure, counts
        The total in words, and numerator over denominator.
    chart
        How it went; ``None``: too few weeks are known.
    weeks
        Each week: its date, the figure, and the counts.
    """

    measure: Measure
    figure: str
    counts: str
    chart: Chart | None
    weeks: tuple[tuple[str, str, str], ...]


def measures_html(report: MeasureReport, warnings: WarningReport | None = None, name: str = "team") -> str:
    """Return the page.

    Parameters
    ----------
    report
        See `balanced_measures`.
    warnings
        Early warnings of the same weeks: control limits are drawn, and triggers told. A page of one clinician
        has none.
    name
        The team.

    Raises
    ------
    ArgumentError
        An argument is of another kind.

    Examples
    --------
    >>> from safeschedule import Actuals, balanced_measures, measures_html
    >>> page = measures_html(balanced_measures(problem, [Actuals(week_start="2026-09-28")]))
    >>> page.startswith("<!DOCTYPE html>"), "<script src" in page
    (True, False)
    """
    require_kind("measures_html", "report", report, MeasureReport, "a MeasureReport; see balanced_measures")
    if warnings is not None:
        require_kind("measures_html", "warnings", warnings, WarningReport, "a WarningReport, or None")
    require_kind("measures_html", "name", name, str, "text")
    shown = shown_measures(report, warnings)
    areas = [(area, [one for one in shown if one.measure.area is area]) for area in Area]
    triggers: tuple[WarningTrigger, ...] = () if warnings is None else warnings.triggers
    return (
        environment()
        .get_template("measures.html.j2")
        .render(
            report=report,
            name=name,
            areas=[(area, own) for area, own in areas if own],
            triggers=triggers,
            warned=warnings is not None,
            style=asset("measures.css"),
        )
    )


def shown_measures(report: MeasureReport, warnings: WarningReport | None = None) -> list[ShownMeasure]:
    """Return the measures as pages show them: the figure, a chart, and week by week.

    Parameters
    ----------
    report, warnings
        As for `measures_html`.
    """
    return [_shown(measure, warnings) for measure in report.measures]


def _shown(measure: Measure, warnings: WarningReport | None) -> ShownMeasure:
    watched = () if warnings is None else warnings.indicators
    limits = next((each for each in watched if each.indicator == measure.id), None)
    weeks = tuple(_weeks(measure))
    return ShownMeasure(
        measure, told(measure.total, measure.unit), counts(measure.total), chart(measure, limits), weeks
    )


def _weeks(measure: Measure) -> Iterator[tuple[str, str, str]]:
    for week in measure.weeks:
        if week.week_start is not None:
            yield short_date(week.week_start), told(week, measure.unit), counts(week)


def counts(value: MeasureValue) -> str:
    """Return numerator and denominator; nothing where they are not told."""
    if value.numerator is None or value.denominator is None:
        return ""
    return f"{value.numerator.normalize():f} / {value.denominator.normalize():f}"
