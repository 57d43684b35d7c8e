"""Which rooms and pieces of equipment fit a type's sessions, and when rooms cannot be used."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.model.index import Index
from safeschedule.problem import Room, SessionType

Fitting = frozenset[str]


def fitting_rooms(index: Index, kind: SessionType, site: str | None) -> Fitting:
    """Return the rooms at a site that fit a type's sessions."""
    people = kind.largest + kind.facilitators
    return frozenset(
        room.id
        for room in index.problem.rooms
        if room.site == site and room.seats >= people and kind.room_kind in room.kinds
    )


def pieces(index: Index, wanted: str, site: str | None) -> Fitting:
    """Return the pieces of a kind that can be had at a site."""
    # Marked, so that a room and a piece of one code stay two things.
    return frozenset(
        f"* {piece.id}"
        for piece in index.problem.equipment
        if piece.kind == wanted and piece.site in (None, site)
    )


def needs(index: Index, kind: SessionType, site: str | None) -> Iterator[Fitting]:
    """Yield what would do for each thing that a session in person needs."""
    if kind.room_kind is not None:
        yield fitting_rooms(index, kind, site)
    yield from equipment(index, kind, site)


def equipment(index: Index, kind: SessionType, site: str | None) -> Iterator[Fitting]:
    """Yield what would do for each kind of equipment that a session needs."""
    for wanted in dict.fromkeys(kind.equipment):
        yield pieces(index, wanted, site)


def unusable(index: Index, room: Room) -> set[int]:
    """Return the grid steps of the week in some minute of which a room cannot be used."""
    shut = index.problem.by_code.shut.get(room.id, ())
    spans = ((index.minute(span.start), index.minute(span.end)) for span in shut)
    pieces = ((max(0, a), min(b, index.slots * index.grid)) for a, b in spans)
    return {step for a, b in pieces for step in range(a // index.grid, -(-b // index.grid)) if a < b}
