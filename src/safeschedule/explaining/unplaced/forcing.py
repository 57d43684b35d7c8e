"""Making room: a part of the week solved anew with one more session of a request in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.model.adopting import Adopted
from safeschedule.model.build import Build
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.variables import Var, top
from safeschedule.problem import Setting
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import terms
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.objective import Objective, tier_objective
from safeschedule.solving.subproblem import Answer, Subproblem, value_of
from safeschedule.solving.tiers import ranked_tiers

_SESSION = 20
"""Blocks that had better move than a session."""
_STRONGER = (Tier.PHYSICAL, Tier.SAFETY)


@dataclass(frozen=True)
class Forced:
    """What was found of a part with the session in it.

    Parameters
    ----------
    chosen
        By row of the whole; ``None``: nothing was found.
    proven
        That nothing is better, or that there is nothing.
    """

    chosen: Bools | None
    proven: bool


def guarded(index: Index) -> dict[str, Setting]:
    """Return the soft rules that no way in may break further: of safety, here or in the catalogue."""
    return {
        name: setting
        for name, setting in index.settings.items()
        if not setting.hard and (setting.tier in _STRONGER or setting.rule.tier in _STRONGER)
    }


def _loss(build: Build, objective: Objective, before: int) -> Var:
    """Return a variable that is at least what an objective has less than before; a gain is worth nothing."""
    lowest = sum(min(0, f * top(build.model.get_int_var_from_proto_index(v))) for f, v in objective)
    loss = build.model.new_int_var(0, max(0, before - lowest), "")
    build.model.add(loss >= before - terms(build, objective))
    return loss


class Forcing:
    """Solves parts of a week with one more session of a request.

    Parameters
    ----------
    week
        The planned week.
    budget
        Of all of it.
    """

    def __init__(self, week: Ground, budget: Budget) -> None:
        self._week, self._budget = week, budget

    def solve(
        self,
        adopted: Adopted,
        part: Part,
        openings: Bools,
        *,
        limit: float,
        hint: Bools | None = None,
        free_of_charge: bool = False,
    ) -> Forced:
        """Choose an opening and what loses least with it; with `free_of_charge`, no tier may lose.

        `limit` is in the budget's unit.
        """
        try:
            return self._solve(adopted, part, openings, limit=limit, hint=hint, free_of_charge=free_of_charge)
        except InterruptedWorkError:
            return Forced(None, proven=False)

    def _solve(
        self,
        adopted: Adopted,
        part: Part,
        openings: Bools,
        *,
        limit: float,
        hint: Bools | None,
        free_of_charge: bool,
    ) -> Forced:
        index = self._week.index
        made = Subproblem.of(index, adopted.rows, part)
        now = adopted.chosen[part.numbers]
        tiers = [tier_objective(made.build, tier) for tier in ranked_tiers(index.settings)]
        made.aim(tiers)
        made.start(now)
        before = made.of_hint(self._budget)
        if before is None:
            return Forced(None, proven=False)
        self._guard(made, now)
        losses = [_loss(made.build, tier, least) for tier, least in zip(tiers, before, strict=True)]
        if free_of_charge:
            self._spare(made, losses)
        made.aim([[(-1, loss.index)] for loss in losses])
        made.start(now if hint is None else hint[part.numbers])
        wanted, mine = openings[part.numbers], self._of_request(adopted, part, openings)
        made.count(wanted, least=1)
        made.count(mine, least=int(now[mine].sum()) + 1)
        if hint is not None:
            made.of_hint()
        answer = made.solve(budget=self._budget, limit=limit, seed=0)
        if answer.chosen is None:
            return Forced(None, proven=answer.infeasible)
        settled = self._settled(made, answer, now, limit)
        return Forced(part.put(adopted.chosen, settled), proven=answer.optimal)

    def _spare(self, made: Subproblem, losses: Sequence[Var]) -> None:
        """Post that no tier loses anything."""
        for tier, loss in zip(ranked_tiers(self._week.index.settings), losses, strict=True):
            # But for fairness: nobody is left out so that others have as much.
            if tier is not Tier.FAIRNESS:
                made.build.model.add(loss == 0)

    def _settled(self, made: Subproblem, answer: Answer, now: Bools, limit: float) -> Bools:
        """Return what loses no more than an answer, and leaves as much as possible where it is now."""
        assert answer.chosen is not None
        for objective, value in zip(made.objectives, answer.values, strict=True):
            made.hold(objective, value)
        rows, variables = made.build.rows, made.build.row_index
        stay = [
            (1 if rows.is_block[n] else _SESSION, int(variables[n]))
            for n in np.flatnonzero(now & ~made.build.fixed).tolist()
        ]
        # Whoever else could come in does so only where it spares somebody something.
        stay += [(-1, int(variables[n])) for n in np.flatnonzero(~now & rows.is_visit).tolist()]
        made.aim([stay])
        made.start(answer.chosen)
        if not stay or made.complete() is None:
            return answer.chosen
        calmer = made.solve(budget=self._budget, limit=limit, seed=0)
        return answer.chosen if calmer.chosen is None else calmer.chosen

    def _of_request(self, adopted: Adopted, part: Part, openings: Bools) -> Bools:
        """Return which entries of the part are sessions of the request that the openings are of."""
        rows = adopted.rows.take(part.numbers)
        request = adopted.rows.request[np.flatnonzero(openings)[0]]
        found: Bools = (rows.request == request) & rows.is_visit
        return found

    def _guard(self, made: Subproblem, now: Bools) -> None:
        """Post that no soft rule of safety is broken further, whatever the rulebook says that it costs."""
        spared = [
            [(-factor, variable.index) for factor, variable in made.build.amounts.get(name, [])]
            for name in guarded(self._week.index)
        ]
        if not any(spared):
            return
        made.aim([[term for rule in spared for term in rule]])
        made.start(now)
        now_kept = made.complete()
        if now_kept is not None:
            for rule in spared:
                if rule:
                    made.hold(rule, value_of(rule, now_kept))
