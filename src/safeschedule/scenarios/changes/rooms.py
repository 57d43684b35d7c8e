"""More or fewer rooms."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from safeschedule.problem.entity import SHORT, Code
from safeschedule.problem.taking import Many, usual
from safeschedule.scenarios.change import ScenarioChange
from safeschedule.scenarios.making import Making


class OtherRooms(ScenarioChange):
    """Rooms go, or more come that are like one that is there.

    Parameters
    ----------
    remove
        Rooms that are not there any more. Sessions that are pinned to one need another.
    like
        A room that is there; those that come are free all week.
    count
        How many come.
    """

    name: ClassVar[str] = "rooms"
    example: ClassVar[str] = 'rooms = {like = "room-1", count = 2}'

    remove: Many[Code] = Field(default=usual(()), max_length=SHORT)
    like: Code | None = None
    count: int = Field(default=1, ge=1, le=500, strict=True)

    def apply(self, making: Making) -> None:
        """Add first, so that one that goes can be the model."""
        known = {room.id: room for room in making.problem.rooms}
        sound = making.knows("remove", self.remove, known, "id of a room")
        sound &= making.knows_one("like", self.like, known, "id of a room")
        if not self.remove and self.like is None:
            making.fault("missing_field", "", None, "rooms to remove, or one that others are to be like")
            sound = False
        if not sound:
            return
        for _ in range(self.count if self.like is not None else 0):
            new = known[str(self.like)].model_copy(
                update={"id": making.unused(str(self.like)), "unavailable": ()}
            )
            making.update(rooms=(*making.problem.rooms, new))
        if self.remove:
            without_rooms(making, set(self.remove))


def without_rooms(making: Making, gone: set[str]) -> None:
    """Take rooms out, also of what is pinned."""
    problem = making.problem
    making.update(
        rooms=tuple(room for room in problem.rooms if room.id not in gone),
        pinned_appointments=tuple(
            pin.model_copy(update={"room": None}) if pin.room in gone else pin
            for pin in problem.pinned_appointments
        ),
    )


CHANGE = OtherRooms
