"""Check of the rule ``late_intensity``: high-intensity work late in the day costs."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import Hours
from safeschedule.verifier.intervals import Interval, merged, shared
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each high-intensity session with minutes in the late time of a date."""
    last, unit = setting.whole("last"), setting.whole("unit")
    late: dict[str, list[Interval]] = {}
    for session in week.sessions:
        for clinician in session.clinicians if session.high else ():
            if clinician not in late:
                late[clinician] = _late(week.hours[clinician], len(week.dates), last)
            minutes = shared(session.start, session.end, late[clinician])
            if minutes:
                found = wording.count(minutes, "minute")
                sentence = (
                    f"{clinician} has {found} of high-intensity work in the last {last} minutes of "
                    f"the hours on {week.day_name(session.day)} ({wording.span(session.start, session.end)})."
                )
                when = week.moment(session.start)
                yield report(setting, [clinician], when, found, "none late", sentence, -(-minutes // unit))


def _late(hours: Hours, days: int, last: int) -> list[Interval]:
    ends = [max(period.end for period in hours.periods(day)) for day in range(days) if hours.periods(day)]
    return merged((end - last, end) for end in ends)
