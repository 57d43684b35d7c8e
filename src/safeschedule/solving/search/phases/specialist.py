"""A week of a special kind: a plug-in arranges it in its own way before anything else is tried."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from safeschedule.catalogue import Tier
from safeschedule.model.index import Bools
from safeschedule.solving.opening import Opener, Opening
from safeschedule.solving.relaxation.bounding import Bounding
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.proof import Proof
from safeschedule.solving.tiers import levels_of

# Seconds for a proof that must not depend on the clock; relaxations end long before.
_LONGEST = 3600.0


@dataclass(frozen=True)
class Specialist:
    """Begins with what a plug-in arranges, where there is one that takes the week; nothing follows then."""

    opener: Opener | None
    proof: Proof

    def run(self, search: Search) -> None:
        """Arrange the week, and free all of it once where it is small."""
        opening = None
        if self.opener is not None and not search.wide:
            opening = self.opener(search.index, search.rows, search.proofs.tiers)
        if opening is None or not _arrange(search, opening):
            return
        search.closed = True
        improvement = search.parameters.improvement
        small = len(search.rows) <= search.parameters.size.whole_rows
        if small and search.before(improvement.until) and not search.ended():
            search.enter("improve")
            self.proof.run(search, improvement.until * search.budget.limit - search.budget.used)


def _arrange(search: Search, opening: Opening) -> bool:
    """Return whether there is a schedule by the plug-in's work."""
    search.enter(opening.phase)
    search.plan = _no_plan(len(search.rows), len(search.people), search.proofs.tiers)
    budget = search.budget
    seconds = _LONGEST if budget.repeatable else min(_LONGEST, budget.left)
    bounding = Bounding(lambda stop: opening.bounds(seconds, stop))
    bounding.start()
    search.proofs.bounding = bounding
    if budget.repeatable:
        bounding.wait(budget.stop.is_set)

    def enough() -> bool:
        """Return whether the schedule is as good as is asked for, as far as is known."""
        search.proofs.tighten()
        return search.done()

    def take(chosen: Bools) -> bool:
        """Take a schedule; return whether the whole model allows it."""
        state = search.solver.look(chosen)
        if state is not None:
            search.take(state)
            search.settled = state
        return state is not None

    opening.run(budget, search.seed, search.threads, enough, take)
    if search.current is not None:
        bounding.wait(lambda: budget.over)
        search.proofs.tighten()
        return True
    # Whatever is tried now needs the time, and looks for bounds of its own.
    bounding.finish()
    search.proofs.bounding = None
    return False


def _no_plan(rows: int, clinicians: int, tiers: list[Tier]) -> Plan:
    """Return a plan that says nothing, for one tier."""
    nothing = np.zeros(rows, dtype=bool)
    worth, planned = np.zeros((1, rows)), np.zeros((1, clinicians))
    unknown = float("inf")
    return Plan(
        ~nothing,
        nothing,
        worth,
        planned,
        likely=nothing,
        weights=[1],
        bounds=[unknown],
        levels_of_tiers=levels_of(tiers),
    )
