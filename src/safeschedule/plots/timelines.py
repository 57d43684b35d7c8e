"""The week of a team, and the week of one clinician, as spans on a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Protocol, runtime_checkable

from safeschedule.errors import ArgumentError, Fault
from safeschedule.plots.shapes import TimelinePane, TimelinePlot, TimelineSpan
from safeschedule.problem import Problem
from safeschedule.problem.clock import DAY
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.reports.grid import DayColumn, Entry, booked, columns, side_by_side
from safeschedule.reports.view import axis_of, days_shown
from safeschedule.reports.words import count, hours, short_date, week_title
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting

MOST_LANES = 100
"""Lanes that are drawn; of a larger team it is said how many are not."""

Columns = Mapping[tuple[str, date], DayColumn]


@runtime_checkable
class Planned(Protocol):
    """What holds a schedule, or none: the result of a solve, of a new plan, of a planned week."""

    @property
    def schedule(self) -> Schedule | None:
        """The schedule."""


def week(schedule: Schedule | Planned, problem: Problem | None = None) -> TimelinePlot:
    """Return the plot of a team's week: a lane for each clinician, the dates side by side.

    Parameters
    ----------
    schedule
        The week, or what holds one, such as a `safeschedule.Result`.
    problem
        With it working hours, leave and meetings are drawn as well, and sessions of high intensity stand out.

    Raises
    ------
    ArgumentError
        There is no schedule.
    InputError
        The two do not belong together.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.week(result, problem)
    >>> len(plot.lanes) == len(problem.clinicians)
    True
    """
    given = schedule_of("week", schedule)
    table = _columns(given, problem)
    everybody = list(dict.fromkeys(code for code, _ in table))
    lanes = everybody[:MOST_LANES]
    days = days_shown(table.values(), (), given.week_start)
    axis = axis_of(table.values(), days)
    panes = tuple(TimelinePane(short_date(day), axis.first, axis.last) for day in days)
    spans = [
        span
        for lane, code in enumerate(lanes)
        for pane, day in enumerate(days)
        for span in _spans(lane, pane, table.get((code, day)))
    ]
    title = f"Week of {week_title(given.week_start)}"
    return TimelinePlot(title, _sentence(given, everybody), panes, tuple(lanes), _within(spans, panes))


def gantt(schedule: Schedule | Planned, clinician: str, problem: Problem | None = None) -> TimelinePlot:
    """Return the plot of one clinician's week: a lane for each date, every session and block with its name.

    Parameters
    ----------
    schedule
        The week, or what holds one, such as a `safeschedule.Result`.
    clinician
        Whose week.
    problem
        With it working hours, leave and meetings are drawn as well, and sessions of high intensity stand out.

    Raises
    ------
    ArgumentError
        There is no schedule, or no such clinician in it.
    InputError
        The two do not belong together.

    Examples
    --------
    >>> import safeschedule
    >>> plot = safeschedule.plots.gantt(schedule, problem.clinicians[0].id, problem)
    >>> plot.lanes[0]
    'Mon 5 Oct'
    """
    given = schedule_of("gantt", schedule)
    table = _columns(given, problem)
    known = list(dict.fromkeys(code for code, _ in table))
    if clinician not in known:
        hint = did_you_mean(str(clinician), known)
        fault = Fault("unknown_reference", "clinician", show(clinician), f"a clinician of the week{hint}")
        raise ArgumentError("arguments of gantt", [fault])
    own = {key: column for key, column in table.items() if key[0] == clinician}
    days = days_shown(own.values(), (), given.week_start)
    axis = axis_of(own.values(), days)
    panes = (TimelinePane("", axis.first, axis.last),)
    spans = [span for lane, day in enumerate(days) for span in _spans(lane, 0, own.get((clinician, day)))]
    sessions = sum(clinician in session.clinicians for session in given.appointments)
    blocks = sum(clinician in (*block.clinicians, block.supervisor) for block in given.blocks)
    return TimelinePlot(
        f"{clinician}, week of {week_title(given.week_start)}",
        f"{count(sessions, 'session')} and {count(blocks, 'protected block')}.",
        panes,
        tuple(short_date(day) for day in days),
        _within(spans, panes),
        worded=True,
    )


def schedule_of(call: str, given: object) -> Schedule:
    """Return a schedule, or that of what holds one.

    Raises
    ------
    ArgumentError
        It is neither, or holds none.
    """
    found = given.schedule if isinstance(given, Planned) and not isinstance(given, Schedule) else given
    if not isinstance(found, Schedule):
        kind = "None" if found is None else f"a {type(found).__name__}"
        fault = Fault("wrong_type", "schedule", kind, "a Schedule, or a result that holds one")
        raise ArgumentError(f"arguments of {call}", [fault])
    return found


def _columns(schedule: Schedule, problem: Problem | None) -> Columns:
    if problem is not None:
        require_fitting(problem, schedule)
        return columns(problem, schedule)
    found: dict[tuple[str, date], list[Entry]] = {}
    for who, day, item in booked(schedule, lambda _: False, True):
        found.setdefault((who, day), []).append(item)
    people = sorted({who for who, _ in found})
    days = [schedule.week_start + timedelta(days=number) for number in range(7)]
    return {
        (who, day): DayColumn(who, day, side_by_side(found.get((who, day), ())), ())
        for who in people
        for day in days
    }


def _spans(lane: int, pane: int, column: DayColumn | None) -> Iterator[TimelineSpan]:
    if column is None:
        return
    for start, end in column.work:
        yield TimelineSpan(lane, pane, start, end - start, "work", "at work")
    for item in column.items:
        yield TimelineSpan(
            lane, pane, item.start, item.minutes, _look(item), _label(item), item.short, item.lane, item.lanes
        )


def _look(item: Entry) -> str:
    words = item.look.split()
    return "high" if "high" in words else words[1] if words[0] == "block" else words[0]


def _label(item: Entry) -> str:
    return " ".join(filter(None, (item.label, item.client)))


def _within(spans: Iterable[TimelineSpan], panes: Sequence[TimelinePane]) -> tuple[TimelineSpan, ...]:
    """Return spans cut to what the clock shows: leave lasts from midnight to midnight."""
    found = []
    for span in spans:
        pane = panes[span.pane]
        first, last = max(span.start, pane.first), min(span.start + span.minutes, pane.last, DAY)
        if span.look != "leave":
            found.append(span)
        elif first < last:
            cut = (first, last - first, span.look, span.label, span.short, span.part, span.parts)
            found.append(TimelineSpan(span.lane, span.pane, *cut))
    return tuple(found)


def _sentence(schedule: Schedule, people: Sequence[str]) -> str:
    protected = sum(block.minutes for block in schedule.blocks)
    told = (
        f"{count(len(people), 'clinician')}: {count(len(schedule.appointments), 'session')}, and "
        f"{count(len(schedule.blocks), 'protected block')} of {hours(protected)} in all."
    )
    rest = len(people) - MOST_LANES
    return f"{told} {rest} of the clinicians are not drawn." if rest > 0 else told
