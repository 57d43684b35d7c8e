"""A clinician's date in steps: what is work, what is with clients, and where a pause is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Ints
from safeschedule.model.preparation import preparation_due
from safeschedule.model.recovery import recovery_due
from safeschedule.model.rows import groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting

Literal = Var | bool
"""A literal, or what is known of it."""


@dataclass
class Stretches:
    """One clinician's date, cut into steps at each start and end.

    Parameters
    ----------
    cells
        Start and end of each step.
    free
        By step: true only when nothing but a break holds it.
    clients
        By step: a literal that is true when clients hold it; ``None``: never.
    used
        A literal that is true when the clinician has a session on the date.
    pauses
        First and last step and the literal of each pause, true only when its steps are free.
    """

    cells: list[tuple[int, int]]
    free: list[Literal]
    clients: list[Var | None]
    used: Var
    pauses: list[tuple[int, int, Literal]] = field(default_factory=list)

    def rests_between(self, first: int, last: int) -> list[Literal]:
        """Return the pauses that lie wholly between two steps."""
        return [literal for a, b, literal in self.pauses if first < a and b < last]

    def rest_ends(self, step: int) -> list[Literal]:
        """Return the pauses that end where a step begins."""
        return [literal for _, b, literal in self.pauses if b == step - 1]

    def client_minutes(self) -> list[int]:
        """Return by step how many minutes with clients it can hold."""
        return [
            0 if client is None else end - start
            for (start, end), client in zip(self.cells, self.clients, strict=True)
        ]


def stretches_of(build: Build, setting: Setting) -> Iterator[Stretches]:
    """Yield each working day on which somebody may have a session, in steps; needs the exact layer."""
    rows = build.rows
    due = preparation_due(build.index, rows), recovery_due(build.index, rows)
    owners, people = rows.people()
    counted = ~rows.of_block(BlockKind.BREAK)[owners] & np.isin(people, build.people)
    sessions = {key for key, _ in groups(rows.clinician, build.day, where=rows.is_work)}
    with_clients = rows.is_work | rows.of_block(BlockKind.URGENT_SLOT)
    days = build.index.day_of(people, rows.start[owners])
    for (person, day), members in groups(people, days, where=counted):
        if (person, day) not in sessions:
            continue
        met = [
            (a, b)
            for a, b in build.index.meetings[person]
            if build.index.shifts[person].day(a) == day and b - a <= setting.whole("work_stretch")
        ]
        used = build.model.new_bool_var("")
        for half in (2 * day, 2 * day + 1):
            if (literal := build.used(person, half)) is not None:
                build.model.add_implication(literal, used)
        yield _date(build, owners[members], due, with_clients, met, setting.whole("pause"), used)


def _date(
    build: Build,
    numbers: Ints,
    due: tuple[Ints, Ints],
    with_clients: np.typing.NDArray[np.bool_],
    met: Sequence[tuple[int, int]],
    pause: int,
    used: Var,
) -> Stretches:
    rows = build.rows
    start, end = rows.start[numbers], rows.end[numbers]
    ahead, after = due
    begin, until = start - ahead[numbers], end + after[numbers]
    edges = np.unique(np.concatenate([begin, start, end, until, np.array(met, dtype=np.int64).ravel()]))
    cells = list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))
    places = [np.searchsorted(edges, times).tolist() for times in (begin, start, end, until)]
    holders: list[list[Var]] = [[] for _ in cells]
    clients: list[list[Var]] = [[] for _ in cells]
    beside: list[list[Var]] = [[] for _ in cells]
    for number, first, a, b, last in zip(numbers.tolist(), *places, strict=True):
        variable, client = build.row_vars[number], bool(with_clients[number])
        for cell in range(a, b):
            holders[cell].append(variable)
            if client:
                clients[cell].append(variable)
        for cell in (*range(first, a), *range(b, last)):
            beside[cell].append(variable)
    free: list[Literal] = []
    for (a, b), held, buffered in zip(cells, holders, beside, strict=True):
        taken = any(x <= a and b <= y for x, y in met)
        free.append(False if taken else _free(build, held, buffered))
    found = Stretches(cells, free, [_client(build, held) for held in clients], used)
    found.pauses = list(_pauses(build, cells, free, pause))
    return found


def _free(build: Build, held: list[Var], buffered: list[Var]) -> Literal:
    if not held and not buffered:
        return True
    literal = build.model.new_bool_var("")
    if held:
        # Nobody does two things at a time, so that all of them and the pause are one choice.
        build.model.add_at_most_one([*held, literal])
    for variable in buffered:
        build.model.add_implication(variable, ~literal)
    return literal


def _client(build: Build, held: list[Var]) -> Var | None:
    if not held:
        return None
    if len(held) == 1:
        return held[0]
    literal = build.model.new_bool_var("")
    build.model.add(cp_model.LinearExpr.sum(held) == literal)
    return literal


def _pauses(
    build: Build, cells: Sequence[tuple[int, int]], free: Sequence[Literal], pause: int
) -> Iterator[tuple[int, int, Literal]]:
    """Yield each shortest run of steps that is long enough for a pause."""
    for first, (start, _) in enumerate(cells):
        last = next((n for n in range(first, len(cells)) if cells[n][1] - start >= pause), None)
        if last is None:
            return
        run = free[first : last + 1]
        if any(literal is False for literal in run):
            continue
        open_ = [literal for literal in run if not isinstance(literal, bool)]
        if len(open_) <= 1:
            yield first, last, open_[0] if open_ else True
        else:
            rest = build.model.new_bool_var("")
            for literal in open_:
                build.model.add_implication(rest, literal)
            yield first, last, rest
