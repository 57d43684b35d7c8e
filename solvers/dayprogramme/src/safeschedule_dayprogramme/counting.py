"""How often everyone comes to what in which stretch, before any times: a relaxation of the week.

Clients and clinicians have so many grid steps, rooms are so many. A little of their time may be kept free,
as exact times can hardly ever be found for a date that is filled to the last minute.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from ortools.sat.python import cp_model

from safeschedule.model.encoders.client_spacing import due_days, most_daily
from safeschedule.model.spans import DAYS
from safeschedule.model.variables import Var, top
from safeschedule.problem import Client
from safeschedule_dayprogramme.week import ProgrammeWeek, Sort

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
Held = dict[tuple[int, int], int]

# What may be filled of a client's and of a room's time, beyond what may be of all clinicians' together.
_CLIENTS, _ROOMS = 0.05, 0.03


@dataclass(frozen=True)
class Counts:
    """How often what is held.

    Parameters
    ----------
    visits
        By request and stretch; only those that are held.
    sessions
        By sort and stretch.
    values
        Of all variables of the model, where it has given the counts.
    """

    visits: Held = field(default_factory=dict)
    sessions: Held = field(default_factory=dict)
    values: tuple[int, ...] = ()

    def of(self, stretches: Iterable[int]) -> Counts:
        """Return what is held in some stretches."""
        some = set(stretches)
        visits, sessions = ({k: n for k, n in held.items() if k[1] in some} for held in self.both)
        return Counts(visits, sessions)

    @property
    def both(self) -> tuple[Held, Held]:
        """Visits and sessions."""
        return self.visits, self.sessions


class Counting:
    """The model of the counts.

    Parameters
    ----------
    week
        What could be held.
    filled
        By date: the share of all clinicians' time that may be filled.
    """

    def __init__(self, week: ProgrammeWeek, filled: Mapping[int, float]) -> None:
        self.week, self.filled = week, filled
        self.model = cp_model.CpModel()
        self.visits: dict[tuple[int, int], Var] = {}
        self.sessions: dict[tuple[int, int], Var] = {}
        self._given: dict[int, list[tuple[Var, int]]] = defaultdict(list)
        self._post_visits()
        self._post_clients()
        for number, sort in enumerate(week.sorts):
            for stretch in week.stretches:
                self._post_sessions(number, sort, stretch)
        for (number,), variables in _by(self.sessions, lambda key: (key[0],)).items():
            self.model.add(_sum(variables) <= week.sorts[number].most)
        self._post_clinicians()
        self._post_rooms()
        self.valued = [(week.values[key[0]], variable) for key, variable in self.visits.items()]

    # What is asked of the model.

    @property
    def worth(self) -> cp_model.LinearExprT:
        """What the visits are worth."""
        return _weighted((variable, value) for value, variable in self.valued)

    def fix(self, stretches: Iterable[int], counts: Counts) -> None:
        """Keep what is held in some stretches."""
        some = set(stretches)
        for key, variable, held in self._pairs(counts):
            if key[1] in some:
                self.model.add(variable == held)

    def hint(self, counts: Counts) -> None:
        """Start from counts that a model of the same week gave: all have the same variables."""
        self.model.proto.solution_hint.vars.extend(range(len(counts.values)))
        self.model.proto.solution_hint.values.extend(counts.values)

    def _pairs(self, counts: Counts) -> Iterable[tuple[tuple[int, int], Var, int]]:
        for mine, held in zip((self.visits, self.sessions), counts.both, strict=True):
            for key, variable in mine.items():
                yield key, variable, held.get(key, 0)

    def read(self, solver: cp_model.CpSolver) -> Counts:
        """Return the counts of a solution."""
        visits, sessions = (
            {key: solver.value(variable) for key, variable in mine.items()}
            for mine in (self.visits, self.sessions)
        )
        return Counts(
            {key: count for key, count in visits.items() if count},
            {key: count for key, count in sessions.items() if count},
            tuple(solver.response_proto.solution),
        )

    # Clients.

    def _post_visits(self) -> None:
        index = self.week.index
        for request, stretch in self.week.places:
            room = self.week.room[int(index.request_client[request]), stretch]
            most = min(int(index.counts[request]), room // self._steps(request))
            self.visits[request, stretch] = self.model.new_int_var(0, most, "")
        for (request,), variables in _by(self.visits, lambda key: (key[0],)).items():
            self.model.add(_sum(variables) <= int(index.counts[request]))

    def _steps(self, request: int) -> int:
        return self.week.length(int(self.week.index.request_minutes[request]))

    def _post_clients(self) -> None:
        week, setting = self.week, self.week.index.settings["client_spacing"]
        owner = {key: int(week.index.request_client[key[0]]) for key in self.visits}
        terms = {key: (variable, self._steps(key[0])) for key, variable in self.visits.items()}
        for (number, stretch), held in _by(terms, lambda key: (owner[key], key[1])).items():
            self._fill(held, week.room[number, stretch], 1, self._share(stretch, _CLIENTS))
        counted = {key: variable for key, variable in self.visits.items() if not week.exempt[key[0]]}
        dated = _by(counted, lambda key: (owner[key], week.days[key[1]]))
        for number, client in enumerate(week.index.clients):
            by_day = [dated.get((number, day), []) for day in range(DAYS)]
            self._post_days(client, by_day, most_daily(setting, client))

    def _post_days(self, client: Client, by_day: list[list[Var]], most: int) -> None:
        """Post the limits of dates and of five dates in a row, as the rule client_spacing says them."""
        least, due = client.daily_least or 0, due_days(self.week.index, client)
        for day, held in enumerate(by_day):
            self.model.add(_sum(held) <= most)
            if day in due:
                self.model.add(_sum(held) >= least)
            elif least > 1 and held:
                some = self.model.new_bool_var("")
                self.model.add(_sum(held) >= least * some)
                self.model.add(_sum(held) <= most * some)
        if client.five_day_sessions is not None:
            for first in range(DAYS - 4):
                several = [variable for held in by_day[first : first + 5] for variable in held]
                self.model.add(_sum(several) <= client.five_day_sessions)

    # Sessions, clinicians and rooms.

    def _post_sessions(self, number: int, sort: Sort, stretch: int) -> None:
        """Post how many sessions of a sort a stretch has, for how many clients, and by whom."""
        held = [self.visits[r, stretch] for r in sort.requests if (r, stretch) in self.visits]
        if not held:
            return
        sessions = self.model.new_int_var(0, sort.most, "")
        self.sessions[number, stretch] = sessions
        self.model.add(_sum(held) >= max(1, sort.smallest) * sessions)
        self.model.add(_sum(held) <= sort.largest * sessions)
        if sort.largest > 1:
            for variable in held:
                self.model.add(variable <= sessions)
        steps = self.week.length(sort.minutes)
        given = []
        for position in self.week.giving.get((number, stretch), ()):
            peers = self.week.peers[position]
            given.append(self.model.new_int_var(0, len(peers.clinicians) * (peers.steps // steps), ""))
            self._given[position].append((given[-1], steps))
        self.model.add(_sum(given) == sessions)

    def _post_clinicians(self) -> None:
        by_day: dict[int, list[tuple[Var, int]]] = defaultdict(list)
        time: dict[int, int] = defaultdict(int)
        for position, peers in enumerate(self.week.peers):
            day = self.week.days[peers.stretch]
            by_day[day] += self._given[position]
            time[day] += len(peers.clinicians) * peers.steps
            self._fill(self._given[position], peers.steps, len(peers.clinicians), 1.0)
        for day, given in by_day.items():
            self._fill_once(given, int(min(1.0, self.filled[day]) * time[day]))

    def _post_rooms(self) -> None:
        drawn: dict[tuple[int, int], list[tuple[Var, int]]] = defaultdict(list)
        for (number, stretch), variable in self.sessions.items():
            sort = self.week.sorts[number]
            for pool in sort.pools:
                drawn[pool, stretch].append((variable, self.week.length(sort.minutes)))
        for (pool, stretch), terms in drawn.items():
            size = self.week.pools[pool]
            self._fill(terms, self.week.steps[stretch], size, self._share(stretch, _ROOMS))

    def _share(self, stretch: int, more: float) -> float:
        return min(1.0, self.filled[self.week.days[stretch]] + more)

    def _fill(self, terms: list[tuple[Var, int]], steps: int, count: int, share: float) -> None:
        """Post that sessions of some lengths fit into `count` equally long pieces of time.

        Beside the sum of the lengths: with each length as the unit, every piece holds only whole units.
        """
        self._fill_once(terms, int(share * count * steps + 1e-9))
        for unit in sorted({length for _, length in terms} - {1}):
            self._fill_once([(v, length // unit) for v, length in terms], count * (steps // unit))

    def _fill_once(self, terms: list[tuple[Var, int]], most: int) -> None:
        some = [(variable, factor) for variable, factor in terms if factor]
        if sum(factor * top(variable) for variable, factor in some) > most:
            self.model.add(_weighted(some) <= most)


def _sum(variables: Iterable[Var]) -> cp_model.LinearExprT:
    return cp_model.LinearExpr.sum(list(variables))


def _weighted(terms: Iterable[tuple[Var, int]]) -> cp_model.LinearExprT:
    listed = list(terms)
    return cp_model.LinearExpr.weighted_sum([v for v, _ in listed], [factor for _, factor in listed])


def _by(
    entries: Mapping[tuple[int, int], Value], key: Callable[[tuple[int, int]], Key]
) -> dict[Key, list[Value]]:
    """Return values by what the key of each is part of."""
    found: dict[Key, list[Value]] = defaultdict(list)
    for entry, value in entries.items():
        found[key(entry)].append(value)
    return found
