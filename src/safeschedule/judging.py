"""What a solver claims against what the verifier finds: agreement, and the objective with its bounds."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.catalogue import Tier
from safeschedule.errors import DisagreementError
from safeschedule.model.index import Index
from safeschedule.problem import Problem
from safeschedule.result import TierObjective
from safeschedule.solving.backend import Found
from safeschedule.solving.objective_constant import stakes
from safeschedule.solving.progress import gap
from safeschedule.solving.tiers import ranked_tiers
from safeschedule.verifier import Verification

# Bounds are floating-point numbers of an engine; objectives are whole.
_TOLERANCE = 1e-6


def require_agreement(solver: str, found: Found, verification: Verification) -> None:
    """Raise unless the verifier accepts the schedule and counts what the solver says that it counts.

    Raises
    ------
    DisagreementError
        With both accounts.
    """
    lines = [f"verifier: [{f.rule}] {f.sentence}" for f in verification.findings if f.hard]
    if found.infeasible:
        lines.append(f"{solver}: says that there is no schedule, and gives one")
    for name, penalty in (found.account or {}).items():
        counted = verification.penalties.get(name, 0)
        if counted != penalty:
            lines.append(f"{name}: {solver} counts {penalty}, the verifier {counted}")
    if lines:
        raise DisagreementError(lines)


def objectives(problem: Problem, verification: Verification) -> list[tuple[Tier, dict[str, int], int]]:
    """Return each soft tier, strongest first: its rules' parts of the objective, and what it can be at most.

    All of it comes from the verifier's penalties and the problem, nothing from the solver.
    """
    settings = problem.rulebook.settings()
    stake = stakes(Index(problem))
    found = []
    for tier in ranked_tiers(settings):
        names = [n for n, s in settings.items() if s.tier is tier and not s.hard]
        parts = {n: stake.get(n, 0) - verification.penalties.get(n, 0) for n in names}
        found.append((tier, parts, sum(stake.get(n, 0) for n in names)))
    return found


def judge(
    solver: str, problem: Problem, verification: Verification, bounds: Sequence[float | None]
) -> tuple[tuple[TierObjective, ...], tuple[str, ...]]:
    """Return the objective of each tier with its bound, and a sentence about each claim that is false.

    A bound below what the schedule reaches is false. Then the solver's other bounds are worth nothing
    either, and only what can never be exceeded counts: that every session is placed, and no penalty paid.
    """
    found = objectives(problem, verification)
    claims = [_claim(bounds[level] if level < len(bounds) else None) for level in range(len(found))]
    wrong = tuple(
        f"The solver {solver} says that the tier {tier} cannot exceed {claim:g}, but this schedule reaches "
        f"{sum(parts.values())} there: none of its bounds is used. Please report this with the problem file."
        for claim, (tier, parts, _) in zip(claims, found, strict=True)
        if claim < sum(parts.values()) - _TOLERANCE
    )
    tiers = []
    for claim, (tier, parts, most) in zip(claims, found, strict=True):
        objective = sum(parts.values())
        bound = float(most if wrong else max(min(claim, most), objective))
        tiers.append(TierObjective(str(tier), objective, bound, gap(objective, bound), parts))
    return tuple(tiers), wrong


def _claim(bound: float | None) -> float:
    # Not a number is smaller than nothing and larger than nothing: it must not pass for a proof.
    return float("inf") if bound is None or bound != bound else float(bound)
