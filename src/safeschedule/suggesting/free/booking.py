"""One booking: the session, what comes with it, and what the verifier says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from safeschedule.problem import BlockKind, Kind, SessionType
from safeschedule.schedule import Appointment, Block
from safeschedule.suggesting.attendants import Attendants
from safeschedule.suggesting.free.result import FreeSlot
from safeschedule.suggesting.moving import buffer_minutes, buffers_beside
from safeschedule.suggesting.rooms import Rooms, at_once, end_of
from safeschedule.verifier.adding import Adding
from safeschedule.verifier.again import Standing


class Booker:
    """Books sessions in a week that stands: nothing moves, and what comes with them is in free time.

    Parameters
    ----------
    standing
        The week.
    adding
        Judges what is added to it.
    kind
        The type of the sessions.
    """

    def __init__(self, standing: Standing, adding: Adding, kind: SessionType) -> None:
        self._standing, self._adding, self._kind = standing, adding, kind
        self._rooms, self._attendants = Rooms(standing), Attendants(standing)
        self._meetings = [
            (set(meeting.clinicians), meeting.start, meeting.start + timedelta(minutes=meeting.minutes))
            for meeting in standing.problem.meetings
        ]

    @property
    def shares_more_than_rooms(self) -> bool:
        """Whether the sessions need equipment, of which there is only so much."""
        return bool(self._kind.equipment)

    def held_at(self, *given: Appointment) -> int:
        """Return how many urgent slots go on at the time of some sessions."""
        held = [block for block in self._standing.schedule.blocks if block.kind is BlockKind.URGENT_SLOT]
        return sum(any(at_once(block, each) for each in given) for block in held)

    def rooms_for(self, given: Appointment) -> list[str | None]:
        """Return the rooms that a session may have, best first; ``None`` stands for none."""
        free = self._rooms.free(given, ())
        return [None] if free is None else list(self._rooms.ranked(free, given))

    def book(self, given: Appointment) -> FreeSlot | str:
        """Return a session as a slot, in the best room in which it breaks nothing; else a rule against it.

        Parameters
        ----------
        given
            The session, without a room and attendants.
        """
        against = "room_capacity"
        for room in self.rooms_for(given):
            placed = self._attendants.choose(given.model_copy(update={"room": room}), ())
            if placed is None:
                return "attendants"
            stands = next(self._adding.then_breaks([placed]), None)
            if stands is None:
                # Whatever else stands against it does so in every room.
                return self._beside(placed)
            against = stands.rule
        return against

    def _beside(self, given: Appointment) -> FreeSlot | str:
        """Return a session in its room as a slot; else a rule against it."""
        blocks = self._blocks(given)
        if blocks is None:
            return "no_overlap"
        # How much documentation is missing has to be known first: with it, all else is judged once.
        missing = [each.amount for each in self._adding.near_breaks([given, *blocks], ("documentation",))]
        against: str | None = None
        for minutes in self._lengths(given, max(missing, default=0)):
            block = self._documentation(given, blocks, minutes) if minutes else None
            if block is not None or not minutes:
                beside = blocks if block is None else [*blocks, block]
                stands = next(self._adding.breaks([given, *beside]), None)
                if stands is None:
                    return FreeSlot(given, tuple(beside))
                against = against or stands.rule
        return against or "documentation"

    def _lengths(self, given: Appointment, missing: int) -> Iterator[int]:
        """Yield how much documentation may come with a session: what is missing with it.

        Where some is missing already, that need not come, too.
        """
        step = self._standing.problem.grid
        most = -(-missing // step) * step
        yield most
        (person,) = given.clinicians
        found = self._standing.verification.findings
        if most and any(each.rule == "documentation" and each.hard and person in each.who for each in found):
            yield from range(most - step, 0, -step)

    def _blocks(self, given: Appointment) -> list[Block] | None:
        """Return preparation, reset and recovery beside a session; ``None`` where something is in the way."""
        blocks = [*buffers_beside(given, *buffer_minutes(self._standing, given)), *self._reset(given)]
        return blocks if all(self._free(block) for block in blocks) else None

    def _reset(self, given: Appointment) -> Iterator[Block]:
        setting = self._standing.week.settings["crisis_reset"]
        if setting.enabled and setting.hard and self._kind.kind is Kind.CRISIS:
            minutes = setting.whole("minutes")
            start = given.start - timedelta(minutes=minutes)
            yield Block(kind=BlockKind.RESET, clinicians=given.clinicians, start=start, minutes=minutes)

    def _documentation(self, given: Appointment, blocks: list[Block], minutes: int) -> Block | None:
        """Return documentation directly after session and recovery; ``None`` where something is there."""
        block = Block(
            kind=BlockKind.DOCUMENTATION,
            clinicians=given.clinicians,
            start=max([end_of(given), *map(end_of, blocks)]),
            minutes=minutes,
        )
        return block if self._free(block) else None

    def _free(self, block: Block) -> bool:
        """Return whether a block's clinician has nothing else to do in it."""
        (person,) = block.clinicians
        near = self._standing.nearby.of([("clinician", person)])
        if any(at_once(block, given) for given in near):
            return False
        end = end_of(block)
        meant = (span for people, *span in self._meetings if person in people)
        return not any(start < end and block.start < stop for start, stop in meant)
