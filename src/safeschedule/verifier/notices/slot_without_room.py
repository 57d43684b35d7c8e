"""Notices of urgent slots at which there would be no room for the crisis session that they are held for."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import SessionType
from safeschedule.verifier import wording
from safeschedule.verifier.activity import Block, Session
from safeschedule.verifier.matching import all_served
from safeschedule.verifier.notice import WeekNotice
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week


def tell(week: Week) -> Iterator[WeekNotice]:
    """Yield the urgent slots whose crisis session finds no room in person, each looked at by itself.

    No rule holds a room for them. Nothing is told of a service that plans no rooms, or none for its crisis
    sessions, and of slots in working time for telehealth.
    """
    slots, rooms = Slots(week), week.rooms
    kind = slots.kind
    if kind is None or kind.room_kind is None or not rooms or not week.settings["room_capacity"].enabled:
        return
    held = (block for block in week.blocks if slots.counts(block))
    found = [block for block in held if _in_person(week, block) and not _has_room(week, kind, block)]
    if found:
        people = tuple(sorted({block.clinicians[0] for block in found}))
        when = wording.listing([f"{block.clinicians[0]} on {week.at(block)}" for block in found])
        verb = "has" if len(found) == 1 else "have"
        text = (
            f"{wording.count(len(found), 'urgent slot')} {verb} no {wording.words(kind.room_kind)} room for "
            f"a session in person: {when}. See the client by telehealth, or keep a room free."
        )
        yield WeekNotice("slot_without_room", False, text, people, numbers={"slots": len(found)})


def _in_person(week: Week, block: Block) -> bool:
    """Return whether somebody could be seen in person where the slot lies."""
    for period in week.hours[block.clinicians[0]].periods(block.day):
        if period.start <= block.start and block.end <= period.end:
            return not period.telehealth_only and period.site not in week.telehealth_sites
    return False


def _has_room(week: Week, kind: SessionType, block: Block) -> bool:
    """Return whether the crisis session could have a room beside all others."""
    end = min(block.end, block.start + kind.minutes)
    going = [
        session
        for session in week.sessions
        if session.mode == "in_person" and session.start < end and block.start < session.end
    ]
    taken = [(session, _fitting(week, session)) for session in going]
    moments = {block.start, *(s.start for s in going if s.start > block.start)}
    moments |= {
        start
        for room in week.rooms.values()
        for span in room.unavailable
        if block.start < (start := week.minute(span.start)) < end
    }
    mine = _rooms(week, kind, _sites(week, block))
    # One and the same room for all of it would ask for more; what no moment leaves is certain.
    return all(
        all_served(
            [rooms for session, rooms in taken if rooms and session.start <= moment < session.end]
            + [mine - _shut(week, moment)]
        )
        for moment in moments
    )


def _fitting(week: Week, session: Session) -> frozenset[str]:
    """Return the rooms that a session could have: its own where it names one, none where it needs none."""
    if session.room is not None and session.room in week.rooms:
        return frozenset({session.room})
    if session.type is None or session.type.room_kind is None:
        return frozenset()
    return _rooms(week, session.type, frozenset({session.site}))


def _rooms(week: Week, kind: SessionType, sites: frozenset[str | None]) -> frozenset[str]:
    people = kind.largest + kind.facilitators
    return frozenset(
        room.id
        for room in week.rooms.values()
        if room.site in sites and room.seats >= people and kind.room_kind in (room.kind, *room.also)
    )


def _sites(week: Week, block: Block) -> frozenset[str | None]:
    """Return where the slot's session could be."""
    clinician = week.clinicians[block.clinicians[0]]
    for period in week.hours[clinician.id].periods(block.day):
        if period.start <= block.start and block.end <= period.end and period.site is not None:
            return frozenset({period.site})
    return frozenset(clinician.sites or (room.site for room in week.rooms.values()))


def _shut(week: Week, moment: int) -> frozenset[str]:
    """Return the rooms that cannot be used in a minute."""
    return frozenset(
        room.id
        for room in week.rooms.values()
        for span in room.unavailable
        if week.minute(span.start) <= moment < week.minute(span.end)
    )
