"""When a session may start: spans of minutes of the week, both ends included, as sessions may."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from safeschedule.problem.clock import DAY, Window
from safeschedule.problem.faults.view import Interval, View, merged, over_midnight
from safeschedule.problem.work import Request

Starts = list[Interval]
"""First and last start of each span, in order."""


def in_spans(spans: Iterable[Interval], minutes: int, grid: int) -> Starts:
    """Return the starts at which so many minutes lie inside one of the spans."""
    whole = over_midnight(sorted(spans))
    found = ((-(-start // grid) * grid, (end - minutes) // grid * grid) for start, end in whole)
    return sorted((first, last) for first, last in found if first <= last)


def both(one: Starts, other: Starts) -> Starts:
    """Return the starts that are in both."""
    return sorted((max(a, c), min(b, d)) for a, b in one for c, d in other if a <= d and c <= b)


def of_clinician(
    view: View, code: str, minutes: int, *, in_person: bool = False, site: str | None = None
) -> Starts:
    """Return when a clinician could start a session: in one working period, and not on leave.

    One that has to be in person is in no period for telehealth only; one at a site in none at another.
    """
    setting = view.problem.rulebook.setting("leave")
    away = merged(view.leave[code]) if setting.enabled and setting.hard else []
    periods = view.seeing[code] if in_person else view.working[code]
    periods = periods if site is None else view.seeing_at(code, site)
    pieces = [piece for period in periods for piece in _without(period, away)]
    return in_spans(pieces, minutes, view.problem.session_grid)


def of_request(view: View, request: Request, minutes: int) -> Starts:
    """Return when the client could start it: in the client's windows, the request's, and its dates."""
    client = view.clients.get(request.client)
    first = 0 if request.earliest is None else max(0, view.day(request.earliest))
    last = 6 if request.latest is None else min(6, view.day(request.latest))
    week = [(day * DAY, (day + 1) * DAY) for day in range(first, last + 1)]
    # A session may go on after midnight only if nothing binds the client to a date.
    every = view.problem.session_grid
    starts = in_spans([(a, b + minutes - every) for a, b in week], minutes, every)
    for windows in (client.windows if client else (), request.windows):
        if windows:
            starts = both(starts, in_spans(_spans(view, windows), minutes, every))
    return starts


def most_at_once(people: Sequence[Starts]) -> int:
    """Return how many of these could start together at the best time."""
    events = sorted(
        event for starts in people for first, last in _merged(starts) for event in ((first, -1), (last, 1))
    )
    now = most = 0
    for _, change in events:
        now -= change
        most = max(most, now)
    return most


def _merged(starts: Starts) -> Starts:
    """Return the same starts, each once: nobody comes twice."""
    found: Starts = []
    for first, last in sorted(starts):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found


def _spans(view: View, windows: Sequence[Window]) -> Iterator[Interval]:
    first = view.problem.week_start.weekday()
    for window in windows:
        day = (window.day.number - first) % 7 * DAY
        yield day + window.start, day + window.end


def _without(span: Interval, away: Sequence[Interval]) -> Iterator[Interval]:
    start, end = span
    for first, last in away:
        if last <= start or first >= end:
            continue
        if first > start:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end


def longest_piece(view: View, code: str) -> int:
    """Return the longest piece of one working period, free of leave and still ahead, in minutes."""
    away = merged(view.leave[code])
    begin = view.ahead_from(code)
    pieces = (p for period in over_midnight(sorted(view.working[code])) for p in _without(period, away))
    return max((end - max(start, begin) for start, end in pieces if end > begin), default=0)
