"""A nearly good schedule: one thing after the other, and what the rules ask for."""

from __future__ import annotations

from collections import defaultdict

from safeschedule.problem import BlockKind, Kind, PinnedGroup, Request
from safeschedule.problem.clock import DAY
from safeschedule.testing.strategies.choosing import block_minutes, clinician_for, place_for
from safeschedule.testing.strategies.drawing import chance, one_of, shuffled, whole
from safeschedule.testing.strategies.gathering import asking_for, gather
from safeschedule.testing.strategies.joining import join
from safeschedule.testing.strategies.travelling import travel, way
from safeschedule.testing.strategies.week import Week


def pack(week: Week) -> None:
    """Place what is pinned, joint blocks and groups, then each clinician's sessions and blocks in turn."""
    for meeting in week.problem.meetings:
        week.take(meeting.clinicians, week.minute(meeting.start), meeting.minutes)
    _keep_pins(week)
    join(week)
    gather(week)
    plan = _plan(week)
    away = {code: _absences(week, code) for code in week.codes}
    for code in week.codes:
        days = {start // DAY for start, _ in week.periods[code]} | {day for c, day in plan if c == code}
        covered = [other for other in week.codes if week.people[other].cover == code]
        for day in sorted(days):
            absent = sum(day in away[other] for other in covered)
            _fill(week, code, day, plan[code, day], absent)
    travel(week)


def _keep_pins(week: Week) -> None:
    """Place what is pinned, most of it."""
    requests = {request.id: request for request in week.problem.requests}
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


def _keep_group(week: Week, pin: PinnedGroup) -> None:
    """Place a pinned session of a group with its clients and others who ask for it."""
    group = next(group for group in week.problem.groups if group.id == pin.group)
    asking, start = asking_for(week, group), week.minute(pin.start)
    there = [r for r in asking if r.client in pin.clients or chance(week.draw, 60)] or asking[:1]
    if there and week.room_in(group):
        week.add(group, pin.clinicians, start, place_for(week, group, pin.clinicians[0], start), there)


def _plan(week: Week) -> defaultdict[tuple[str, int], list[Request]]:
    """Return most of the sessions that are left, by clinician and date; in a dense week, all on one date."""
    dense = chance(week.draw, 40)
    plan: defaultdict[tuple[str, int], list[Request]] = defaultdict(list)
    for request in week.problem.requests:
        for _ in range(week.left[request.id] if request.group is None else 0):
            if not chance(week.draw, 15):
                code = clinician_for(week, request)
                plan[code, _date_of(week, code, dense)].append(request)
    return plan


def _date_of(week: Week, code: str, dense: bool) -> int:
    """Return a working date of somebody, in a dense week the first."""
    days = sorted({start // DAY for start, _ in week.periods[code]})
    if not days or chance(week.draw, 5):
        return whole(week.draw, 0, 6)
    return days[0] if dense else one_of(week.draw, *days)


def _absences(week: Week, code: str) -> set[int]:
    """Return the dates on which leave takes all of somebody's hours, roughly."""
    spans = [(week.minute(leave.start), week.minute(leave.end)) for leave in week.people[code].leave]
    days = {start // DAY for start, _ in week.periods[code]} if spans else set()
    first = {day: min(a for a, _ in week.periods[code] if a // DAY == day) for day in days}
    return {day for day in days if any(a <= first[day] and first[day] + 120 <= b for a, b in spans)}


def _fill(week: Week, code: str, day: int, sessions: list[Request], absent: int) -> None:
    """Place a date's sessions and blocks one after the other, in any order."""
    todo: list[Request | BlockKind] = [*sessions, *_blocks_for(week, code, bool(sessions), absent)]
    starts = [start for start, _ in week.periods[code] if start // DAY == day]
    cursor = week.up(min(starts, default=day * DAY + 540))
    for item in shuffled(week.draw, todo):
        cursor = _put_next(week, code, item, cursor + week.grid * one_of(week.draw, 0, 0, 1, 2, 3))


def _blocks_for(week: Week, code: str, sessions: bool, absent: int) -> list[BlockKind]:
    """Return blocks that the rules ask for on a date, most of the time."""
    wanted = [(BlockKind.URGENT_SLOT, 45), (BlockKind.COORDINATION, 35), *[(BlockKind.COVER, 85)] * absent]
    if any(client.clinician == code and "volatile" in client.flags for client in week.problem.clients):
        wanted += [(BlockKind.RESERVE, 60)]
    if sessions:
        wanted += [(BlockKind.DOCUMENTATION, 85), (BlockKind.BREAK, 75), (BlockKind.DOCUMENTATION, 40)]
    wanted += [(BlockKind.OTHER, 6)]
    return [kind for kind, percent in wanted if kind in week.lengths and chance(week.draw, percent)]


def _put_next(week: Week, code: str, item: Request | BlockKind, cursor: int) -> int:
    """Place a session or block, often with the reset or recovery that goes with it; return its end."""
    kind = week.types[item.session_type].kind if isinstance(item, Request) else None
    urgent = item is BlockKind.URGENT_SLOT or kind is Kind.CRISIS
    if urgent and BlockKind.RESET in week.lengths and chance(week.draw, 80):
        cursor = _put_next(week, code, BlockKind.RESET, cursor)
    if isinstance(item, Request):
        return _put_session(week, code, item, cursor)
    minutes = block_minutes(week, item)
    start = week.within_date(_after_busy(week, code, cursor, minutes), minutes)
    week.add_block(item, [code], start, minutes)
    return start + minutes


def _put_session(week: Week, code: str, request: Request, cursor: int) -> int:
    """Place a session, most of the time with the time before it that the way there takes."""
    kind, client = week.types[request.session_type], request.client
    start = week.within_date(_after_busy(week, code, cursor, kind.minutes, client), kind.minutes)
    place = place_for(week, request, code, start)
    here = week.whereabouts(code, start) if place.site and week.problem.travel else None
    if here and place.site and not chance(week.draw, 15):
        due = way(week, here, place.site)
        start = week.within_date(_after_busy(week, code, start + due, kind.minutes, client), kind.minutes)
    week.add(request, [code], start, place)
    end = start + kind.minutes
    if kind.trauma_processing and BlockKind.RECOVERY in week.lengths and chance(week.draw, 30):
        return _put_next(week, code, BlockKind.RECOVERY, end)
    return end


def _after_busy(week: Week, code: str, start: int, minutes: int, client: str = "") -> int:
    """Return the first start from here on that meets nothing placed; now and then this one as it is."""
    if chance(week.draw, 6):
        return start
    for begin, end in sorted([*week.busy[code], *week.engaged[client]]):
        if begin < start + minutes and start < end:
            start = week.up(end)
    inside = any(a <= start and start + minutes <= b for a, b in week.periods[code])
    later = [a for a, _ in week.periods[code] if a >= start and a // DAY == start // DAY]
    return week.up(later[0]) if later and not inside else start
