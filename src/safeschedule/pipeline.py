"""Problem in, verified result out: here the model's schedule meets the verifier; it fails closed."""

from __future__ import annotations

import platform
import threading
from importlib.metadata import version

from safeschedule.errors import DisagreementError
from safeschedule.explaining.impossible import why_impossible
from safeschedule.explaining.left_out import why_left_out
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.result import Provenance, Result, Status, TierObjective
from safeschedule.solving.budget import Budget
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.outcome import Outcome, TierState
from safeschedule.solving.progress import OnProgress, gap
from safeschedule.solving.search import Search
from safeschedule.verifier import Verification, verify

_EXPLAIN_SHARE = 0.05


def solve(
    problem: Problem,
    *,
    time_limit: float | None = 60.0,
    seed: int = 0,
    workers: int = 8,
    deterministic_limit: float | None = None,
    gap_limit: float = 0.0,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
) -> Result:
    """Make the best schedule of a week that can be found in the time, and verify it.

    Parameters
    ----------
    problem
        The week to plan.
    time_limit
        Wall-clock seconds; ``None``: until optimal, stopped, or nothing improves any more (phases then
        take their shares of ten minutes). The last run and the reasons may take a little longer.
    seed, workers
        Of the search. The number of workers decides which strategies run; more than there are cores
        is usual.
    deterministic_limit
        Limit in the solver's own deterministic time. With it the time limit is not used, and the same
        seed, workers and limit give the same schedule on any machine.
    gap_limit
        Leave a tier when its distance to its bound is at most this fraction of the whole objective.
    on_progress
        Called with phase, best, bound and gap as the search goes on.
    stop
        When set, the search ends soon and the best schedule so far is returned.

    Returns
    -------
    Result
        With a schedule that the verifier accepts, or without one.

    Raises
    ------
    InputError
        The problem has faults.
    DisagreementError
        The verifier refuses what the model accepts; nothing is returned then.
    """
    require_sound(problem)
    stop = stop or threading.Event()
    budget = Budget(None if deterministic_limit is not None else time_limit, deterministic_limit, stop)
    index = Index(problem)
    search = Search(index, budget, seed=seed, workers=workers, gap=gap_limit, on_progress=on_progress)
    outcome = search.run()
    provenance = Provenance(
        safeschedule=version("safeschedule"),
        ortools=version("ortools"),
        python=platform.python_version(),
        seed=seed,
        workers=workers,
        time_limit=budget.seconds,
        deterministic_limit=deterministic_limit,
        problem_hash=problem_hash(problem),
        rulebook=f"{problem.rulebook.name} {problem.rulebook.version}",
        rulebook_hash=rulebook_hash(problem.rulebook),
    )
    if outcome.rows is None:
        return _without_schedule(problem, outcome, budget, provenance)
    return _with_schedule(index, outcome, outcome.rows, budget, provenance)


def _with_schedule(
    index: Index, outcome: Outcome, rows: Rows, budget: Budget, provenance: Provenance
) -> Result:
    problem = index.problem
    schedule = extract(index, rows)
    verification = verify(problem, schedule)
    worth = worth_of(index, rows)
    _require_agreement(verification, None if worth is None else worth.penalties)
    assert worth is not None
    began = budget.elapsed
    grace = began + max(1.0, _EXPLAIN_SHARE * budget.whole)

    def enough() -> bool:
        # A deterministic solve is bounded by its trials alone; after a stop only a second is taken.
        late = began + 1.0 if budget.stop.is_set() else grace
        return (budget.stop.is_set() or not budget.repeatable) and budget.elapsed > late

    left_out = why_left_out(problem, schedule, lambda trial: verify(problem, trial), enough)
    schedule = schedule.model_copy(update={"left_out": left_out})
    tiers = tuple(_tier(state, worth.values, index) for state in outcome.tiers)
    objective, bound = sum(t.objective for t in tiers), sum(t.bound for t in tiers)
    proven = all(t.gap <= 1e-9 for t in tiers)
    return Result(
        status=Status.OPTIMAL if proven else Status.FEASIBLE,
        schedule=schedule,
        objective=float(objective),
        bound=bound,
        gap=gap(objective, bound),
        tiers=tiers,
        seconds={**outcome.seconds, "explain": budget.elapsed - began, "total": budget.elapsed},
        placed=len(schedule.appointments),
        left_out=left_out,
        verification=verification,
        provenance=provenance,
        interrupted=budget.stop.is_set(),
    )


def _without_schedule(problem: Problem, outcome: Outcome, budget: Budget, provenance: Provenance) -> Result:
    status = Status.INFEASIBLE if outcome.infeasible else Status.UNKNOWN
    if outcome.infeasible:
        explanation = why_impossible(problem)
    else:
        explanation = ("No schedule was found in the time; a longer time limit may find one.",)
    return Result(
        status=status,
        schedule=None,
        objective=None,
        bound=None,
        gap=None,
        tiers=(),
        seconds={**outcome.seconds, "total": budget.elapsed},
        placed=0,
        left_out=(),
        verification=None,
        provenance=provenance,
        explanation=explanation,
        interrupted=budget.stop.is_set(),
    )


def _require_agreement(verification: Verification, penalties: dict[str, int] | None) -> None:
    account = [f"verifier: [{f.rule}] {f.sentence}" for f in verification.findings if f.hard]
    if penalties is None:
        account.append("model: its own hard rules are not kept")
    for name, penalty in (penalties or {}).items():
        if verification.penalties.get(name, 0) != penalty:
            found = verification.penalties.get(name, 0)
            account.append(f"{name}: the model counts {penalty}, the verifier {found}")
    if account:
        raise DisagreementError(account)


def _tier(state: TierState, values: dict[str, int], index: Index) -> TierObjective:
    rules = {name: value for name, value in values.items() if index.settings[name].tier is state.tier}
    objective = sum(rules.values())
    bound = max(state.bound, objective)
    return TierObjective(
        tier=str(state.tier), objective=objective, bound=bound, gap=gap(objective, bound), rules=rules
    )
