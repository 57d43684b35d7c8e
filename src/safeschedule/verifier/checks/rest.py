"""Check of the rule ``rest``: rest between two working days."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import MeetingTime, ProtectedTime, Session
from safeschedule.verifier.buffers import recovery_after
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


@dataclass(frozen=True)
class _Span:
    """Work of a clinician, with its working day; what is given cannot be moved."""

    day: int
    start: int
    end: int
    given: bool


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each working day that begins too soon after another."""
    least = 60 * setting.whole("hours")
    past = _past(week)
    for clinician in week.clinicians:
        work = [*past.get(clinician, ()), *_work(week, clinician)]
        for day in sorted({span.day for span in work if span.start >= 0}):
            close = [pair for pair in _nearest(work, day) if _apart(pair) < least]
            if close:
                yield _finding(week, setting, clinician, *min(close, key=_apart))


def _nearest(work: list[_Span], day: int) -> Iterator[tuple[_Span, _Span]]:
    """Yield the last work before a working day with the first of it, where not both are given."""
    for given in (False, True):
        mine = [span for span in work if span.day == day and span.given is given]
        earlier = [span for span in work if span.day < day and not (given and span.given)]
        if mine and earlier:
            yield max(earlier, key=lambda span: span.end), min(mine, key=lambda span: span.start)


def _apart(pair: tuple[_Span, _Span]) -> int:
    return pair[1].start - pair[0].end


def _work(week: Week, clinician: str) -> Iterator[_Span]:
    recovery = week.settings["recovery_buffer"]
    for activity in week.activities(clinician):
        if isinstance(activity, ProtectedTime) and activity.kind == "break":
            continue
        due = recovery_after(recovery, activity.type) if isinstance(activity, Session) else 0
        day = week.working_day(clinician, activity.start)
        yield _Span(day, activity.start, activity.end + due, isinstance(activity, MeetingTime))


def _past(week: Week) -> dict[str, list[_Span]]:
    """Return the last days of the history by clinician."""
    found: dict[str, list[_Span]] = {}
    for past in week.problem.history.appointments:
        start = week.minute(past.start)
        if past.clinician in week.hours and start > -3 * 1440:
            day = week.working_day(past.clinician, start)
            found.setdefault(past.clinician, []).append(_Span(day, start, start + past.minutes, given=True))
    return found


def _finding(week: Week, setting: Setting, clinician: str, before: _Span, after: _Span) -> Finding:
    rest, least = max(0, after.start - before.end), setting.whole("hours")
    sentence = (
        f"{clinician} works until {wording.clock(before.end)} and again from {wording.clock(after.start)} on "
        f"{week.day_name(after.start // 1440)}, with {_hours(rest)} of rest between two working days; "
        f"at least {least} are due."
    )
    when = week.moment(after.start)
    return report(setting, [clinician], when, _hours(rest), wording.count(least, "hour"), sentence)


def _hours(minutes: int) -> str:
    """Return "9 hours" or "9 h 30 min"."""
    whole, rest = divmod(minutes, 60)
    return f"{whole} h {rest} min" if rest else wording.count(whole, "hour")
