"""Check of the rule ``response_reserve``: time kept free for unplanned response."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Flag, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician with less reserve than the volatile clients of the caseload need."""
    piece = setting.whole("piece")
    for clinician in week.clinicians:
        clients = week.caseload.with_flag(week.caseload.own(clinician), Flag.VOLATILE)
        needed = setting.whole("per_client") * len(clients)
        found = _reserve(week, clinician, piece)
        if found < needed <= _room(week, clinician, piece):
            sentence = (
                f"{clinician} has {wording.count(found, 'minute')} of reserve this week; "
                f"{wording.count(len(clients), 'volatile client')} on the caseload need {needed}."
            )
            yield report(
                setting, [clinician], None, f"{found} minutes", f"{needed} minutes", sentence, needed - found
            )


def _room(week: Week, clinician: str, piece: int) -> int:
    """Return the working time ahead that is free of leave in pieces of at least `piece` minutes."""
    lengths = [end - start for start, end in week.hours[clinician].ahead()]
    return sum(length for length in lengths if length >= piece)


def _reserve(week: Week, clinician: str, piece: int) -> int:
    return sum(block.minutes for block in week.blocks_of(clinician, "reserve") if block.minutes >= piece)
