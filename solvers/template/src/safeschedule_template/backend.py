"""A back-end in one file: the whole model of the rules, handed to CP-SAT once for each tier."""

from __future__ import annotations

import time
from typing import ClassVar

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Bools, Index
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.budget import Budget
from safeschedule.solving.objective import tier_objective
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import Progress
from safeschedule.solving.subproblem import Engine, Subproblem
from safeschedule.solving.tiers import ranked_tiers


class Template:
    """A solver: the name under which it is asked for, and how it solves.

    An engine that may be missing is looked for in ``__init__``, which then raises
    `safeschedule.solving.backend.SolverUnavailableError` with the way to get it.
    """

    name: ClassVar[str] = "template"
    repeatable: ClassVar[bool] = True

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Maximise tier after tier, the stronger ones held at what they reached."""
        budget = Budget(limits.time_limit, limits.deterministic_limit, limits.stop)
        index = Index(problem)
        rows = candidates(index)
        chosen: Bools | None = None
        reached: list[int] = []
        bounds: list[float] = []
        phases: list[Phase] = []
        # A rulebook may have no soft rule at all: then any schedule is as good as another.
        tiers = ranked_tiers(index.settings)
        for tier in tiers:
            if budget.over:
                break
            since = time.monotonic()
            # A new build for each tier: what a solve adds to the model stays there.
            made = Subproblem(encode(index, rows), hint=chosen)
            for stronger, least in zip(tiers, reached, strict=False):
                made.hold(tier_objective(made.build, stronger), least)
            made.aim([tier_objective(made.build, tier)])
            limit, engine = 0.75 * budget.left, Engine(workers=limits.workers)
            answer = made.solve(budget=budget, limit=limit, seed=limits.seed, engine=engine)
            if answer.infeasible and not reached:
                return Found(None, infeasible=True, phases=tuple(phases))
            if answer.chosen is None:
                break
            chosen = answer.chosen
            reached.append(answer.values[0])
            bounds.append(answer.bound)
            best, bound = float(sum(reached)), sum(bounds)
            phases.append(Phase(f"tier {tier}", time.monotonic() - since, best, bound))
            if limits.on_progress is not None:
                limits.on_progress(Progress(f"tier {tier}", budget.elapsed, best, bound))
        if chosen is None:
            return Found(None, phases=tuple(phases))
        schedule = extract(index, rows.take(chosen))
        return Found(schedule, bounds=tuple(bounds), phases=tuple(phases))
