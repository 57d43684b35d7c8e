"""Check of the rule ``stability``: a standing appointment keeps last week's time."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.hours import weekday_number
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each session that is not at its standing time."""
    for session in week.sessions:
        slot = None if session.request is None else session.request.standing
        if session.request is None or slot is None:
            continue
        due = weekday_number(slot.day)
        if week.dates[session.day].weekday() != due:
            cost = setting.whole("day")
        elif session.start % 1440 != slot.start:
            cost = setting.whole("time")
        else:
            continue
        if cost:
            standing = f"{wording.weekday_name(due)} {wording.clock(slot.start)}"
            sentence = (
                f"The{session.short[3:]} on {week.at(session)} is not at its standing time, {standing}."
            )
            who = (*session.clients, session.request.id)
            yield report(setting, who, week.moment(session.start), week.at(session), standing, sentence, cost)
