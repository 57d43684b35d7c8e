"""Check of the rule ``breaks``: meal breaks by the length of the day, and real pauses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Activity, MeetingTime, ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.intervals import Interval, merged, shared, without
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.week import Week

REACH = NEAR


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each date without meal breaks, and each with too long a stretch at work or with clients."""
    for clinician, day, _ in week.session_days():
        yield from _meals(week, setting, clinician, day)
        activities = week.on(clinician, day)
        work = [(a.start, a.end) for a in activities if _is_work(a, setting.whole("work_stretch"))]
        busy = merged([*work, *week.buffers.spans(activities)])
        found = _stretches(busy, setting.whole("pause"))
        yield from _too_long(week, setting, clinician, day, found)
        clients = merged((a.start, a.end) for a in activities if _with_clients(a))
        yield from _too_many(week, setting, clinician, day, found, clients)


def _meals(week: Week, setting: Setting, clinician: str, day: int) -> Iterator[Finding]:
    hours = week.hours[clinician]
    at_work = merged(
        piece for period in hours.periods(day) for piece in without(period.start, period.end, hours.leave)
    )
    if not at_work or at_work[-1][1] - at_work[0][0] < setting.whole("day"):
        return
    meal, most, (first, last) = setting.whole("meal"), setting.whole("meal_stretch"), _ends(at_work)
    blocks = (
        (b.start, b.end)
        for b in week.blocks_on(clinician, day, "break")
        if any(start <= b.start and b.end <= end for start, end in at_work)
    )
    meals = [piece for piece in (*without(first, last, at_work), *blocks) if piece[1] - piece[0] >= meal]
    start, end = max(without(first, last, merged(meals)), key=_length, default=(first, first))
    if end - start > most:
        between = wording.span(start, end)
        sentence = (
            f"{clinician} has no meal break of {meal} minutes in {end - start} minutes on "
            f"{week.day_name(day)}, {between}; at most {most} are allowed."
        )
        expected = f"{meal} minutes so that no stretch is longer than {most}"
        yield report(setting, [clinician], week.beginning(day), "no break", expected, sentence)


def _too_long(
    week: Week, setting: Setting, clinician: str, day: int, stretches: Sequence[Interval]
) -> Iterator[Finding]:
    most = setting.whole("work_stretch")
    start, end = max(stretches, key=_length)
    if end - start > most:
        sentence = (
            f"{clinician} has {end - start} minutes of work without a pause on {week.day_name(day)}, "
            f"{wording.span(start, end)}; at most {most} are allowed."
        )
        found = f"{end - start} minutes of work"
        yield report(setting, [clinician], week.moment(start), found, f"{most} minutes", sentence)


def _too_many(
    week: Week,
    setting: Setting,
    clinician: str,
    day: int,
    stretches: Sequence[Interval],
    clients: Sequence[Interval],
) -> Iterator[Finding]:
    most = setting.whole("longest")
    minutes, start, end = max(
        ((shared(start, end, clients), start, end) for start, end in stretches), key=lambda found: found[0]
    )
    if minutes > most:
        sentence = (
            f"{clinician} has {minutes} minutes with clients without a pause on {week.day_name(day)}, "
            f"{wording.span(start, end)}; at most {most} are allowed."
        )
        found = f"{minutes} minutes with clients"
        yield report(setting, [clinician], week.moment(start), found, f"{most} minutes", sentence)


def _stretches(busy: Sequence[Interval], pause: int) -> list[Interval]:
    """Return the spans from one pause to the next."""
    found: list[Interval] = []
    for start, end in busy:
        if found and start - found[-1][1] < pause:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def _is_work(activity: Activity, longest: int) -> bool:
    if isinstance(activity, MeetingTime):
        return activity.minutes <= longest
    return not (isinstance(activity, ProtectedTime) and activity.kind == "break")


def _with_clients(activity: Activity) -> bool:
    return isinstance(activity, Session) or (
        isinstance(activity, ProtectedTime) and activity.kind == "urgent_slot"
    )


def _length(span: Interval) -> int:
    return span[1] - span[0]


def _ends(spans: Sequence[Interval]) -> Interval:
    return spans[0][0], spans[-1][1]
