"""The cheapest repairs of a week: smallest sets of levers that break every clash, tried one by one.

The clashes are not all known: a set that hits the known ones and does not do shows a further one (implicit
hitting sets; Davies and Bacchus 2011, doi:10.1007/978-3-642-23786-7_19; Moreno-Centeno and Karp 2013,
doi:10.1287/opre.1120.1139).
"""

from __future__ import annotations

from collections.abc import Callable

from safeschedule.explaining.clashes.condition import Condition, Core
from safeschedule.explaining.clashes.cores import find_core
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.repairs.half_days import with_half_days
from safeschedule.explaining.repairs.levers import Capacity, Levers, hitting
from safeschedule.explaining.repairs.mending import mend
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.explaining.undecided import UndecidedError

# Sets of levers that are tried in vain before it is left.
_VAIN = 8


def find_repairs(
    oracle: Oracle,
    cores: list[Core],
    most: int,
    on_repair: Callable[[Repair], None] | None = None,
    on_core: Callable[[Core], None] | None = None,
) -> tuple[Repair, ...]:
    """Return up to `most` repairs, the cheapest first; each makes the week possible, as was tried.

    A set of levers that does not do shows a further core; it is added to `cores` (implicit hitting sets,
    as in MaxHS). Of sets with nothing but capacity one more is tried, so that what is missing is named, too.
    """
    found: list[Repair] = []
    tried: set[Levers] = set()
    vain = 0
    while len(found) < most and vain < _VAIN and not oracle.budget.over:
        levers = _next(cores, tried, found, most)
        if levers is None:
            break
        tried.add(levers)
        more = _further(oracle, levers)
        if more is not None and more not in cores:
            cores.append(more)
            if on_core is not None:
                on_core(more)
            continue
        repair = None if more is not None else mend(oracle, levers, cores, oracle.budget)
        if repair is None:
            vain += 1
            continue
        repair = with_half_days(repair, oracle.problem, oracle.budget, oracle.seed)
        found.append(repair)
        if on_repair is not None:
            on_repair(repair)
    return tuple(sorted(found, key=lambda repair: repair.rank))


def _next(cores: list[Core], tried: set[Levers], found: list[Repair], most: int) -> Levers | None:
    """Return the cheapest set that was not tried; the last one shall be of capacity, if there is such."""
    sets = [levers for levers in hitting(cores) if levers not in tried]
    missing = [levers for levers in sets if any(isinstance(lever, Capacity) for lever in levers)]
    if missing and len(found) == most - 1 and all(repair.tier != "capacity" for repair in found):
        return missing[0]
    return sets[0] if sets else None


def _further(oracle: Oracle, levers: Levers) -> Core | None:
    """Return a core that is there without what gives way; ``None`` without one, or when it is not known."""
    if any(isinstance(lever, Capacity) for lever in levers):
        return None
    given = {lever.unasked for lever in levers if isinstance(lever, Condition)}
    # A rule gives way for all, of whomever it asks.
    gone = frozenset(condition for condition in oracle.everything if condition.unasked in given)
    try:
        return find_core(oracle, gone)
    except UndecidedError:
        return None
