"""The stages of planning again: each lets a little more of the week move than the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.rows import Role
from safeschedule.replanning.deciding import Decision, Scope, decide
from safeschedule.replanning.situation import Situation, takers
from safeschedule.solving.budget import Budget

_FEW, _MORE = 3, 8
_TAKERS = 10


@dataclass(frozen=True)
class Stage:
    """One stage, what it was to let change, and what it found."""

    name: str
    scope: Scope
    decision: Decision


def stages(
    where: Situation, most: int | None, budget: Budget, seed: int, tell: Callable[[str], None]
) -> Iterator[Stage]:
    """Yield stage after stage, until one places all that is urgent, or the time is over."""
    plain = where.table()
    demand = [item for item, count in where.demand.items() if count]
    able = takers(plain, demand, where.freeze)
    base = _base(where) | set(able[:_TAKERS])
    everyone = set(range(len(where.index.clinicians)))
    leads = {n for n, c in enumerate(where.index.clinicians) if c.is_supervisor}
    plans: list[tuple[str, set[int], bool]] = [
        ("free time", base, False),
        ("free time of more", base | set(able) | leads, False),
        ("moves of few", base | leads, True),
        ("moves of more", base | set(able) | leads, True),
        ("moves of all", everyone, True),
    ]
    last: Decision | None = None
    for number, (name, people, moves) in enumerate(plans):
        if last is not None and (budget.over or (moves and most == 0)):
            return
        if number == 1 and last is not None and last.chosen is not None and people <= base | leads:
            continue
        focus = _focus(where, last, able, people)
        movers = focus[: {2: _FEW, 3: _MORE}.get(number, len(focus))] if moves else []
        broken = last is not None and last.chosen is None
        scope = Scope(tuple(sorted(people)), tuple(movers), joint=moves and broken)
        tell(name)
        table = where.table(movers) if movers else plain
        last = decide(where, table, scope, most, budget, seed)
        yield Stage(name, scope, last)
        if last.chosen is not None and not unplaced_urgent(where, last):
            return
        if last.chosen is not None and not takers(plain, unplaced_urgent(where, last), where.freeze):
            return


def _base(where: Situation) -> set[int]:
    """Return the clinicians whose week a change has touched, and whom their blocks may need."""
    index = where.index
    named = {index.clinicians[n].supervisor for n in where.asked}
    return where.clinicians | where.asked | {index.clinician_number[c] for c in named if c is not None}


def _focus(where: Situation, last: Decision | None, able: list[int], people: set[int]) -> list[int]:
    """Return whose sessions should move first: of those who could take what is urgent, or who are hit."""
    if last is not None and last.chosen is not None:
        urgent = takers(where.table(), unplaced_urgent(where, last), where.freeze)
        return [n for n in urgent if n in people]
    hit = sorted(where.clinicians | where.asked)
    return [*hit, *(n for n in sorted(people) if n not in hit)]


def unplaced_urgent(where: Situation, decision: Decision) -> list[int]:
    """Return the urgent requests of which something is not placed."""
    assert decision.chosen is not None
    rows = decision.table.rows.take(decision.chosen & ~decision.table.chosen)
    visits = rows.request[(rows.request >= 0) & (rows.role != Role.CO)]
    placed = np.bincount(visits, minlength=len(where.index.counts))
    wanted = [n for n in where.demand if n < len(where.index.requests) and where.urgent[n]]
    return [n for n in wanted if placed[n] < where.demand[n]]
