"""Sessions in a row: shared by the encoders that count them."""

from __future__ import annotations

from collections import defaultdict

from ortools.sat.python import cp_model

from safeschedule.model.build import Build, Var
from safeschedule.model.index import Bools
from safeschedule.model.rows import groups
from safeschedule.problem import BlockKind, Setting

Starts = dict[tuple[int, int], list[Var]]
"""Variables by (minutes, start)."""


def post_runs(build: Build, setting: Setting, linked: Bools, breakers: Bools, gap: int, most: int) -> None:
    """Post that runs of linked sessions have at most `most` members (soft: the members over it).

    Two linked sessions of one clinician and date are in a row when the second starts less than `gap`
    minutes after the first ends and no breaker and no meeting starts between. Rows are taken not to
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
    breaking: dict[tuple[int, int], list[Var]] = defaultdict(list)
    owners, holders = rows.people()
    mine = breakers[owners]
    for (clinician, start), members in groups(holders, rows.start[owners], where=mine):
        breaking[clinician, start] += [build.row_vars[m] for m in owners[members]]
    for (clinician, _), members in groups(rows.clinician, rows.day, where=linked & build.inside):
        meetings = sorted(start for start, _ in build.index.meetings[clinician])
        starts: Starts = defaultdict(list)
        for member in members:
            starts[int(rows.minutes[member]), int(rows.start[member])].append(build.row_vars[member])
        _Runs(build, setting, starts, gap, most, clinician, breaking, meetings).post()


class _Runs:
    """The runs of one clinician and date: literals "at least the j-th of its run", j = 1 to `most`."""

    def __init__(
        self,
        build: Build,
        setting: Setting,
        starts: Starts,
        gap: int,
        most: int,
        clinician: int,
        breaking: dict[tuple[int, int], list[Var]],
        meetings: list[int],
    ) -> None:
        self.build, self.setting, self.starts = build, setting, starts
        self.gap, self.most, self.clinician = gap, most, clinician
        self.breaking, self.meetings = breaking, meetings

    def post(self) -> None:
        position: Starts = self.starts
        for _ in range(self.most - 1):
            if not position:
                return  # no run of the date is that long
            position = self._next(position)
        ends = _by_end(position)
        for (_, start), begins in sorted(self.starts.items()):
            links = self._links(ends, start)
            if links:
                over = self.build.slack(self.setting)
                for before, between in links:
                    self._post(begins, before, between, over)

    def _next(self, position: Starts) -> Starts:
        ends = _by_end(position)
        found: Starts = {}
        for (minutes, start), begins in sorted(self.starts.items()):
            links = self._links(ends, start)
            if links:
                literal = self.build.model.new_bool_var("")
                for before, between in links:
                    self._post(begins, before, between, literal)
                found[minutes, start] = [literal]
        return found

    def _links(self, ends: dict[int, list[Var]], start: int) -> list[tuple[list[Var], list[Var]]]:
        """Return (sessions that end within the gap before `start`, breakers that start between)."""
        found = []
        for end in range(start, start - self.gap, -1):
            if end in ends and not any(end <= meeting < start for meeting in self.meetings):
                between = [v for m in range(end, start) for v in self.breaking.get((self.clinician, m), ())]
                found.append((ends[end], between))
        return found

    def _post(self, begins: list[Var], before: list[Var], between: list[Var], then: Var | int) -> None:
        total = cp_model.LinearExpr.sum
        self.build.model.add(total(begins) + total(before) - 1 - total(between) <= then)


def _by_end(starts: Starts) -> dict[int, list[Var]]:
    ends: dict[int, list[Var]] = defaultdict(list)
    for (minutes, start), variables in starts.items():
        ends[start + minutes] += variables
    return ends


def run_breakers(build: Build) -> Bools:
    """Return which rows break a run of high-intensity sessions."""
    weak = build.rows.of_block(BlockKind.RECOVERY, BlockKind.RESET, BlockKind.URGENT_SLOT)
    return ~build.rows.of_requests(build.index.request_high) & ~weak
