"""By how much an impossible week falls short of its safe thresholds: a measurement, not a proposal."""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.catalogue import Tier, Trait
from safeschedule.explaining.clashes.condition import Core
from safeschedule.explaining.clashes.few import people_of, with_few
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.clashes.useful import not_elsewhere
from safeschedule.explaining.repairs.least import least
from safeschedule.explaining.repairs.softening import softened
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.verifier import examine
from safeschedule.verifier.finding import Finding


def breaches(oracle: Oracle, cores: Sequence[Core]) -> tuple[Finding, ...]:
    """Return what the verifier finds where rules are kept as far as they can be.

    The least sum of amounts is looked for, first of the rules of the clashes alone; where these are not all
    the clashes that there are, of all rules that are not physical. Empty when nothing was found in the time.
    """
    named = sorted({str(c.key[0]) for core in cores for c in core if c.kind == "rule"})
    settings = oracle.base.rulebook.settings()
    everything = [
        n
        for n, s in settings.items()
        if s.hard and Trait.GIVEN not in s.rule.traits and s.tier is not Tier.PHYSICAL
    ]
    near = people_of(oracle.base, cores)
    everybody = {person.id for person in oracle.base.clinicians}
    every = sorted({*named, *everything})
    for names, people in ((named, near), (every, near), (named, everybody), (every, everybody)):
        found = _least(oracle, names, people)
        if found is not None:
            return found
    return ()


def _least(oracle: Oracle, names: list[str], people: set[str]) -> tuple[Finding, ...] | None:
    """Return what is found among some people where rules are kept as far as they can be."""
    if not names:
        return None
    problem = with_few(softened(oracle.base, names, others_off=True), people)
    index = Index(problem, over=lambda: oracle.budget.interrupted)
    try:
        build = encode(index, not_elsewhere(index, candidates(index)))
    except InterruptedWorkError:
        return None
    terms = [term for name in names for term in build.amounts.get(name, ())]
    rows = least(build, terms, oracle.budget, oracle.seed)
    if rows is None:
        return None
    found = examine(problem, extract(index, rows)).findings
    return tuple(finding for finding in found if finding.rule in names)
