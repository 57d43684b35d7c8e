"""What CP-SAT's settings cost: clinicians' exact weeks in a planned team, solved under several of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from ortools.sat.python import cp_model

from benchmarks.instances import Instance

LIMIT = 8.0
"""Seconds for one clinician's week, by itself."""

VARIANTS: dict[str, dict[str, Any]] = {
    "as it is": {},
    "linear relaxation: level 1": {"linearization_level": 1},
    "linear relaxation: none": {"linearization_level": 0},
    "with probing": {"cp_model_probing_level": 2},
    "without presolve": {"cp_model_presolve": False},
    "without cuts": {"cut_level": 0},
    "without symmetry": {"symmetry_level": 0},
    "fixed search": {"search_branching": cp_model.FIXED_SEARCH},
    "core-based search": {"optimize_with_core": True},
    "two workers": {"num_workers": 2},
    "eight workers": {"num_workers": 8},
}

Line = dict[str, Any]


def run(instance: Instance, parts: int, limit: float = LIMIT) -> Iterator[Line]:
    """Yield a line for each variant: seconds, weeks proven optimal, and the sum of the strongest tier.

    Parameters
    ----------
    parts
        Clinicians whose weeks are made, the first of the team.
    limit
        Seconds for each.
    """
    search = _planned(instance)
    for name, parameters in VARIANTS.items():
        seconds, proven, reached = 0.0, 0, 0
        for person in range(min(parts, len(search.index.clinicians))):
            took, optimal, value = _week(search, person, parameters, limit)
            seconds, proven, reached = seconds + took, proven + optimal, reached + value
        yield {"setting": name, "weeks": parts, "seconds": seconds, "proven": proven, "value": reached}


def _planned(instance: Instance) -> Any:
    """Return a search that has a plan and the team's blocks, and no sessions."""
    from safeschedule.model.index import Index
    from safeschedule.solving.budget import Budget
    from safeschedule.solving.search.context import Search
    from safeschedule.solving.search.phases.blocks import Blocks
    from safeschedule.solving.search.phases.groups import Groups
    from safeschedule.solving.search.phases.planning import Planning

    search = Search(Index(instance.problem()), Budget(None, None, threading.Event()))
    with ThreadPoolExecutor(max_workers=2) as search.pool:
        for phase in (Planning(), Blocks(), Groups()):
            phase.run(search)
    if search.infeasible or search.current is None:
        raise ValueError(f"there is no schedule of {instance.name}")
    return search


def _week(search: Any, person: int, parameters: Mapping[str, Any], limit: float) -> tuple[float, bool, int]:
    """Return seconds, whether it was proven optimal, and the strongest tier's gain of one week."""
    import numpy as np

    from safeschedule.solving.cpsat import solver_for
    from safeschedule.solving.neighbourhood import only_of, part_of

    rows, state, plan = search.rows, search.current, search.plan
    allowed = np.where(rows.is_session, plan.mask | ~search.open, ~search.team)
    part = part_of(search.index, rows, state.chosen, only_of(rows, [person]) & allowed, [person])
    run = search.solver.prepare(part, state.chosen[part.numbers])
    before = run.of_hint()
    solver = solver_for(search.budget, limit, 0, 1)
    for name, value in parameters.items():
        setattr(solver.parameters, name, value)
    began = time.perf_counter()
    status = solver.solve(run.build.model)
    took = time.perf_counter() - began
    if before is None or status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return took, False, 0
    found = np.array(solver.response_proto.solution, dtype=np.int64)
    return took, status == cp_model.OPTIMAL, run.values_of(found)[0] - before[0]


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = "| setting | weeks | seconds | proven optimal | value reached |"
    rows = ["| {setting} | {weeks} | {seconds:.1f} | {proven} | {value} |".format_map(line) for line in lines]
    return "\n".join([head, "|---|---|---|---|---|", *rows])
