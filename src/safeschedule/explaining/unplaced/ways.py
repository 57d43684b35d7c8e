"""The cheapest ways in for a request that is left out, found by solving ever wider parts of the week."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np

from safeschedule.explaining.unplaced.answers import WayIn
from safeschedule.explaining.unplaced.comparing import way_in
from safeschedule.explaining.unplaced.forcing import Forced, Forcing
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.words import listing
from safeschedule.model.adopting import Adopted, adopt
from safeschedule.model.candidates import candidates, sessions_of, suiting, unsifted_solo_blocks
from safeschedule.model.gathering import group_parts
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows, join_rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.neighbourhood import Part, only_of, part_of
from safeschedule.workspace.openings import near, own_solo_blocks

_TEAM = 4
"""Clinicians up to whom the whole week is solved anew."""
_PEOPLE = 6
"""Clinicians with whom it is tried, one after the other."""
_EACH = 4.0
"""Longest run on one part, in seconds."""


@dataclass
class WaysIn:
    """Ways in, and what was tried.

    Parameters
    ----------
    missed
        One that costs nothing while everything else stays.
    ways
        Others.
    tried
        What was searched, in words.
    impossible
        The parts of `tried` in which it is proven that there is none.
    complete
        Whether all was searched, to its end.
    untried
        Clinicians who might take it and with whom nothing was searched, because others might as well.
    """

    missed: WayIn | None = None
    ways: list[WayIn] = field(default_factory=list)
    tried: list[str] = field(default_factory=list)
    impossible: list[str] = field(default_factory=list)
    complete: bool = True
    untried: int = 0

    @property
    def settled(self) -> bool:
        """Whether there is a way by which no tier loses and no appointment moves: none is better."""
        best = self.cheapest
        return best is not None and best.free_of_charge and not best.moves

    @property
    def widest(self) -> str | None:
        """The last scope searched in which it is proven that nothing is cheaper than the cheapest way."""
        best = self.cheapest
        proven = [w.scope for w in self.ways if best is not None and w.proven and w.losses == best.losses]
        return proven[-1] if proven else None

    @property
    def cheapest(self) -> WayIn | None:
        """The way with which the tiers lose least, the strongest tier first."""
        every = self.ways if self.missed is None else [self.missed, *self.ways]
        # Of equal ones, the one with the fewest changes.
        return min(every, key=_price, default=None)


class Ways:
    """Searches ways in.

    Parameters
    ----------
    week
        The planned week.
    budget
        Ends the search.
    say
        Hears what is being done.
    """

    def __init__(self, week: Ground, budget: Budget, say: Callable[[str], None]) -> None:
        self._week, self._budget, self._say = week, budget, say
        self._forcing = Forcing(week, budget)
        self._whole: Adopted | None = None

    def search(self, request: int, fitting: Sequence[int]) -> WaysIn:
        """Return ways in for a request; `fitting`: clinicians with whom it fits as the week stands."""
        found = WaysIn()
        for clinician in fitting:
            self._as_it_stands(request, clinician, found)
            if found.missed is not None:
                return found
        everyone = _who(self._week.index, request)
        people = [*fitting, *(c for c in everyone if c not in fitting)]
        for clinician in people[:_PEOPLE]:
            if found.settled:
                return found
            self._with_someone(request, clinician, found)
        if len(people) > _PEOPLE and not found.settled:
            found.complete = False
            found.untried = len(people) - _PEOPLE
        return found

    def widen(self, request: int, found: WaysIn) -> None:
        """Search the whole week of a small team, unless it is known that no way costs less or is possible."""
        best = found.cheapest
        if found.missed is not None or not found.tried or (best is not None and best.free_of_charge):
            return
        if len(self._week.index.clinicians) <= _TEAM:
            self._whole_week(request, found)

    def _over(self, found: WaysIn) -> bool:
        if self._budget.over:
            found.complete = False
        return self._budget.over

    def _as_it_stands(self, request: int, clinician: int, found: WaysIn) -> None:
        """Try the openings that are free while everything else stays: at no cost, then at the least."""
        if self._over(found):
            return
        index = self._week.index
        people = _team_of(index, request, clinician)
        around = near(self._week, request, people)
        scope = "everything else stays, but for blocks that single clinicians hold"
        for free_of_charge in (True, False):
            forced = self._forcing.solve(
                around.adopted, around.part, around.openings, limit=_EACH, free_of_charge=free_of_charge
            )
            if forced.chosen is None and not forced.proven:
                found.complete = False
            way = self._way(request, around.adopted, forced, scope)
            if free_of_charge and way is not None and way.free_of_charge:
                found.missed = way
                return
            if not free_of_charge and way is not None:
                found.ways.append(way)

    def _with_someone(self, request: int, clinician: int, found: WaysIn) -> None:
        """Free a clinician's appointments, to give way first, and then to move."""
        if self._over(found):
            return
        index = self._week.index
        people = self._around(request, clinician)
        self._say(f"{index.requests[request].id}: with {index.clinicians[clinician].id}")
        adopted = self._pool(request, people)
        openings = _openings(adopted, request)
        named = listing([index.clinicians[c].id for c in people])
        own = only_of(adopted.rows, people)
        few = own & (adopted.chosen | adopted.rows.is_block | _of_same(index, adopted.rows, request))
        hint = None
        for free, scope in (
            (few, f"appointments of {named} may give way"),
            (own, f"all appointments and own blocks of {named} may change"),
        ):
            if found.settled or self._over(found):
                return
            part = self._part(adopted, free, people)
            forced = self._forcing.solve(adopted, part, openings, limit=self._limit(), hint=hint)
            found.tried.append(scope)
            if forced.chosen is None:
                self._book_nothing(forced, scope, found)
                continue
            hint = forced.chosen
            way = self._way(request, adopted, forced, scope)
            if way is not None:
                found.ways.append(way)

    def _whole_week(self, request: int, found: WaysIn) -> None:
        if self._over(found):
            return
        self._say(f"{self._week.index.requests[request].id}: whole week")
        if self._whole is None:
            self._whole = self._week.among(candidates(self._week.index))
        adopted, scope = self._whole, "the whole week may change"
        everything = np.ones(len(adopted.rows), dtype=bool)
        part = part_of(self._week.index, adopted.rows, adopted.chosen, everything)
        best = found.cheapest
        hint = None if best is None else self._chosen(adopted, best)
        limit = max(self._limit(), self._budget.left / 2) if self._budget.left < 60 else 30.0
        forced = self._forcing.solve(adopted, part, _openings(adopted, request), limit=limit, hint=hint)
        found.tried.append(scope)
        if forced.chosen is None:
            self._book_nothing(forced, scope, found)
            return
        way = self._way(request, adopted, forced, scope)
        if way is not None:
            found.ways.append(way)

    def _chosen(self, adopted: Adopted, way: WayIn) -> Bools | None:
        """Return a way's schedule as chosen rows, unless it has rows that are not there."""
        taken = adopt(self._week.index, way.schedule, adopted.rows)
        return taken.chosen if len(taken.rows) == len(adopted.rows) else None

    def _book_nothing(self, forced: Forced, scope: str, found: WaysIn) -> None:
        if forced.proven:
            found.impossible.append(scope)
        else:
            found.complete = False

    def _way(self, request: int, adopted: Adopted, forced: Forced, scope: str) -> WayIn | None:
        if forced.chosen is None:
            return None
        schedule = self._week.written(adopted.rows, forced.chosen)
        code = self._week.index.requests[request].id
        return way_in(self._week, code, schedule, scope, proven=forced.proven)

    def _limit(self) -> float:
        return min(_EACH, self._budget.left)

    def _around(self, request: int, clinician: int) -> list[int]:
        """Return a clinician with those whom the client sees this week, and for groups all who lead."""
        index, own = self._week.index, self._week.placements
        mine = own.is_session & (index.request_client[own.request] == index.request_client[request])
        others = own.clinician[mine].tolist()
        return list(dict.fromkeys([*_team_of(index, request, clinician), *others]))

    def _pool(self, request: int, people: Sequence[int]) -> Adopted:
        """Return all sessions and solo blocks that these clinicians could have."""
        index = self._week.index
        offered = suiting(index)
        offered[:, [c for c in range(len(index.clinicians)) if c not in people]] = False
        parts = [sessions_of(index, offered), unsifted_solo_blocks(index, set(people))]
        if index.of_groups[request]:
            parts += group_parts(index)
        return self._week.among(join_rows(parts))

    def _part(self, adopted: Adopted, free: Bools, people: Sequence[int]) -> Part:
        rows = adopted.rows
        # Blocks that several share stay: the others' weeks hang on them.
        movable = free & (rows.is_session | own_solo_blocks(rows, list(people)) | rows.in_group)
        return part_of(self._week.index, rows, adopted.chosen, movable, people)


def _price(way: WayIn) -> tuple[int, ...]:
    return (*way.losses, len(way.gives_way), len(way.moves), way.blocks_moved)


def _who(index: Index, request: int) -> list[int]:
    """Return who might take a request, or for a group one of those who might lead it."""
    if index.of_groups[request]:
        rows = join_rows(group_parts(index))
        mine = (rows.request == request) & rows.is_visit
        return sorted(set(rows.clinician[mine].tolist()))[:1]
    offered = suiting(index)
    offered[np.arange(len(offered)) != request] = False
    rows = sessions_of(index, offered)
    people, counts = np.unique(rows.clinician, return_counts=True)
    found: list[int] = people[np.argsort(-counts, kind="stable")].tolist()
    return found


def _team_of(index: Index, request: int, clinician: int) -> list[int]:
    """Return the clinician; for a group's request, everybody who might lead it."""
    if not index.of_groups[request]:
        return [clinician]
    rows = join_rows(group_parts(index))
    mine = np.append(index.items, -1)[rows.request] == index.items[request]
    return sorted(set(rows.clinician[mine].tolist()))


def _openings(adopted: Adopted, request: int) -> Bools:
    found: Bools = ~adopted.chosen & (adopted.rows.request == request) & adopted.rows.is_visit
    return found


def _of_same(index: Index, rows: Rows, request: int) -> Bools:
    """Return the rows of what a request asks for: its own, or those of its group."""
    found: Bools = np.append(index.items, -1)[rows.request] == index.items[request]
    return found
