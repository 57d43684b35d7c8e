"""What a day programme's week consists of: sorts of sessions, clinicians who are alike, stretches of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.attending import needs_of
from safeschedule.model.courses import course_days, course_gaps, courses
from safeschedule.model.encoders.client_spacing import days_between, most_daily
from safeschedule.model.fitting import fitting_rooms
from safeschedule.model.gathering import facilitators_due
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rooming import pools
from safeschedule.model.rows import MODES, Role, Rows, groups, numbered
from safeschedule.model.spans import DAYS
from safeschedule.problem import Mode, Problem, SessionType, Setting
from safeschedule.problem.clock import DAY
from safeschedule.solving.profit import demanded, worth_of_rows

_KNOWN = {"access", "client_spacing", "group_size"}


@dataclass(frozen=True)
class Sort:
    """Sessions that are alike for whoever gives them: equally long, in the same rooms, by the same people.

    Parameters
    ----------
    minutes
        Of a session.
    group
        The group's number among what is asked for; -1 for sessions of one client.
    requests
        Who comes: the requests of single clients, or those for the group's sessions.
    smallest, largest, most
        Clients in a session, and sessions in the week.
    pools
        Of rooms and equipment on which a session draws (see `rooming.pools`).
    rooms
        Codes of the rooms that fit; ``None``: it needs none.
    """

    minutes: int
    group: int
    requests: tuple[int, ...]
    smallest: int
    largest: int
    most: int
    pools: tuple[int, ...]
    rooms: frozenset[str] | None

    @property
    def items(self) -> tuple[int, ...]:
        """Whose rows its sessions are: the group's, or those of the requests."""
        return (self.group,) if self.group >= 0 else self.requests


@dataclass(frozen=True)
class Peers:
    """Clinicians who could stand in for each other in a piece of working time.

    Parameters
    ----------
    stretch
        Its number.
    steps
        Grid steps of the piece.
    clinicians
        Their numbers.
    starts
        By request (or group): the grid steps at which one of them could begin a session.
    """

    stretch: int
    steps: int
    clinicians: tuple[int, ...]
    starts: dict[int, Ints]


class ProgrammeWeek:
    """The rows of a week without protected time, as numbers of sorts, peers and stretches.

    A stretch is a time of a date in which somebody works without a pause; no session leaves its stretch.

    Parameters
    ----------
    index, rows
        The problem and all its rows.
    tier
        The only one with a soft rule.
    """

    def __init__(self, index: Index, rows: Rows, tier: Tier) -> None:
        self.index, self.rows = index, rows
        self.grid = index.grid
        self._stretch_of_step = _stretches(index, rows)
        held = np.flatnonzero(self._stretch_of_step >= 0)
        numbers, first, steps = np.unique(self._stretch_of_step[held], return_index=True, return_counts=True)
        self.stretches = range(len(numbers))
        self.steps: list[int] = steps.tolist()
        self.days: list[int] = (held[first] * self.grid // DAY).tolist()
        self.stretch = self._stretch_of_step[rows.start // self.grid]
        self.worth = worth_of_rows(index, rows, [tier])[0]

    def length(self, minutes: int) -> int:
        """Return how many grid steps a session of so many minutes holds."""
        return self.index.up(minutes) // self.grid

    def stretch_at(self, step: int) -> int:
        """Return the stretch of a grid step of the week."""
        return int(self._stretch_of_step[step])

    def stretches_of(self, day: int) -> list[int]:
        """Return the stretches of a date."""
        return [stretch for stretch in self.stretches if self.days[stretch] == day]

    def seats(self, request: int, day: int) -> Ints:
        """Return the grid steps of a date at which a client could begin a session of a group."""
        return self._seats[request, day]

    @cached_property
    def _seats(self) -> dict[tuple[int, int], Ints]:
        rows = self.rows
        numbers = np.flatnonzero(rows.role == Role.SEAT)
        return {
            (request, day): np.unique(rows.start[numbers[members]] // self.grid)
            for (request, day), members in groups(rows.request[numbers], rows.day[numbers])
        }

    @cached_property
    def giving(self) -> dict[tuple[int, int], list[int]]:
        """By sort and stretch: positions of the peers who could give such sessions."""
        found: dict[tuple[int, int], list[int]] = defaultdict(list)
        for number, sort in enumerate(self.sorts):
            for position, peers in enumerate(self.peers):
                if any(item in peers.starts for item in sort.items):
                    found[number, peers.stretch].append(position)
        return found

    @cached_property
    def exempt(self) -> Bools:
        """Whether the limits of a client's dates say nothing of a request's sessions."""
        return self.index.of_kind(*self.index.settings["client_spacing"].names("exempt"))

    @cached_property
    def values(self) -> dict[int, int]:
        """What a visit of each request is worth."""
        visits = np.flatnonzero(self.rows.is_visit)
        return {
            request: int(self.worth[visits[members]].max())
            for (request,), members in groups(self.rows.request[visits])
        }

    def worth_of(self, visits: Mapping[tuple[int, int], int]) -> int:
        """Return what visits by request and stretch are worth."""
        return sum(self.values[request] * count for (request, _), count in visits.items())

    @cached_property
    def places(self) -> list[tuple[int, int]]:
        """Each request with each stretch that has a visit for it."""
        found = groups(self.rows.request, self.stretch, where=self.rows.is_visit)
        return [(request, stretch) for (request, stretch), _ in found]

    @cached_property
    def room(self) -> dict[tuple[int, int], int]:
        """By client and stretch: grid steps that the client's sessions could fill."""
        visits = np.flatnonzero(self.rows.is_visit)
        clients = self.index.request_client[self.rows.request[visits]]
        found = {}
        for (client,), members in groups(clients):
            held = _covered(self.index, self.rows, visits[members])
            counts = np.bincount(self._stretch_of_step[held], minlength=len(self.stretches))
            found.update({(client, s): int(counts[s]) for s in np.flatnonzero(counts).tolist()})
        return found

    @cached_property
    def sorts(self) -> list[Sort]:
        """All sorts of sessions."""
        index, rows = self.index, self.rows
        numbers, drawn, _ = self._pools
        draws: dict[int, set[int]] = defaultdict(set)
        for (item, pool), _ in groups(rows.request[numbers], drawn):
            draws[item].add(pool)
        led: dict[int, set[int]] = defaultdict(set)
        heads = np.flatnonzero(rows.is_appointment)
        for (item, clinician), _ in groups(rows.request[heads], rows.clinician[heads]):
            led[item].add(clinician)
        alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
        for item, people in led.items():
            own = item if index.of_groups[item] else -1
            minutes = int(index.request_minutes[item])
            alike[own, minutes, tuple(sorted(people)), tuple(sorted(draws[item]))].append(item)
        asking: dict[int, list[int]] = defaultdict(list)
        for request in self.values:
            asking[int(index.items[request])].append(request)
        return [self._sort(items, asking, draws) for items in alike.values()]

    def _sort(self, items: list[int], asking: dict[int, list[int]], draws: dict[int, set[int]]) -> Sort:
        index, item = self.index, items[0]
        grouped = bool(index.of_groups[item])
        kind = index.request_types[item]
        return Sort(
            minutes=kind.minutes,
            group=item if grouped else -1,
            requests=tuple(asking[item]) if grouped else tuple(items),
            smallest=kind.smallest if grouped else 1,
            largest=kind.largest if grouped else 1,
            most=int(index.counts[items].sum()),
            pools=tuple(sorted(draws[item])),
            rooms=self._rooms(kind),
        )

    def _rooms(self, kind: SessionType) -> frozenset[str] | None:
        """Return the rooms that fit a type's sessions at the only place of the week."""
        in_person, site = MODES[self.rows.mode[0]] is Mode.IN_PERSON, int(self.rows.site[0])
        if kind.room_kind is None or not in_person:
            return None
        return fitting_rooms(self.index, kind, None if site < 0 else self.index.problem.sites[site].id)

    @cached_property
    def alike_rooms(self) -> dict[frozenset[int], set[str]]:
        """Rooms by the sorts of sessions that they fit."""
        found: dict[frozenset[int], set[str]] = defaultdict(set)
        for room in self.index.problem.rooms:
            fits = frozenset(n for n, sort in enumerate(self.sorts) if room.id in (sort.rooms or ()))
            found[fits].add(room.id)
        return found

    @cached_property
    def pools(self) -> dict[int, int]:
        """The size of each pool of rooms or equipment."""
        return self._pools[2]

    @cached_property
    def _pools(self) -> tuple[Ints, Ints, dict[int, int]]:
        return pools(self.index, self.rows)

    @cached_property
    def peers(self) -> list[Peers]:
        """Pieces of working time with who shares them."""
        rows, grid = self.rows, self.grid
        heads = np.flatnonzero(rows.is_appointment)
        alike: dict[tuple[int, bytes, bytes], list[tuple[int, Ints]]] = defaultdict(list)
        for (clinician,), members in groups(rows.clinician[heads]):
            mine = heads[members]
            held = _covered(self.index, rows, mine)
            pieces = np.cumsum(_begins(self.index, held)) - 1
            for (piece,), inside in groups(pieces[rows.start[mine] // grid]):
                own = mine[inside]
                own = own[np.lexsort((rows.start[own], rows.request[own]))]
                steps = int((held & (pieces == piece)).sum())
                key = (steps, rows.request[own].tobytes(), rows.start[own].tobytes())
                alike[key].append((clinician, own))
        return [
            Peers(
                stretch=int(self.stretch[each[0][1][0]]),
                steps=steps,
                clinicians=tuple(clinician for clinician, _ in each),
                starts={
                    item: rows.start[each[0][1][members]] // grid
                    for (item,), members in groups(rows.request[each[0][1]])
                },
            )
            for (steps, *_), each in alike.items()
        ]


def _has_courses(index: Index, spacing: Setting) -> bool:
    """Return whether some request has limits of its own, which the counts do not know."""
    may = np.flatnonzero(courses(index, spacing)).tolist()
    most, between = course_days(index, spacing), course_gaps(index, spacing)
    return any(
        index.requests[r].same_time
        or between[r]
        or most[r] < min(index.counts[r], most_daily(spacing, index.clients[index.request_client[r]]))
        for r in may
    )


def only_counts(problem: Problem) -> bool:
    """Return whether every rule that is on is a physical one or about counts, and nothing is pinned."""
    settings = problem.rulebook.settings()
    physical = {name for name, setting in settings.items() if setting.rule.tier is Tier.PHYSICAL}
    soft = {name for name, setting in settings.items() if not setting.hard}
    if not set(settings) <= _KNOWN | physical or soft != {"access"} or "client_spacing" not in settings:
        return False
    if "group_size" not in settings and problem.groups:
        return False
    fixed = problem.pinned_appointments or problem.pinned_groups or problem.history.appointments
    return not fixed and not any(room.unavailable for room in problem.rooms)


def programme_week(index: Index, rows: Rows, tiers: list[Tier]) -> ProgrammeWeek | None:
    """Return the week when clients come to it daily and its dates hang together by their counts alone.

    So it is where every rule that is on is a physical one or about counts, only access is soft, sessions
    are in one place and led by one person, rooms are there all week, and nothing is pinned
    and nobody attends.
    """
    spacing = index.settings.get("client_spacing")
    if not only_counts(index.problem) or spacing is None or len(tiers) != 1:
        return None
    if not demanded(index).any() or not len(rows):
        return None
    simple = np.isin(rows.role, [Role.SOLO, Role.LEAD, Role.SEAT]) & (rows.request >= 0)
    one_place = len(np.unique(numbered(rows.mode, rows.site))) == 1
    apart = any(days_between(spacing, client) for client in index.clients) or _has_courses(index, spacing)
    if not simple.all() or not one_place or apart or any(needs_of(index)):
        return None
    # Dates are arranged one by one: nobody's working day may go on after midnight.
    if _shared_lead(index) or _short_contract(index) or index.overnight:
        return None
    week = ProgrammeWeek(index, rows, tiers[0])
    return week if any(week.values.values()) else None


def _shared_lead(index: Index) -> bool:
    """Return whether a group is led by several."""
    return any(facilitators_due(index, index.types[group.session_type]) > 1 for group in index.groups)


def _short_contract(index: Index) -> bool:
    """Return whether somebody may work less than all the working periods hold."""
    return any(
        person.contracted_minutes is not None
        and person.contracted_minutes
        < sum(period.end - period.start for day in range(DAYS) for period in index.working_on(number, day))
        for number, person in enumerate(index.clinicians)
    )


def _stretches(index: Index, rows: Rows) -> Ints:
    """Return the stretch of each grid step of the week, -1 where nobody could give a session."""
    held = _covered(index, rows, np.flatnonzero(rows.is_appointment))
    return np.where(held, np.cumsum(_begins(index, held)) - 1, -1)


def _begins(index: Index, held: Bools) -> Bools:
    """Return the grid steps at which a run of held ones begins; none goes on over midnight."""
    midnight = np.arange(len(held)) * index.grid % DAY == 0
    found: Bools = held & (~np.append(False, held[:-1]) | midnight)
    return found


def _covered(index: Index, rows: Rows, numbers: Ints) -> Bools:
    """Return the grid steps of the week that any of the rows holds."""
    change = np.zeros(index.slots + 1, dtype=np.int64)
    np.add.at(change, rows.start[numbers] // index.grid, 1)
    np.add.at(change, np.minimum(-(-rows.end[numbers] // index.grid), index.slots), -1)
    found: Bools = np.cumsum(change)[:-1] > 0
    return found
