"""Notices of urgent slots at which there would be no room for the crisis session that they are held for."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.verifier import wording
from safeschedule.verifier.activity import ProtectedTime
from safeschedule.verifier.matching import most_served
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.slot_rooms import SlotRooms, slot_rooms
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield the urgent slots whose crisis session finds no room in person, each looked at by itself.

    That is where the rule ``urgent_rooms`` is off, soft or asks nothing because there is none to be had.
    Nothing is told of a service that plans no rooms, or none for its crisis sessions, and of slots in working
    time for telehealth.
    """
    rooms = slot_rooms(week)
    kind = rooms.slots.kind
    if kind is None or kind.room_kind is None or not week.rooms:
        return
    if not week.settings["room_capacity"].enabled:
        return
    held = (block for block in week.blocks if rooms.slots.counts(block))
    found = [b for b in held if not rooms.remote(rooms.period(b)) and not _has_room(week, rooms, b)]
    if found:
        people = tuple(sorted({block.clinicians[0] for block in found}))
        when = wording.listing([f"{block.clinicians[0]} on {week.at(block)}" for block in found])
        verb = "has" if len(found) == 1 else "have"
        text = (
            f"{wording.count(len(found), 'urgent slot')} {verb} no {wording.words(kind.room_kind)} room for "
            f"a session in person: {when}. See the client by telehealth, or keep a room free."
        )
        yield WeekNotice("slot_without_room", False, text, people, numbers={"slots": len(found)})


def _has_room(week: Week, rooms: SlotRooms, block: ProtectedTime) -> bool:
    """Return whether the crisis session could have a room beside all sessions."""
    kind, who = rooms.slots.kind, block.clinicians[0]
    assert kind is not None
    end = min(block.end, block.start + kind.minutes)
    going = [session for session in week.sessions if session.start < end and block.start < session.end]
    shut = (start for spans in rooms.shut.values() for start, _ in spans)
    moments = {block.start, *(moment for moment in shut if block.start < moment < end)}
    moments |= {session.start for session in going if session.start > block.start}
    mine = rooms.fitting(kind, rooms.sites(who, rooms.period(block)))[0]
    # One and the same room for all of it would ask for more; what no moment leaves is certain.
    for moment in moments:
        there = (session for session in going if session.start <= moment < session.end)
        taken = [things for session in there for things in rooms.of(session, moment)]
        if len(taken) not in most_served([*taken, rooms.usable(mine, moment)]):
            return False
    return True
