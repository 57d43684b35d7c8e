"""The plan of a large team: a linear relaxation with open requests pooled, rounded where the team meets.

What couples clinicians is little: the team's blocks, its peaks, and who takes which open request. These are
taken from the relaxation; all else is planned group by group, and then timed clinician by clinician.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.rows import Columns, Entries, Role, Rows
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import step_of, unit_of, weighted
from safeschedule.solving.parameters import PlanParameters
from safeschedule.solving.profit import best_gains, earnings_of, worth_of_rows
from safeschedule.solving.relaxation.aggregation import Pooled, pooled_week
from safeschedule.solving.relaxation.assignment_plan import STEP_WORTH, evenness, refuted
from safeschedule.solving.relaxation.lagrangian import Relaxed, tightened, week_limits
from safeschedule.solving.relaxation.linear_program import Floats, Linear
from safeschedule.solving.relaxation.mip import MilpAnswer, Objective, Programme, factors_of, terms_of
from safeschedule.solving.relaxation.most_sessions import by_multipliers
from safeschedule.solving.relaxation.partition import groups_of
from safeschedule.solving.relaxation.plan import Plan, floor_to, takers
from safeschedule.solving.relaxation.price_decomposition import ByGroups
from safeschedule.solving.tiers import levels_of

_LONGEST = 3600.0
# Clinicians to whom an open request is offered besides those of its home.
_OFFERED = 3


@dataclass(frozen=True)
class Wide:
    """What the relaxation says.

    Parameters
    ----------
    bounds, total, weights
        As of a `Plan`.
    infeasible
        Whether the relaxation, and so every schedule, is proven impossible.
    week
        The relaxation itself.
    values
        Of its variables; ``None`` when it was not solved in the time.
    relaxed
        As of a `Plan`.
    most_sessions
        As of a `Plan`.
    """

    bounds: list[float]
    total: float
    weights: list[int]
    infeasible: bool
    week: Pooled
    values: Floats | None
    relaxed: Relaxed | None = None
    most_sessions: int | None = None

    def amount(self, variables: list[int]) -> float:
        """Return the sum of some variables; 0 when the relaxation was not solved."""
        return 0.0 if self.values is None else float(self.values[variables].sum())


def relax(index: Index, suits: Bools, budget: Budget, parameters: PlanParameters, apart: int) -> Wide:
    """Solve the relaxation within the share of the budget that is for planning.

    Parameters
    ----------
    apart
        Clinicians from which it is solved by groups of half as many.
    """
    week = pooled_week(index, suits)
    weights = [1] * len(week.objectives)
    for level in reversed(range(len(weights) - 1)):
        weights[level] = weights[level + 1] * (STEP_WORTH // unit_of(week.objectives[level]) + 1)
    total = weighted(week.objectives, weights)
    until = parameters.share * budget.whole

    def left() -> float:
        if budget.repeatable:
            return min(_LONGEST, budget.wall_left)
        return min(_LONGEST, max(0.0, until - budget.used))

    if len(index.clinicians) < apart:
        guide = [*total, *evenness(week.build, [level for level, _ in week.by_level])]
        relaxed, even = _whole(week, total, guide, budget, left, parameters.cuts_within)
        system, answer = relaxed.programme.system, relaxed.answer
        # Multipliers of whatever objective bound the weighted sum.
        duals = even.duals if answer.duals is None else answer.duals
        values = answer.values if even.values is None else even.values
    else:
        relaxed, system = None, week.system
        answer = _by_groups(week, total, budget, left, groups_of(index, max(1, apart // 2)))
        duals, values = answer.duals, answer.values
    # What no tier can exceed: everything that is asked for, and no penalty.
    bounds = [float(stake) for stake in week.stakes]
    most = None
    bound = float(sum(w * b for w, b in zip(weights, bounds, strict=True)))
    if duals is not None:
        count = len(system.lower)
        most = by_multipliers(system, factors_of(total, count), duals, week.sessions)
        bound = min(bound, system.dual_bound(factors_of(total, count), duals))
        # Multipliers of the weighted sum, scaled, bound the strongest tier by itself as well.
        scaled = system.dual_bound(factors_of(week.objectives[0], count), duals / weights[0])
        if relaxed is not None:
            # Far better by itself: the weaker tiers' prices are no part of it.
            scaled = min(scaled, relaxed.programme.solve(relaxed.first, seconds=left(), whole=False).bound)
        bounds[0] = min(bounds[0], floor_to(scaled, step_of(week.objectives[0])))
    infeasible = answer.infeasible and refuted(week.build, budget)
    return Wide(bounds, floor_to(bound, 1), weights, infeasible, week, values, relaxed, most)


def _whole(
    week: Pooled,
    total: Objective,
    guide: Objective,
    budget: Budget,
    left: Callable[[], float],
    cuts_within: float,
) -> tuple[Relaxed, MilpAnswer]:
    """Solve the relaxation, once more with cuts from single weeks if there is time and there are any.

    In teams of 100 cuts lower the bound by 0.05 % and would take a sixth of the time that makes the
    schedule: there are none where the relaxation took more than a share of the limit.

    Returns
    -------
    tuple of Relaxed and MilpAnswer
        The relaxation, with what maximises the weighted sum; and what maximises the guide.
    """
    programme = Programme(week.system, lambda: budget.interrupted)
    # The guide first: from where it ends the sum takes an eighth of what the guide takes from the sum's end.
    even = programme.solve(guide, seconds=left(), whole=False)
    answer = programme.solve(total, seconds=left(), whole=False)
    relaxed = Relaxed(programme, week.build, week.by_level, total, answer, week.build.people)
    late = not budget.repeatable and budget.used > cuts_within * budget.limit
    if late or programme.meter.beyond(budget.deterministic):
        return relaxed, even
    relaxed = tightened(relaxed, week_limits(budget, left()), left)
    if relaxed.programme is not programme:
        even = relaxed.programme.solve(guide, seconds=left(), whole=False)
    return relaxed, even


def _by_groups(
    week: Pooled, total: Objective, budget: Budget, left: Callable[[], float], group: Ints
) -> MilpAnswer:
    """Solve the relaxation by groups (each clinician's is given) joined by prices."""

    def maximise(system: Linear, factors: Floats) -> MilpAnswer:
        programme = Programme(system, lambda: budget.interrupted)
        return programme.solve(terms_of(factors), seconds=left(), whole=False)

    owner = np.full(len(week.system.lower), -1, dtype=np.int64)
    owner[[v.index for v in week.build.plan_vars]] = group[week.build.plan.clinician]
    # HiGHS is one thread in itself.
    with ThreadPoolExecutor(max_workers=2) as pool:
        found = ByGroups(week.system, factors_of(total, len(owner)), owner).solve(pool, maximise)
    return MilpAnswer(found.values, 0.0, float("inf"), infeasible=False, duals=found.duals)


def offers(
    index: Index, suits: Bools, wide: Wide, groups: Ints, seed: int
) -> tuple[Bools, dict[int, int], Ints]:
    """Return (by request and clinician whether a pooled request is offered, who takes which, homes).

    Open requests go to those who take from their pool in the relaxation, those of most value first, each
    clinician as often as there. They are offered to the group of who takes them, which is their home (one
    by chance when nobody does), and to a few others, whom chance chooses. `groups` is by clinician; homes
    are groups by request, -1 for requests that are not pooled.
    """
    random = np.random.default_rng(seed)
    offered = np.zeros_like(suits)
    left: dict[tuple[int, int], float] = {}
    placed: dict[int, int] = {}
    homes = np.full(len(index.requests), -1, dtype=np.int64)
    for position in np.argsort(-wide.week.values, kind="stable").tolist():
        number = int(wide.week.members[position])
        pool = wide.week.taken[number]
        people = np.array([c for c in pool if suits[number, c]], dtype=np.int64)
        if not len(people):
            continue
        for c in people.tolist():
            left.setdefault((id(pool), c), wide.amount(pool[c]))
        share = np.array([max(0.0, left[id(pool), c]) for c in people.tolist()])
        if share.sum() > 1e-6:
            taker = int(people[np.argmax(share + 1e-3 * random.random(len(people)))])
            placed[number] = taker
            left[id(pool), taker] -= float(index.counts[number])
        chance = share + 0.05
        some = random.choice(people, min(_OFFERED, len(people)), replace=False, p=chance / chance.sum())
        offered[number, some] = True
        homes[number] = groups[placed.get(number, int(some[0]))]
        offered[number, people[groups[people] == homes[number]]] = True
    return offered, placed, homes


def plan_of(
    index: Index, rows: Rows, tiers: Sequence[Tier], wide: Wide, placed: dict[int, int]
) -> tuple[Plan, Ints]:
    """Return the relaxation's plan for the rows, and who takes each request in it (any clinician: nobody)."""
    worth = worth_of_rows(index, rows, tiers)
    levels = levels_of(tiers)
    everyone = np.zeros((len(levels), len(index.clinicians)))
    plan = Plan(
        mask=np.ones(len(rows), dtype=bool),
        blocks=~rows.is_session,
        worth=worth,
        planned=everyone,
        likely=np.zeros(len(rows), dtype=bool),
        bounds=wide.bounds,
        total=wide.total,
        weights=wide.weights,
        infeasible=wide.infeasible,
        relaxed=wide.relaxed,
        most_sessions=wide.most_sessions,
        levels_of_tiers=levels,
    )
    if wide.values is None:
        return plan, np.full(len(index.requests), -1, dtype=np.int64)
    build = wide.week.build
    held = wide.values[[v.index for v in build.plan_vars]]
    names = {request.id: number for number, request in enumerate(index.requests)}
    number_of = np.array([names.get(asked.id, -1) for asked in build.index.requests], dtype=np.int64)
    request = np.full(len(build.plan), -1, dtype=np.int64)
    alone = build.plan.is_session
    request[alone] = number_of[build.plan.request[alone]]
    taker = takers(index, request, build.plan.clinician, held)
    for number, clinician in placed.items():
        taker[number] = clinician
    sessions = np.flatnonzero(rows.is_session)
    plan.mask[sessions] = taker[rows.request[sessions]] == rows.clinician[sessions]
    used = held > 1e-6
    plan.blocks &= _in_used(index, rows, build.plan.take(used), build.plan_half[used])
    own = np.flatnonzero(request >= 0)
    heads = build.rows.take(np.array([build.plan_rows[e][0] for e in own], dtype=np.int64))
    plan.planned = plan.by_clinician(
        held[own] * worth_of_rows(build.index, heads, tiers), build.plan.clinician[own]
    )
    gains, earnings = best_gains(index, tiers), earnings_of(index, tiers)
    for number, clinician in placed.items():
        plan.planned[:, clinician] += gains[:, number]
        plan.planned[:, clinician] += earnings[:, number] * int(index.counts[number])
    return plan, taker


def _in_used(index: Index, rows: Rows, used: Entries, halves: Ints) -> Bools:
    """Return the rows of blocks in half-days in which the relaxation holds some; a seat with any host."""

    def keys(some: Columns, half: Ints) -> Ints:
        partner = np.where(some.role == Role.ATTEND, -1, some.partner)
        columns = [some.kind, some.role, some.clinician, partner, some.minutes, half]
        return np.stack(columns, axis=1)

    both = np.concatenate([keys(rows, index.half_of(rows.start)), keys(used, halves)])
    number = np.unique(both, axis=0, return_inverse=True)[1].ravel()
    return np.isin(number[: len(rows)], number[len(rows) :])
