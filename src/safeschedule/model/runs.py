"""Sessions in a row: shared by the encoders that count them."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import buffer_rows, recovery_due
from safeschedule.model.rows import groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting

Place = tuple[int, int, int, int]
"""Start and end of a session, the end of the recovery after it, the start of the preparation before it."""

Starts = dict[Place, list[int]]
"""Numbers of variables by place."""

Link = tuple[list[int], list[int], Var | None]
"""Sessions before, breakers between, and what has to hold for the two to be in a row (``None``: nothing)."""


class _Breakers:
    """What breaks the runs of one clinician, in the order in which it starts."""

    def __init__(self, starts: Ints, variables: Ints) -> None:
        order = np.argsort(starts, kind="stable")
        self._starts, self._variables = starts[order].tolist(), variables[order].tolist()

    def between(self, begin: int, end: int) -> list[int]:
        """Return the variables of what starts from `begin` on, before `end`."""
        found: list[int] = self._variables[bisect_left(self._starts, begin) : bisect_left(self._starts, end)]
        return found


def post_runs(build: Build, setting: Setting, linked: Bools, breakers: Bools, gap: int, most: int) -> None:
    """Post that runs of linked sessions have at most `most` members (soft: the members over it).

    Two linked sessions of one clinician and date are in a row when there are less than `gap` minutes between
    them, buffers left out, and no breaker and no meeting starts between. Rows are taken not to
    overlap. Needs the exact layer; without it nothing is posted.

    Parameters
    ----------
    linked, breakers
        By row.
    gap
        Minutes.
    """
    if not build.exact:
        return
    rows = build.rows
    owners, holders = rows.people()
    mine = breakers[owners]
    breaking = {
        clinician: _Breakers(rows.start[owners[members]], build.row_index[owners[members]])
        for (clinician,), members in groups(holders, where=mine)
    }
    nothing = _Breakers(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    due, ahead = recovery_due(build.index, rows), preparation_due(build.index, rows)
    given = buffer_rows(rows, BlockKind.RECOVERY, BlockKind.PREPARATION)
    for (clinician, _), members in groups(rows.clinician, build.day, where=linked & build.inside):
        meetings = sorted(start for start, _ in build.index.meetings[clinician])
        starts: Starts = defaultdict(list)
        for member in members:
            start, end = int(rows.start[member]), int(rows.end[member])
            place = start, end, end + int(due[member]), start - int(ahead[member])
            starts[place].append(int(build.row_index[member]))
        blocks = [(a, b, build.row_vars[row]) for a, b, row in given.get(clinician, ())]
        between = breaking.get(clinician, nothing)
        _Runs(build, setting, starts, gap, most, between, meetings, blocks).post()


class _Runs:
    """The runs of one clinician and date: literals "at least the j-th of its run", j = 1 to `most`."""

    def __init__(
        self,
        build: Build,
        setting: Setting,
        starts: Starts,
        gap: int,
        most: int,
        breaking: _Breakers,
        meetings: list[int],
        given: Sequence[tuple[int, int, Var]],
    ) -> None:
        self.build, self.setting, self.starts = build, setting, starts
        self.gap, self.most = gap, most
        self.breaking, self.meetings, self.given = breaking, meetings, given
        self._short: dict[tuple[int, int], Var] = {}

    def post(self) -> None:
        position: Starts = self.starts
        for _ in range(self.most - 1):
            if not position:
                return  # no run of the date is that long
            position = self._next(position)
        ends = _by_end(position)
        for start, begin, begins in self._by_start():
            links = self._links(ends, start, begin)
            if links:
                over = self.build.slack(self.setting)
                for link in links:
                    self._post(begins, link, over)

    def _by_start(self) -> list[tuple[int, int, list[int]]]:
        """Return what begins at each start, by length, with the start of its preparation."""
        return [
            (start, begin, begins)
            for (start, _, _, begin), begins in sorted(self.starts.items(), key=lambda i: i[0])
        ]

    def _next(self, position: Starts) -> Starts:
        ends = _by_end(position)
        found: Starts = {}
        for place, begins in sorted(self.starts.items(), key=lambda item: item[0]):
            links = self._links(ends, place[0], place[3])
            if links:
                literal = self.build.model.new_bool_var("")
                for link in links:
                    self._post(begins, link, literal)
                found[place] = [literal.index]
        return found

    def _links(self, ends: dict[tuple[int, int], list[int]], start: int, begin: int) -> list[Link]:
        """Return what ends so near before `start` that it can be in a row with what begins there."""
        found: list[Link] = []
        for (end, until), variables in ends.items():
            if end > start or any(end <= meeting < start for meeting in self.meetings):
                continue
            idle = max(0, begin - until)
            taken = [(min(b, begin) - max(a, until), v) for a, b, v in self.given if a < begin and b > until]
            if idle - sum(minutes for minutes, _ in taken) >= self.gap:
                continue
            near = None if idle < self.gap else self._filled(until, begin, taken)
            found.append((variables, self.breaking.between(end, start), near))
        return found

    def _filled(self, until: int, start: int, taken: list[tuple[int, Var]]) -> Var:
        """Return a literal that is true when buffers leave less than the gap from `until` to `start`."""
        if (until, start) not in self._short:
            enough = start - until - self.gap
            literal = self.build.model.new_bool_var("")
            minutes, variables = [m for m, _ in taken], [v for _, v in taken]
            held = cp_model.LinearExpr.weighted_sum(variables, minutes)
            self.build.model.add(held <= enough + max(0, sum(minutes) - enough) * literal)
            self._short[until, start] = literal
        return self._short[until, start]

    def _post(self, begins: list[int], link: Link, then: Var | int) -> None:
        """Post that what begins, with one before, nothing between and both near, makes `then` true."""
        before, between, near = link
        distance = [] if near is None else [near.index]
        after = [] if isinstance(then, int) else [then.index]
        variables = [*begins, *before, *distance, *between, *after]
        factors = np.ones(len(variables), dtype=np.int64)
        factors[len(begins) + len(before) + len(distance) :] = -1
        self.build.model.add_row(np.array(variables, dtype=np.int64), factors, None, 1 + len(distance))


def _by_end(starts: Starts) -> dict[tuple[int, int], list[int]]:
    """Return variables by end and end of recovery, the latest first."""
    ends: dict[tuple[int, int], list[int]] = defaultdict(list)
    for (_, end, until, _), variables in starts.items():
        ends[end, until] += variables
    return dict(sorted(ends.items(), reverse=True))


def run_breakers(build: Build) -> Bools:
    """Return which rows break a run of high-intensity sessions."""
    weak = build.rows.of_block(
        BlockKind.RECOVERY, BlockKind.PREPARATION, BlockKind.RESET, BlockKind.URGENT_SLOT
    )
    return ~build.rows.of_requests(build.index.request_high) & ~weak
