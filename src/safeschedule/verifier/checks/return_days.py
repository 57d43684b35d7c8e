"""Check of the rule ``return_days``: lighter first days back."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from safeschedule.problem import Clinician, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

REACH = NEAR

_REACH = 14


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each first day back from a long leave with too many sessions, intense ones or intakes."""
    for code, clinician in week.clinicians.items():
        most = _most(week, setting, clinician)
        for day in _first_days(week, setting, Absences(week, code)):
            yield from _kinds(week, setting, code, day)
            found = _count(week, code, day)
            if found > most:
                sentence = (
                    f"{code} is back from a long leave on {week.day_name(day)} and has sessions that "
                    f"count {found}; at most {most} {'is' if most == 1 else 'are'} allowed on that day."
                )
                when = week.beginning(day)
                yield report(setting, [code], when, str(found), str(most), sentence, found - most)


def _kinds(week: Week, setting: Setting, code: str, day: int) -> Iterator[Finding]:
    sessions = week.sessions_on(code, day)
    high = sum(1 for session in sessions if session.high)
    high += len(week.slots_on(code, day)) * Slots(week).high
    intakes = sum(1 for session in sessions if session.kind == "intake")
    counts = (
        (high, setting.whole("high"), "high-intensity session"),
        (intakes, setting.whole("intakes"), "intake"),
    )
    for found, most, what in counts:
        if found > most:
            sentence = (
                f"{code} is back from a long leave on {week.day_name(day)} and has "
                f"{wording.count(found, what)}; at most {most} {'is' if most == 1 else 'are'} allowed "
                "on that day."
            )
            when = week.moment(day * 1440)
            yield report(setting, [code], when, str(found), str(most), sentence, found - most)


def _most(week: Week, setting: Setting, clinician: Clinician) -> int:
    own = clinician.daily_sessions
    limit = week.settings["session_limits"].whole("day") if own is None else own
    return max(1, int(Fraction(setting.exact("share")) * limit))


def _first_days(week: Week, setting: Setting, absences: Absences) -> list[int]:
    # Two leaves may end before the same first days back, which are judged once.
    length, found = setting.whole("length"), set[int]()
    for leave in absences.leaves:
        first = absences.of(leave[1])
        if first + _REACH > 0 and first < len(week.dates) and absences.is_long(leave, length):
            days = range(first, min(first + _REACH, len(week.dates)))
            back = [day for day in days if absences.works_after(day, leave[1])]
            found.update(day for day in back[: setting.whole("days")] if day >= 0)
    return sorted(found)


def _count(week: Week, clinician: str, day: int) -> int:
    group = week.settings["session_limits"].whole("group")
    sessions = week.sessions_on(clinician, day)
    return sum(group if s.kind == "group" else 1 for s in sessions) + len(week.slots_on(clinician, day))
