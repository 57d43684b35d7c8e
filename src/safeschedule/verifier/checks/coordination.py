"""Check of the rule ``coordination``: coordination time on heavy days and by caseload."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Flag, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield heavy dates without a block, weeks with too few minutes, and blocks that do not recur."""
    yield from _heavy_days(week, setting)
    for clinician in week.clinicians:
        blocks = week.blocks_of(clinician, "coordination")
        yield from _sum(week, setting, clinician, blocks)
        for half in (False, True):
            own = [b for b in blocks if week.second_half(clinician, b.start) == half]
            yield from _recurring(setting, clinician, own, late=half)


def _heavy_days(week: Week, setting: Setting) -> Iterator[Finding]:
    heavy, least = setting.whole("heavy"), setting.whole("minutes")
    for clinician, day, sessions in week.session_days():
        found = sum(1 for session in sessions if _coordinated(week, session))
        blocks = week.blocks_on(clinician, day, "coordination")
        if found >= heavy and not any(block.minutes >= least for block in blocks):
            sentence = (
                f"{clinician} has {wording.count(found, 'session')} with coordination clients on "
                f"{week.day_name(day)}, but no coordination block of {least} minutes."
            )
            when, limit = week.beginning(day), f"a block of {least} minutes"
            yield report(setting, [clinician], when, "no block", limit, sentence, least)


def _coordinated(week: Week, session: Session) -> bool:
    return session.group is None and any(
        Flag.COORDINATION in week.clients[client].flags for client in session.clients
    )


def _sum(week: Week, setting: Setting, clinician: str, blocks: list[ProtectedTime]) -> Iterator[Finding]:
    clients = week.caseload.with_flag(week.caseload.own(clinician), Flag.COORDINATION)
    needed = week.duties.coordination(clinician)
    found = sum(block.minutes for block in blocks)
    if found < needed and week.duties.asks("coordination", clinician):
        sentence = (
            f"{clinician} has {wording.count(found, 'minute')} of coordination this week; "
            f"{wording.count(len(clients), 'coordination client')} on the caseload need {needed}."
        )
        yield report(
            setting, [clinician], None, f"{found} minutes", f"{needed} minutes", sentence, needed - found
        )


def _recurring(
    setting: Setting, clinician: str, blocks: list[ProtectedTime], *, late: bool
) -> Iterator[Finding]:
    times = sorted({block.start % 1440 for block in blocks})
    if len(times) > 1:
        half = "afternoon" if late else "morning"
        listed = wording.listing([wording.clock(time) for time in times])
        sentence = f"{clinician}'s {half} coordination blocks start at different times: {listed}."
        yield report(setting, [clinician], None, f"{len(times)} times", "1 time", sentence, len(times) - 1)
