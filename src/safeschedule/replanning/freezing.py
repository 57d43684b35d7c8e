"""What has begun already: it stays as it is, and changes speak of the time after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from safeschedule.problem import Leave, Problem, WorkingPeriod
from safeschedule.problem.clock import DAY, minutes_after, moment_at
from safeschedule.problem.people import PASSED
from safeschedule.replanning.changes import Change, ChangedHours, LostAttendant, LostRoom, SickCall
from safeschedule.schedule import Appointment, Block, Schedule

Item = Appointment | Block


def end_of(item: Item) -> datetime:
    """Return when an appointment or block ends."""
    return item.start + timedelta(minutes=item.minutes)


def people_of(item: Item) -> tuple[str, ...]:
    """Return the codes of the clinicians who are in an appointment or block."""
    supervisor = getattr(item, "supervisor", None)
    return item.clinicians if supervisor is None else (*item.clinicians, supervisor)


def from_then_on(
    problem: Problem, schedule: Schedule, changes: Sequence[Change], freeze: datetime
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes as far as they speak of the time from a moment on, and what is to be said of it.

    What a clinician, an attendant or a room had begun before stays to its end, so that a change begins after
    that.
    """
    found: list[Change] = []
    said: list[str] = []
    for change in changes:
        cut, sentence = _cut(problem, schedule, change, freeze)
        if cut is not None:
            found.append(cut)
        if sentence:
            said.append(sentence)
    return tuple(found), tuple(said)


def _cut(problem: Problem, schedule: Schedule, change: Change, freeze: datetime) -> tuple[Change | None, str]:
    if isinstance(change, SickCall):
        own = [item for item in _items(schedule) if change.clinician in people_of(item)]
        return _later(change, own, freeze, f"{change.clinician} is away")
    if isinstance(change, LostRoom):
        inside: list[Item] = [a for a in schedule.appointments if a.room == change.room]
        return _later(change, inside, freeze, f"{change.room} is lost")
    if isinstance(change, LostAttendant):
        attended: list[Item] = [a for a in schedule.appointments if change.attendant in a.attendants]
        return _later(change, attended, freeze, f"{change.attendant} is away")
    if isinstance(change, ChangedHours):
        later = _hours(problem, schedule, change, freeze)
        if later.working is None and not later.leave:
            return None, f"The changed hours of {change.clinician} lie before {freeze:%A %H:%M}."
        return later, ""
    return change, ""


def _items(schedule: Schedule) -> Iterator[Item]:
    yield from schedule.appointments
    yield from schedule.blocks


def _after(items: Iterable[Item], freeze: datetime) -> datetime:
    """Return the end of what goes on at a moment, or that moment."""
    return max([freeze, *(end_of(item) for item in items if item.start < freeze)])


def _later(
    change: SickCall | LostRoom | LostAttendant, items: Sequence[Item], freeze: datetime, what: str
) -> tuple[Change | None, str]:
    """Return a change that begins when nothing goes on any more that has begun before a moment."""
    start = _after(items, freeze)
    said = ""
    if any(item.start < freeze and change.start < end_of(item) and item.start < change.end for item in items):
        said = f"{what} from {change.start:%A %H:%M} on; what began before {freeze:%A %H:%M} stays as it was."
    if change.start >= start:
        return change, said
    return (None if start >= change.end else change.model_copy(update={"start": start})), said


def _hours(problem: Problem, schedule: Schedule, change: ChangedHours, freeze: datetime) -> ChangedHours:
    start = _after((item for item in _items(schedule) if change.clinician in people_of(item)), freeze)
    later = (span.model_copy(update={"start": max(span.start, start)}) for span in change.leave)
    leave = tuple(span for span in later if span.start < span.end)
    if change.working is None:
        return change.model_copy(update={"leave": leave})
    old = problem.by_code.clinicians[change.clinician].working
    split = minutes_after(problem.week_start, start)
    first = problem.week_start.weekday()
    before = [p for p in (_part(p, first, high=split) for p in old) if p is not None]
    after = [p for p in (_part(p, first, low=split) for p in change.working) if p is not None]
    return change.model_copy(update={"working": tuple(_joined(before, after)), "leave": leave})


def _part(period: WorkingPeriod, first: int, low: int = 0, high: int = 7 * DAY) -> WorkingPeriod | None:
    """Return what of a working period lies between two minutes of the week."""
    midnight = (period.day.number - first) % 7 * DAY
    start, end = max(period.start, low - midnight), min(period.end, high - midnight)
    return period.model_copy(update={"start": start, "end": end}) if start < end else None


def _joined(before: list[WorkingPeriod], after: list[WorkingPeriod]) -> Iterator[WorkingPeriod]:
    """Yield the periods, those that touch at one site as one."""
    for period in before:
        on = next(
            (p for p in after if (p.day, p.start, p.site) == (period.day, period.end, period.site)), None
        )
        if on is not None:
            after.remove(on)
            yield period.model_copy(update={"end": on.end})
        else:
            yield period
    yield from after


def with_passed_time(
    problem: Problem, schedule: Schedule, freeze: datetime, people: Iterable[str]
) -> Problem:
    """Return the problem in which the past, as far as nothing stands there, is no time for anything.

    Rules that ask for time in the week then ask for it only where there is still time. It becomes leave
    of the kind ``passed``, around what some clinicians had.
    """
    named = set(people)
    team = tuple(
        c.model_copy(update={"leave": (*c.leave, *_passed(problem, schedule, freeze, c.id))})
        if c.id in named
        else c
        for c in problem.clinicians
    )
    return problem.model_copy(update={"clinicians": team})


def _passed(problem: Problem, schedule: Schedule, freeze: datetime, code: str) -> Iterator[Leave]:
    held = sorted(
        (item.start, end_of(item))
        for item in _items(schedule)
        if code in people_of(item) and item.start < freeze
    )
    at = moment_at(problem.week_start, 0)
    for start, end in held:
        if at < start:
            yield Leave(start=at, end=start, kind=PASSED)
        at = max(at, end)
    if at < freeze:
        yield Leave(start=at, end=freeze, kind=PASSED)


__all__ = ["end_of", "from_then_on", "people_of", "with_passed_time"]
