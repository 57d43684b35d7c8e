"""Check of the rule ``breaks``: a meal break, and no long stretch of client-facing time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.intervals import Interval, merged, without
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date without a meal break, and each date with too long a stretch of sessions."""
    longest, pause = setting.whole("longest"), setting.whole("pause")
    for clinician, day, sessions in week.session_days():
        if not _has_meal(week, setting, clinician, day):
            yield _no_meal(week, setting, clinician, day)
        start, end = max(_stretches(sessions, pause), key=lambda stretch: stretch[1] - stretch[0])
        if end - start > longest:
            sentence = (
                f"{clinician} has {end - start} minutes of sessions without a pause on {week.day_name(day)}, "
                f"{wording.span(start, end)}; at most {longest} are allowed."
            )
            when, found = week.moment(start), f"{end - start} minutes"
            yield report(setting, [clinician], when, found, f"{longest} minutes", sentence)


def _has_meal(week: Week, setting: Setting, clinician: str, day: int) -> bool:
    meal = setting.whole("meal")
    first, last = day * 1440 + setting.clock("from"), day * 1440 + setting.clock("to")
    for block in week.blocks_on(clinician, day, "break"):
        if block.minutes >= meal and first <= block.start and block.end <= last:
            return True
    hours = week.hours[clinician]
    at_work = merged(
        piece for period in hours.periods(day) for piece in without(period.start, period.end, hours.leave)
    )
    return any(end - start >= meal for start, end in without(first, last, at_work))


def _no_meal(week: Week, setting: Setting, clinician: str, day: int) -> Finding:
    meal, first, last = setting.whole("meal"), setting.clock("from"), setting.clock("to")
    between = f"between {wording.clock(first)} and {wording.clock(last)}"
    sentence = f"{clinician} has no meal break of {meal} minutes {between} on {week.day_name(day)}."
    return report(
        setting, [clinician], week.moment(day * 1440), "no break", f"{meal} minutes {between}", sentence
    )


def _stretches(sessions: Sequence[Session], pause: int) -> list[Interval]:
    found: list[Interval] = []
    for session in sessions:
        if found and session.start - found[-1][1] < pause:
            found[-1] = (found[-1][0], max(found[-1][1], session.end))
        else:
            found.append((session.start, session.end))
    return found
