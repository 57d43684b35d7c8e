"""What a problem has, found by its code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol, TypeVar

from safeschedule.frozen import FrozenDict
from safeschedule.problem.attendants import Attendant
from safeschedule.problem.clock import Span
from safeschedule.problem.once import once_each
from safeschedule.problem.people import AcuityBand, Client, Clinician
from safeschedule.problem.places import Room, Site
from safeschedule.problem.work import Group, Request, SessionType

if TYPE_CHECKING:
    from safeschedule.problem.problem import Problem


class _Coded(Protocol):
    @property
    def id(self) -> str: ...


E = TypeVar("E", bound=_Coded)


@dataclass(frozen=True)
class Lookup:
    """The entities of a problem by their codes; where two have one code, which is a fault, the later one.

    Parameters
    ----------
    clinicians, clients, attendants, bands
        People, and acuity bands.
    session_types, requests, groups
        Work of the week.
    sites, rooms
        Places.
    shut
        By room, when no session can be in it: it is unavailable, or a meeting is there.
    """

    clinicians: Mapping[str, Clinician]
    clients: Mapping[str, Client]
    attendants: Mapping[str, Attendant]
    bands: Mapping[str, AcuityBand]
    session_types: Mapping[str, SessionType]
    requests: Mapping[str, Request]
    groups: Mapping[str, Group]
    sites: Mapping[str, Site]
    rooms: Mapping[str, Room]
    shut: Mapping[str, tuple[Span, ...]]


# The lookup must not hold the problem: what is remembered of a problem is forgotten when it is gone.
@once_each
def lookup_of(problem: Problem) -> Lookup:
    """Return the entities of a problem by their codes."""
    return Lookup(
        clinicians=_by_code(problem.clinicians),
        clients=_by_code(problem.clients),
        attendants=_by_code(problem.attendants),
        bands=_by_code(problem.bands),
        session_types=_by_code(problem.session_types),
        requests=_by_code(problem.requests),
        groups=_by_code(problem.groups),
        sites=_by_code(problem.sites),
        rooms=_by_code(problem.rooms),
        shut=FrozenDict(_shut(problem)),
    )


def _shut(problem: Problem) -> dict[str, tuple[Span, ...]]:
    found = {room.id: room.unavailable for room in problem.rooms if room.unavailable}
    for meeting in problem.meetings:
        if meeting.room is not None:
            span = Span(start=meeting.start, end=meeting.start + timedelta(minutes=meeting.minutes))
            found[meeting.room] = (*found.get(meeting.room, ()), span)
    return found


def _by_code(entities: Iterable[E]) -> Mapping[str, E]:
    return FrozenDict({entity.id: entity for entity in entities})
