"""The solver that comes with the package: the model of the rules, searched by CP-SAT and HiGHS."""

from __future__ import annotations

from typing import ClassVar

from safeschedule.errors import DisagreementError
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.model.joining import joined
from safeschedule.model.rows import Rows
from safeschedule.problem import Problem
from safeschedule.solving.backend import Found, Limits
from safeschedule.solving.budget import Budget
from safeschedule.solving.ending import ended
from safeschedule.solving.evaluate import worth_of
from safeschedule.solving.opening import Opener
from safeschedule.solving.relaxation.most_sessions import by_time
from safeschedule.solving.search.context import Search
from safeschedule.solving.search.matheuristic import run, standard_phases


class CpSat:
    """CP-SAT behind the interface that every solver has."""

    name: ClassVar[str] = "cpsat"
    repeatable: ClassVar[bool] = True
    fills: ClassVar[bool] = True

    def solve(self, problem: Problem, limits: Limits) -> Found:
        """Search until the limit, a stop, or proven optimality.

        Raises
        ------
        InputError
            A rule of one's own has no encoder.
        DisagreementError
            What the search chose does not keep the model's own hard rules.
        """
        return searched(problem, limits)


def searched(problem: Problem, limits: Limits, opener: Opener | None = None) -> Found:
    """Return what the search finds, for any solver that begins it in its own way.

    Raises
    ------
    InputError
        A rule of one's own has no encoder.
    DisagreementError
        What the search chose does not keep the model's own hard rules.
    """
    budget = Budget(limits.time_limit, limits.deterministic_limit, limits.stop)
    index = Index(problem, over=lambda: budget.interrupted)
    try:
        search = Search(
            index,
            budget,
            seed=limits.seed,
            workers=limits.workers,
            gap=limits.gap_limit,
            on_progress=limits.on_progress,
            parameters=limits.parameters,
        )
    except InterruptedWorkError:
        return Found(None, ended=ended(budget))
    outcome = run(search, standard_phases(opener))
    # What is kept is looked at to the end.
    index = index.patient
    if outcome.rows is None:
        return Found(None, infeasible=outcome.infeasible, phases=outcome.phases, ended=outcome.ended)
    most, rows = by_time(index), joined(index, outcome.rows)
    return Found(
        schedule=extract(index, rows),
        bounds=tuple(state.bound for state in outcome.tiers),
        phases=outcome.phases,
        account=None if limits.stop.is_set() else _account(index, rows),
        ended=outcome.ended,
        most_sessions=most if outcome.most_sessions is None else min(most, outcome.most_sessions),
    )


def _account(index: Index, rows: Rows) -> dict[str, int]:
    """Return the model's own penalties of a schedule.

    Asked of a model of the chosen rows alone, so that a slip of the search cannot hide in its own sums. That
    takes longer than a stop may in a large team; the verifier's word is enough then.
    """
    worth = worth_of(index, rows)
    if worth is None:
        raise DisagreementError(["model: its own hard rules are not kept"])
    return worth.penalties
