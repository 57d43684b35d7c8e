"""Encoder of ``documentation``: time for it in each half-day with sessions, after the work.

By clinician and date, over the times at which a session may end: the minutes of documentation from each time
on, and by half-day whether one of its sessions has ended before. Its size grows with the rows, not with pairs
of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index, Ints
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import groups
from safeschedule.model.slots import case_of, slots_of
from safeschedule.model.variables import Var, top
from safeschedule.problem import BlockKind, Setting

HELPERS = ("extra_minutes",)
NEEDS = (Need.PEOPLE, Need.USED)

_EXTRA = ("intake", "crisis", "court", "group")
_NOTHING: Ints = np.zeros(0, dtype=np.int64)

Expr = cp_model.LinearExpr | Var | int


def extra_minutes(index: Index, setting: Setting) -> Ints:
    """Return the share of each request's and group's sessions: documentation of their own."""
    by_kind = {kind: setting.whole(kind) for kind in _EXTRA}
    return np.array(
        [
            by_kind.get(t.kind, 0) if t.documentation_minutes is None else t.documentation_minutes
            for t in index.request_types
        ],
        dtype=np.int64,
    )


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer each clinician blocks of every length that is asked for, none too short to count."""
    least, shortest = setting.whole("minutes"), max(1, setting.whole("shortest"))
    shares = {*extra_minutes(index, setting).tolist(), case_of(index).paperwork} - {0}
    asked = {least, setting.whole("closing"), *shares} - {0}
    # A share that is too short by itself is written together with the half-day's.
    asked |= {least + share for share in shares if share < shortest}
    # Where lengths are rounded up, the shortest ones make up sums in between.
    asked |= {shortest} if any(minutes % index.grid for minutes in asked) else set()
    for clinician in range(len(index.clinicians)):
        for length in sorted({index.up(max(minutes, shortest)) for minutes in asked}):
            yield Proposal(BlockKind.DOCUMENTATION, length, clinician)


def post(build: Build, setting: Setting) -> None:
    """Post for each clinician and date with possible sessions what has to come after them."""
    plan, shortest = build.plan, setting.whole("shortest")
    extra = np.append(extra_minutes(build.index, setting), 0)
    notes = dict(
        groups(
            plan.clinician,
            build.plan_day,
            where=plan.of_block(BlockKind.DOCUMENTATION) & (plan.minutes >= shortest),
        )
    )
    slots = slots_of(plan)
    share = np.where(slots, case_of(build.index).paperwork, extra[plan.request])
    work = (plan.is_work | slots) & build.plan_inside
    for key, members in groups(plan.clinician, build.plan_day, where=work):
        date = _Date(
            build, setting, share[members], members, notes.get(key, _NOTHING), members[slots[members]]
        )
        date.post_sums()
        if build.exact:
            date.post_times()


class _Date:
    """A clinician's date: plan entries of sessions (slots among them), and of documentation long enough."""

    def __init__(
        self, build: Build, setting: Setting, share: Ints, sessions: Ints, notes: Ints, slots: Ints
    ) -> None:
        self._build, self._setting = build, setting
        self._sessions, self._notes, self._share = sessions, notes, share
        half = int(build.plan_half[sessions[0]]) // 2 * 2
        self._least = setting.whole("minutes")
        person = int(build.plan.clinician[sessions[0]])
        self._late = _written(build, person, half + 1, slots)
        self._used = [u for u in (_written(build, person, half, slots), self._late) if u is not None]
        self._afternoon = half + 1
        shares = sum(
            share * top(build.plan_vars[m])
            for m, share in zip(sessions.tolist(), self._share.tolist(), strict=True)
        )
        most = max(setting.whole("closing"), self._least * len(self._used) + shares)
        self._short = build.slack(setting, most=most)

    def post_sums(self) -> None:
        """Post the sums of the date and of its afternoon, whose sessions all end after midday."""
        half = self._build.plan_half
        late = half[self._sessions] == self._afternoon
        self._post_sum(self._notes, self._sessions, self._used)
        if self._late is not None and len(self._used) > 1:
            notes = self._notes[half[self._notes] == self._afternoon]
            self._post_sum(notes, self._sessions[late], [self._late])

    def _post_sum(self, notes: Ints, sessions: Ints, used: Sequence[Var]) -> None:
        build, share = self._build, dict(zip(self._sessions.tolist(), self._share.tolist(), strict=True))
        given = _weighted(build.plan_vars, notes, build.plan.minutes[notes])
        due = [share[m] * build.plan_vars[m] for m in sessions.tolist() if share[m]]
        build.model.add(given + self._short >= sum(due) + self._least * sum(used))

    def post_times(self) -> None:
        """Post what has to come after each time at which a session may end."""
        build, rows = self._build, self._build.rows
        sessions = np.concatenate([build.plan_rows[m] for m in self._sessions])
        notes = np.concatenate([_NOTHING, *(build.plan_rows[m] for m in self._notes)])
        morning = build.half[sessions] != self._afternoon
        turn = build.index.turns[rows.clinician[sessions[0]], self._afternoon // 2]
        latest = int(turn) + self._setting.whole("grace")
        ends = rows.end[sessions]
        # Of notes that begin at once after a late end, those that begin later are told apart.
        times = np.unique(np.concatenate([ends, [latest + 1], ends[morning & (ends > latest)] + 1]))
        given = self._from_on(times, rows.start[notes], notes, rows.minutes[notes])
        share = np.repeat(self._share, build.plan_sizes[self._sessions])
        due = self._from_on(times, ends, sessions, share)
        begun = [self._begun(times, sessions[side]) for side in (morning, ~morning) if side.any()]
        for (time,), members in groups(ends):
            at = int(np.searchsorted(times, time))
            ended = cp_model.LinearExpr.sum([build.row_vars[sessions[m]] for m in members])
            owed = due[at] + self._least * (sum(self._used) - sum(half[at] for half in begun))
            build.model.add(given[at] + self._short >= owed)
            build.model.add(given[at] + self._short >= self._setting.whole("closing") * ended)
        if morning.any():
            self._post_morning(times, sessions[morning], given, begun[0], latest)

    def _post_morning(
        self, times: Ints, sessions: Ints, given: Sequence[Var | int], begun: Sequence[Var | int], latest: int
    ) -> None:
        """Post that the morning's minutes start in time after its first session."""
        build = self._build
        missing = self._build.slack(self._setting, most=self._least)
        for (time,), members in groups(build.rows.end[sessions]):
            at = int(np.searchsorted(times, time))
            ended = cp_model.LinearExpr.sum([build.row_vars[sessions[m]] for m in members])
            # Who ends later than that has only the notes that begin at once.
            after = int(np.searchsorted(times, max(latest, time) + 1))
            in_time = given[at] - given[after]
            build.model.add(in_time + missing + self._least * begun[at] >= self._least * ended)

    def _from_on(self, times: Ints, when: Ints, numbers: Ints, weights: Ints) -> list[Var | int]:
        """Return for each time, and for the end, the sum of the weights of chosen rows from then on."""
        build = self._build
        place = np.searchsorted(times, when, side="right") - 1
        place[weights == 0] = -1
        found: list[Var | int] = [0] * (len(times) + 1)
        here = dict(groups(place))
        most = 0
        for at in range(len(times) - 1, -1, -1):
            found[at] = found[at + 1]
            if (at,) in here:
                members = here[at,]
                most += int(weights[members].sum())
                total, later = build.model.new_int_var(0, most, ""), found[at + 1]
                rest = [] if isinstance(later, int) else [later.index]
                variables = np.append(build.row_index[numbers[members]], [*rest, total.index])
                factors = np.append(weights[members], [*(1 for _ in rest), -1])
                build.model.add_row(variables.astype(np.int64), factors, 0, 0)
                found[at] = total
        return found

    def _begun(self, times: Ints, sessions: Ints) -> list[Var | int]:
        """Return for each time a literal that may be true only if one of the sessions has ended before."""
        build = self._build
        found: list[Var | int] = [0]
        here = dict(groups(np.searchsorted(times, build.rows.end[sessions])))
        for at in range(len(times) - 1):
            found.append(found[at])
            if (at,) in here:
                literal, before = build.model.new_bool_var(""), found[at]
                rest = [] if isinstance(before, int) else [before.index]
                variables = np.append(build.row_index[sessions[here[at,]]], [*rest, literal.index])
                factors = np.ones(len(variables), dtype=np.int64)
                factors[-1] = -1
                build.model.add_row(variables.astype(np.int64), factors, 0, None)
                found[at + 1] = literal
        return found


def _written(build: Build, person: int, half: int, slots: Ints) -> Var | None:
    """Return a literal that is true when a half-day has a session or an urgent slot; ``None``: never.

    `slots`: the date's urgent slots.
    """
    used = build.used(person, half)
    slots = slots[build.plan_half[slots] == half]
    if not len(slots):
        return used
    literal: Var = build.model.new_bool_var("")
    for slot in slots.tolist():
        build.model.add(build.plan_vars[slot] <= top(build.plan_vars[slot]) * literal)
    if used is not None:
        build.model.add_implication(used, literal)
    return literal


def _weighted(variables: Sequence[Var], numbers: Ints, weights: Ints) -> Expr:
    return cp_model.LinearExpr.weighted_sum([variables[n] for n in numbers], weights.tolist())
