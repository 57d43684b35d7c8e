"""Takes out blocks that no rule asks for, and gathers consultations; the search has no reason to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.encode import encode
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Rows, groups, steps
from safeschedule.problem import BlockKind
from safeschedule.solving.cpsat import small_solver, terms
from safeschedule.solving.evaluate import values_of
from safeschedule.solving.neighbourhood import part_of
from safeschedule.solving.objective import tier_objective

_DETERMINISTIC_LIMIT = 4.0


def tidy(index: Index, rows: Rows, chosen: Bools, tiers: Sequence[Tier]) -> Rows:
    """Return chosen rows with the fewest minutes of blocks that keep every rule and every tier's value.

    Sessions stay as they are, and so do the times of all blocks but consultations, which may meet
    elsewhere. When no answer is found in the small fixed limit, all rows stay.
    """
    present = rows.take(chosen)
    values = values_of(index, present)
    free = (chosen & ~rows.is_session) | (
        rows.of_block(BlockKind.CONSULTATION) & ~_in_session(index, rows, chosen)
    )
    part = part_of(index, rows, chosen, free)
    some = rows.take(part.numbers)
    build = encode(index, some, fixed=part.fixed)
    for tier in tiers:
        least = sum(value for name, value in values.items() if index.settings[name].tier is tier)
        build.model.add(terms(build, tier_objective(build, tier)) >= least)
    blocks = np.flatnonzero(~some.is_session)
    minutes = some.minutes[blocks].tolist()
    build.model.minimize(cp_model.LinearExpr.weighted_sum([build.row_vars[b] for b in blocks], minutes))
    for variable, value in zip(build.row_vars, chosen[part.numbers].tolist(), strict=True):
        build.model.add_hint(variable, value)
    solver = small_solver(_DETERMINISTIC_LIMIT)
    if solver.solve(build.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return present
    return some.take(np.array([solver.value(variable) > 0 for variable in build.row_vars], dtype=bool))


def _in_session(index: Index, rows: Rows, chosen: Bools) -> Bools:
    """Return which rows overlap a chosen session of their clinician; they need not be looked at."""
    numbers = np.arange(len(rows))
    which, slots = steps(rows, index.grid, numbers)
    held = (chosen & rows.is_session)[which]
    found = np.zeros(len(rows), dtype=bool)
    for _, members in groups(rows.clinician[which], slots):
        if held[members].any():
            found[which[members]] = True
    return found
