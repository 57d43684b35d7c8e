"""Check of the rule ``high_acuity_cap``: high-acuity clients per clinician."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.caseload import clients_cap
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician with more new high-acuity clients than the cap leaves."""
    for code, clinician in week.clinicians.items():
        arriving = week.caseload.high_acuity(week.caseload.new(code))
        carried = len(week.caseload.high_acuity(week.caseload.own(code)))
        cap = clients_cap(clinician, setting)
        left = max(0, cap - carried)
        if len(arriving) > left:
            found = wording.count(len(arriving), "new high-acuity client")
            sentence = (
                f"{code} takes {found} ({wording.listing(arriving)}) on top of {carried}; the cap is {cap}."
            )
            over = len(arriving) - left
            yield report(setting, [code, *arriving], None, found, f"{left} more", sentence, over)
