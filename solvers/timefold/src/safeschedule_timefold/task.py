"""What there is to place: tasks with the places that they are offered, and back again as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from safeschedule.model.rows import KIND_NUMBER, Role
from safeschedule.problem import BlockKind

SESSION, DOCUMENTATION, BREAK, COORDINATION, SEAT, SUPERVISION, URGENT, OTHER = range(8)
"""What a task is, as in `Kind.java`; a seat is one clinician's part in a consultation."""

WHAT = {
    BlockKind.DOCUMENTATION: DOCUMENTATION,
    BlockKind.BREAK: BREAK,
    BlockKind.COORDINATION: COORDINATION,
    BlockKind.CONSULTATION: SEAT,
    BlockKind.SUPERVISION: SUPERVISION,
    BlockKind.URGENT_SLOT: URGENT,
}
_WEAK = {BlockKind.RECOVERY, BlockKind.RESET}
_NOT_WORK = {BlockKind.BREAK}


class Place(NamedTuple):
    """A place as `Place.java` reads it; see there."""

    clinician: int
    partner: int
    start: int
    minutes: int
    site: int
    in_person: int


class Kind(NamedTuple):
    """What a task is, as `Kind.java` reads it; see there."""

    what: int
    clinician: int = -1
    client: int = 0
    request: int = -1
    lead: int = 0
    pad: int = 0
    high: int = 0
    intake: int = 0
    flagged: int = 0
    exempt: int = 0
    parts_high: int = 1
    parts_intakes: int = 1
    counted: int = 1
    counts: int = 0
    extra: int = 0
    room_kind: int = -1
    value: int = 0
    duty: int = -1


@dataclass
class Task:
    """A session or a block that is to be placed.

    Parameters
    ----------
    kind
        What it is.
    choices
        Numbers of the places that it is offered, best guesses first.
    block
        The block's kind; ``None`` for sessions.
    role
        Of the row that it becomes.
    pinned
        Whether its only place is decided.
    costs
        By place number, what lying there costs by level.
    """

    kind: Kind
    choices: list[int]
    block: BlockKind | None = None
    role: Role = Role.SOLO
    pinned: bool = False
    costs: dict[int, list[int]] = field(default_factory=dict)

    def rows(self, place: Place) -> list[tuple[int, ...]]:
        """Return the rows of this task in a place: itself, and the reset before it."""
        clinician = self.kind.clinician if self.kind.clinician >= 0 else place.clinician
        kind = -1 if self.block is None else KIND_NUMBER[self.block]
        # In the order of the fields of Rows; modes are numbered in person, then telehealth.
        mode = 0 if self.block is not None or place.in_person else 1
        found: list[tuple[int, ...]] = [
            (
                self.kind.request, kind, clinician, place.partner, int(self.role),
                place.start, place.minutes, mode, place.site if self.block is None else -1,
            )
        ]  # fmt: skip
        if self.kind.lead:
            reset, start = KIND_NUMBER[BlockKind.RESET], place.start - self.kind.lead
            found.append((-1, reset, clinician, -1, int(Role.SOLO), start, self.kind.lead, 0, -1))
        return found


def block_task(
    block: BlockKind,
    clinician: int,
    choices: Iterable[int],
    role: Role = Role.SOLO,
    *,
    lead: int = 0,
    duty: int = -1,
    room: int = -1,
) -> Task:
    """Return the task of a protected block."""
    kind = Kind(
        WHAT.get(block, OTHER),
        clinician,
        lead=lead,
        parts_high=int(block not in _WEAK and block is not BlockKind.URGENT_SLOT),
        parts_intakes=int(block not in _WEAK),
        counted=int(block not in _NOT_WORK),
        duty=duty,
        room_kind=room,
    )
    return Task(kind, list(choices), block=block, role=role)


class Places:
    """All places of a week; equal ones are one."""

    def __init__(self) -> None:
        self._numbers: dict[Place, int] = {}

    def number(self, place: Place) -> int:
        """Return a place's number, a new one at its first time."""
        return self._numbers.setdefault(place, len(self._numbers))

    def all(self) -> list[Place]:
        """Return every place in the order of numbers."""
        return list(self._numbers)
