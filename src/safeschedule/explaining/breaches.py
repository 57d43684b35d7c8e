"""By how much an impossible week falls short of its safe thresholds: a measurement, not a proposal."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
from safeschedule.explaining.clashes.cores import Core
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.clashes.week import ALWAYS
from safeschedule.explaining.repairs.softening import softened
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.solving.cpsat import run, solver_for
from safeschedule.verifier import verify
from safeschedule.verifier.finding import Finding

_SECONDS = 5.0


def breaches(oracle: Oracle, cores: Sequence[Core]) -> tuple[Finding, ...]:
    """Return what the verifier finds where rules are kept as far as they can be.

    The least sum of amounts is looked for, first of the rules of the clashes alone; where these are not all
    the clashes that there are, of all rules that are not physical. Empty when nothing was found in the time.
    """
    named = sorted({str(c.key[0]) for core in cores for c in core if c.kind == "rule"})
    settings = oracle.base.rulebook.settings()
    everything = [
        n for n, s in settings.items() if s.hard and n not in ALWAYS and s.tier is not Tier.PHYSICAL
    ]
    for names in (named, sorted({*named, *everything})):
        found = _least(oracle, names)
        if found is not None:
            return found
    return ()


def _least(oracle: Oracle, names: list[str]) -> tuple[Finding, ...] | None:
    if not names or oracle.budget.over:
        return None
    problem = softened(oracle.base, names, others_off=True)
    index = Index(problem)
    build = encode(index, candidates(index))
    terms = [term for name in names for term in build.amounts.get(name, ())]
    build.model.minimize(cp_model.LinearExpr.weighted_sum([v for _, v in terms], [f for f, _ in terms]))
    solver = solver_for(oracle.budget, _SECONDS, oracle.seed, 1)
    if run(solver, build.model, oracle.budget) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen = np.array([solver.value(variable) for variable in build.row_vars], dtype=np.int64) > 0
    found = verify(problem, extract(index, build.rows.take(chosen))).findings
    return tuple(finding for finding in found if finding.rule in names)
