"""The search: plan half-days, find exact times clinician by clinician, then improve where the plan is missed.

The plan layer is a relaxation of the whole model, so what it proves bounds every schedule, and says of
each clinician how much the exact times should be worth (decisions 0005 and 0034).
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.processors import processors
from safeschedule.solving.ending import closing_seconds, ended
from safeschedule.solving.opening import Opener
from safeschedule.solving.outcome import Ended, SearchOutcome
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.phases.blocks import Blocks
from safeschedule.solving.search.phases.construction import Construction
from safeschedule.solving.search.phases.fairness import Fairness
from safeschedule.solving.search.phases.finish import finished
from safeschedule.solving.search.phases.groups import Groups
from safeschedule.solving.search.phases.improvement import Improvements
from safeschedule.solving.search.phases.phase import SearchPhase
from safeschedule.solving.search.phases.planning import Planning
from safeschedule.solving.search.phases.proof import Proof
from safeschedule.solving.search.phases.specialist import Specialist
from safeschedule.solving.search.phases.times import Times


def standard_phases(opener: Opener | None = None) -> list[SearchPhase]:
    """Return the phases of a search, in their order; an opener is tried before anything else."""
    improvements = Improvements(Proof())
    return [
        Specialist(opener, Proof()),
        Construction(),
        Planning(),
        Blocks(),
        Groups(),
        Times(),
        improvements,
        Fairness(then=improvements),
    ]


def run(search: Search, phases: Sequence[SearchPhase] | None = None) -> SearchOutcome:
    """Search until the limit, a stop, or proven optimality.

    Parameters
    ----------
    phases
        What is done, in this order, until one of them closes the search; ``None``: the standard ones.
    """
    try:
        return _outcome(search, standard_phases() if phases is None else phases)
    finally:
        # Nothing goes on beside a search that failed.
        search.proofs.finish_all()


def _outcome(search: Search, phases: Sequence[SearchPhase]) -> SearchOutcome:
    budget = search.budget
    budget.hold(closing_seconds(budget))
    try:
        _go_through(search, phases)
    except InterruptedWorkError:
        search.infeasible = False
    search.proofs.finish()
    until = search.parameters.improvement.until
    how = Ended.ITSELF if search.best is not None and search.done() else ended(budget, until)
    budget.release()
    rows = None
    if search.best is not None and not search.infeasible:
        rows = finished(search, search.best)
    search.proofs.finish_all()
    search.enter("end")
    return SearchOutcome(
        rows,
        search.proofs.states(search.best),
        infeasible=search.infeasible,
        phases=search.timeline.phases,
        ended=how,
        most_sessions=None if search.plan is None else search.plan.most_sessions,
    )


def _go_through(search: Search, phases: Sequence[SearchPhase]) -> None:
    workers = max(1, min(search.threads, processors()))
    with search.helped(), ThreadPoolExecutor(max_workers=workers) as search.pool:
        for phase in phases:
            if search.closed:
                return
            phase.run(search)
