"""Encoder of ``rest``: between the work of two working days lie so many hours."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.recovery import buffers, recovery_due
from safeschedule.model.rows import groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting

HELPERS = ("given_work", "near_days")
NEEDS = (Need.PEOPLE,)

Given = tuple[int, int, int]
"""Working day, start and end of what cannot be moved."""


def given_work(index: Index) -> list[list[Given]]:
    """Return by clinician the meetings, and the sessions of the history, that are near the week."""
    return index.once("given work", lambda: _given_work(index))


def _given_work(index: Index) -> list[list[Given]]:
    found: list[list[Given]] = [[] for _ in index.clinicians]
    spans = [
        (code, index.minute(meeting.start), meeting.minutes)
        for meeting in index.problem.meetings
        for code in meeting.clinicians
    ]
    spans += [(p.clinician, index.minute(p.start), p.minutes) for p in index.problem.history.appointments]
    for code, start, minutes in spans:
        clinician = index.clinician_number.get(code)
        if clinician is not None:
            found[clinician].append((index.shifts[clinician].day(start), start, start + minutes))
    return found


def near_days(index: Index, setting: Setting, clinician: int) -> bool:
    """Return whether a clinician's hours lie so near that the rule may ask something of a planned week."""
    least = 60 * setting.whole("hours")
    spans = [(p.start, p.end) for p in index.periods[clinician]]
    spans += [(start, end) for _, start, end in given_work(index)[clinician]]
    shifts = index.shifts[clinician]
    days: dict[int, tuple[int, int]] = {}
    for start, end in spans:
        day = shifts.day(start)
        low, high = days.get(day, (start, end))
        days[day] = min(low, start), max(high, end)
    order = sorted(days)
    # Recovery may go on after the hours where its own rule is soft.
    recovery = index.settings.get("recovery_buffer")
    least += 0 if recovery is None else int(buffers(index, recovery).max(initial=0))
    return any(days[b][0] - days[a][1] < least for i, b in enumerate(order) for a in order[:i])


def post(build: Build, setting: Setting) -> None:
    """Post for each working day that what is late on an earlier one leaves out what is early on it."""
    if not build.exact:
        return
    index, rows = build.index, build.rows
    owners, people = rows.people()
    counted = ~rows.of_block(BlockKind.BREAK)[owners] & np.isin(people, build.people)
    until = rows.end + recovery_due(index, rows)
    for (clinician,), members in groups(people, where=counted):
        _Clinician(build, setting, clinician, owners[members], until).post()


class _Clinician:
    """The rows of one clinician by working day, and what is given."""

    def __init__(self, build: Build, setting: Setting, clinician: int, rows: Ints, until: Ints) -> None:
        self._build, self._setting = build, setting
        self._least = 60 * setting.whole("hours")
        self._rows, self._start, self._until = rows, build.rows.start[rows], until[rows]
        self._day = build.index.day_of(np.full(len(rows), clinician), self._start)
        self._given = given_work(build.index)[clinician]

    def post(self) -> None:
        for day in sorted(set(self._day.tolist()) | {day for day, start, _ in self._given if start >= 0}):
            self._post_day(day)

    def _post_day(self, day: int) -> None:
        mine, earlier = self._day == day, self._day < day
        begins = min((start for d, start, _ in self._given if d == day), default=None)
        ended = max((end for d, _, end in self._given if d < day), default=None)
        late = earlier & (self._until > self._first(mine, begins) - self._least)
        soon = mine & (self._start < self._last(earlier, ended) + self._least)
        if not late.any() and not soon.any():
            return
        over = self._build.slack(self._setting)
        if ended is not None:
            self._forbid(soon & (self._start < ended + self._least), over)
        if begins is not None:
            self._forbid(late & (self._until > begins - self._least), over)
        self._post_pairs(late, soon, over)

    def _first(self, mine: Bools, begins: int | None) -> int:
        starts = self._start[mine].tolist() + ([] if begins is None else [begins])
        return min(starts, default=-(10**9))

    def _last(self, earlier: Bools, ended: int | None) -> int:
        ends = self._until[earlier].tolist() + ([] if ended is None else [ended])
        return max(ends, default=-(10**9))

    def _forbid(self, members: Bools, over: Var | int) -> None:
        for row in self._rows[members].tolist():
            self._build.model.add(self._build.row_vars[row] <= over)

    def _post_pairs(self, late: Bools, soon: Bools, over: Var | int) -> None:
        """Post with a literal for each time from which on something of the earlier days may still go on."""
        model, variables = self._build.model, self._build.row_vars
        ends: dict[int, list[Var]] = defaultdict(list)
        for row, end in zip(self._rows[late].tolist(), self._until[late].tolist(), strict=True):
            ends[end].append(variables[row])
        starts: dict[int, list[Var]] = defaultdict(list)
        for row, start in zip(self._rows[soon].tolist(), self._start[soon].tolist(), strict=True):
            starts[start].append(variables[row])
        going: Var | None = None
        waiting = sorted(ends, reverse=True)
        # The latest starts first: what ends too late for one is too late for each earlier one as well.
        for start in sorted(starts, reverse=True):
            more = [v for end in waiting if end > start - self._least for v in ends[end]]
            waiting = [end for end in waiting if end <= start - self._least]
            if more:
                literal = model.new_bool_var("")
                for variable in [*more, *([] if going is None else [going])]:
                    model.add_implication(variable, literal)
                going = literal
            if going is not None:
                for variable in starts[start]:
                    model.add(cp_model.LinearExpr.sum([variable, going]) <= 1 + over)
