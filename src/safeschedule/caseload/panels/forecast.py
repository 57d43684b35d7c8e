"""The panels of the weeks ahead, and the first week with room for one client of each band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.panels.ahead import Ahead, PanelCourse
from safeschedule.caseload.panels.concentration import rounded
from safeschedule.caseload.panels.expected import ExpectedChanges, expected_faults
from safeschedule.caseload.panels.facts import CaseloadFacts
from safeschedule.caseload.panels.panel import Panel
from safeschedule.caseload.panels.status import panel_of, require_view
from safeschedule.errors import ArgumentError
from safeschedule.ledger import LedgerView
from safeschedule.problem import Problem
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule

LEAST_WEEKS = 4
"""Weeks with recorded discharges below which nothing is said of their rate; an assumption."""

_DRAWS = 200
_LOW, _HIGH = 0.05, 0.95


@dataclass(frozen=True)
class ForecastRow(Returned):
    """The panel of one clinician in a week ahead, by what is known today.

    Parameters
    ----------
    who
        The clinician.
    points, cap, headroom
        Points with clients who waited and were taken; the cap, of somebody who starts the share of the ramp.
    high_acuity, high_acuity_cap
        Clients of high-acuity bands, and their cap.
    away
        Whether there is no working time in the week, because of leave or before the start.
    restricted
        Whether leadership has closed the panel's intakes, as the ledger says.
    bands
        Bands of which one more client could be taken.
    """

    who: str
    points: Decimal
    cap: Decimal | None
    headroom: Decimal | None
    high_acuity: int
    high_acuity_cap: int | None
    away: bool
    bands: tuple[str, ...]
    restricted: bool = False


@dataclass(frozen=True)
class ForecastWeek(Returned):
    """The panels of one week ahead.

    Parameters
    ----------
    week_start
        Its first date.
    rows
        The clinicians, those who start last.
    waiting
        Clients who still wait at its end.
    headroom
        Points that caps leave, together, of those who are there and whose intakes are not restricted.
    likely_headroom
        The range that holds it in 90 % of drawn courses; ``None``: not known.
    """

    week_start: date
    rows: tuple[ForecastRow, ...]
    waiting: int
    headroom: Decimal
    likely_headroom: tuple[Decimal, Decimal] | None


@dataclass(frozen=True)
class FirstRoom(Returned):
    """When there is room for one more client of a band, after all who wait today.

    Parameters
    ----------
    band
        The band.
    who
        The clinician of whom it is said; ``None``: of anybody.
    first
        The first week by what is known today; ``None``: later than the weeks that were looked at.
    likely
        Between which weeks it lies in 90 % of drawn courses; in it ``None`` is later. ``None``: not known.
    """

    band: str
    who: str | None
    first: date | None
    likely: tuple[date | None, date | None] | None


@dataclass(frozen=True)
class PanelForecast(Returned):
    """The panels of the weeks ahead.

    Parameters
    ----------
    panel
        The panels of this week.
    weeks
        This week and those after it.
    rooms
        The first week with room for each band: of anybody, then of each clinician.
    discharge_rate
        Discharges for each client and week, as recorded; ``None``: not known.
    weeks_recorded
        Weeks whose discharges are recorded.
    """

    panel: Panel
    weeks: tuple[ForecastWeek, ...]
    rooms: tuple[FirstRoom, ...]
    discharge_rate: Decimal | None
    weeks_recorded: int

    def __str__(self) -> str:
        lines = [str(self.panel), "Room for one more client, after all who wait:"]
        lines += [f"{room.band}: {_when(room)}" for room in self.rooms if room.who is None]
        return "\n".join(lines)


def panel_forecast(
    problem: Problem,
    schedule: Schedule | None = None,
    weeks: int = 8,
    *,
    expected: ExpectedChanges | None = None,
    actuals: Sequence[Actuals] = (),
    seed: int = 0,
    ledger: LedgerView | None = None,
) -> PanelForecast:
    """Return the panels of the weeks ahead (TC: live panel capacity, route by points).

    What is known changes panels: discharges, who starts (with a share of the caps at first), who leaves (the
    clients go to whoever takes over, or wait first of all), leave that takes a whole week, and those who wait
    or are going to be referred: whoever has waited longest goes to the clinician at work who has most
    points left, as soon as somebody's caps allow. Nothing else is assumed to change.

    With recorded discharges there is a range beside: courses are drawn in which each client also leaves at
    the recorded rate. The rate itself is drawn from what the records leave open (gamma with Jeffreys' prior),
    so that few weeks give a wide range. Below four recorded weeks it is not known.

    Parameters
    ----------
    problem, schedule
        As for `panel_status`.
    weeks
        How many, with this one: 1 to 52.
    expected
        What is known of the weeks ahead.
    actuals
        Past weeks; those in which discharges are recorded count.
    seed
        Of the drawn courses.
    ledger
        As for `panel_status`: whose intakes are restricted takes nobody in weeks that begin on or before the
        last date of that.

    Raises
    ------
    ArgumentError
        An argument makes no sense, or `expected` does not fit the problem; with all faults.

    Examples
    --------
    >>> from safeschedule import panel_forecast
    >>> found = panel_forecast(problem, weeks=3)
    >>> len(found.weeks), found.discharge_rate is None
    (3, True)
    """
    looked = Arguments("panel_forecast")
    looked.problem(problem) if schedule is None else looked.week(problem, schedule)
    looked.whole("weeks", weeks, 1, 52).whole("seed", seed)
    looked.sequence("actuals", actuals, Actuals, "an Actuals")
    if expected is not None:
        looked.kind("expected", expected, ExpectedChanges, "an ExpectedChanges, or None")
    require_view(looked, ledger)
    looked.done()
    known = ExpectedChanges() if expected is None else expected
    faults = list(expected_faults(problem, known))
    if faults:
        raise ArgumentError("expected changes", faults)
    facts = CaseloadFacts(problem, schedule)
    coming = tuple(each.client for each in known.referrals)
    full = problem.model_copy(update={"clients": (*problem.clients, *coming)}) if coming else problem
    ahead = Ahead(CaseloadFacts(full, schedule) if coming else facts, known, weeks, ledger)
    course = ahead.course()
    recorded = [week.discharges for week in actuals if week.discharges is not None]
    left = sum(map(len, recorded))
    exposure = len(recorded) * ahead.on_caseloads
    draws: list[PanelCourse] = []
    if len(recorded) >= LEAST_WEEKS and exposure:
        rng = np.random.default_rng(seed)
        draws = [ahead.drawn(rng.gamma(left + 0.5) / exposure, rng) for _ in range(_DRAWS)]
    return PanelForecast(
        panel=panel_of(facts, ledger),
        weeks=tuple(_week(ahead, course, draws, number) for number in range(weeks)),
        rooms=tuple(_rooms(ahead, course, draws)),
        discharge_rate=rounded(Fraction(left, exposure), 4) if draws else None,
        weeks_recorded=len(recorded),
    )


def _week(ahead: Ahead, course: PanelCourse, draws: Sequence[PanelCourse], number: int) -> ForecastWeek:
    rows = tuple(_row(ahead, course, number, index) for index in range(len(ahead.people)))
    ends = _middle([draw.headroom[number] for draw in draws])
    return ForecastWeek(
        week_start=ahead.mondays[number],
        rows=rows,
        waiting=course.waiting[number],
        headroom=_points(course.headroom[number]),
        likely_headroom=None if ends is None else (_points(ends[0]), _points(ends[1])),
    )


def _row(ahead: Ahead, course: PanelCourse, number: int, index: int) -> ForecastRow:
    points, high = int(course.points[number, index]), int(course.high[number, index])
    cap, high_cap = ahead.cap(number, index), ahead.high_cap(number, index)
    return ForecastRow(
        who=ahead.people[index].id,
        points=_points(points),
        cap=None if cap is None else _points(cap),
        headroom=None if cap is None else _points(cap - points),
        high_acuity=high,
        high_acuity_cap=high_cap,
        away=bool(ahead.away[number, index]),
        bands=tuple(
            band.id for place, band in enumerate(ahead.facts.bands) if course.open[number, index, place]
        ),
        restricted=bool(ahead.restricted[number, index]),
    )


def _rooms(ahead: Ahead, course: PanelCourse, draws: Sequence[PanelCourse]) -> list[FirstRoom]:
    found = []
    for index in (None, *range(len(ahead.people))):
        who = None if index is None else ahead.people[index].id
        for place, band in enumerate(ahead.facts.bands):
            ends = _middle([draw.first(index, place) for draw in draws])
            likely = None if ends is None else (ahead.monday(ends[0]), ahead.monday(ends[1]))
            found.append(FirstRoom(band.id, who, ahead.monday(course.first(index, place)), likely))
    return found


def _middle(drawn: Sequence[int]) -> tuple[int, int] | None:
    """Return between which values 90 % of the drawn ones lie; ``None`` where none were drawn."""
    if not drawn:
        return None
    ordered = sorted(drawn)
    return ordered[round(_LOW * (len(ordered) - 1))], ordered[round(_HIGH * (len(ordered) - 1))]


def _points(hundredths: int) -> Decimal:
    return Decimal(int(hundredths)) / 100


def _when(room: FirstRoom) -> str:
    first = "later" if room.first is None else f"week of {room.first}"
    if room.likely is None:
        return first
    ends = ["later" if end is None else str(end) for end in room.likely]
    return f"{first} (90 %: {ends[0]} to {ends[1]})"
