"""Check of the rule ``rolling_exposure``: high-intensity time over any five working days."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.exposure import exposure, first_counted, past_exposure
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each regular date up to which five working days have too much high-intensity time."""
    most = setting.whole("minutes")
    this_week, before = exposure(week), past_exposure(week)
    for clinician in week.clinicians:
        absences = Absences(week, clinician)
        for day in filter(absences.is_regular, range(len(week.dates))):
            first = first_counted(absences, day)
            found, past = (
                sum(m for start, m in spans.get(clinician, ()) if first <= absences.of(start) <= day)
                for spans in (this_week, before)
            )
            left = max(0, most - past)
            if found > left:
                sentence = (
                    f"{clinician} has {wording.count(found + past, 'minute')} of high-intensity sessions in "
                    f"five working days, up to {week.day_name(day)}; at most {most} are allowed."
                )
                when, limit = week.beginning(day), f"{left} minutes this week"
                yield report(setting, [clinician], when, f"{found} minutes", limit, sentence, found - left)
