"""Check of the rule ``crisis_reset``: a reset before crisis work."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each crisis session and urgent slot without a reset that ends at its start."""
    least = setting.whole("minutes")
    rested = {
        (clinician, block.end)
        for block in week.blocks
        if block.kind == "reset" and block.minutes >= least
        for clinician in block.clinicians
    }
    for activity, clinicians in _crisis_work(week):
        for clinician in clinicians:
            if (clinician, activity.start) not in rested:
                what = f"{_name(activity)} on {week.at(activity)}"
                sentence = f"{clinician} has no reset of {least} minutes before {what}."
                when = week.moment(activity.start)
                yield report(setting, [clinician], when, "no reset", f"{least} minutes before", sentence)


def _crisis_work(week: Week) -> Iterator[tuple[Session | ProtectedTime, tuple[str, ...]]]:
    for session in week.sessions:
        if session.kind == "crisis":
            yield session, session.clinicians
    for block in week.blocks:
        if block.kind == "urgent_slot":
            yield block, block.clinicians


def _name(activity: Activity) -> str:
    return "the crisis session" if isinstance(activity, Session) else "the urgent slot"
