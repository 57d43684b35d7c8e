"""Check of the rule ``documentation``: protected documentation time in every half-day with sessions."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

REACH = NEAR

_KINDS = frozenset({"intake", "crisis", "court"})


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each half-day without its block, and each date with too few minutes."""
    least = setting.whole("minutes")
    extras = {kind: setting.whole(kind) for kind in _KINDS}
    paperwork = Slots(week).paperwork
    for clinician, day, sessions, slots in week.work_days():
        blocks = week.blocks_on(clinician, day, "documentation")
        long = {week.afternoon(block.start) for block in blocks if block.minutes >= least}
        work = sorted([*sessions, *slots], key=lambda each: (each.start, each.end))
        halves = {week.afternoon(each.start): each for each in reversed(work)}
        for afternoon, first in sorted(halves.items()):
            if afternoon not in long:
                yield _no_block(week, setting, clinician, afternoon, first)
        needed = least * len(halves) + sum(_extra(s, extras) for s in sessions)
        needed += paperwork * len(slots)
        found = sum(block.minutes for block in blocks)
        if found < needed:
            yield _too_few(week, setting, clinician, day, found, needed)


def _extra(session: Session, extras: dict[str, int]) -> int:
    if session.type is None:
        return 0
    if session.type.documentation_minutes is not None:
        return session.type.documentation_minutes
    return extras.get(session.type.kind.value, 0)


def _no_block(week: Week, setting: Setting, clinician: str, afternoon: bool, first: Activity) -> Finding:
    least, half = setting.whole("minutes"), "afternoon" if afternoon else "morning"
    what = "sessions" if isinstance(first, Session) else "an urgent slot"
    sentence = (
        f"{clinician} has {what} on the {half} of {week.day_name(first.day)}, but no documentation "
        f"block of {least} minutes in it."
    )
    when = week.moment(first.start)
    return report(setting, [clinician], when, "no block", f"{least} minutes in one piece", sentence, least)


def _too_few(week: Week, setting: Setting, clinician: str, day: int, found: int, needed: int) -> Finding:
    sentence = (
        f"{clinician} has {wording.count(found, 'minute')} of documentation on {week.day_name(day)}; "
        f"the sessions of that date need {needed}."
    )
    when = week.moment(day * 1440)
    return report(
        setting, [clinician], when, f"{found} minutes", f"{needed} minutes", sentence, needed - found
    )
