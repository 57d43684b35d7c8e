"""Takes out blocks that no rule asks for; the search has no reason to leave them out itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.solving.cpsat import terms
from safeschedule.solving.evaluate import penalties_of
from safeschedule.solving.objective import tier_objective

_DETERMINISTIC_LIMIT = 4.0


def tidy(index: Index, rows: Rows, tiers: Sequence[Tier]) -> Rows:
    """Return the chosen rows with the fewest minutes of blocks that keep every rule and every tier's value.

    Sessions stay as they are. When no answer is found in the small fixed limit, all rows stay.
    """
    penalties = penalties_of(index, rows)
    if penalties is None:
        return rows
    build = encode(index, rows, fixed=rows.is_session)
    for tier in tiers:
        names = [name for name in penalties if index.settings[name].tier is tier]
        least = sum(index.settings[n].weight * build.constants.get(n, 0) - penalties[n] for n in names)
        build.model.add(terms(build, tier_objective(build, tier)) >= least)
    blocks = np.flatnonzero(~rows.is_session)
    minutes = rows.minutes[blocks].tolist()
    build.model.minimize(cp_model.LinearExpr.weighted_sum([build.row_vars[b] for b in blocks], minutes))
    for variable in build.row_vars:
        build.model.add_hint(variable, 1)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.max_deterministic_time = _DETERMINISTIC_LIMIT
    if solver.solve(build.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return rows
    return rows.take(np.array([solver.value(variable) > 0 for variable in build.row_vars]))
