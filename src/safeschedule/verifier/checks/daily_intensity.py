"""Check of the rule ``daily_intensity``: at most so many high-intensity sessions a day."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician and date with too many high-intensity sessions."""
    most = setting.whole("most")
    intense = Slots(week).high
    for clinician, day, sessions, slots in week.work_days():
        high = sum(1 for session in sessions if session.high) + len(slots) * intense
        if high > most:
            found = wording.count(high, "high-intensity session")
            sentence = f"{clinician} has {found} on {week.day_name(day)}; at most {most} are allowed."
            when = week.beginning(day)
            yield report(setting, [clinician], when, str(high), str(most), sentence, high - most)
