"""What planning again returns: a new plan with all that is told of it, or why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from importlib.metadata import version

from safeschedule.explaining.left_out import reasons_budget
from safeschedule.model.extract import extract
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.problem import Problem
from safeschedule.replanning.changes import CancelledSession, Change
from safeschedule.replanning.covers import covered
from safeschedule.replanning.excused import require_agreement
from safeschedule.replanning.faults import cancelled_in
from safeschedule.replanning.left_out import left_out_of
from safeschedule.replanning.no_plan import Ending, why_no_plan
from safeschedule.replanning.outcomes import (
    alike,
    clients_of,
    disturbed,
    still_open,
    times_away,
    why_dropped,
    worse_rules,
)
from safeschedule.replanning.result import Dropped, Outcome, Replan
from safeschedule.replanning.situation import Situation
from safeschedule.replanning.staging import Staged
from safeschedule.replanning.telling import notices
from safeschedule.replanning.work import ReplanWork
from safeschedule.schedule import LeftOut, Schedule, differences, following, stated
from safeschedule.verifier import verify

_EXPLAIN = 0.4
"""Seconds that reasons for what is dropped may take."""


def with_plan(
    work: ReplanWork, problem: Problem, changes: Sequence[Change], where: Situation, stage: Staged
) -> Replan:
    """Return the answer with the plan of a stage, verified.

    Raises
    ------
    InputError, DisagreementError
        As `require_agreement` does.
    """
    decision = stage.decision
    assert decision.chosen is not None
    with work.timed("verify"):
        rows = decision.table.rows.take(decision.chosen)
        new = following(alike(extract(where.index, rows, work.schedule), work.schedule), work.schedule)
        account = verify(problem, new, overrides=work.account.overrides)
        require_agreement(work.account, account)
    with work.timed("reasons"):
        diff = differences(work.schedule, new)
        left, fresh, still = _left_out(work, problem, new)
        work.notes += covered(where, work.schedule, new, {entry.request for entry in fresh})
        new = new.model_copy(update={"left_out": tuple(sorted(left.values(), key=lambda e: e.request))})
    proven = stage.complete and all(goal.proven for goal in decision.reached)
    outcome = Outcome.BEST if proven else Outcome.FEASIBLE
    called_off = {
        a: clients_of(work.before, c, a)
        for c in changes
        if isinstance(c, CancelledSession) and (a := cancelled_in(work.before, work.schedule, c))
    }
    away = times_away(changes)
    dropped = tuple(Dropped(a, why_dropped(problem, a, left, called_off)) for a in diff.dropped)
    work.seconds["total"] = work.budget.elapsed
    return Replan(
        outcome=outcome,
        problem=problem,
        schedule=stated(
            "replan",
            problem,
            new,
            solver="cpsat",
            ortools=version("ortools"),
            seed=work.seed,
            time_limit=work.budget.seconds,
            deterministic_limit=work.budget.deterministic,
            status=str(outcome),
            verified=account.compliant and not account.excused,
        ),
        diff=diff,
        dropped=dropped,
        left_out=fresh,
        still_left_out=still,
        tell=notices(diff, called_off, away),
        disturbed=disturbed(where, diff),
        goals=decision.reached,
        stage=stage.stage,
        worse=worse_rules(problem, work.account, account),
        notes=tuple(work.notes),
        verification=account,
        seconds=work.seconds,
        interrupted=work.budget.stop.is_set(),
    )


def _left_out(
    work: ReplanWork, problem: Problem, new: Schedule
) -> tuple[dict[str, LeftOut], tuple[LeftOut, ...], tuple[LeftOut, ...]]:
    little = work.budget.wall_left if work.budget.repeatable else _EXPLAIN
    limits = reasons_budget(work.budget, little)
    return left_out_of((work.before, work.schedule), (problem, new), work.freeze, limits)


def without_plan(
    work: ReplanWork,
    problem: Problem,
    changes: Sequence[Change],
    where: Situation | None,
    stage: Staged | None,
) -> Replan:
    """Return the answer without a plan: why there is none, and what helps."""
    past = where is not None and bool(where.past)
    proven = stage is not None and stage.decision.infeasible and stage.everything
    ending = Ending(
        past=past,
        proven=proven,
        stopped=work.budget.stop.is_set(),
        most=work.most,
        frozen=work.freeze is not None,
        left=work.left,
        deterministic=work.budget.deterministic,
    )
    still: tuple[str, ...] = ()
    if where is not None:
        with suppress(InterruptedWorkError):  # stopped before anything could be looked at
            still = tuple(still_open(problem, where, work.schedule))
    work.notes = [*why_no_plan(problem, changes, ending, still, work.budget.stop), *work.notes]
    work.seconds["total"] = work.budget.elapsed
    return Replan(
        outcome=Outcome.IMPOSSIBLE if proven or past else Outcome.UNKNOWN,
        problem=problem,
        schedule=None,
        diff=None,
        stage="" if stage is None else stage.stage,
        notes=tuple(work.notes),
        seconds=work.seconds,
        interrupted=work.budget.stop.is_set(),
    )
