"""The times of one date whose counts are known: intervals that nobody and no room holds two of.

Clinicians who could stand in for each other are as one with room for several sessions at once; who of them
gives which is settled afterwards, in the order of the starts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Ints
from safeschedule.model.variables import Var
from safeschedule_dayprogramme.counting import Counts
from safeschedule_dayprogramme.week import Peers, ProgrammeWeek, Sort


@dataclass(frozen=True)
class TimedSession:
    """A session at a time: its sort, who gives it, its first grid step, and the requests that it serves."""

    sort: int
    clinician: int
    start: int
    requests: tuple[int, ...]


@dataclass
class _Open:
    """A session whose time is not known yet.

    Parameters
    ----------
    starts
        The grid steps at which it may begin.
    held
        Whether it is held; ``None``: it is, for certain.
    by
        Whether peers give it, by their position.
    visits
        By request: whether it is served there; ``None``: for certain.
    """

    sort: int
    start: Var
    starts: Ints
    held: Var | None
    by: dict[int, Var] = field(default_factory=dict)
    visits: dict[int, Var | None] = field(default_factory=dict)


class Timing:
    """The model of one date's times.

    Parameters
    ----------
    week, day
        What could be held, and the date.
    counts
        What is to be held on the date; how it is spread over the date's stretches does not matter.
    loose
        Whether sessions and visits may be dropped, as few as can be.
    rooms
        Whether each session keeps one room from its beginning to its end. Without it there are rooms enough
        at every moment, which is quicker to find and nearly always the same.
    """

    def __init__(
        self, week: ProgrammeWeek, day: int, counts: Counts, *, loose: bool = False, rooms: bool = False
    ) -> None:
        self.week, self.day, self.loose, self.rooms = week, day, loose, rooms
        self.model = cp_model.CpModel()
        self.sessions: list[_Open] = []
        self.possible = True
        self._of_client: dict[int, list[cp_model.IntervalVar]] = defaultdict(list)
        self._of_peers: dict[int, list[cp_model.IntervalVar]] = defaultdict(list)
        self._of_pool: dict[int, list[cp_model.IntervalVar]] = defaultdict(list)
        self._of_rooms: dict[frozenset[int], list[cp_model.IntervalVar]] = defaultdict(list)
        visits, sessions = (_by_first(held) for held in counts.both)
        for number, sort in enumerate(week.sorts):
            wanted = {r: visits[r] for r in sort.requests if r in visits}
            if wanted and sort.group >= 0:
                self._add_group(number, sort, wanted, sessions[number])
            elif wanted:
                self._add_single(number, sort, wanted)
        self._post_apart()
        if loose:
            self._keep_least()

    # Sessions.

    def _add_single(self, number: int, sort: Sort, wanted: dict[int, int]) -> None:
        for request, count in wanted.items():
            before: _Open | None = None
            for _ in range(count):
                session = self._open(number, sort, request)
                if session is None:
                    return
                session.visits[request] = session.held
                self._visit(request, sort, session, session.held)
                if before is not None:
                    self._in_order(before, session, self.week.length(sort.minutes))
                before = session

    def _add_group(self, number: int, sort: Sort, wanted: dict[int, int], count: int) -> None:
        before: _Open | None = None
        seats: dict[int, list[Var]] = defaultdict(list)
        for _ in range(count):
            session = self._open(number, sort, sort.group)
            if session is None:
                return
            for request in wanted:
                seat = self.model.new_bool_var("")
                session.visits[request] = seat
                seats[request].append(seat)
                self._visit(request, sort, session, seat)
                if session.held is not None:
                    self.model.add_implication(seat, session.held)
            held = cp_model.LinearExpr.sum([seats[r][-1] for r in wanted])
            self.model.add(held <= sort.largest)
            self.model.add(held >= max(1, sort.smallest) * (1 if session.held is None else session.held))
            if before is not None:
                self._in_order(before, session, 0)
            before = session
        for request, most in wanted.items():
            total = cp_model.LinearExpr.sum(seats[request])
            self.model.add(total <= most if self.loose else total == most)

    def _open(self, number: int, sort: Sort, item: int) -> _Open | None:
        """Return a new session of a request or group; ``None`` when the date has no time for it at all."""
        givers = {
            position: self.week.peers[position].starts[item]
            for position in self._positions(number)
            if item in self.week.peers[position].starts
        }
        if not givers:
            self.possible = False
            return None
        steps = self.week.length(sort.minutes)
        starts = np.unique(np.concatenate([*givers.values()]))
        start = self.model.new_int_var_from_domain(_domain(starts), "")
        session = _Open(number, start, starts, self.model.new_bool_var("") if self.loose else None)
        whole = self._interval(start, steps, session.held)
        for pool in sort.pools:
            self._of_pool[pool].append(whole)
        self.sessions.append(session)
        if self.rooms and sort.rooms is not None:
            self._choose_room(number, session, steps)
        if len(givers) == 1 and session.held is None:
            (position,) = givers
            self._of_peers[position].append(whole)
            session.by[position] = self.model.new_constant(1)
            return session
        for position, own in givers.items():
            literal = self.model.new_bool_var("")
            session.by[position] = literal
            self.model.add_linear_expression_in_domain(start, _domain(own)).only_enforce_if(literal)
            self._of_peers[position].append(self._interval(start, steps, literal))
        others = [] if session.held is None else [session.held.negated()]
        self.model.add_exactly_one([*session.by.values(), *others])
        return session

    def _choose_room(self, number: int, session: _Open, steps: int) -> None:
        """Put a session into one of the rooms that fit it; those that fit the same sorts are as one."""
        literals = []
        for fits in self.week.alike_rooms:
            if number in fits:
                literals.append(self.model.new_bool_var(""))
                self._of_rooms[fits].append(self._interval(session.start, steps, literals[-1]))
        self.model.add(cp_model.LinearExpr.sum(literals) == (1 if session.held is None else session.held))

    def _positions(self, number: int) -> list[int]:
        return [p for s in self.week.stretches_of(self.day) for p in self.week.giving.get((number, s), [])]

    def _interval(self, start: Var, steps: int, held: Var | None) -> cp_model.IntervalVar:
        if held is None:
            return self.model.new_fixed_size_interval_var(start, steps, "")
        return self.model.new_optional_fixed_size_interval_var(start, steps, held, "")

    def _in_order(self, before: _Open, after: _Open, steps: int) -> None:
        """Sessions that are alike come in their order; with dropped ones, those are last."""
        if after.held is None or before.held is None:
            self.model.add(before.start + steps <= after.start)
        else:
            self.model.add_implication(after.held, before.held)
            self.model.add(before.start + steps <= after.start).only_enforce_if(after.held)

    def _visit(self, request: int, sort: Sort, session: _Open, held: Var | None) -> None:
        steps = self.week.length(sort.minutes)
        client = int(self.week.index.request_client[request])
        self._of_client[client].append(self._interval(session.start, steps, held))
        if sort.group >= 0 and held is not None:
            starts = self.week.seats(request, self.day)
            if len(np.setdiff1d(session.starts, starts)):
                there = self.model.add_linear_expression_in_domain(session.start, _domain(starts))
                there.only_enforce_if(held)

    # What they share.

    def _post_apart(self) -> None:
        for intervals in self._of_client.values():
            self.model.add_no_overlap(intervals)
        for position, intervals in self._of_peers.items():
            self._limit(intervals, len(self.week.peers[position].clinicians))
        for pool, intervals in self._of_pool.items():
            self._limit(intervals, self.week.pools[pool])
        for fits, intervals in self._of_rooms.items():
            self._limit(intervals, len(self.week.alike_rooms[fits]))

    def _limit(self, intervals: Sequence[cp_model.IntervalVar], most: int) -> None:
        if most == 1:
            self.model.add_no_overlap(intervals)
        elif len(intervals) > most:
            self.model.add_cumulative(intervals, [1] * len(intervals), most)

    def _keep_least(self) -> None:
        """Drop as little of the worth as can be, and nobody's least."""
        by_client: dict[int, list[Var]] = defaultdict(list)
        worth: list[tuple[int, Var]] = []
        for session in self.sessions:
            for request, held in session.visits.items():
                assert held is not None
                if not self.week.exempt[request]:
                    by_client[int(self.week.index.request_client[request])].append(held)
                worth.append((self.week.values[request], held))
        for client, visits in by_client.items():
            least = self.week.index.clients[client].daily_least or 0
            self.model.add(cp_model.LinearExpr.sum(visits) >= min(least, len(visits)))
        variables, factors = [v for _, v in worth], [f for f, _ in worth]
        self.model.maximize(cp_model.LinearExpr.weighted_sum(variables, factors))

    # Reading it.

    def read(self, solver: cp_model.CpSolver) -> list[TimedSession]:
        """Return the sessions of a solver's solution, each with one of the peers who give it."""
        found = []
        free: dict[int, int] = defaultdict(int)
        for session in sorted(self.sessions, key=lambda session: solver.value(session.start)):
            served = [r for r, held in session.visits.items() if held is None or solver.boolean_value(held)]
            if not served or (session.held is not None and not solver.boolean_value(session.held)):
                continue
            position = next(p for p, literal in session.by.items() if solver.boolean_value(literal))
            start = solver.value(session.start)
            who = _first_free(self.week.peers[position], free, start)
            free[who] = start + self.week.length(self.week.sorts[session.sort].minutes)
            found.append(TimedSession(session.sort, who, start, tuple(served)))
        return found


def _first_free(peers: Peers, free: dict[int, int], start: int) -> int:
    return next(clinician for clinician in peers.clinicians if free[clinician] <= start)


def _by_first(held: dict[tuple[int, int], int]) -> dict[int, int]:
    found: dict[int, int] = defaultdict(int)
    for (first, _), count in held.items():
        found[first] += count
    return found


def _domain(starts: Ints) -> cp_model.Domain:
    return cp_model.Domain.from_values(starts.tolist())
