"""Check of the rule ``intensity_pairing``: a high-intensity session is followed by a lower one."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.runs import high_pairs
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each two high-intensity sessions in a row."""
    gap = setting.whole("gap")
    for clinician, day, _ in week.session_days():
        for first, second in high_pairs(week.on(clinician, day), gap, week.buffers):
            sentence = (
                f"{clinician} has two high-intensity sessions in a row on {week.day_name(day)}, "
                f"{wording.span(first.start, first.end)} and {wording.span(second.start, second.end)}."
            )
            yield report(setting, [clinician], week.moment(first.start), "in a row", "parted", sentence)
