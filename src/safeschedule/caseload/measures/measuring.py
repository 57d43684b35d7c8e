"""Balanced measures of recorded weeks: of a team, or of one clinician for whom they are meant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from safeschedule.actuals import Actuals
from safeschedule.arguments import Arguments
from safeschedule.caseload.measures.definition import Area, Count, Definition
from safeschedule.caseload.measures.record import TeamRecord
from safeschedule.caseload.measures.table import TABLE
from safeschedule.errors import ArgumentError, Fault
from safeschedule.problem import Problem
from safeschedule.returned import Returned

LEAST = 5
"""Shares with a smaller denominator are suppressed: of so few, it may tell who they are. An assumption."""


@dataclass(frozen=True)
class MeasureValue(Returned):
    """A measure of one week, or of all weeks together.

    Parameters
    ----------
    week_start
        The week; ``None``: all weeks in which it is known.
    numerator, denominator, value
        ``None`` where it is not known, where there is nothing to divide by, and where it is suppressed.
    known
        Whether what it takes was recorded.
    suppressed
        Whether the denominator is too small to be told.
    """

    week_start: date | None
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    known: bool
    suppressed: bool


@dataclass(frozen=True)
class Measure(Returned):
    """One measure, with its definition.

    Parameters
    ----------
    id, area, title, unit, source
        As in its definition.
    numerator, denominator
        What is counted, in words.
    total
        Of all weeks together: the sum of numerators over the sum of denominators. Of measures of today's
        caseloads, today's.
    weeks
        Week by week; empty for measures of today's caseloads.
    """

    id: str
    area: Area
    title: str
    unit: str
    source: str
    numerator: str
    denominator: str
    total: MeasureValue
    weeks: tuple[MeasureValue, ...]

    def __str__(self) -> str:
        return f"{self.title}: {told(self.total, self.unit)}"


@dataclass(frozen=True)
class MeasureReport(Returned):
    """The balanced measures of some weeks.

    Parameters
    ----------
    first_week, last_week
        The weeks that were looked at.
    person
        Of whom; ``None``: of the team.
    measures
        In the order of the definitions.
    """

    first_week: date
    last_week: date
    person: str | None
    measures: tuple[Measure, ...]

    def __str__(self) -> str:
        whose = "the team" if self.person is None else self.person
        head = f"Measures of {whose}, weeks of {self.first_week} to {self.last_week}"
        return "\n".join([head, *map(str, self.measures)])


def balanced_measures(
    problem: Problem,
    actuals: Sequence[Actuals],
    *,
    person: str | None = None,
    asked_by: str | None = None,
    least: int = LEAST,
) -> MeasureReport:
    """Return balanced measures of access, engagement, quality, workforce and caseload (TC, CS).

    They are of the team. Those of one clinician are told to that clinician and the named supervisor alone
    (TC: not as a weapon against individuals), and leave out what can only be said of the team.

    Parameters
    ----------
    problem
        The team today.
    actuals
        The weeks, in any order.
    person
        A clinician.
    asked_by
        Who asks for the measures of a clinician.
    least
        The smallest denominator of a share that is told, 1 to 100.

    Raises
    ------
    ArgumentError
        An argument makes no sense, two of the weeks are one, or (``not_allowed``) somebody else asks for a
        clinician's measures.

    Examples
    --------
    >>> from safeschedule import Actuals, balanced_measures
    >>> report = balanced_measures(problem, [Actuals(week_start="2026-09-28")])
    >>> {measure.total.known for measure in report.measures if measure.weeks}
    {False}
    """
    looked = Arguments("balanced_measures").problem(problem).whole("least", least, 1, 100)
    team = [p.id for p in getattr(problem, "clinicians", ())]
    looked.sequence("actuals", actuals, Actuals, "an Actuals")
    looked.code("person", person, team, "a clinician", needed=False).text("asked_by", asked_by, needed=False)
    looked.done()
    faults = [*_of_weeks(actuals), *_of_role(problem, person, asked_by)]
    if faults:
        raise ArgumentError("arguments of balanced_measures", faults)
    weeks = sorted(actuals, key=lambda week: week.week_start)
    record = TeamRecord(problem, weeks, person)
    found = [entry for entry in TABLE.values() if person is None or entry.personal]
    return MeasureReport(
        first_week=weeks[0].week_start,
        last_week=weeks[-1].week_start,
        person=person,
        measures=tuple(_measure(entry, record, least) for entry in found),
    )


def _of_weeks(actuals: Sequence[Actuals]) -> list[Fault]:
    starts = [week.week_start for week in actuals]
    twice = sorted({day for day in starts if starts.count(day) > 1})
    faults = [Fault("duplicate", "actuals", str(day), "each week once") for day in twice]
    return faults if starts else [Fault("missing_argument", "actuals", "none", "at least one week")]


def _of_role(problem: Problem, person: str | None, asked_by: str | None) -> list[Fault]:
    if person is None:
        return []
    supervisor = problem.by_code.clinicians[person].supervisor
    if asked_by is not None and asked_by in (person, supervisor):
        return []
    expected = "the clinician, or the named supervisor: figures of one person are for these two alone"
    return [Fault("not_allowed", "asked_by", str(asked_by), expected)]


def _measure(entry: Definition, record: TeamRecord, least: int) -> Measure:
    looked_at = record.weeks[-1:] if entry.today else record.weeks
    counts = [(week.week_start, entry.count(record, week)) for week in looked_at]
    known = [count for _, count in counts if count is not None]
    total = (sum(n for n, _ in known), sum(d for _, d in known)) if known else None
    weeks = [] if entry.today else counts
    return Measure(
        id=entry.id,
        area=entry.area,
        title=entry.title,
        unit=entry.unit,
        source=entry.source,
        numerator=entry.numerator,
        denominator=entry.denominator,
        total=_value(None, total, entry, least),
        weeks=tuple(_value(day, count, entry, least) for day, count in weeks),
    )


def _value(day: date | None, count: Count | None, entry: Definition, least: int) -> MeasureValue:
    if count is None or not count[1]:
        return MeasureValue(day, None, None, None, known=count is not None, suppressed=False)
    numerator, denominator = count
    if entry.unit == "share" and denominator < least:
        return MeasureValue(day, None, None, None, known=True, suppressed=True)
    return MeasureValue(
        day, _decimal(numerator), _decimal(denominator), _decimal(numerator / denominator, 4), True, False
    )


def _decimal(value: float, places: int = 2) -> Decimal:
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def told(value: MeasureValue, unit: str) -> str:
    """Return a value in words."""
    if not value.known:
        return "not known"
    if value.suppressed:
        return "too few to be told"
    if value.value is None:
        return "none"
    return f"{100 * value.value:.1f} %" if unit == "share" else f"{value.value:.2f} {unit}"
