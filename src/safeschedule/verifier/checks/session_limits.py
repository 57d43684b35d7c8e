"""Check of the rule ``session_limits``: sessions a day and a week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.problem import Clinician, Setting
from safeschedule.verifier.activity import Session
from safeschedule.verifier.caseload import at_fte
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date and each week in which a clinician's sessions count too many."""
    group = setting.whole("group")
    totals = dict.fromkeys(week.clinicians, 0)
    for clinician, day, sessions, slots in week.work_days():
        found = _count(sessions, group) + len(slots)
        totals[clinician] += found
        own = week.clinicians[clinician].daily_sessions
        most = setting.whole("day") if own is None else own
        if found > most:
            when = week.beginning(day)
            sentence = (
                f"{clinician}'s sessions on {week.day_name(day)} count {found}; at most {most} are allowed."
            )
            yield report(setting, [clinician], when, str(found), str(most), sentence, found - most)
    for clinician, found in totals.items():
        most = _weekly(week.clinicians[clinician], setting)
        if found > most:
            sentence = f"{clinician}'s sessions this week count {found}; at most {most} are allowed."
            yield report(setting, [clinician], None, str(found), str(most), sentence, found - most)


def _count(sessions: Sequence[Session], group: int) -> int:
    return sum(group if session.kind == "group" else 1 for session in sessions)


def _weekly(clinician: Clinician, setting: Setting) -> int:
    if clinician.weekly_sessions is not None:
        return clinician.weekly_sessions
    return int(at_fte(setting.whole("week"), clinician))
