"""A schedule while it is drawn: what is placed, who is busy, and what is still to be placed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from safeschedule.problem import BlockKind, Clinician, Group, Mode, Problem, Request
from safeschedule.problem.clock import DAY, minutes_after, moment_at
from safeschedule.schedule import Appointment, Block
from safeschedule.testing.strategies.drawing import Draw
from safeschedule.testing.strategies.lengths import Lengths

Interval = tuple[int, int]


@dataclass(frozen=True)
class Venue:
    """How and where a session is held."""

    mode: Mode
    site: str | None = None
    room: str | None = None


@dataclass
class DrawnWeek:
    """A schedule while it is drawn; times are minutes after the week's start.

    Parameters
    ----------
    lengths
        Minutes that blocks may have, by kind.
    rooms
        Whether sessions may name rooms.
    """

    draw: Draw
    problem: Problem
    lengths: Lengths
    rooms: bool = False
    appointments: list[Appointment] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)

    def __post_init__(self) -> None:
        problem = self.problem
        self.grid = problem.grid
        self.people = problem.by_code.clinicians
        self.codes = tuple(self.people)
        self.leads = tuple(code for code, person in self.people.items() if person.is_supervisor)
        self.types = problem.by_code.session_types
        self.clients = problem.by_code.clients
        self.sites = tuple(site.id for site in problem.sites)
        self.periods = {code: self._periods(person) for code, person in self.people.items()}
        self.left = {request.id: request.count for request in problem.requests}
        """Sessions of each request that are not placed yet."""
        self._keys: set[tuple[object, ...]] = set()
        self.busy: dict[str, list[Interval]] = defaultdict(list)
        """By clinician."""
        self.engaged: dict[str, list[Interval]] = defaultdict(list)
        """By client."""
        self.places: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
        """By clinician: start and end of what is at a site, or leads there."""

    def _periods(self, person: Clinician) -> list[Interval]:
        first = self.problem.week_start.weekday()
        found = [((p.day.number - first) % 7 * DAY, p) for p in person.working]
        joined: list[Interval] = []
        for start, end in sorted((day + p.start, day + p.end) for day, p in found):
            if joined and joined[-1][1] == start and start % DAY == 0:
                joined[-1] = joined[-1][0], end
            else:
                joined.append((start, end))
        return joined

    def room_in(self, group: Group) -> bool:
        """Return whether a group may have another session."""
        return sum(given.group == group.id for given in self.appointments) < group.sessions

    # Times.

    def minute(self, moment: datetime) -> int:
        """Return a local time in minutes of the week."""
        return minutes_after(self.problem.week_start, moment)

    def up(self, minutes: int) -> int:
        """Return minutes rounded up to the grid."""
        return -(-minutes // self.grid) * self.grid

    def within_date(self, start: int, minutes: int) -> int:
        """Return the start, moved as far as needed for an end on the same date of the week."""
        day = min(start // DAY, 6)
        return max(day * DAY, min(start, ((day + 1) * DAY - minutes) // self.grid * self.grid))

    def free(self, code: str, start: int, minutes: int) -> bool:
        """Return whether somebody works and has nothing else then."""
        inside = any(a <= start and start + minutes <= b for a, b in self.periods[code])
        return inside and self.idle(code, start, minutes)

    def idle(self, code: str, start: int, minutes: int, client: str = "") -> bool:
        """Return whether somebody, and a client, has nothing else then, at work or not."""
        spans = [*self.busy[code], *self.engaged[client]]
        return all(b <= start or start + minutes <= a for a, b in spans)

    def common(self, people: Sequence[str], minutes: int) -> list[int]:
        """Return starts at which all are free, the earliest dozen."""
        found: list[int] = []
        for begin, end in self.periods[people[0]]:
            for start in range(self.up(begin), end - minutes + 1, self.grid):
                if all(self.free(code, start, minutes) for code in people):
                    found.append(start)
        return found[:12]

    def whereabouts(self, code: str, start: int) -> str | None:
        """Return the site at which somebody is last known to be, on the same date before a start."""
        midnight = start // DAY * DAY
        before = [(end, site) for _, end, site in self.places[code] if midnight < end <= start]
        return max(before)[1] if before else None

    # Placing.

    def take(self, who: Sequence[str], start: int, minutes: int) -> None:
        """Remember that these people are busy then."""
        for code in who:
            self.busy[code].append((start, start + minutes))

    def add(
        self,
        asked: Request | Group,
        who: Sequence[str],
        start: int,
        place: Venue,
        asking: Sequence[Request] = (),
    ) -> None:
        """Place a session of a request, or of a group with those who ask for it by their requests.

        What begins as an equal session does, at the same place, is left out: no model holds both.
        """
        first = min(who, key=self.codes.index)
        if self._is_there((asked.id, isinstance(asked, Group), first, start, place.mode, place.site)):
            return
        requests = [asked] if isinstance(asked, Request) else asking
        minutes = self.types[asked.session_type].minutes
        for request in requests:
            self.left[request.id] -= 1
            self.engaged[request.client].append((start, start + minutes))
        self._hold(who, start, minutes, place.site)
        self.appointments.append(
            Appointment(
                request=asked.id if isinstance(asked, Request) else None,
                group=asked.id if isinstance(asked, Group) else None,
                session_type=asked.session_type,
                clients=tuple(request.client for request in requests),
                clinicians=tuple(who),
                start=moment_at(self.problem.week_start, start),
                minutes=minutes,
                mode=place.mode,
                site=place.site,
                room=place.room,
            )
        )

    def add_block(
        self,
        kind: BlockKind,
        who: Sequence[str],
        start: int,
        minutes: int,
        host: str | None = None,
        site: str | None = None,
    ) -> None:
        """Place a block, unless one of its people is in an equal one."""
        if any(self._is_there((kind, code, start, minutes, host, site)) for code in who):
            return
        self._hold([*who, host] if host else who, start, minutes, site)
        begins = moment_at(self.problem.week_start, start)
        self.blocks.append(
            Block(kind=kind, clinicians=tuple(who), start=begins, minutes=minutes, supervisor=host, site=site)
        )

    def _is_there(self, key: tuple[object, ...]) -> bool:
        """Return whether a session or block is there already, and remember it."""
        there = key in self._keys
        self._keys.add(key)
        return there

    def _hold(self, who: Sequence[str], start: int, minutes: int, site: str | None) -> None:
        self.take(who, start, minutes)
        if site is not None:
            for code in who:
                self.places[code].append((start, start + minutes, site))
