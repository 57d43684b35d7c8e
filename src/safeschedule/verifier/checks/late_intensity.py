"""Check of the rule ``late_intensity``: high-intensity work late in the day costs."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each high-intensity session with minutes in the late time of its working day."""
    last, unit = setting.whole("last"), setting.whole("unit")
    for session in week.sessions:
        for clinician in session.clinicians if session.high else ():
            day = week.working_day(clinician, session.start)
            end = week.hours[clinician].ends(day)
            minutes = 0 if end is None else min(session.end, end) - max(session.start, end - last)
            if minutes > 0:
                found = wording.count(minutes, "minute")
                sentence = (
                    f"{clinician} has {found} of high-intensity work in the last {last} minutes of "
                    f"the hours on {week.day_name(day)} ({wording.span(session.start, session.end)})."
                )
                when = week.moment(session.start)
                yield report(setting, [clinician], when, found, "none late", sentence, -(-minutes // unit))
