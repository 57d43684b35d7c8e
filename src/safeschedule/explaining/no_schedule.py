"""Why there is no schedule, and what would mend it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from safeschedule.arguments import Arguments
from safeschedule.explaining.account import NoSchedule
from safeschedule.explaining.breaches import breaches
from safeschedule.explaining.clashes.cores import find_cores, find_others
from safeschedule.explaining.clashes.oracle import Oracle
from safeschedule.explaining.repairs.enumerating import find_repairs
from safeschedule.explaining.repairs.repair import Repair
from safeschedule.explaining.witness import constructed
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.solving.budget import DEFAULT_SECONDS, Budget, ceiling
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.progress import OnProgress, Progress
from safeschedule.verifier.finding import Finding

MOST_CLASHES, MOST_REPAIRS = 3, 4


def explain_no_schedule(
    problem: Problem,
    *,
    time_limit: float | None = DEFAULT_SECONDS,
    deterministic_limit: float | None = None,
    seed: int = 0,
    clashes: int = MOST_CLASHES,
    repairs: int = MOST_REPAIRS,
    measured: bool = True,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> NoSchedule:
    """Find out why no schedule keeps all hard rules of a week, and what would mend it.

    Parameters
    ----------
    time_limit
        Wall-clock seconds; ``None``: none. What is verified by then is returned.
    deterministic_limit
        Limit in the solver's own units of work. A time limit beside it is a ceiling: none unless given.
    seed
        Of the solver.
    clashes, repairs
        The most that are looked for.
    measured
        Whether to measure by how much the rules cannot be kept, too (`NoSchedule.breaches`).
    on_progress
        Called as each is looked for.
    stop
        When set, what is known by then is returned soon.

    Raises
    ------
    InputError
        The problem has faults.

    Examples
    --------
    >>> from safeschedule import explain_no_schedule
    >>> explain_no_schedule(problem, deterministic_limit=1.0).possible
    True
    """
    Arguments("explain_no_schedule").problem(problem).search(
        time_limit, deterministic_limit, seed, on_progress, stop
    ).whole("clashes", clashes, 0, 1000).whole("repairs", repairs, 0, 1000).flag("measured", measured).done()
    seconds = ceiling(time_limit, deterministic_limit)
    budget = Budget(seconds, deterministic_limit, stop or threading.Event())
    require_sound(problem)
    with Heartbeat("explain", on_progress) as heard:

        def tell(phase: str) -> None:
            heard(Progress(phase, budget.elapsed))

        return _explained(Oracle(problem, budget, seed), clashes, repairs, tell, measured=measured)


def _explained(
    oracle: Oracle, clashes: int, repairs: int, tell: Callable[[str], None], *, measured: bool
) -> NoSchedule:
    budget = oracle.budget
    tell("looking")
    if constructed(oracle.problem, oracle.base, budget) is not None:
        return NoSchedule(True, seconds=budget.elapsed, solved=oracle.solved)
    found = find_cores(oracle, clashes, lambda core: tell(f"clash of {len(core)}"))
    possible = False if found.verified else oracle.possible(oracle.everything)
    if possible:
        return NoSchedule(True, seconds=budget.elapsed, solved=oracle.solved)
    cores, whole = list(found.verified), found.complete
    mended, short = tuple[Repair, ...](), tuple[Finding, ...]()
    if cores and repairs:
        tell("repairs")
        mended = find_repairs(oracle, cores, repairs, lambda repair: tell(f"repair: {repair.tier}"))
    if cores:
        tell("other clashes")
        whole &= find_others(oracle, cores, clashes, lambda core: tell(f"clash of {len(core)}"))
    if possible is False and measured:
        tell("breaches")
        short = breaches(oracle, cores)
    return NoSchedule(
        possible,
        tuple(cores),
        mended,
        short,
        complete=whole and not budget.over,
        ended=budget.over,
        stopped=budget.stop.is_set(),
        failures=() if cores else found.failures,
        seconds=budget.elapsed,
        solved=oracle.solved,
    )
