"""Check of the rule ``caseload_cap``: weighted caseload points stay inside the cap."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.caseload import points_cap
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician whose new clients weigh more than the cap leaves."""
    for code, clinician in week.clinicians.items():
        arriving = week.caseload.new(code)
        new, carried = week.caseload.points(arriving), week.caseload.points(week.caseload.own(code))
        cap = points_cap(clinician, setting)
        left = max(0, cap - carried)
        if new > left:
            sentence = (
                f"{code} takes {wording.points(new)} points of new clients ({wording.listing(arriving)}) "
                f"on top of {wording.points(carried)}; the cap is {wording.points(cap)}."
            )
            found, limit = f"{wording.points(new)} new points", f"{wording.points(left)} points left"
            yield report(setting, [code, *arriving], None, found, limit, sentence, new - left)
