"""What a team lacks so that everyone could be inside: the least that new colleagues would have to take."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import ROUND_UP, Decimal

from safeschedule.caseload.panels import CaseloadFacts
from safeschedule.rebalancing.answers import HeldClients, MissingCapacity
from safeschedule.rebalancing.bounds import BOUNDS, CAP, SPREAD, Bounds
from safeschedule.rebalancing.goals import TransferGoals
from safeschedule.rebalancing.model import Counts, TransferModel
from safeschedule.rebalancing.movable import Pool
from safeschedule.solving.budget import Budget


def lacking(
    facts: CaseloadFacts, bounds: Bounds, pools: Sequence[Pool], held: Sequence[str], budget: Budget
) -> tuple[tuple[HeldClients, ...], tuple[MissingCapacity, ...], bool]:
    """Return what stays over because clients may not move, what is missing, and whether that is proven.

    The model has colleagues who are not there yet, without caps. What stays over even with them is held.
    Then as few points as possible go to them, as few clients of high acuity, and clients who need as few
    skills.
    """
    model = TransferModel(bounds, pools, hard=False, hired=True)
    goals = TransferGoals(model, budget)
    for bound in BOUNDS:
        goals.least(model.excess[bound])
    items = model.new.items()
    goals.least([(profile.points, v) for profile, v in items])
    goals.least([(1, v) for profile, v in items if profile.high])
    goals.least([(len(profile.skills), v) for profile, v in items])
    goals.least([(1, v) for _, v in items])
    if goals.counts is None:
        return (), (), False
    return tuple(_held(facts, bounds, goals.counts, held)), tuple(_missing(facts, goals.counts)), goals.proven


def _held(facts: CaseloadFacts, bounds: Bounds, counts: Counts, held: Sequence[str]) -> Iterator[HeldClients]:
    for person in facts.problem.clinicians:
        code = person.id
        left = [(pool.profile, number) for pool, number in counts.leaving.items() if pool.giver == code]
        come = [(profile, number) for (profile, who), number in counts.joining.items() if who == code]
        points = bounds.points[code] + sum(p.points * n for p, n in come) - sum(p.points * n for p, n in left)
        high = bounds.high[code] + sum(p.high * n for p, n in come) - sum(p.high * n for p, n in left)
        own = tuple(client for client in facts.carried[code].clients if client in held)
        for bound in bounds.over(code, points, high):
            weighs = bound in (CAP, SPREAD)
            over = bounds.excess(bound, code, points if weighs else high)
            who = own if weighs else tuple(client for client in own if facts.is_high(client))
            yield HeldClients(code, bound, Decimal(over) / (100 if weighs else 1), who)


def _missing(facts: CaseloadFacts, counts: Counts) -> Iterator[MissingCapacity]:
    by_skills: dict[tuple[str, ...], list[tuple[int, bool, int]]] = {}
    for profile, number in counts.new.items():
        if number:
            by_skills.setdefault(profile.skills, []).append((profile.points, profile.high, number))
    for skills, found in sorted(by_skills.items()):
        points = sum(weight * number for weight, _, number in found)
        high = sum(number for _, is_high, number in found if is_high)
        clients = sum(number for _, _, number in found)
        yield MissingCapacity(skills, clients, Decimal(points) / 100, high, _fte(facts, points, high))


def _fte(facts: CaseloadFacts, points: int, high: int) -> Decimal | None:
    """Return the FTE that so much takes, by the default caps of the rulebook."""
    needs = []
    for rule, table, amount in (
        ("caseload_cap", "points", Decimal(points) / 100),
        ("high_acuity_cap", "clients", Decimal(high)),
    ):
        setting = facts.week.settings[rule]
        cap = setting.by_role(table, "default") if setting.enabled else None
        if cap is not None and amount:
            if not cap:
                return None
            needs.append(amount / cap)
    return max(needs).quantize(Decimal("0.01"), ROUND_UP) if needs else None
