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
        needs = week.duties.supervision(code)
        if not needs:
            continue
        named = clinician.supervisor
        possible = supervisors if named is None else {named}
        possible = possible - {code}
        held = [minutes for host, minutes in met.get(code, ()) if host in possible]
        if not _enough(held, needs):
            who = "a supervisor" if named is None else named
            length = " and one of ".join(f"{need} minutes" for need in needs)
            sentence = f"{code} has no one-to-one supervision of {length} with {who} this week."
            found = f"{sum(held)} minutes" if len(needs) > 1 and held else "no supervision"
            yield report(setting, [code], None, found, length, sentence)


def _enough(held: list[int], needs: list[int]) -> bool:
    """Return whether blocks of these lengths meet the longer need, and all of them together."""
    counted = [minutes for minutes in held if minutes >= min(needs)]
    return max(counted, default=0) >= max(needs) and sum(counted) >= sum(needs)


def _met(week: Week) -> dict[str, list[tuple[str, int]]]:
    found: dict[str, list[tuple[str, int]]] = {}
    for block in week.blocks:
        if block.kind == "supervision" and len(block.clinicians) == 1 and block.supervisor is not None:
            found.setdefault(block.clinicians[0], []).append((block.supervisor, block.minutes))
    return found
