"""Check of the rule ``consultation``: a staffed consultation block every week."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier.activity import ProtectedTime
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("consultation")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician without a staffed consultation block, and each block that is too large."""
    least, most = setting.whole("minutes"), setting.whole("most")
    blocks = [block for block in week.blocks if block.kind == "consultation"]
    taking_part: set[str] = set()
    for block in blocks:
        if block.minutes >= least:
            taking_part.update(_taking_part(week, block))
        yield from _size(week, setting, block, most)
    for clinician in week.clinicians:
        if clinician not in taking_part and week.duties.asks("consultation", clinician):
            sentence = (
                f"{clinician} has no consultation block of {least} minutes with a supervisor this week."
            )
            yield report(setting, [clinician], None, "no consultation", f"{least} minutes", sentence)


def _taking_part(week: Week, block: ProtectedTime) -> set[str]:
    if block.supervisor is None or not week.clinicians[block.supervisor].is_supervisor:
        return set()
    attending = set(block.clinicians) - {block.supervisor}
    return {*attending, block.supervisor} if attending else set()


def _size(week: Week, setting: Setting, block: ProtectedTime, most: int) -> Iterator[Finding]:
    size = len(set(block.clinicians) - {block.supervisor})
    if size > most:
        sentence = (
            f"The consultation block on {week.at(block)} has {size} clinicians; at most {most} are allowed."
        )
        when = week.moment(block.start)
        yield report(setting, block.clinicians, when, f"{size} clinicians", str(most), sentence, size - most)
