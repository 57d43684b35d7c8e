"""Encoder of ``response_time``: enough coordination between receipt and answer of a clinician's tasks.

That the blocks between any two times hold the tasks between them is all that is needed: blocks do not
overlap, so that the starts and the ends of them are in one order, and whoever takes the task that is due
first never runs out (Hall's condition for intervals; tasks may go on in another block).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import product

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role, groups
from safeschedule.model.variables import Var
from safeschedule.problem import BlockKind, Setting
from safeschedule.problem.clock import DAY

NEEDS = (Need.PEOPLE,)
_LENGTHS, _LONGEST = 3, 60


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer blocks for the tasks of each first answer, and for all of them."""
    for clinician, tasks in sorted(_asked(index, setting).items()):
        by_answer: dict[int, int] = defaultdict(int)
        for _, answer, minutes in tasks:
            by_answer[answer] += minutes
        sums = np.cumsum([by_answer[answer] for answer in sorted(by_answer)]).tolist()
        parts = [*by_answer.values(), *sums]
        # Nobody answers messages for three hours: what is longer is shared out to equal blocks.
        shared = sorted({index.up(-(-minutes // -(-minutes // _LONGEST))) for minutes in parts})
        # A few lengths are enough: blocks may be longer than their tasks, and tasks go on in the next.
        for length in sorted({*shared[: _LENGTHS - 1], shared[-1]}):
            yield Proposal(BlockKind.COORDINATION, length, clinician)


def post(build: Build, setting: Setting) -> None:
    """Post for each clinician and pair of times that the blocks between them are enough."""
    rows, asked = build.rows, _asked(build.index, setting)
    attended = np.isin(rows.role, [Role.SOLO, Role.ATTEND])
    blocks = rows.of_block(BlockKind.COORDINATION) & attended
    for clinician in build.people:
        tasks = asked.get(clinician, [])
        if not tasks:
            continue
        receipts, answers = {task[0] for task in tasks}, {task[1] for task in tasks}
        missing = build.slack(setting, most=sum(task[2] for task in tasks))
        own = blocks & (rows.clinician == clinician)
        for first, last in product(sorted(receipts), sorted(answers)):
            need = sum(minutes for start, end, minutes in tasks if first <= start and end <= last)
            if need:
                inside = own & (rows.start >= first) & (rows.end <= last)
                variables, factors = _minutes(build, np.flatnonzero(inside))
                total = cp_model.LinearExpr.weighted_sum(variables, factors)
                build.model.add(total + missing >= need)


def _minutes(build: Build, members: np.ndarray) -> tuple[list[Var], list[int]]:
    """Return variables and factors whose sum is the minutes of chosen rows."""
    variables: list[Var] = []
    factors: list[int] = []
    lengths = build.rows.minutes[members]
    for (length,), same in groups(lengths) if len(members) else ():
        found = build.at_least(members[same])
        variables += found
        factors += [int(length)] * len(found)
    return variables, factors


def _asked(index: Index, setting: Setting) -> dict[int, list[tuple[int, int, int]]]:
    """Return receipt, answer and minutes of the tasks of each clinician, by number."""
    numbers = {person.id: number for number, person in enumerate(index.clinicians)}
    owners = {client.id: client.clinician for client in index.clients}
    end_of_week, found = 7 * DAY, defaultdict(list)
    for task in index.problem.tasks:
        number = numbers.get(task.clinician or owners.get(task.client) or "")
        answer = index.minute(task.respond_by)
        if number is None or answer > end_of_week:
            continue
        if answer <= 0:
            found[number].append((0, setting.whole("late") * DAY, task.minutes))
        else:
            receipt = 0 if task.received is None else index.minute(task.received)
            found[number].append((max(receipt, 0), answer, task.minutes))
    return dict(found)
