"""Encoder of ``attendants``: who fills which place of which session, and is in one place at a time."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.attending import Calls, at_work, calls, needs_of, stated_ways, unfilled
from safeschedule.model.build import Build
from safeschedule.model.capacity import post_capacity
from safeschedule.model.index import Index, Ints
from safeschedule.model.rows import MODES, Rows, groups, steps
from safeschedule.model.variables import Var
from safeschedule.problem import Mode, Setting

_IN_PERSON = MODES.index(Mode.IN_PERSON)


def amounts(index: Index, setting: Setting, rows: Rows) -> Ints:
    """Return 1 for each session whose places nobody could fill, whatever else is planned."""
    del setting
    found: Ints = unfilled(index, rows).astype(np.int64)
    return found


def post(build: Build, setting: Setting) -> None:
    """Let each session have its attendants, and each attendant be in one place at a time."""
    del setting
    called = calls(build.index, build.rows)
    if not len(called.rows):
        return
    _post_pools(build)
    if build.exact:
        _Attending(build, called).post()


def _post_pools(build: Build) -> None:
    """Post that no more sessions at once need a skill than attendants have it, in plans as well."""
    index, rows = build.index, build.rows
    leading = np.flatnonzero(rows.is_appointment)
    skills = list(dict.fromkeys(skill for needs in needs_of(index) for skill in needs))
    owners, numbers = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
    for number, skill in enumerate(skills):
        count = np.array([needs.get(skill, 0) for needs in needs_of(index)])[rows.request[leading]]
        drawing = np.repeat(leading, count)
        numbers.append(drawing)
        owners.append(np.full(len(drawing), number, dtype=np.int64))
    able = [
        [n for n, person in enumerate(index.problem.attendants) if skill in person.skills] for skill in skills
    ]
    sizes = {number: len(people) for number, people in enumerate(able)}
    # Where a place has none at all, its sessions are forbidden one by one.
    there = [number for number, size in sizes.items() if size]
    away = {number: sum((~at_work(index, n)).astype(np.int64) for n in able[number]) for number in there}
    less = {number: dict(enumerate(np.asarray(away[number]).tolist())) for number in there}
    drawn, held = np.concatenate(owners), np.concatenate(numbers)
    known = np.isin(drawn, there)
    post_capacity(build, drawn[known], held[known], sizes, less)


class _Attending:
    """The places of a build's sessions: a literal for each attendant who could fill one."""

    def __init__(self, build: Build, called: Calls) -> None:
        self.build, self.called = build, called
        self.literals = self._make()

    def _make(self) -> list[Var]:
        """Return the literals, after posting that just as many of a place's are true as it needs."""
        build, called = self.build, self.called
        found: list[Var] = [build.row_vars[row] for row in called.rows.tolist()]
        for _, members in groups(called.place):
            count = int(called.count[members[0]])
            if len(members) == count:
                continue  # all of them attend: whenever the session is held
            row = found[int(members[0])]
            own = [build.model.new_bool_var("") for _ in members]
            for member, literal in zip(members.tolist(), own, strict=True):
                found[member] = literal
            build.model.add(cp_model.LinearExpr.sum(own) == count * row)
        return found

    def post(self) -> None:
        """Post what an attendant cannot do: be in two sessions at once, on the way, or beyond the limit."""
        build, called = self.build, self.called
        which, slots = steps(build.rows, build.index.grid, called.rows)
        for _, members in groups(called.attendant[which], slots):
            if len(members) > 1:
                build.model.add(self._sum(which[members]) <= 1)
        for (attendant,), members in groups(called.attendant):
            most = build.index.problem.attendants[attendant].weekly_minutes
            minutes = build.rows.minutes[called.rows[members]]
            if most is not None and minutes.sum() > most:
                total = cp_model.LinearExpr.weighted_sum(
                    [self.literals[m] for m in members.tolist()], minutes.tolist()
                )
                build.model.add(total <= most)
            self._post_ways(members)

    def _sum(self, members: Ints) -> cp_model.LinearExpr:
        return cp_model.LinearExpr.sum([self.literals[m] for m in members.tolist()])

    def _post_ways(self, members: Ints) -> None:
        """Post for one attendant's literals that there is time for the way between each two sites.

        Two sessions lie far enough apart just if they do not overlap when each goes on for the way to the
        other's site.
        """
        rows, far = self.build.rows, stated_ways(self.build.index)
        numbers = self.called.rows[members]
        placed = (rows.mode[numbers] == _IN_PERSON) & (rows.site[numbers] >= 0)
        members, numbers = members[placed], numbers[placed]
        for one, other in combinations(np.unique(rows.site[numbers]).tolist(), 2):
            if far[one, other] or far[other, one]:
                here, there = (members[rows.site[numbers] == site] for site in (one, other))
                first = self._held(here, int(far[one, other]))
                second = self._held(there, int(far[other, one]))
                for slot in sorted(first.keys() & second.keys()):
                    self.build.model.add(first[slot] + second[slot] <= 1)

    def _held(self, members: Ints, way: int) -> dict[int, Var]:
        """Return by grid step a literal that is true when a session of these, or its way, holds it."""
        build, numbers = self.build, self.called.rows[members]
        pad = np.full(len(numbers), way, dtype=np.int64)
        which, slots = steps(build.rows, build.index.grid, numbers, pad)
        found = {}
        for (slot,), inside in groups(slots):
            found[slot] = build.model.new_bool_var("")
            for member in np.unique(members[which[inside]]).tolist():
                build.model.add_implication(self.literals[member], found[slot])
        return found
