"""Cuts from single clinicians' weeks: what no whole week of theirs can be worth at the relaxation's prices.

The linear relaxation fills half-days with parts of sessions. What clinicians share (open requests, joint
blocks, rooms, peaks) has a price in it, the multiplier of its row. At these prices each clinician's best
week of whole sessions is a small integer programme. All these together bound every schedule (Lagrangian
relaxation; Geoffrion 1974, doi:10.1007/BFb0120690), and where the relaxation has more of a clinician than any
whole week, the difference is cut off, which leaves every schedule in (a Fenchel cut; Boyd 1994,
doi:10.1287/opre.42.1.53).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Ints
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import Objective as TierObjective
from safeschedule.solving.relaxation.block_structure import Split, split
from safeschedule.solving.relaxation.linear_program import Floats, Linear, Row
from safeschedule.solving.relaxation.mip import MilpAnswer, Objective, Programme, factors_of, terms_of
from safeschedule.solving.tiers import Level

Maximise = Callable[[Linear, Floats], MilpAnswer]

# What one week may take of the time for planning, in seconds at most, and in nodes when only they count.
_SHARE, _MOST, _NODES = 0.1, 0.5, 200
# A best week is known when the bound is as near as this.
_SETTLED = 1.0
# What HiGHS may be off by: cuts and bounds keep so far away from what it says.
_TOLERANCE, _LEAST = 1e-6, 1e-3


@dataclass(frozen=True)
class RelaxationLimits:
    """Limits of the weighing.

    Parameters
    ----------
    seconds, nodes
        For each week; nodes are those of the search tree.
    threads
        How many weeks are looked at side by side.
    over
        Tells whether no further week is to be looked at.
    """

    seconds: float
    nodes: int | None = None
    threads: int = 2
    over: Callable[[], bool] = field(default=lambda: False)


@dataclass(frozen=True)
class Weeks:
    """What single weeks say of an objective.

    Parameters
    ----------
    bound
        What no values of the variables that are whole numbers exceed.
    cuts
        Rows that all such values keep, and those of the relaxation do not.
    unsettled
        Clinicians whose best week is not known for certain.
    hard
        These, and those whose weeks gave cuts.
    """

    bound: float
    cuts: list[Row]
    unsettled: list[int]
    hard: list[int]


@dataclass(frozen=True)
class Relaxed:
    """The linear relaxation of a plan layer, with cuts.

    Parameters
    ----------
    programme
        Its rows, with the cuts so far.
    build
        Whose plan layer it is.
    by_level, total
        The plan's objectives, strongest first, each with its tiers; and their weighted sum.
    answer
        That maximises the weighted sum over the linear relaxation.
    unsettled
        Clinicians whose best week at its prices is not known for certain.
    hard
        Clinicians of whom the relaxation without cuts says too much, as far as it is known.
    """

    programme: Programme
    build: Build
    by_level: Sequence[tuple[Level, TierObjective]]
    total: Objective
    answer: MilpAnswer
    unsettled: Sequence[int]
    hard: Sequence[int] = ()

    @property
    def first(self) -> TierObjective:
        """The objective of the strongest level."""
        return self.by_level[0][1]

    @property
    def solved(self) -> bool:
        """Whether there are values and prices."""
        return self.answer.values is not None and self.answer.duals is not None


def week_limits(budget: Budget, left: float) -> RelaxationLimits:
    """Return limits within a budget that has so many seconds left for planning; half are for what follows."""
    if budget.repeatable:
        return RelaxationLimits(left, _NODES, over=lambda: budget.over)
    until = budget.used + left / 2
    return RelaxationLimits(min(_SHARE * left, _MOST), over=lambda: budget.over or budget.used > until)


def tightened(relaxed: Relaxed, limits: RelaxationLimits, left: Callable[[], float]) -> Relaxed:
    """Return the relaxation solved again with cuts from the weeks of the unsettled clinicians.

    The one that is given, if it is not solved or cannot be solved again in the seconds that are `left`
    then; its programme, if there is nothing to cut off.
    """
    if not relaxed.solved or limits.over():
        return relaxed
    weeks = weighed(relaxed, limits)
    same = replace(relaxed, unsettled=weeks.unsettled, hard=sorted({*relaxed.hard, *weeks.hard}))
    if not weeks.cuts:
        return same
    programme = relaxed.programme.again(weeks.cuts)
    answer = programme.solve(relaxed.total, seconds=left(), whole=False)
    tighter = replace(same, programme=programme, answer=answer)
    return tighter if tighter.solved else relaxed


def weighed(relaxed: Relaxed, limits: RelaxationLimits) -> Weeks:
    """Return what the weeks of the unsettled clinicians say."""
    programme, build = relaxed.programme, relaxed.build
    count = len(programme.system.lower)
    owner = np.full(count, -1, dtype=np.int64)
    owner[[v.index for v in build.plan_vars]] = build.plan.clinician

    def maximise(system: Linear, factors: Floats) -> MilpAnswer:
        if limits.over():
            return MilpAnswer(None, 0.0, float("inf"), infeasible=False)
        return Programme(system, programme.over, programme.meter).solve(
            terms_of(factors), seconds=limits.seconds, nodes=limits.nodes, bounding=True
        )

    factors = factors_of(relaxed.total, count)
    # HiGHS is one thread in itself.
    with ThreadPoolExecutor(max_workers=limits.threads) as pool:
        return weigh(programme.system, owner, relaxed.unsettled, factors, relaxed.answer, maximise, pool)


def weigh(
    system: Linear,
    owner: Ints,
    people: Sequence[int],
    factors: Floats,
    answer: MilpAnswer,
    maximise: Maximise,
    pool: Executor,
) -> Weeks:
    """Find clinicians' best weeks at the prices of a relaxation.

    Parameters
    ----------
    owner
        By variable the clinician, or -1 (see `split`).
    people
        Whose weeks; those of the others count as much as the relaxation says.
    factors
        The objective by variable.
    answer
        Of the relaxation, with its multipliers.
    maximise
        Solves one clinician's system in whole numbers.
    """
    assert answer.values is not None
    assert answer.duals is not None
    duals = system.oriented(factors, answer.duals)
    apart = split(system, owner)
    inside = np.isin(apart.own_row, people)
    bound, gain = system.priced(factors, np.where(inside, 0.0, duals))
    outside = ~np.isin(apart.owner, people)
    bound += float(np.where(gain > 0, gain * system.upper, gain * system.lower)[outside].sum())
    cuts: list[Row] = []
    unsettled: list[int] = []
    hard: list[int] = []
    found = pool.map(lambda person: _best(system, apart, person, gain, maximise), people)
    for person, best in zip(people, found, strict=True):
        bound += best.most
        mine = best.columns
        if np.isfinite(best.most) and float(gain[mine] @ answer.values[mine]) > best.most + _LEAST:
            hard.append(person)
            cuts.append(([(float(gain[c]), int(c)) for c in mine if gain[c]], -np.inf, best.most))
        if not best.settled:
            unsettled.append(person)
    return Weeks(bound, cuts, unsettled, sorted({*hard, *unsettled}))


@dataclass(frozen=True)
class _Best:
    """A clinician's columns, what no whole week of theirs exceeds, and whether one is worth that."""

    columns: Ints
    most: float
    settled: bool


def _best(system: Linear, apart: Split, person: int, gain: Floats, maximise: Maximise) -> _Best:
    part, columns, _ = apart.part(system, person)
    answer = maximise(part, gain[columns])
    if not np.isfinite(answer.bound):
        return _Best(columns, float("inf"), settled=False)
    largest = max(abs(answer.bound), float(np.abs(gain[columns]).max(initial=0.0)))
    slack = _TOLERANCE * largest + _LEAST / 2
    settled = answer.values is not None and answer.bound <= answer.objective + _SETTLED
    return _Best(columns, answer.bound + slack, settled)
