"""Check of the rule ``recovery_buffer``: recovery after trauma processing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, Session
from safeschedule.verifier.buffers import is_recovery, recovery_after
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session whose recovery buffer is not kept."""
    for clinician in week.clinicians:
        activities = week.activities(clinician)
        starts = [a.start for a in activities if not is_recovery(a)]
        for session in activities:
            buffer = recovery_after(setting, session.type) if isinstance(session, Session) else 0
            reason = _broken(week, clinician, session, buffer, starts) if buffer else ""
            if reason:
                sentence = (
                    f"{clinician} needs {wording.count(buffer, 'minute')} of recovery after the session on "
                    f"{week.at(session)}, but {reason}."
                )
                when = week.moment(session.start)
                yield report(setting, [clinician], when, reason, f"{buffer} minutes free", sentence)


def _broken(week: Week, clinician: str, session: Activity, buffer: int, starts: list[int]) -> str:
    first, last = session.end, session.end + buffer
    hours = week.hours[clinician]
    # The period of the session's end is the one that holds the session's last minute.
    if not any(p.start < first <= p.end and last <= p.end for p in hours.periods(hours.of(session.start))):
        return "the hours end before"
    # Nobody works in the minutes that a clock change skips or repeats, the session's last one included.
    if any(start < last and first - 1 < end for start, end in week.changes):
        return "the clock changes then"
    if hours.on_leave(first, last):
        return "leave begins before"
    following = bisect_left(starts, first)
    if following < len(starts) and starts[following] < last:
        return f"something else starts at {wording.clock(starts[following] % 1440)}"
    return ""
