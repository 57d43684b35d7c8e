"""Exposure: high-intensity minutes over the days of a week, and over weeks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from safeschedule.errors import ArgumentError, Fault
from safeschedule.plots.plot import number
from safeschedule.plots.shapes import Curve, CurveMark, CurvePanel, CurvePlot
from safeschedule.plots.tidy import Names, curves_of, read
from safeschedule.plots.timelines import Planned, schedule_of
from safeschedule.problem import Problem
from safeschedule.reports.exposure import ExposureDay, exposure_days
from safeschedule.reports.words import count, hours, short_date, week_title
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting

MOST_PANELS = 12
"""Clinicians who are drawn: those with the highest exposure."""

_RULE = "rolling_exposure"
_TICKS = 12
"""Weeks that are named along the axis, at most."""


def exposure(schedule: Schedule | Planned, problem: Problem) -> CurvePlot:
    """Return the plot of high-intensity minutes by date, a panel for each clinician.

    Bars are the minutes of a date; the line is what the rule ``rolling_exposure`` counts: five working days
    up to that date, with those of the history. The limit is that of the rulebook, where the rule is on.

    Parameters
    ----------
    schedule
        The week, or what holds one, such as a `safeschedule.Result`.
    problem
        Its problem.

    Raises
    ------
    ArgumentError
        There is no schedule.
    InputError
        The two do not belong together.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.exposure(result, problem)
    >>> plot.panels[0].limit
    900.0
    """
    given = schedule_of("exposure", schedule)
    require_fitting(problem, given)
    days = exposure_days(problem, given)
    setting = problem.rulebook.setting(_RULE)
    limit = float(setting.whole("minutes")) if setting.enabled else None
    highest = {code: max((day.rolling for day in own), default=0) for code, own in days.items()}
    most = sorted(highest, key=lambda code: -highest[code])[:MOST_PANELS]
    drawn = [code for code in days if code in most]
    return CurvePlot(
        f"High-intensity time in the week of {week_title(given.week_start)}",
        _sentence(highest, limit, len(drawn)),
        ("", "minutes"),
        tuple(CurvePanel(code, _of_person(days[code], given.week_start), limit) for code in drawn),
        tuple(
            (float((day - given.week_start).days), short_date(day))
            for day in sorted({each.day for own in days.values() for each in own})
        ),
        "most over five working days",
    )


def _of_person(days: Sequence[ExposureDay], start: date) -> tuple[Curve, ...]:
    places = [(float((each.day - start).days), each) for each in days]
    return (
        Curve("that day", "bars", tuple(CurveMark(x, float(each.minutes)) for x, each in places)),
        Curve(
            "five working days up to it",
            "line",
            tuple(CurveMark(x, float(each.rolling)) for x, each in places),
        ),
    )


def _sentence(highest: Mapping[str, int], limit: float | None, drawn: int) -> str:
    told = [f"{count(len(highest), 'clinician')}."]
    if highest:
        who = max(highest, key=lambda code: highest[code])
        told.append(f"The most over five working days: {who}, with {hours(highest[who])}.")
    if limit is not None:
        over = [code for code, most in highest.items() if most > limit]
        allowed = f"At most {hours(int(limit))} are allowed"
        told.append(
            f"{allowed}; over that: {', '.join(over)}." if over else f"{allowed}; nobody is over that."
        )
    if len(highest) > drawn:
        told.append(f"{len(highest) - drawn} with less are not drawn.")
    return " ".join(told)


def exposure_over_weeks(
    weeks: Sequence[tuple[Problem, Schedule]] | Mapping[str, Sequence[Any]] | Any,
    *,
    x: str = "x",
    y: str = "y",
    lower: str = "lower",
    upper: str = "upper",
    series: str = "series",
    limit: float | None = None,
) -> CurvePlot:
    """Return the plot of high-intensity minutes over weeks.

    Parameters
    ----------
    weeks
        Problems with their schedules, week by week; or a tidy frame (pandas, polars, Arrow, or columns by
        name) with a row for each week and series. Of problems the mean of the clinicians is drawn, with the
        least and the most as its bounds.
    x, y, lower, upper, series
        Columns of a frame: the week (a date or a number), minutes, and, where there are any, bounds and the
        name of the series.
    limit
        Minutes that are not to be exceeded, where they are to be drawn.

    Raises
    ------
    ArgumentError
        There is nothing to draw, or it makes no sense; with every fault.
    InputError
        A schedule does not belong to its problem, or narwhals is not installed.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.exposure_over_weeks([(problem, schedule)])
    >>> plot.panels[0].curves[0].name
    'mean of the clinicians'
    """
    call = "exposure_over_weeks"
    if isinstance(weeks, Sequence) and not isinstance(weeks, str):
        points = read(call, _by_week(weeks), Names(), dates=True)
    else:
        points = read(call, weeks, Names(x, y, lower, upper, series), dates=True)
    curves = curves_of(points, "high-intensity time")
    known = sorted({point.x for point in points})
    step = -(-len(known) // _TICKS)
    ticks = [(place, short_date(date.fromordinal(int(place)))) for place in known[::step]]
    dated = any(point.dated for point in points)
    return CurvePlot(
        "High-intensity time over weeks",
        _weeks_sentence(curves, limit),
        ("week", "minutes"),
        (CurvePanel("", curves, limit),),
        tuple(ticks) if dated else (),
        "limit",
    )


def _by_week(weeks: Sequence[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {name: [] for name in ("x", "y", "lower", "upper", "series")}
    for place, pair in enumerate(weeks):
        if not isinstance(pair, tuple) or len(pair) != 2:
            expected = "a problem and its schedule"
            fault = Fault("wrong_type", f"weeks[{place}]", f"a {type(pair).__name__}", expected)
            raise ArgumentError("arguments of exposure_over_weeks", [fault])
        problem, schedule = pair
        require_fitting(problem, schedule)
        sums = [sum(day.minutes for day in own) for own in exposure_days(problem, schedule).values() if own]
        row = (problem.week_start, sum(sums) / max(1, len(sums)), min(sums, default=0), max(sums, default=0))
        for name, value in zip(found, (*row, "mean of the clinicians"), strict=True):
            found[name].append(value)
    return found


def _weeks_sentence(curves: Sequence[Curve], limit: float | None) -> str:
    told = []
    for curve in curves:
        first, last = curve.points[0], curve.points[-1]
        told.append(
            f"{curve.name}: {number(first.y)} minutes in the first week, {number(last.y)} in the last."
        )
    if limit is not None:
        over = sum(max(point.y, point.upper or point.y) > limit for curve in curves for point in curve.points)
        told.append(f"Limit {number(limit)} minutes; {over} figures or their bounds are over it.")
    return " ".join(told)
