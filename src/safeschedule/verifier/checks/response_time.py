"""Check of the rule ``response_time``: messages and calls are answered in coordination blocks, in time."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import blocks_of
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = blocks_of("coordination")
_WEEK = 7 * 1440


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each clinician who cannot answer all tasks in time."""
    tasks = _tasks(week, setting.whole("late"))
    for clinician in week.clinicians:
        mine = tasks.get(clinician, [])
        blocks = [(b.start, b.end, b.minutes) for b in week.blocks_of(clinician, "coordination")]
        missing, due, needed = 0, 0, 0
        for first in sorted({start for start, _, _ in mine}):
            for last in sorted({end for _, end, _ in mine}):
                asked, given = _between(mine, first, last), _between(blocks, first, last)
                if asked - given > missing:
                    missing, due, needed = asked - given, last, asked
        if missing:
            by = f"{week.day_name((due - 1) // 1440)} {wording.clock(due - (due - 1) // 1440 * 1440)}"
            sentence = (
                f"{clinician} has {wording.count(needed, 'minute')} of messages and calls to answer by {by}, "
                f"and {wording.count(needed - missing, 'minute')} of coordination until then."
            )
            measured, limit = f"{needed - missing} minutes", f"{needed} minutes"
            yield report(setting, [clinician], None, measured, limit, sentence, missing)


def _tasks(week: Week, late: int) -> dict[str, list[tuple[int, int, int]]]:
    """Return by clinician from when, until when, and how many minutes of tasks there are."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for task in week.problem.tasks:
        client = week.clients.get(task.client)
        owner = task.clinician or (None if client is None else client.clinician)
        due = week.minute(task.respond_by)
        if owner is None or due > _WEEK:
            continue
        received = 0 if task.received is None else max(0, week.minute(task.received))
        span = (received, due, task.minutes) if due > 0 else (0, late * 1440, task.minutes)
        found.setdefault(owner, []).append(span)
    return found


def _between(spans: list[tuple[int, int, int]], first: int, last: int) -> int:
    return sum(minutes for start, end, minutes in spans if first <= start and end <= last)
