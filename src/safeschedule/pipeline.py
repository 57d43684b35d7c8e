"""Problem in, verified result out: here a solver's schedule meets the verifier; it fails closed."""

from __future__ import annotations

import platform
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version

from safeschedule.arguments import MOST_WORKERS, Arguments
from safeschedule.catalogue import CustomRule
from safeschedule.explaining.left_out import reasons_budget, why_left_out
from safeschedule.explaining.no_schedule import explain_no_schedule
from safeschedule.judging import judge, objectives, require_agreement
from safeschedule.ledger.overrides import OverrideInForce, not_used, why_not_in_week
from safeschedule.problem import Problem, warnings
from safeschedule.problem.faults import require_sound
from safeschedule.problem.hashing import problem_hash, rulebook_hash
from safeschedule.result import Provenance, Result, Status
from safeschedule.schedule import LeftOut, Schedule, identified, stated
from safeschedule.schedule.serving import served
from safeschedule.solving.backend import AUTO, Backend, Found, Limits, chosen_for, find_backend, package_of
from safeschedule.solving.budget import DEFAULT_SECONDS, Budget, ceiling
from safeschedule.solving.ending import closing_over, ended, explaining_until, searching_seconds
from safeschedule.solving.heartbeat import Heartbeat
from safeschedule.solving.how_good import how_good, unrepeatable
from safeschedule.solving.outcome import Phase
from safeschedule.solving.parameters import SearchParameters
from safeschedule.solving.progress import OnProgress, Progress, gap
from safeschedule.solving.search.cleanup.filling import fill_schedule
from safeschedule.verifier import Verification, verify
from safeschedule.verifier.registry import get_ready

# What explaining a week without a schedule may take, within what is left.
_MOST_SECONDS = 20.0
# What it may take when nothing is left.
_LEAST = 0.5
# What reasons for what is left out may take, however short the search was.
_REASONS = 5.0


def solve(
    problem: Problem,
    *,
    solver: str = AUTO,
    time_limit: float | None = DEFAULT_SECONDS,
    seed: int = 0,
    workers: int = 8,
    deterministic_limit: float | None = None,
    gap_limit: float = 0.0,
    on_progress: OnProgress | None = None,
    stop: threading.Event | None = None,
    rules: Iterable[CustomRule] = (),
    overrides: Sequence[OverrideInForce] = (),
    parameters: SearchParameters | None = None,
) -> Result:
    """Make the best schedule of a week that can be found in the time, and verify it.

    Parameters
    ----------
    problem
        The week to plan.
    solver
        Name of an installed solver (see `safeschedule.solving.backend.backends`); ``cpsat`` is always there.
        ``auto``: one that is made for such weeks, if it is installed, else ``cpsat``; the result names it.
    time_limit
        Wall-clock seconds for everything: searching, verifying, and the reasons for what is left out. On a
        machine that is not busy it is kept to a tenth and a second. ``None``: until optimal, stopped, or
        nothing improves any more (phases then take their shares of ten minutes).
    seed, workers
        Of the search. The solver that comes with the package makes that many parts of the week side by
        side (no more than there are processors, unless there is a deterministic limit); in others the
        number may decide which strategies run.
    deterministic_limit
        Limit in the solver's own deterministic time: the same seed, workers and limit give the same
        schedule on any machine, if the solver can repeat itself. A time limit beside it is a ceiling: none
        unless it is given; when it ends the search, `Result.ended` is ``ceiling``, and the schedule may be
        another one next time.
    gap_limit
        Leave a tier when its distance to its bound is at most this fraction of the whole objective.
    on_progress
        Called with phase, best, bound and gap as the work goes on, at least once a second; one call at a
        time, but from several threads.
    stop
        When set, the search ends at once and the best schedule so far is returned.
    rules
        Rules of one's own that the week is to keep as well, as if the rulebook named them; each needs an
        encoder (see `safeschedule.CustomRule`).
    overrides
        Overrides that are in force (see `safeschedule.overrides_in_force`). The result tells of them; the
        search keeps every rule all the same.
    parameters
        What the search is tuned by (see `safeschedule.SearchParameters`); ``None``: as it comes with the
        package. Solvers other than ``cpsat`` have their own.

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

    Examples
    --------
    >>> from safeschedule import solve
    >>> result = solve(problem, deterministic_limit=0.5, workers=1, seed=1)
    >>> result.verified, result.placed
    (True, 6)
    """
    looked = Arguments("solve").problem(problem).text("solver", solver)
    looked.search(time_limit, deterministic_limit, seed, on_progress, stop)
    looked.whole("workers", workers, 1, MOST_WORKERS).number("gap_limit", gap_limit, 1e9, needed=True)
    looked.kind("rules", rules, Iterable, "rules of one's own")
    looked.sequence("overrides", overrides, OverrideInForce, "overrides in force")
    tuned = SearchParameters() if parameters is None else parameters
    looked.kind("parameters", tuned, SearchParameters, "search parameters").done()
    backend = None if solver == AUTO else find_backend(solver)
    own = tuple(rules)
    asked = _Asked(problem, own, problem.with_rules(own))
    given, problem = asked.given, asked.problem
    require_sound(problem)
    get_ready(given)
    if backend is None:
        solver = chosen_for(problem)
        backend = find_backend(solver)
    stop = stop or threading.Event()
    budget = Budget(ceiling(time_limit, deterministic_limit), deterministic_limit, stop)
    provenance = Provenance(
        safeschedule=version("safeschedule"),
        ortools=version("ortools"),
        python=platform.python_version(),
        seed=seed,
        workers=workers,
        time_limit=budget.seconds,
        deterministic_limit=deterministic_limit,
        problem_hash=problem_hash(given),
        rulebook=f"{given.rulebook.name} {given.rulebook.version}",
        rulebook_hash=rulebook_hash(given.rulebook),
        solver=solver,
        solver_package=package_of(solver),
        search_parameters=tuned.told(),
        own_rules=tuple(str(s.custom) for s in problem.rulebook.settings().values() if s.custom is not None),
    )
    with Heartbeat("solve", on_progress) as tell:
        seconds = searching_seconds(budget, sum(request.count for request in problem.requests))
        found = backend.solve(
            problem, Limits(seconds, deterministic_limit, seed, workers, gap_limit, stop, tell, tuned)
        )
        if found.ended is None:
            found = replace(found, ended=ended(budget))
        if found.schedule is None:
            result = _without_schedule(asked, found, budget, provenance, tell)
        else:
            full = _fills(backend)
            result = _with_schedule(asked, found, found.schedule, budget, provenance, tell, full=full)
    return _beside(result, [o for o in overrides if not why_not_in_week(o, problem.week_start)])


def _beside(result: Result, overrides: Sequence[OverrideInForce]) -> Result:
    """Return a result that tells of overrides; it was found, and verified, without them."""
    account = result.verification
    return replace(
        result,
        verification=None if account is None else replace(account, overrides=tuple(overrides)),
        explanation=(*result.explanation, *not_used(overrides)),
    )


@dataclass(frozen=True)
class _Asked:
    """A problem as it was given, the rules that were given beside it, and the problem that has both."""

    given: Problem
    rules: tuple[CustomRule, ...]
    problem: Problem

    def verify(self, schedule: Schedule) -> Verification:
        return verify(self.given, schedule, rules=self.rules)


def _fills(backend: Backend) -> bool:
    """Return whether what a back-end hands over is filled already."""
    return bool(getattr(backend, "fills", False))


def _with_schedule(
    asked: _Asked,
    found: Found,
    schedule: Schedule,
    budget: Budget,
    provenance: Provenance,
    tell: OnProgress,
    *,
    full: bool,
) -> Result:
    problem, began = asked.problem, budget.elapsed
    tell(Progress("verify", began))
    verification = asked.verify(schedule)
    verifying = budget.elapsed - began
    require_agreement(provenance.solver, found, verification)
    if not full:
        tell(Progress("fill", budget.elapsed))
        schedule, verification, phase = _filled(asked, schedule, verification, budget)
        found = replace(found, phases=(*found.phases, phase))
    tiers, wrong = judge(provenance.solver, problem, verification, found.bounds)
    objective, bound = float(sum(t.objective for t in tiers)), sum(t.bound for t in tiers)
    began = budget.elapsed
    tell(Progress("explain", began, objective, bound))
    left_out = _reasons(problem, schedule, budget, verifying)
    explained = Phase("explain", budget.elapsed - began, objective, bound)
    phases = (*found.phases, explained)
    placed = served(problem, schedule).total()
    optimal = all(t.gap <= 1e-9 for t in tiers)
    said = () if optimal else how_good(problem, found, placed, gap(objective, bound))
    status = Status.OPTIMAL if optimal else Status.FEASIBLE
    whole = identified(schedule.model_copy(update={"left_out": left_out}))
    return Result(
        status=status,
        schedule=stated(
            "solve",
            asked.given,
            whole,
            solver=provenance.solver,
            solver_package=provenance.solver_package,
            ortools=provenance.ortools,
            seed=provenance.seed,
            workers=provenance.workers,
            time_limit=provenance.time_limit,
            deterministic_limit=provenance.deterministic_limit,
            status=str(status),
            gap=gap(objective, bound),
            verified=verification.compliant,
        ),
        objective=objective,
        bound=bound,
        gap=gap(objective, bound),
        tiers=tiers,
        seconds=_seconds(phases, budget),
        placed=placed,
        left_out=left_out,
        verification=verification,
        provenance=provenance,
        explanation=(*found.explanation, *wrong, *said, *unrepeatable(found)),
        interrupted=budget.stop.is_set(),
        phases=phases,
        ended=found.ended,
        most_sessions=found.most_sessions,
        warnings=verification.warnings,
    )


def _filled(
    asked: _Asked, schedule: Schedule, verification: Verification, budget: Budget
) -> tuple[Schedule, Verification, Phase]:
    """Return another solver's schedule with what still fits, where the verifier finds it better."""
    problem, began = asked.problem, budget.elapsed
    full = fill_schedule(problem, schedule, closing_over(budget))
    again = verification if full is schedule else asked.verify(full)
    judged = [objectives(problem, each) for each in (verification, again)]
    before, after = ([sum(parts.values()) for _, parts, _ in tiers] for tiers in judged)
    if again.compliant and after > before:
        schedule, verification, before = full, again, after
    return schedule, verification, Phase("fill", budget.elapsed - began, float(sum(before)))


def _reasons(problem: Problem, schedule: Schedule, budget: Budget, verifying: float) -> tuple[LeftOut, ...]:
    """Return what was left out and why, as far as the time that was kept for it allows.

    Looking for reasons begins with verifying the schedule once more, which took so many seconds. After a
    search that is at its end long before its limit they do not take all the rest of it.
    """
    left = explaining_until(budget) - budget.elapsed
    if not budget.repeatable:
        left = min(left, max(_REASONS, budget.elapsed))
    return why_left_out(problem, schedule, reasons_budget(budget, left if left > verifying else 0.0))


def _without_schedule(
    asked: _Asked, found: Found, budget: Budget, provenance: Provenance, tell: OnProgress
) -> Result:
    explanation = found.explanation
    if found.infeasible:
        tell(Progress("explain", budget.elapsed))
        explanation += _why_impossible(asked.problem, budget)
    elif not explanation:
        explanation = ("No schedule was found in the time; a longer time limit may find one.",)
    explanation += unrepeatable(found)
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
        ended=found.ended,
        warnings=warnings.find(asked.given),
    )


def _why_impossible(problem: Problem, budget: Budget) -> tuple[str, ...]:
    """Return one verified clash with its repairs, as far as a little time allows."""
    limit = min(_MOST_SECONDS, budget.whole)
    seconds = max(_LEAST, min(budget.wall_left, float("inf") if budget.repeatable else limit))
    found = explain_no_schedule(
        problem,
        time_limit=seconds if seconds < float("inf") else None,
        deterministic_limit=limit if budget.repeatable else None,
        clashes=1,
        repairs=2,
        measured=False,
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
