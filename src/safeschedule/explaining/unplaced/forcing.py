"""Making room: a part of the week solved anew with one more session of a request in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.explaining.unplaced.week import VerifiedWeek
from safeschedule.model.adopting import Adopted
from safeschedule.model.build import Build, Var, top
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Setting
from safeschedule.solving.budget import Budget
from safeschedule.solving.cpsat import Answer, Run, small_solver, terms
from safeschedule.solving.neighbourhood import Part
from safeschedule.solving.objective import Objective, tier_objective
from safeschedule.solving.parts import Solver
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

    def __init__(self, week: VerifiedWeek, budget: Budget) -> None:
        self._week, self._budget = week, budget
        self._levels: tuple[int, ...] | None = None

    @property
    def levels(self) -> tuple[int, ...]:
        """What the whole team reaches now (see `Build.team_level`)."""
        if self._levels is None:
            index, own = self._week.index, self._week.own
            solver = Solver(index, own, ranked_tiers(index.settings), self._budget, seed=0)
            state = solver.look(np.ones(len(own), dtype=bool))
            self._levels = () if state is None else state.levels
        return self._levels

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
        build = encode(index, adopted.rows.take(part.numbers), fixed=part.fixed, people=part.people)
        build.hold_levels(self.levels if part.people is not None else ())
        objectives = [tier_objective(build, tier) for tier in ranked_tiers(index.settings)]
        now = adopted.chosen[part.numbers]
        run = Run(build, objectives, build.row_vars, now)
        before = run.of_hint(self._budget)
        if before is None:
            return Forced(None, proven=False)
        self._guard(build, now)
        losses = [_loss(build, objective, least) for objective, least in zip(objectives, before, strict=True)]
        if free_of_charge:
            # Nobody is left out so that others have as much.
            for tier, loss in zip(ranked_tiers(index.settings), losses, strict=True):
                if tier is not Tier.FAIRNESS:
                    build.model.add(loss == 0)
        run = Run(
            build,
            [[(-1, loss.index)] for loss in losses],
            build.row_vars,
            now if hint is None else hint[part.numbers],
        )
        wanted = [build.row_vars[n] for n in np.flatnonzero(openings[part.numbers])]
        held = int(self._held(adopted, part, openings))
        mine = self._rows_of_request(adopted, part, openings)
        build.model.add(cp_model.LinearExpr.sum(wanted) >= 1)
        build.model.add(cp_model.LinearExpr.sum([build.row_vars[n] for n in mine]) >= held + 1)
        if hint is not None:
            run.of_hint()
        answer = run.solve(budget=self._budget, limit=limit, seed=0)
        if answer.chosen is None:
            return Forced(None, proven=answer.infeasible)
        chosen = adopted.chosen.copy()
        chosen[part.numbers] = self._settled(build, losses, answer, now, limit)
        return Forced(chosen, proven=answer.optimal)

    def _settled(
        self, build: Build, losses: Sequence[Var], answer: Answer, now: Bools, limit: float
    ) -> Bools:
        """Return what loses no more than an answer, and leaves as much as possible where it is now."""
        assert answer.chosen is not None
        for loss, value in zip(losses, answer.values, strict=True):
            build.model.add(loss <= -value)
        stay = [
            (1 if build.rows.is_block[n] else _SESSION, build.row_vars[n].index)
            for n in np.flatnonzero(now & ~build.fixed).tolist()
        ]
        # Whoever else could come in does so only where it spares somebody something.
        stay += [(-1, build.row_vars[n].index) for n in np.flatnonzero(~now & build.rows.is_visit).tolist()]
        run = Run(build, [stay], build.row_vars, answer.chosen)
        if not stay or run.of_hint() is None:
            return answer.chosen
        calmer = run.solve(budget=self._budget, limit=limit, seed=0)
        return answer.chosen if calmer.chosen is None else calmer.chosen

    def _rows_of_request(self, adopted: Adopted, part: Part, openings: Bools) -> Sequence[int]:
        """Return the entries of the part that are sessions of the request that the openings are of."""
        rows = adopted.rows.take(part.numbers)
        request = adopted.rows.request[np.flatnonzero(openings)[0]]
        found: list[int] = np.flatnonzero((rows.request == request) & rows.is_visit).tolist()
        return found

    def _held(self, adopted: Adopted, part: Part, openings: Bools) -> int:
        mine = self._rows_of_request(adopted, part, openings)
        return int(adopted.chosen[part.numbers][mine].sum())

    def _guard(self, build: Build, now: Bools) -> None:
        """Post that no soft rule of safety is broken further, whatever the rulebook says that it costs."""
        rules = guarded(self._week.index)
        pairs = {name: build.amounts.get(name, []) for name in rules}
        if not any(pairs.values()):
            return
        total = {
            name: cp_model.LinearExpr.weighted_sum([v for _, v in of], [f for f, _ in of])
            for name, of in pairs.items()
        }
        build.model.minimize(sum(total.values()))
        build.model.proto.clear_solution_hint()
        build.model.proto.solution_hint.vars.extend([variable.index for variable in build.row_vars])
        build.model.proto.solution_hint.values.extend(now.astype(np.int64).tolist())
        solver = small_solver()
        solver.parameters.fix_variables_to_their_hinted_value = True
        if solver.solve(build.model) == cp_model.OPTIMAL:
            for name, of in pairs.items():
                most = sum(factor * solver.value(variable) for factor, variable in of)
                build.model.add(total[name] <= most)
