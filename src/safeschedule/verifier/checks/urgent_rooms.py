"""Check of the rule ``urgent_rooms``: a room kept for each urgent slot."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from safeschedule.problem import Setting
from safeschedule.verifier import wording
from safeschedule.verifier.activity import ProtectedTime, Session
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.matching import most_served
from safeschedule.verifier.reach import THEN
from safeschedule.verifier.report import report
from safeschedule.verifier.slot_rooms import Fitting, SlotRooms, slot_rooms
from safeschedule.verifier.week import Week

REACH = THEN

_Held = list[tuple[ProtectedTime, tuple[Fitting, ...]]]


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each half of a date in which urgent slots cannot have what their sessions would need."""
    if not week.settings["room_capacity"].enabled:
        return
    rooms = slot_rooms(week)
    held = [(block, needs) for block in week.blocks if (needs := rooms.held(block))]
    near = _by_date(week, rooms) if held else {}
    told: set[tuple[int, bool]] = set()
    for minute in _minutes(rooms, near, held):
        half = minute // 1440, minute % 1440 >= week.midday % 1440
        if half in told:
            continue
        going = [(block, needs) for block, needs in held if block.start <= minute < block.end]
        sessions = [s for s in near.get(minute // 1440, ()) if s.start <= minute < s.end]
        if _short(rooms, going, sessions, minute):
            told.add(half)
            yield _finding(week, setting, going, sessions, minute)


def _by_date(week: Week, rooms: SlotRooms) -> dict[int, list[Session]]:
    """Return the sessions that need something, by each date on which they go on."""
    found: dict[int, list[Session]] = defaultdict(list)
    for session in week.sessions:
        if any(True for _ in rooms.of(session, session.start)):
            for day in {session.day, (session.end - 1) // 1440}:
                found[day].append(session)
    return found


def _minutes(rooms: SlotRooms, near: dict[int, list[Session]], held: _Held) -> list[int]:
    """Return the minutes of slots in which something may begin to be short, sorted."""
    shut = [start for spans in rooms.shut.values() for start, _ in spans]
    starts = [block.start for block, _ in held]
    found = set(starts)
    for block, _ in held:
        days = {block.day, (block.end - 1) // 1440}
        begun = [session.start for day in days for session in near.get(day, ())]
        found |= {minute for minute in (*begun, *shut) if block.start <= minute < block.end}
    return sorted(found)


def _short(rooms: SlotRooms, going: _Held, sessions: Sequence[Session], minute: int) -> bool:
    """Return whether the slots cannot have all that they need beside what sessions can have."""
    theirs = [things for session in sessions for things in rooms.of(session, minute)]
    slots = [rooms.usable(things, minute) for _, needs in going for things in needs]
    return len(most_served([*theirs, *slots])) < len(most_served(theirs)) + len(slots)


def _finding(week: Week, setting: Setting, going: _Held, sessions: Sequence[Session], minute: int) -> Finding:
    who = tuple(sorted({block.clinicians[0] for block, _ in going}))
    when, beside = week.moment(minute), wording.count(len(sessions), "session")
    lacking = "no room is left for the urgent slot"
    if len(going) > 1:
        lacking = "not all rooms that they need are left for the urgent slots"
    sentence = (
        f"On {week.day_name(minute // 1440)} at {when:%H:%M}, {lacking} of {wording.listing(who)} "
        f"beside {beside} in person."
    )
    return report(setting, who, when, wording.count(len(going), "urgent slot"), "a room for each", sentence)
