"""A nearly good schedule: one thing after the other, and what the rules ask for."""

from __future__ import annotations

from safeschedule.problem import BlockKind, Kind, Mode, PinnedGroup, Request
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.choosing import block_minutes, clinician_for, place_for
from safeschedule.testing.strategies.drawing import chance, one_of, shuffled, whole
from safeschedule.testing.strategies.gathering import asking_for, gather
from safeschedule.testing.strategies.joining import join
from safeschedule.testing.strategies.travelling import travel, way
from safeschedule.testing.strategies.week import DrawnWeek


def pack(week: DrawnWeek) -> None:
    """Place what is pinned, joint blocks and groups, then each clinician's sessions and blocks in turn."""
    _keep_fixed(week)
    _keep_pins(week)
    join(week)
    gather(week)
    away = {code: _absences(week, code) for code in week.codes}
    dates = {code: _working_dates(week, code) for code in week.codes}
    there = {code: sorted(dates[code] - away[code]) or sorted(dates[code]) for code in week.codes}
    plan = _plan(week, there)
    for code in week.codes:
        covered = [other for other in week.codes if week.people[other].cover == code]
        for day in sorted({*there[code], *(day for other, day in plan if other == code)}):
            absent = sum(day in away[other] for other in covered)
            _fill(week, code, day, plan.get((code, day), []), absent)
    travel(week)


def _keep_fixed(week: DrawnWeek) -> None:
    """Keep meetings free, and most of the leave."""
    for meeting in week.problem.meetings:
        week.take(meeting.clinicians, week.minute(meeting.start), meeting.minutes)
    for code, person in week.people.items():
        if not chance(week.draw, 15):
            for leave in person.leave:
                start, end = week.minute(leave.start), week.minute(leave.end)
                week.take([code], start, end - start)


def _keep_pins(week: DrawnWeek) -> None:
    """Place what is pinned, most of it."""
    requests = week.problem.by_code.requests
    for pin in week.problem.pinned_appointments:
        if not chance(week.draw, 10):
            request, start = requests[pin.request], week.minute(pin.start)
            place = place_for(week, request, pin.clinician, start, mode=pin.mode, room=pin.room)
            week.add(request, [pin.clinician], start, place)
    for pinned in week.problem.pinned_groups:
        if not chance(week.draw, 10):
            _keep_group(week, pinned)
    for block in week.problem.pinned_blocks:
        if not chance(week.draw, 10):
            start = week.minute(block.start)
            week.add_block(block.kind, block.clinicians, start, block.minutes, block.supervisor, block.site)


def _keep_group(week: DrawnWeek, pin: PinnedGroup) -> None:
    """Place a pinned session of a group with its clients and others who ask for it."""
    group = week.problem.by_code.groups[pin.group]
    asking, start = asking_for(week, group), week.minute(pin.start)
    there = [r for r in asking if r.client in pin.clients or chance(week.draw, 60)] or asking[:1]
    if there and week.room_in(group):
        week.add(group, pin.clinicians, start, place_for(week, group, pin.clinicians[0], start), there)


def _plan(week: DrawnWeek, dates: dict[str, list[int]]) -> dict[tuple[str, int], list[Request]]:
    """Return most of the sessions that are left, by clinician and date; in a dense week, all on one date."""
    dense = chance(week.draw, 40)
    plan: dict[tuple[str, int], list[Request]] = {}
    for request in week.problem.requests:
        for _ in range(week.left[request.id] if request.group is None else 0):
            if not chance(week.draw, 15):
                code = clinician_for(week, request)
                days = dates[code][:1] if dense else dates[code]
                day = whole(week.draw, 0, 6) if not days or chance(week.draw, 5) else one_of(week.draw, *days)
                plan.setdefault((code, day), []).append(request)
    return plan


def _working_dates(week: DrawnWeek, code: str) -> set[int]:
    return {start // DAY for start, _ in week.periods[code]}


def _absences(week: DrawnWeek, code: str) -> set[int]:
    """Return the dates with hours of work each of which lies in one leave."""
    leave = [(week.minute(span.start), week.minute(span.end)) for span in week.people[code].leave]
    worked = {a // DAY for a, b in week.periods[code] if not any(c <= a and b <= d for c, d in leave)}
    return _working_dates(week, code) - worked


def _fill(week: DrawnWeek, code: str, day: int, sessions: list[Request], absent: int) -> None:
    """Place a date's sessions and blocks one after the other, in any order."""
    todo: list[Request | BlockKind] = [*sessions, *_blocks_for(week, code, bool(sessions), absent)]
    starts = [start for start, _ in week.periods[code] if start // DAY == day]
    cursor = week.up(min(starts, default=day * DAY + 540))
    for item in shuffled(week.draw, todo):
        cursor = _put_next(week, code, item, cursor + week.grid * one_of(week.draw, 0, 0, 1, 2, 3))


def _blocks_for(week: DrawnWeek, code: str, sessions: bool, absent: int) -> list[BlockKind]:
    """Return blocks that the rules ask for on a date, most of the time."""
    wanted = [(BlockKind.URGENT_SLOT, 45), (BlockKind.COORDINATION, 35), *[(BlockKind.COVER, 85)] * absent]
    if any(client.clinician == code and "volatile" in client.flags for client in week.problem.clients):
        wanted += [(BlockKind.RESERVE, 60)]
    if sessions:
        wanted += [(BlockKind.DOCUMENTATION, 85), (BlockKind.BREAK, 75), (BlockKind.DOCUMENTATION, 40)]
    wanted += [(BlockKind.OTHER, 6)]
    return [kind for kind, percent in wanted if kind in week.lengths and chance(week.draw, percent)]


def _put_next(week: DrawnWeek, code: str, item: Request | BlockKind, cursor: int) -> int:
    """Place a session or block, often with what belongs beside it; return its end."""
    kind = week.types[item.session_type].kind if isinstance(item, Request) else None
    urgent = item is BlockKind.URGENT_SLOT or kind is Kind.CRISIS
    if urgent and BlockKind.RESET in week.lengths and chance(week.draw, 80):
        cursor = _put_next(week, code, BlockKind.RESET, cursor)
    if isinstance(item, Request):
        return _put_session(week, code, item, cursor)
    minutes = block_minutes(week, item)
    beside = _beside_sessions(week, code, cursor, minutes) if item is BlockKind.URGENT_SLOT else []
    if beside and chance(week.draw, 70):
        week.add_block(item, [code], one_of(week.draw, *beside), minutes)
        return cursor
    start = _next_start(week, code, cursor, minutes)
    if start is None:
        return cursor
    week.add_block(item, [code], start, minutes)
    return start + minutes


def _beside_sessions(week: DrawnWeek, code: str, cursor: int, minutes: int) -> list[int]:
    """Return the starts of others' sessions in person on a date at which somebody is free for so long."""
    there = (week.minute(s.start) for s in week.appointments if s.mode is Mode.IN_PERSON)
    return [start for start in there if start // DAY == cursor // DAY and week.free(code, start, minutes)]


def _put_session(week: DrawnWeek, code: str, request: Request, cursor: int) -> int:
    """Place a session, most of the time with the time before it that the way there takes."""
    kind, client = week.types[request.session_type], request.client
    if kind.preparation_minutes and not chance(week.draw, 25):
        if chance(week.draw, 40):
            cursor = _put_next(week, code, BlockKind.PREPARATION, cursor)
        else:
            cursor += week.up(kind.preparation_minutes)
    start = _next_start(week, code, cursor, kind.minutes, client)
    place = None if start is None else place_for(week, request, code, start)
    if start is not None and place and place.site and not chance(week.draw, 15):
        here = week.whereabouts(code, start)
        due = way(week, here, place.site) if here else 0
        start = _next_start(week, code, start + due, kind.minutes, client) if due else start
    if start is None or place is None:
        return cursor
    week.add(request, [code], start, place)
    end = start + kind.minutes
    if kind.trauma_processing and BlockKind.RECOVERY in week.lengths and chance(week.draw, 30):
        return _put_next(week, code, BlockKind.RECOVERY, end)
    return end


def _next_start(week: DrawnWeek, code: str, cursor: int, minutes: int, client: str = "") -> int | None:
    """Return the first start of the date or night from here on at which both are free; rarely this one.

    Where hours and other things leave none, it is one outside the hours, or sometimes ``None``.
    """
    if chance(week.draw, 5):
        return week.within_date(cursor, minutes)
    midnight = (cursor // DAY + 1) * DAY
    night = max((end for start, end in week.periods[code] if start < midnight < end), default=midnight)
    starts = range(cursor, min(night, 7 * DAY) - minutes + 1, week.grid)
    idle = [start for start in starts if week.idle(code, start, minutes, client)]
    free = [start for start in idle if week.free(code, start, minutes)]
    if free or not idle:
        return free[0] if free else None
    return None if chance(week.draw, 20) else idle[0]
