"""Check of the rule ``documentation``: time for it in every half-day with sessions, after the work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

REACH = NEAR

_KINDS = ("intake", "crisis", "court", "group")


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date with too little after some session, and each morning with too little by midday."""
    shortest = setting.whole("shortest")
    paperwork = Slots(week).paperwork
    for clinician, day, sessions, slots in week.work_days():
        work = sorted([*sessions, *slots], key=lambda each: (each.end, each.start))
        shares = [_share(s, setting) for s in sessions] + [paperwork] * len(slots)
        due = list(zip([*sessions, *slots], shares, strict=True))
        blocks = [b for b in week.blocks_on(clinician, day, "documentation") if b.minutes >= shortest]
        yield from _afterwards(week, setting, clinician, due, blocks)
        yield from _mornings(week, setting, clinician, day, work, blocks)


def _afterwards(
    week: Week,
    setting: Setting,
    clinician: str,
    work: Sequence[tuple[Activity, int]],
    blocks: Sequence[ProtectedTime],
) -> Iterator[Finding]:
    """Yield the session after which most is missing, the first of several."""
    worst: tuple[int, int, int, Activity] | None = None
    for session, _ in sorted(work, key=lambda pair: pair[0].end):
        found = sum(b.minutes for b in blocks if b.start >= session.end)
        needed = max(setting.whole("closing"), _due(week, setting, clinician, session.end, work))
        if found < needed and (worst is None or needed - found > worst[0]):
            worst = needed - found, found, needed, session
    if worst is None:
        return
    missing, found, needed, session = worst
    what = "session" if isinstance(session, Session) else "urgent slot"
    sentence = (
        f"{clinician} has {wording.count(found, 'minute')} of documentation after the {what} that ends "
        f"at {wording.clock(session.end)} on {week.day_name(session.day)}; what is to be written "
        f"from then on needs {needed}."
    )
    when = week.moment(session.start)
    yield report(setting, [clinician], when, f"{found} minutes", f"{needed} minutes", sentence, missing)


def _due(week: Week, setting: Setting, clinician: str, end: int, work: Sequence[tuple[Activity, int]]) -> int:
    """Return the shares of what ends at a time or later, and the minutes of half-days not begun to end."""
    begun = {week.second_half(clinician, s.start) for s, _ in work if s.end < end}
    halves = {week.second_half(clinician, s.start) for s, _ in work} - begun
    shares = sum(share for s, share in work if s.end >= end)
    return shares + setting.whole("minutes") * len(halves)


def _share(session: Session, setting: Setting) -> int:
    if session.type is None:
        return 0
    if session.type.documentation_minutes is not None:
        return session.type.documentation_minutes
    kind = session.type.kind.value
    return setting.whole(kind) if kind in _KINDS else 0


def _mornings(
    week: Week,
    setting: Setting,
    clinician: str,
    day: int,
    sessions: Sequence[Activity],
    blocks: Sequence[ProtectedTime],
) -> Iterator[Finding]:
    """Yield a working day in whose first half are sessions of which too little is written in time."""
    turn = week.turn(clinician, day)
    morning = [s for s in sessions if s.start < turn]
    if not morning:
        return
    first = min(morning, key=lambda s: s.end)
    latest = max(turn + setting.whole("grace"), first.end)
    found = sum(b.minutes for b in blocks if first.end <= b.start <= latest)
    needed = setting.whole("minutes")
    if found >= needed:
        return
    sentence = (
        f"{clinician} works with clients on {_first_half(week, day, turn)}, but "
        f"{wording.count(found, 'minute')} of documentation after the first of them that "
        f"start{'s' if found == 1 else ''} by {wording.clock(latest)}; that half-day needs {needed}."
    )
    when = week.moment(first.start)
    yield report(
        setting, [clinician], when, f"{found} minutes", f"{needed} minutes", sentence, needed - found
    )


def _first_half(week: Week, day: int, turn: int) -> str:
    if turn < (day + 1) * 1440:
        return f"the morning of {week.day_name(day)}"
    return f"the evening of {week.day_name(day)} (until {wording.clock(turn)})"
