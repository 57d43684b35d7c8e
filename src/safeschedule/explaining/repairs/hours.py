"""More hours and less leave: as much as chosen rows need, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from safeschedule.explaining.clashes import words
from safeschedule.explaining.clashes.condition import Condition
from safeschedule.model.index import Index, Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import recovery_due
from safeschedule.model.rows import Rows
from safeschedule.problem import BlockKind, Clinician, Leave, Problem, Weekday, WorkingPeriod
from safeschedule.problem.clock import DAY, minutes_after, moment_at

Span = tuple[int, int]


def held_by(index: Index, rows: Rows, code: str) -> Ints:
    """Return the numbers of the rows that hold a clinician's time."""
    owners, people = rows.people()
    found: Ints = owners[people == index.clinician_number[code]]
    return found


def outside(spans: Iterable[Span], start: int, end: int) -> int:
    """Return how many minutes from start to end lie in none of the spans."""
    return end - start - sum(max(0, min(end, b) - max(start, a)) for a, b in spans)


def inside(spans: Iterable[Span], start: int, end: int) -> int:
    """Return how many minutes from start to end lie in the spans."""
    return sum(max(0, min(end, b) - max(start, a)) for a, b in spans)


def periods_of(problem: Problem, person: Clinician) -> list[tuple[int, int, str | None]]:
    """Return a clinician's working periods in minutes of the week, with their sites."""
    first = problem.week_start.weekday()
    found = [((p.day.number - first) % 7 * DAY, p) for p in person.working]
    return sorted((o + p.start, o + p.end, p.site) for o, p in found)


def leave_span(problem: Problem, condition: Condition) -> Span:
    """Return the leave that a condition is about, in minutes of the week."""
    code, number = condition.key
    person = problem.by_code.clinicians[str(code)]
    leave = person.leave[int(number)]
    return minutes_after(problem.week_start, leave.start), minutes_after(problem.week_start, leave.end)


def more_hours(problem: Problem, person: Clinician, needed: list[Span]) -> tuple[Clinician, list[Span]]:
    """Return the clinician with working periods for what is needed, and the spans that are new."""
    merged: list[tuple[int, int, str | None]] = []
    old = periods_of(problem, person)
    own = [(a, b) for a, b, _ in old]
    extra: list[tuple[int, int, str | None]] = [
        (a, b, None) for a, b in needed if not any(x <= a and b <= y for x, y in own)
    ]
    for start, end, site in sorted([*old, *extra], key=lambda span: span[:2]):
        # Two periods of the rota that adjoin stay two; what is new joins what it touches.
        if merged and start <= merged[-1][1] and ((start, end, site) in extra or merged[-1] in extra):
            low, high, where = merged.pop()
            joined = (low, max(high, end), where or site)
            merged.append(joined)
            extra.append(joined)
        else:
            merged.append((start, end, site))
    new = [span for low, high, _ in merged for span in _cut((low, high), own) if (low, high) not in own]
    days = {(d - problem.week_start.weekday()) % 7: day for d, day in enumerate(Weekday)}
    working = tuple(
        WorkingPeriod(day=days[a // DAY], start=a % DAY, end=b - a // DAY * DAY, site=site)
        for a, b, site in merged
    )
    return person.model_copy(update={"working": working}), new


def with_clinician(problem: Problem, code: str, update: Mapping[str, Any]) -> Problem:
    """Return the problem with one clinician changed."""
    people = tuple(c.model_copy(update=update) if c.id == code else c for c in problem.clinicians)
    return problem.model_copy(update={"clinicians": people})


def less_leave(problem: Problem, person: Clinician, needed: list[Span]) -> Clinician:
    """Return the clinician without leave in what is needed."""
    spans: list[Leave] = []
    for leave in person.leave:
        pieces = [(leave.start, leave.end)]
        for low, high in needed:
            a, b = (moment_at(problem.week_start, minute) for minute in (low, high))
            pieces = [p for x, y in pieces for p in ((x, min(y, a)), (max(x, b), y)) if p[0] < p[1]]
        spans += [leave.model_copy(update={"start": x, "end": y}) for x, y in pieces]
    return person.model_copy(update={"leave": tuple(spans)})


def week_minutes(index: Index, rows: Rows, numbers: Ints, code: str) -> int:
    """Return the minutes that count towards contracted minutes: rows, buffers and meetings, not breaks."""
    counted = numbers[~rows.take(numbers).of_block(BlockKind.BREAK)]
    met = sum(end - start for start, end in index.meetings[index.clinician_number[code]])
    minutes = rows.minutes + recovery_due(index, rows) + preparation_due(index, rows)
    return int(minutes[counted].sum()) + met


def _cut(span: Span, holes: list[Span]) -> list[Span]:
    pieces = [span]
    for low, high in holes:
        pieces = [p for a, b in pieces for p in ((a, min(b, low)), (max(a, high), b)) if p[0] < p[1]]
    return pieces


def shown(problem: Problem, spans: list[Span]) -> str:
    """Return spans in minutes of the week as people read them."""

    def one(span: Span) -> str:
        start, end = (moment_at(problem.week_start, minute) for minute in span)
        return words.between(start, end)

    return words.listing([one(span) for span in spans])
