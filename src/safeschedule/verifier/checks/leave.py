"""Check of the rule ``leave``: leave stays leave."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import MeetingTime
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session or block that overlaps a clinician's leave."""
    for clinician, hours in week.hours.items():
        if not hours.leave:
            continue
        for activity in week.activities(clinician):
            if not isinstance(activity, MeetingTime) and hours.on_leave(activity.start, activity.end):
                sentence = f"{clinician} is on leave and has {activity.name} on {week.at(activity)}."
                when = week.moment(activity.start)
                yield report(setting, [clinician], when, "in leave", "outside leave", sentence)
