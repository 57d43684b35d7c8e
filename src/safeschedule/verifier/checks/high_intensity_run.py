"""Check of the rule ``high_intensity_run``: few high-intensity sessions in a row."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.runs import high_pairs
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each run of high-intensity sessions that is too long."""
    most, gap = setting.whole("most"), setting.whole("gap")
    for clinician, day, _ in week.session_days():
        for run in _runs(week, clinician, day, gap):
            if len(run) > most:
                found = wording.count(len(run), "high-intensity session")
                sentence = (
                    f"{clinician} has {found} in a row on {week.day_name(day)}, "
                    f"{wording.span(run[0].start, run[-1].end)}; at most {most} are allowed."
                )
                when = week.moment(run[0].start)
                yield report(
                    setting, [clinician], when, f"{len(run)} in a row", str(most), sentence, len(run) - most
                )


def _runs(week: Week, clinician: str, day: int, gap: int) -> list[list[Session]]:
    runs: list[list[Session]] = []
    for first, second in high_pairs(week.on(clinician, day), gap, week.buffers):
        if runs and runs[-1][-1] is first:
            runs[-1].append(second)
        else:
            runs.append([first, second])
    return runs
