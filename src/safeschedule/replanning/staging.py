"""The stages of planning again: each lets a little more of the week move than the one before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.rows import Role
from safeschedule.replanning.deciding import FOREMOST, Attempt, Decision, Scope, free_rows
from safeschedule.replanning.situation import Situation, Table, holders, takers
from safeschedule.solving.budget import Budget

_FEW, _MORE = 3, 8
_LAST = "moves of all"
_TAKERS = 6
_BUILDING = 0.4
"""A stage is left when building it alone would take more than this share of the time left."""
_SHARE_OF_DROPS = 0.2
"""Share of the time left for a schedule that gives sessions up: something to hand back, and to begin with."""
_SMALL, _LONG = 12, 60.0
"""Up to so many clinicians everything is tried, and with so long a limit."""


@dataclass(frozen=True)
class Staged:
    """How the stages ended.

    Parameters
    ----------
    decision
        The best; its ``chosen`` is ``None`` when no stage has a schedule.
    stage
        The name of the stage that has it, or of the last one.
    everything
        Whether the last stage tried let everything move.
    complete
        Whether each stage that was wanted had the time for its foremost goals.
    """

    decision: Decision
    stage: str
    everything: bool
    complete: bool


def staged(
    where: Situation,
    most: int | None,
    budget: Budget,
    seed: int,
    tell: Callable[[str], None],
    *,
    calm: bool = False,
    wide: bool = False,
    moves: bool = False,
) -> Staged:
    """Try stage after stage, until one places all that is urgent, or the time is over.

    Parameters
    ----------
    most
        The most people to disturb beyond those whom the changes hit; ``None``: no limit.
    tell
        Hears the name of each stage as it begins.
    calm
        When even free time has no schedule, try nothing that others feel.
    wide
        Begin with the free time of all who can help: that gaps alone have no schedule is known.
    moves
        Begin with what others feel: that free time has no schedule is known.
    """
    plain = where.table()
    able = takers(plain, [n for n, c in where.demand.items() if c], where.freeze)
    base = _base(where)
    so_far = _SoFar()
    scopes: list[Scope] = []
    for name, scope in _scopes(where, able, plain, base, so_far, wide=wide):
        if moves and not scope.felt:
            continue
        if so_far.tried and scope.felt and (most == 0 or (calm and so_far.decision is None)):
            break
        if name == _LAST and len(where.index.clinicians) > _SMALL and budget.limit < _LONG:
            so_far.complete = False
            break
        if so_far.tried and budget.over:
            so_far.complete = False
            break
        if scope in scopes:
            continue
        scopes.append(scope)
        tell(name)
        try:
            table = where.table(scope.movers) if scope.movers else plain
            size = int(free_rows(where, table, scope).sum())
            if so_far.tried and not budget.repeatable and so_far.rate * size > _BUILDING * budget.left:
                so_far.complete = False
                break
            began = budget.elapsed
            attempt = Attempt(where, table, scope, most, budget, seed, so_far.decision)
        except InterruptedWorkError:
            if not so_far.tried:
                raise
            so_far.complete = False
            break
        so_far.rate = (budget.elapsed - began) / max(1, size)
        so_far.take(name, attempt, attempt.begin(_SHARE_OF_DROPS if scope.droppers else 0.5))
        if so_far.decision is not None and not scope.droppers:
            left = unplaced(where, so_far.decision, urgent=name != "gaps")
            if not takers(plain, left, where.freeze):
                break
    return so_far.end()


class _SoFar:
    """The best of the stages tried."""

    def __init__(self) -> None:
        self.tried: list[tuple[str, Decision]] = []
        self.decision: Decision | None = None
        self.complete = True
        self.rate = 0.0
        """Seconds that building a stage took for each free row."""
        self._stage = ""
        self._unfinished: Attempt | None = None

    def take(self, name: str, attempt: Attempt, found: Decision) -> None:
        """Keep a stage's schedule if it is better than those before; one that drops is a beginning only."""
        self.tried.append((name, found))
        self.complete &= found.infeasible or all(goal.proven for goal in found.reached[:FOREMOST])
        self.complete &= found.infeasible or found.chosen is not None
        if found.chosen is not None and (
            self.decision is None or found.values < self.decision.values[: len(found.values)]
        ):
            self.decision, self._stage, self._unfinished = found, name, attempt
            if not attempt.scope.droppers:
                # Seen to its end at once: more stages may leave no time for it.
                self._finish()

    def _finish(self) -> None:
        if self._unfinished is not None:
            self.decision, self._unfinished = self._unfinished.finish(), None

    def end(self) -> Staged:
        """Return the best, or the last one when none has a schedule."""
        self._finish()
        last, found = self.tried[-1]
        if self.decision is None:
            return Staged(found, last, last == _LAST, self.complete)
        return Staged(self.decision, self._stage, last == _LAST, self.complete)


def _scopes(
    where: Situation, first: list[int], plain: Table, base: set[int], so_far: _SoFar, *, wide: bool
) -> Iterator[tuple[str, Scope]]:
    """Yield what each stage lets change, given what the one before found."""
    leads = {n for n, c in enumerate(where.index.clinicians) if c.is_supervisor}
    everyone = tuple(range(len(where.index.clinicians)))
    stand_by = holders(where, plain)[:_TAKERS]

    def able() -> list[int]:
        """Return who could take what is urgent and has no place; when nothing goes at all, who can help."""
        if so_far.decision is None:
            return list(dict.fromkeys([*stand_by, *sorted(where.clinicians | where.asked), *sorted(leads)]))
        return takers(plain, unplaced(where, so_far.decision), where.freeze)

    few = set(first[:_TAKERS])
    named = {n for n in where.clinicians if n in where.named}
    if not wide:
        yield "gaps", Scope(tuple(sorted(base | few)), guests=tuple(sorted((base | few) - named)))
    # Where gaps have no schedule, one proof for all who can help: each takes time that moves will need.
    none_yet = so_far.decision is None
    if not none_yet and base - named:
        yield "free time", Scope(tuple(sorted(base | few)), guests=tuple(sorted(few - base)))
    more = base | set(able()) | (few if none_yet else set())
    if none_yet or more - base or few - base:
        yield "free time of more", Scope(tuple(sorted(more)))
    broken = so_far.decision is None
    for name, count in (("few", _FEW), ("more", _MORE)):
        movers = able()[:count]
        people = tuple(sorted((more if broken else base) | set(movers)))
        if so_far.decision is None:
            yield f"drops of {name}", Scope(people, droppers=tuple(movers), joint=True)
        yield f"moves of {name}", Scope(people, tuple(movers), joint=broken)
    if so_far.decision is None:
        yield "drops of all", Scope(everyone, droppers=everyone, joint=True)
    yield _LAST, Scope(everyone, everyone, joint=True)


def _base(where: Situation) -> set[int]:
    """Return the clinicians whose week a change has touched, and whom their blocks may need."""
    index = where.index
    named = {index.clinicians[n].supervisor for n in where.asked}
    return where.clinicians | where.asked | {index.clinician_number[c] for c in named if c is not None}


def unplaced(where: Situation, decision: Decision, *, urgent: bool = True) -> list[int]:
    """Return the requests, or only the urgent ones, of which something is not placed."""
    assert decision.chosen is not None
    rows = decision.table.rows.take(decision.chosen & ~decision.table.chosen)
    visits = rows.request[(rows.request >= 0) & (rows.role != Role.CO)]
    placed = np.bincount(visits, minlength=len(where.index.counts))
    wanted = [n for n in where.demand if n < len(where.index.requests)]
    wanted = [n for n in wanted if where.urgent[n] or not urgent]
    return [n for n in wanted if placed[n] < where.demand[n]]
