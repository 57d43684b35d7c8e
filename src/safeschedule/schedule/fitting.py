"""Whether a schedule is one of a problem at all, before anything is made of the two.

Whether it keeps the rules is for the verifier to say. This is about files that do not belong together: a
calendar of another week, or of a client whom the problem does not know, must not go out.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import datetime, timedelta

from safeschedule.errors import Fault, InputError
from safeschedule.problem import Problem, require_sound
from safeschedule.problem.cutting import cut
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.showing import did_you_mean, show
from safeschedule.schedule.schedule import Schedule

_ONE = {"clinicians": "a clinician", "clients": "a client"}
"""What a schedule must not name in vain; unknown rooms, requests and types are findings of the verifier."""


def require_fitting(problem: Problem, schedule: Schedule) -> None:
    """Do nothing when a problem has no faults and a schedule is for its week and its people.

    Raises
    ------
    InputError
        With every fault of the problem, or of the schedule against it.

    Examples
    --------
    >>> from safeschedule.samples import sample
    >>> from safeschedule.schedule import Schedule
    >>> problem = sample()
    >>> require_fitting(problem, Schedule(week_start=problem.week_start, time_zone=problem.time_zone))
    """
    require_kind("this call", "problem", problem, Problem)
    require_kind("this call", "schedule", schedule, Schedule)
    require_sound(problem)
    found = faults_against(problem, schedule)
    if found:
        raise InputError(f"schedule of {problem.name}", found)


def faults_against(problem: Problem, schedule: Schedule) -> tuple[Fault, ...]:
    """Return what shows that a schedule is not one of this problem, in the order of the schedule."""
    return (*_frame(problem, schedule), *cut(_times(problem, schedule)), *cut(_codes(problem, schedule)))


def _frame(problem: Problem, schedule: Schedule) -> Iterator[Fault]:
    if schedule.week_start != problem.week_start:
        expected = f"{problem.week_start}, the week of the problem"
        yield Fault("other_week", "week_start", str(schedule.week_start), expected)
    if schedule.time_zone != problem.time_zone:
        expected = f"{problem.time_zone}, the time zone of the problem"
        yield Fault("other_time_zone", "time_zone", show(schedule.time_zone), expected)


def _times(problem: Problem, schedule: Schedule) -> Iterator[Fault]:
    first = datetime.combine(problem.week_start, datetime.min.time())
    last = first + timedelta(days=7)
    starts = [(f"appointments[{i}].start", entry.start) for i, entry in enumerate(schedule.appointments)]
    starts += [(f"blocks[{i}].start", entry.start) for i, entry in enumerate(schedule.blocks)]
    for place, start in starts:
        if not first <= start < last:
            expected = f"a time in the seven dates from {problem.week_start}"
            yield Fault("outside_week", place, start.isoformat("T", "minutes"), expected)


def _codes(problem: Problem, schedule: Schedule) -> Iterator[Fault]:
    known: dict[str, dict[str, None]] = {
        name: dict.fromkeys(entry.id for entry in getattr(problem, name)) for name in _ONE
    }
    for place, code, name in _references(schedule, known):
        expected = f"the id of {_ONE[name]} of the problem{did_you_mean(code, known[name])}"
        yield Fault("unknown_reference", place, show(code), expected)


def _references(schedule: Schedule, known: dict[str, dict[str, None]]) -> Iterator[tuple[str, str, str]]:
    """Yield the place, the code, and the list of the problem in which it is not."""

    def missing(place: str, codes: tuple[str | None, ...], name: str) -> Iterator[tuple[str, str, str]]:
        there: Container[str] = known[name]
        return ((place, code, name) for code in codes if code is not None and code not in there)

    for i, entry in enumerate(schedule.appointments):
        yield from missing(f"appointments[{i}].clients", entry.clients, "clients")
        yield from missing(f"appointments[{i}].clinicians", entry.clinicians, "clinicians")
    for i, block in enumerate(schedule.blocks):
        yield from missing(f"blocks[{i}].clinicians", block.clinicians, "clinicians")
        yield from missing(f"blocks[{i}].supervisor", (block.supervisor,), "clinicians")
