"""Encoder of ``travel_time``: where each clinician is at each step, and the travel that changes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import MODES, groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Mode, Setting

HELPERS = ("ways", "reached")
NEEDS = (Need.PEOPLE,)

_FAR = 10**6
"""Minutes of a way that is not stated."""


def ways(index: Index) -> Ints:
    """Return the minutes from each site to each other; `_FAR` where neither way is stated."""

    def make() -> Ints:
        number, size = index.site_number, len(index.site_number)
        found = np.full((size, size), _FAR, dtype=np.int64)
        for way in reversed(index.problem.travel):
            found[number[way.origin], number[way.destination]] = way.minutes
        np.fill_diagonal(found, 0)
        unstated = found == _FAR
        found[unstated] = found.T[unstated]
        return found

    return index.once("ways", make)


def reached(index: Index) -> Bools:
    """Return for each site and other site whether one gets from the one to the other in no time."""

    def make() -> Bools:
        near: Bools = ways(index) == 0
        for middle in range(len(near)):
            near |= near[:, [middle]] & near[[middle], :]
        return near

    return index.once("reached", make)


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician the ways between the sites at which the clinician may be."""
    del setting
    if not index.problem.travel:
        return
    for clinician in range(len(index.clinicians)):
        for origin, destination in permutations(_sites_of(index, clinician), 2):
            minutes = int(ways(index)[origin, destination])
            if not reached(index)[origin, destination] and minutes < _FAR:
                yield Proposal(BlockKind.TRAVEL, index.up(minutes), clinician, site=destination)


def _sites_of(index: Index, clinician: int) -> list[int]:
    person = index.clinicians[clinician]
    named = {period.site for period in index.periods[clinician]}
    found = named - {-1}
    if -1 in named:
        found |= {index.site_number[s] for s in person.sites} or set(index.site_number.values())
    return sorted(found)


def post(build: Build, setting: Setting) -> None:
    """Post for each clinician and date with several sites that sessions are where the clinician is."""
    del setting
    rows, index = build.rows, build.index
    if not index.problem.travel:
        return
    travel = rows.of_block(BlockKind.TRAVEL) & (rows.site >= 0)
    placed = rows.is_work & (rows.mode == MODES.index(Mode.IN_PERSON)) & (rows.site >= 0)
    for _, members in groups(rows.clinician, build.day, where=(travel | placed) & build.inside):
        sites = np.unique(rows.site[members])
        if reached(index)[np.ix_(sites, sites)].all() and not travel[members].any():
            continue
        if build.exact:
            _Day(build, members, travel[members]).post()
        else:
            _post_plan(build, members, travel[members])


class _Day:
    """The steps of a clinician's date: at each, a literal for each site and one for "not yet anywhere"."""

    def __init__(self, build: Build, members: Ints, travel: Bools) -> None:
        self.build, self.members, self.travel = build, members, travel
        rows, index = build.rows, build.index
        self.grid = index.grid
        self.first = int(rows.start[members].min()) // self.grid
        last = int(-(-rows.end[members].max() // self.grid))
        self.size = len(index.site_number)
        self.near = reached(index)
        self._origins: dict[tuple[int, int], list[int]] = {}
        new = build.model.new_bool_var
        # The last entry of each step: not yet anywhere.
        self.at = [[new("") for _ in range(self.size + 1)] for _ in range(self.first, last + 1)]

    def post(self) -> None:
        rows, model = self.build.rows, self.build.model
        arrivals: dict[tuple[int, int], list[Var]] = {}
        for number in self.members[self.travel].tolist():
            end, site = int(rows.end[number]), int(rows.site[number])
            arrivals.setdefault((end // self.grid - self.first, site), []).append(self.build.row_vars[number])
            self._post_travel(number)
        for number in self.members[~self.travel].tolist():
            here = self.at[int(rows.start[number]) // self.grid - self.first][int(rows.site[number])]
            model.add_implication(self.build.row_vars[number], here)
        for places in self.at:
            model.add_at_most_one(places)
        self._post_moves(arrivals)

    def _post_moves(self, arrivals: dict[tuple[int, int], list[Var]]) -> None:
        """Post that one is where one was, or gets in no time, or arrives, or begins."""
        model = self.build.model
        origins_of = [np.flatnonzero(self.near[:, site]).tolist() for site in range(self.size)]
        for step, (before, after) in enumerate(pairwise(self.at), start=1):
            for site in range(self.size):
                origins = [before[o] for o in origins_of[site]]
                come = [*origins, before[-1], *arrivals.get((step, site), ())]
                model.add(cp_model.LinearExpr.sum(come) >= after[site])
            model.add_implication(after[-1], before[-1])

    def _post_travel(self, number: int) -> None:
        """Post where a travel block may start, and that it ends where it leads."""
        rows, model = self.build.rows, self.build.model
        row, site = self.build.row_vars[number], int(rows.site[number])
        start = self.at[int(rows.start[number]) // self.grid - self.first]
        end = self.at[int(rows.end[number]) // self.grid - self.first]
        fit = self._origins_within(site, int(rows.minutes[number]))
        model.add(cp_model.LinearExpr.sum([start[o] for o in fit] + [start[-1]]) >= row)
        model.add(cp_model.LinearExpr.sum([end[s] for s in np.flatnonzero(self.near[site])]) >= row)

    def _origins_within(self, site: int, minutes: int) -> list[int]:
        """Return the sites from which a site is reached in so many minutes, or in no time."""
        if (site, minutes) not in self._origins:
            short = ways(self.build.index)[:, site] <= minutes
            fit = self.near[:, site] | (self.near & short[None, :]).any(axis=1)
            self._origins[site, minutes] = np.flatnonzero(fit).tolist()
        return self._origins[site, minutes]


def _post_plan(build: Build, members: Ints, travel: Bools) -> None:
    """Post that work at two sites on one date takes a way between them."""
    rows, near = build.rows, reached(build.index)
    moves = sorted({int(p) for p in build.plan_of_row[members[travel]]})
    total = cp_model.LinearExpr.sum([build.plan_vars[p] for p in moves])
    entries: dict[int, list[int]] = {}
    for (plan,), same in groups(build.plan_of_row[members[~travel]]):
        sites = np.unique(rows.site[members[~travel][same]])
        if len(sites) == 1 and len(same) == build.plan_sizes[plan]:
            entries.setdefault(int(sites[0]), []).append(plan)
    used = {site: build.any_of(np.array(plans, dtype=np.int64)) for site, plans in entries.items()}
    for one in used:
        for other in used:
            if one < other and not near[one, other] and not near[other, one]:
                build.model.add(total >= used[one] + used[other] - 1)
