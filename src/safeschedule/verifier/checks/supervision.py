"""Check of the rule ``supervision``: extra supervision for new staff and high-acuity caseloads."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("supervision")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician whose need for supervision is not met."""
    met = _met(week)
    supervisors = {code for code, clinician in week.clinicians.items() if clinician.is_supervisor}
    for code, clinician in week.clinicians.items():
        if not week.duties.asks("supervision", code):
            continue
        need = week.duties.supervision(clinician)
        named = clinician.supervisor
        possible = supervisors if named is None else {named}
        possible = possible - {code}
        if not any(minutes >= need and host in possible for host, minutes in met.get(code, ())):
            who = "a supervisor" if named is None else named
            sentence = f"{code} has no one-to-one supervision of {need} minutes with {who} this week."
            yield report(setting, [code], None, "no supervision", f"{need} minutes", sentence)


def _met(week: Week) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for block in week.blocks:
        if block.kind == "supervision" and len(block.clinicians) == 1 and block.supervisor is not None:
            found.setdefault(block.clinicians[0], []).append((block.supervisor, block.minutes))
    return found
