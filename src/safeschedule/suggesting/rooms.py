"""Rooms for one session, while all others keep theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from functools import cached_property

from safeschedule.problem import Mode, SessionType
from safeschedule.schedule import Appointment
from safeschedule.verifier.activity import ProtectedTime as SlotBlock
from safeschedule.verifier.again import Standing
from safeschedule.verifier.nearby import Given
from safeschedule.verifier.slot_rooms import slot_rooms


class Rooms:
    """The rooms of a schedule.

    Parameters
    ----------
    standing
        The schedule.
    """

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._by_date: dict[date, list[Appointment]] = defaultdict(list)
        for given in standing.schedule.appointments:
            if given.mode is Mode.IN_PERSON:
                # One that goes on past midnight is there on both dates.
                for day in {given.start.date(), end_of(given).date()}:
                    self._by_date[day].append(given)

    def free(self, given: Appointment, without: Collection[Given]) -> list[str] | None:
        """Return the rooms that fit a session and that no other session has at its time.

        Parameters
        ----------
        without
            What does not count.

        Returns
        -------
        list of str or None
            In the problem's order; ``None`` where no room is needed, or where it cannot be known, because the
            schedule does not say which room some session has then.
        """
        kind = self._standing.week.types.get(given.session_type)
        if kind is None or kind.room_kind is None or given.mode is not Mode.IN_PERSON:
            return None
        taken = set()
        for other in self._at_once(given, without):
            if other.room is not None:
                taken.add(other.room)
            elif other.site == given.site and self._needs_room(other):
                return None
        return [room for room in self._fitting(kind, given) if room not in taken]

    def choose(self, given: Appointment, without: Collection[Given]) -> str | None:
        """Return a room for a session: its own where that is free, else the best that is, else its own."""
        free = self.free(given, without)
        if not free or given.room in free:
            return given.room
        return self.best(free, given)

    def best(self, free: Sequence[str], given: Appointment) -> str:
        """Return the first of some free rooms that no urgent slot of the time could use, or the first."""
        return self.ranked(free, given)[0]

    def ranked(self, free: Sequence[str], given: Appointment) -> list[str]:
        """Return free rooms in their order, those that an urgent slot of the time could use last."""
        start = self._standing.week.minute(given.start)
        kept = {
            room
            for block, needs in self._held
            if block.start < start + given.minutes and start < block.end
            for things in needs
            for room in things
        }
        return sorted(free, key=lambda room: room in kept)

    @cached_property
    def _held(self) -> list[tuple[SlotBlock, tuple[frozenset[str], ...]]]:
        """The urgent slots for which a room is kept, and what would do for each."""
        week = self._standing.week
        if not week.settings["urgent_rooms"].enabled:
            return []
        rooms = slot_rooms(week)
        return [(block, needs) for block in week.blocks if (needs := rooms.held(block))]

    def _fitting(self, kind: SessionType, given: Appointment) -> list[str]:
        people, shut = kind.largest + kind.facilitators, self._standing.problem.by_code.shut
        return [
            room.id
            for room in self._standing.problem.rooms
            if room.site == given.site
            and room.seats >= people
            and kind.room_kind in room.kinds
            and not any(
                span.start < end_of(given) and given.start < span.end for span in shut.get(room.id, ())
            )
        ]

    def _at_once(self, given: Appointment, without: Collection[Given]) -> list[Appointment]:
        left = {id(other) for other in without}
        days = {given.start.date(), end_of(given).date()}
        near = {id(other): other for day in days for other in self._by_date.get(day, ())}
        return [o for o in near.values() if id(o) not in left and at_once(given, o)]

    def _needs_room(self, given: Appointment) -> bool:
        kind = self._standing.week.types.get(given.session_type)
        return kind is not None and kind.room_kind is not None


def end_of(given: Given) -> datetime:
    """Return when an appointment or block ends."""
    return given.start + timedelta(minutes=given.minutes)


def at_once(one: Given, other: Given) -> bool:
    """Return whether two appointments or blocks overlap in time."""
    return one.start < end_of(other) and other.start < end_of(one)
