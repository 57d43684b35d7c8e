"""Check of the rule ``late_intake``: an intake late in the day costs."""

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
    """Yield each intake that ends in the late time of one of its clinicians."""
    last = setting.whole("last")
    for session in week.sessions:
        for clinician in session.clinicians if session.kind == "intake" else ():
            day = week.working_day(clinician, session.start)
            ends = week.hours[clinician].ends(day)
            if ends is not None and session.end > ends - last:
                sentence = (
                    f"{clinician} has an intake in the last {wording.count(last, 'minute')} of the hours on "
                    f"{week.day_name(day)} ({wording.span(session.start, session.end)})."
                )
                yield report(setting, [clinician], week.moment(session.start), "late", "earlier", sentence, 1)
