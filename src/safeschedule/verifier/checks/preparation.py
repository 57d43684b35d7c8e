"""Check of the rule ``preparation``: time to prepare directly before a session."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.buffers import is_preparation, preparation_before, recovery_after
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.intervals import Interval
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session without the preparation that its type states."""
    recovery = week.settings["recovery_buffer"]
    for clinician in week.clinicians:
        activities = week.activities(clinician)
        needing = [a for a in activities if isinstance(a, Session) and preparation_before(setting, a.type)]
        if not needing:
            continue
        ends = sorted(a.end for a in activities if not is_preparation(a))
        sessions = (a for a in activities if isinstance(a, Session))
        buffers = [(s.end, s.end + due) for s in sessions if (due := recovery_after(recovery, s.type))]
        for session in needing:
            minutes = preparation_before(setting, session.type)
            reason = _broken(week, clinician, session, minutes, ends, buffers)
            if reason:
                sentence = (
                    f"{clinician} needs {wording.count(minutes, 'minute')} of preparation before the session "
                    f"on {week.at(session)}, but {reason}."
                )
                when = week.moment(session.start)
                yield report(setting, [clinician], when, reason, f"{minutes} minutes free", sentence)


def _broken(
    week: Week,
    clinician: str,
    session: Session,
    minutes: int,
    ends: Sequence[int],
    buffers: Sequence[Interval],
) -> str:
    first, last = session.start - minutes, session.start
    hours = week.hours[clinician]
    if not any(p.start <= first and last < p.end for p in hours.periods(hours.of(session.start))):
        return "the hours begin later"
    if any(start <= last and first < end for start, end in week.changes):
        return "the clock changes then"
    if hours.on_leave(first, last):
        return "leave ends later"
    following = bisect_right(ends, first)
    if following < len(ends) and ends[following] <= last:
        return f"something else ends at {wording.clock(ends[following] % 1440)}"
    # A buffer that begins after the session belongs to a later one.
    if any(start <= last and first < end for start, end in buffers):
        return "recovery is due after the session before"
    return ""
