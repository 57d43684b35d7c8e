"""Problem in, verified result out: here a solver's schedule meets the verifier; it fails closed."""

from __future__ import annotations

import platform
import threading
from dataclasses import replace
from importlib.metadata import version

from safeschedule.arguments import MOST_WORKERS, Arguments
from safeschedule.explaining.left_out import why_left_out
from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.judging import judge, require_agreement
from safeschedule.problem import Problem
from safeschedule.problem.faults import require_sound
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.result import Provenance, Result, Status
from safeschedule.schedule import LeftOut, Schedule
from safeschedule.schedule.serving import served
from safeschedule.solving.backend import Found, Limits, find_backend, package_of
from safeschedule.solving.budget import Budget
from safeschedule.solving.outcome import Phase
from safeschedule.solving.progress import OnProgress, gap
from safeschedule.verifier import examine, verify

_EXPLAIN_SHARE = 0.02
# What explaining a week without a schedule may take: as long as the solve might, within these bounds.
_LEAST_SECONDS, _MOST_SECONDS = 3.0, 20.0


def solve(
    problem: Problem,
    *,
    solver: str = "cpsat",
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
    solver
        Name of an installed solver (see `safeschedule.solving.backend.backends`); ``cpsat`` is always there.
    time_limit
        Wall-clock seconds; ``None``: until optimal, stopped, or nothing improves any more (phases then
        take their shares of ten minutes). The last run and the reasons may take a little longer.
    seed, workers
        Of the search. The solver that comes with the package makes that many parts of the week side by
        side (no more than there are processors, unless there is a deterministic limit); in others the
        number may decide which strategies run.
    deterministic_limit
        Limit in the solver's own deterministic time. With it the time limit is not used, and the same
        seed, workers and limit give the same schedule on any machine, if the solver can repeat itself.
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
    UnknownSolverError
        No solver of that name is installed.
    SolverUnavailableError
        It is installed, but its engine is missing, or cannot take this problem.
    DisagreementError
        The verifier refuses what the solver accepts; nothing is returned then.
    """
    Arguments("solve").problem(problem).text("solver", solver).search(
        time_limit, deterministic_limit, seed, on_progress, stop
    ).whole("workers", workers, 1, MOST_WORKERS).number("gap_limit", gap_limit, 1e9, needed=True).done()
    backend = find_backend(solver)
    require_sound(problem)
    stop = stop or threading.Event()
    budget = Budget(None if deterministic_limit is not None else time_limit, deterministic_limit, stop)
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
        solver=solver,
        solver_package=package_of(solver),
    )
    limits = Limits(budget.seconds, deterministic_limit, seed, workers, gap_limit, stop, on_progress)
    found = backend.solve(problem, limits)
    if found.schedule is None:
        return _without_schedule(problem, found, budget, provenance)
    return _with_schedule(problem, found, found.schedule, budget, provenance)


def _with_schedule(
    problem: Problem, found: Found, schedule: Schedule, budget: Budget, provenance: Provenance
) -> Result:
    verification = verify(problem, schedule)
    require_agreement(provenance.solver, found, verification)
    tiers, wrong = judge(provenance.solver, problem, verification, found.bounds)
    objective, bound = float(sum(t.objective for t in tiers)), sum(t.bound for t in tiers)
    began = budget.elapsed
    left_out = _reasons(problem, schedule, budget)
    explained = Phase("explain", budget.elapsed - began, objective, bound)
    phases = (*found.phases, explained)
    return Result(
        status=Status.OPTIMAL if all(t.gap <= 1e-9 for t in tiers) else Status.FEASIBLE,
        schedule=schedule.model_copy(update={"left_out": left_out}),
        objective=objective,
        bound=bound,
        gap=gap(objective, bound),
        tiers=tiers,
        seconds=_seconds(phases, budget),
        placed=served(problem, schedule).total(),
        left_out=left_out,
        verification=verification,
        provenance=provenance,
        explanation=(*found.explanation, *wrong),
        interrupted=budget.stop.is_set(),
        phases=phases,
    )


def _reasons(problem: Problem, schedule: Schedule, budget: Budget) -> tuple[LeftOut, ...]:
    """Return what was left out and why, as far as a little time allows."""
    began = budget.elapsed
    grace = began + max(1.0, _EXPLAIN_SHARE * budget.whole)

    def enough() -> bool:
        # A deterministic solve is bounded by its trials alone; after a stop only a second is taken.
        late = began + 1.0 if budget.stop.is_set() else grace
        return (budget.stop.is_set() or not budget.repeatable) and budget.elapsed > late

    return why_left_out(problem, schedule, examine, enough)


def _without_schedule(problem: Problem, found: Found, budget: Budget, provenance: Provenance) -> Result:
    explanation = found.explanation
    if found.infeasible:
        explanation += _why_impossible(problem, budget)
    elif not explanation:
        explanation = ("No schedule was found in the time; a longer time limit may find one.",)
    return Result(
        status=Status.INFEASIBLE if found.infeasible else Status.UNKNOWN,
        schedule=None,
        objective=None,
        bound=None,
        gap=None,
        tiers=(),
        seconds=_seconds(found.phases, budget),
        placed=0,
        left_out=(),
        verification=None,
        provenance=provenance,
        explanation=explanation,
        interrupted=budget.stop.is_set(),
        phases=found.phases,
    )


def _why_impossible(problem: Problem, budget: Budget) -> tuple[str, ...]:
    """Return one verified clash with its repairs, as far as a little time allows."""
    limit = max(_LEAST_SECONDS, min(_MOST_SECONDS, budget.whole))
    found = explain_no_schedule(
        problem,
        time_limit=limit,
        deterministic_limit=limit if budget.repeatable else None,
        clashes=1,
        repairs=2,
        stop=budget.stop,
    )
    if found.possible is None:
        # That there is none is known from the solver; why was not found out in the time.
        found = replace(found, possible=False)
    return found.sentences


def _seconds(phases: tuple[Phase, ...], budget: Budget) -> dict[str, float]:
    seconds: dict[str, float] = {}
    for phase in phases:
        seconds[phase.name] = seconds.get(phase.name, 0.0) + phase.seconds
    return {**seconds, "total": budget.elapsed}
