"""Why no schedule exists: single rules without which a plan does exist, each tried by solving."""

from __future__ import annotations

from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier, rules
from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.problem import Problem, RuleSetting
from safeschedule.solving.cpsat import small_solver

_DETERMINISTIC_LIMIT = 5.0


def why_impossible(problem: Problem) -> tuple[str, ...]:
    """Return plain sentences about why no schedule keeps all hard rules.

    Only what was tried is said: a rule is named when, with everything else as it is and this rule left
    out, half-days can be planned. When no single rule is to blame, that is said.
    """
    head = "No schedule keeps all hard rules, even with every session left out that is not pinned."
    whole = _plannable(problem)
    if whole:
        return (head, "Half-days alone do not show why; it is exact times that do not fit.")
    if whole is None:
        return (head,)
    names = [n for n, s in problem.rulebook.settings().items() if s.hard and s.tier is not Tier.PHYSICAL]
    answers = {name: _plannable(_without(problem, name)) for name in names}
    guilty = tuple(
        f"Without the rule {name} ({rules()[name].title.lower()}), half-days can be planned."
        for name, answer in answers.items()
        if answer
    )
    if guilty:
        return (head, *guilty)
    if None in answers.values():
        return (head, "Which rule is to blame could not be decided in the time.")
    return (head, "No single rule is to blame: at least two, or facts such as pins, clash.")


def _without(problem: Problem, name: str) -> Problem:
    rules = {**problem.rulebook.rules, name: RuleSetting(enabled=False)}
    rulebook = problem.rulebook.model_copy(update={"rules": rules})
    return problem.model_copy(update={"rulebook": rulebook})


def _plannable(problem: Problem) -> bool | None:
    """Return whether half-days can be planned; ``None``: not decided in the limit."""
    index = Index(problem)
    build = encode(index, candidates(index), exact=False)
    answer = small_solver(_DETERMINISTIC_LIMIT).solve(build.model)
    decided = {cp_model.OPTIMAL: True, cp_model.FEASIBLE: True, cp_model.INFEASIBLE: False}
    return decided.get(answer)
