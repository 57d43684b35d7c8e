"""A search within a search: some clinicians' weeks as one model, the rest of the schedule kept.

The model of a whole large team takes too long to encode (some 0.1 ms a placement, in one thread); that of
ten clinicians takes a second or two. What the group shares with others (clients, rooms, the team's blocks) is
in its model, as it stands. Groups are searched one after the other, so that nothing changes beside them.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Ints
from safeschedule.model.rows import Rows
from safeschedule.solving.neighbourhood import only_of, part_of
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.parts import Solver, State
from safeschedule.solving.relaxation.plan import Plan
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.proofs import Proofs
from safeschedule.solving.search.timeline import Timeline
from safeschedule.solving.subproblem import whole_of


@dataclass(frozen=True)
class Narrowed:
    """A search over some clinicians' weeks.

    Parameters
    ----------
    search
        Over the group's placements; nobody is told of its progress, and nothing bounds it.
    numbers
        Of its placements among those of the whole search.
    before
        The schedule of the whole search with which it began.
    values
        What the group's model made of it.
    """

    search: Search
    numbers: Ints
    before: State
    values: tuple[int, ...]

    def widened(self) -> State:
        """Return the schedule of the whole search with what was found for the group."""
        found = self.search.best
        if found is None or found.values <= self.values:
            return self.before
        chosen = self.before.chosen.copy()
        chosen[self.numbers] = found.chosen
        gain = (now - was for now, was in zip(found.values, self.values, strict=True))
        values = tuple(a + b for a, b in zip(self.before.values, gain, strict=True))
        return State(chosen, values, self.before.levels)


def narrowed(search: Search, people: Sequence[int], until: float) -> Narrowed | None:
    """Return a search over some clinicians' weeks; ``None`` where their model refuses what stands.

    Parameters
    ----------
    until
        When it is to end, as a share of the limit.
    """
    before, plan = search.current, search.plan
    assert before is not None
    assert plan is not None
    part = part_of(search.index, search.rows, before.chosen, only_of(search.rows, people), people)
    rows = search.rows.take(part.numbers)
    build = encode(search.index, rows, fixed=part.fixed, people=part.people, recording=True)
    whole = whole_of(build, search.proofs.tiers)
    inner = copy.copy(search)
    inner.parameters = _ending(search.parameters, until)
    inner.rows, inner.whole = rows, whole
    inner.solver = Solver(search.index, rows, search.proofs.pursued, search.budget, search.seed, whole)
    inner.open, inner.team = search.open[part.numbers], search.team[part.numbers]
    # What is kept of others stays: nobody draws it.
    inner.fixed = part.fixed
    state = inner.solver.look(before.chosen[part.numbers])
    if state is None:
        return None
    inner.current = inner.best = inner.settled = inner.constructed = state
    inner.timeline = Timeline(search.budget, None)
    inner.proofs = Proofs(search.index, 0.0, all_at_once=False)
    inner.proofs.pursued = search.proofs.pursued
    inner.plan = _plan_of(plan, part.numbers, rows, part.fixed, people)
    return Narrowed(inner, part.numbers, before, state.values)


def _ending(parameters: SearchParameters, until: float) -> SearchParameters:
    ending = parameters.improvement.model_copy(update={"until": until, "fairness_at": until})
    return parameters.model_copy(update={"improvement": ending})


def _plan_of(plan: Plan, numbers: Ints, rows: Rows, fixed: Bools, people: Sequence[int]) -> Plan:
    """Return what a plan says of some clinicians' placements, and no bounds."""
    worth = plan.worth[:, numbers]
    planned = np.zeros_like(plan.planned)
    planned[:, people] = plan.planned[:, people]
    mine = replace(plan, mask=plan.mask[numbers], blocks=plan.blocks[numbers], worth=worth)
    mine.likely = plan.likely[numbers]
    # Whoever is kept lacks nothing here.
    others = np.ones(planned.shape[1], dtype=bool)
    others[list(people)] = False
    mine.planned = planned
    planned[:, others] = mine.held(rows, fixed)[:, others]
    mine.bounds, mine.total = [float("inf")] * len(plan.bounds), float("inf")
    mine.relaxed, mine.tops, mine.conditional, mine.closed = None, {}, [], {}
    return mine
