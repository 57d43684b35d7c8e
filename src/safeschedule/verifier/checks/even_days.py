"""Check of the rule ``even_days``: sessions are spread over the days of the week."""

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
    """Yield each compared date with more sessions than the lightest's and the slack."""
    full, slack = setting.whole("full"), setting.whole("slack")
    for clinician, hours in week.hours.items():
        if clinician not in week.clinicians:
            continue
        compared = [
            day for day, free in hours.free.items() if day >= 0 and sum(b - a for a, b in free) >= full
        ]
        held = {day: len(week.sessions_on(clinician, day)) for day in compared}
        fewest = min(held.values(), default=0)
        for day, found in held.items() if len(held) > 1 else ():
            if found > fewest + slack:
                most = fewest + slack
                sentence = (
                    f"{clinician} has {wording.count(found, 'session')} on {week.day_name(day)} and "
                    f"{fewest} on the lightest day; {most} would be even."
                )
                when = week.beginning(day)
                yield report(setting, [clinician], when, str(found), str(most), sentence, found - most)
