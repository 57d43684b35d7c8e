"""Check of the rule ``intake_spacing``: no back-to-back intakes."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.runs import in_a_row
from safeschedule.verifier.week import Week

REACH = NEAR

_NOTHING = frozenset({"preparation", "recovery", "reset"})


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each intake that follows another too closely."""
    gap = setting.whole("gap")
    for clinician, day, _ in week.session_days():
        for first, second in in_a_row(week.on(clinician, day), _is_intake, _parts, gap, week.buffers):
            apart = max(0, second.start - first.end)
            sentence = (
                f"{clinician} has two intakes {wording.count(apart, 'minute')} apart on "
                f"{week.day_name(day)}, {wording.span(first.start, first.end)} and "
                f"{wording.span(second.start, second.end)}; {gap} minutes beside recovery "
                "or another activity belong between."
            )
            when = week.moment(second.start)
            yield report(setting, [clinician], when, f"{apart} minutes", f"{gap} minutes", sentence)


def _is_intake(session: Session) -> bool:
    return session.kind == "intake"


def _parts(activity: Activity) -> bool:
    return not (isinstance(activity, ProtectedTime) and activity.kind in _NOTHING)
