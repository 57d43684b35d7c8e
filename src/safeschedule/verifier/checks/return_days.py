"""Check of the rule ``return_days``: a lighter first day back."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from safeschedule.problem import Clinician, Setting
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR

_REACH = 14


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each first day back from a long leave on which a clinician's sessions count too many."""
    for code, clinician in week.clinicians.items():
        most = _most(week, setting, clinician)
        for day in _first_days(week, setting, Absences(week, code)):
            found = _count(week, code, day)
            if found > most:
                sentence = (
                    f"{code} is back from a long leave on {week.day_name(day)} and has sessions that "
                    f"count {found}; at most {most} {'is' if most == 1 else 'are'} allowed on that day."
                )
                when = week.beginning(day)
                yield report(setting, [code], when, str(found), str(most), sentence, found - most)


def _most(week: Week, setting: Setting, clinician: Clinician) -> int:
    own = clinician.daily_sessions
    limit = week.settings["session_limits"].whole("day") if own is None else own
    return max(1, int(Fraction(setting.exact("share")) * limit))


def _first_days(week: Week, setting: Setting, absences: Absences) -> list[int]:
    # Two leaves may end before the same first day back, which is judged once.
    length, found = setting.whole("length"), set()
    for leave in absences.leaves:
        first = absences.of(leave[1])
        if first + _REACH > 0 and first < len(week.dates) and absences.is_long(leave, length):
            days = range(first, min(first + _REACH, len(week.dates)))
            back = next((day for day in days if absences.works_after(day, leave[1])), None)
            if back is not None and back >= 0:
                found.add(back)
    return sorted(found)


def _count(week: Week, clinician: str, day: int) -> int:
    group = week.settings["session_limits"].whole("group")
    sessions = week.sessions_on(clinician, day)
    return sum(group if s.kind == "group" else 1 for s in sessions) + len(week.slots_on(clinician, day))
