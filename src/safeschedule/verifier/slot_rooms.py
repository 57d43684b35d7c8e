"""What urgent slots and sessions need of rooms and equipment, and what can be used when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from safeschedule.problem import SessionType
from safeschedule.verifier.activity import ProtectedTime, Session
from safeschedule.verifier.intervals import Interval, merged, without
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week
from safeschedule.verifier.working_days import Period

Fitting = frozenset[str]
"""The codes of what would do for one thing that is needed."""


def slot_rooms(week: Week) -> SlotRooms:
    """Return the rooms and the equipment of a week; weeks of one problem share what is known of them."""
    if SlotRooms not in week.lasting:
        week.lasting[SlotRooms] = SlotRooms(week)
    found: SlotRooms = week.lasting[SlotRooms]
    return found


class SlotRooms:
    """The rooms and the equipment of a week, as its sessions and its urgent slots need them.

    It depends on the problem alone, not on what is planned.

    Parameters
    ----------
    week
        The week.
    """

    def __init__(self, week: Week) -> None:
        self._week, self.slots = week, Slots(week)
        self._halves: dict[tuple[str, int], frozenset[bool]] = {}
        self._fitting: dict[tuple[str | None, ...], tuple[Fitting, ...]] = {}
        spans = {
            code: [(week.minute(span.start), week.minute(span.end)) for span in shut]
            for code, shut in week.problem.by_code.shut.items()
            if code in week.rooms
        }
        self.shut: dict[str, list[Interval]] = {code: merged(own) for code, own in spans.items() if own}
        """By room, when it cannot be used."""

    def held(self, block: ProtectedTime) -> tuple[Fitting, ...]:
        """Return what a slot needs in person, where it can ever be had."""
        needs = self.wanted(block)
        if not needs:
            return ()
        who, week = block.clinicians[0], self._week
        day = week.working_day(who, block.start)
        if (who, day) not in self._halves:
            self._halves[who, day] = frozenset(self._open(who, day))
        return needs if week.second_half(who, block.start) in self._halves[who, day] else ()

    def wanted(self, block: ProtectedTime) -> tuple[Fitting, ...]:
        """Return what a slot's session needs in person, of what there is where it could be."""
        if not self.slots.counts(block):
            return ()
        return self._needs(block.clinicians[0], self.period(block))

    def period(self, block: ProtectedTime) -> Period | None:
        """Return the working period in which a slot starts."""
        who = block.clinicians[0]
        return self._period(who, self._week.working_day(who, block.start), block.start)

    def remote(self, period: Period | None) -> bool:
        """Return whether nobody is seen in person in a period."""
        there = period is not None and period.site in self._week.telehealth_sites
        return there or (period is not None and period.telehealth_only)

    def _period(self, clinician: str, day: int, minute: int) -> Period | None:
        for period in self._week.hours[clinician].periods(day):
            pieces = without(period.start, period.end, self._week.changes)
            if any(start <= minute < end for start, end in pieces):
                return period
        return None

    def _needs(self, clinician: str, period: Period | None) -> tuple[Fitting, ...]:
        kind = self.slots.kind
        if kind is None or self.remote(period):
            return ()
        found = self.fitting(kind, self.sites(clinician, period))
        return tuple(things for things in found if things)

    def sites(self, clinician: str, period: Period | None) -> list[str | None]:
        """Return where somebody may see people in a period."""
        if period is not None and period.site is not None:
            return [period.site]
        own, every = self._week.clinicians[clinician].sites, [site.id for site in self._week.problem.sites]
        known: Sequence[str | None] = own or every or [None]
        return [site for site in known if site not in self._week.telehealth_sites]

    def fitting(self, kind: SessionType, sites: Sequence[str | None]) -> tuple[Fitting, ...]:
        """Return what would do for each thing that a session of a type needs at one of some sites."""
        key = kind.id, *sites
        if key not in self._fitting:
            self._fitting[key] = tuple(self._found_fitting(kind, sites))
        return self._fitting[key]

    def _found_fitting(self, kind: SessionType, sites: Sequence[str | None]) -> Iterator[Fitting]:
        week, people = self._week, kind.largest + kind.facilitators
        if kind.room_kind is not None:
            yield frozenset(
                room.id
                for room in week.rooms.values()
                if room.site in sites and room.seats >= people and kind.room_kind in (room.kind, *room.also)
            )
        for wanted in sorted(set(kind.equipment)):
            pieces = (e for e in week.problem.equipment if e.kind == wanted)
            yield frozenset(f"piece {e.id}" for e in pieces if e.site is None or e.site in sites)

    def _open(self, clinician: str, day: int) -> Iterator[bool]:
        """Yield the halves of a working day in which a slot could have all that it needs, if alone."""
        turn = self._week.turn(clinician, day)
        for first, last in self.slots.starts(clinician, day):
            needs = self._needs(clinician, self._period(clinician, day, first))
            for late, low, high in ((False, first, min(last, turn - 1)), (True, max(first, turn), last)):
                if needs and self._some_start(needs, low, high):
                    yield late

    def _some_start(self, needs: tuple[Fitting, ...], low: int, high: int) -> bool:
        """Return whether from some start on nothing that is needed is shut as long as a slot lasts."""
        every = self.slots.every
        spans = [span for things in needs for span in self._all_shut(things)]
        start = low + -low % every
        while start <= high:
            later = [end for begin, end in spans if begin < start + self.slots.minutes and start < end]
            if not later:
                return True
            start = max(later) + -max(later) % every
        return False

    def _all_shut(self, things: Fitting) -> list[Interval]:
        """Return when none of some things can be used."""
        if not things <= self.shut.keys():
            return []
        edges = sorted({edge for code in things for span in self.shut[code] for edge in span})
        return [(a, b) for a, b in pairwise(edges) if not self.usable(things, a)]

    def usable(self, things: Fitting, minute: int) -> Fitting:
        """Return which of some things can be used in a minute."""
        if not self.shut.keys() & things:
            return things
        return frozenset(
            code for code in things if not any(a <= minute < b for a, b in self.shut.get(code, ()))
        )

    def of(self, session: Session, minute: int) -> Iterator[Fitting]:
        """Yield what would do in a minute for each thing that a session needs; a named room is its own."""
        kind = session.type
        named = session.room is not None and session.room in self._week.rooms
        if named:
            yield frozenset({session.room or ""})
        if session.mode != "in_person" or kind is None:
            return
        needs = self.fitting(kind, [session.site])
        for number, things in enumerate(needs):
            if not (named and number == 0 and kind.room_kind is not None):
                yield self.usable(things, minute)
