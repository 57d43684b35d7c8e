"""Why no schedule exists: single rules without which a plan does exist, each tried by solving."""

from __future__ import annotations

from ortools.sat.python import cp_model

from safeschedule.catalogue import Tier
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
    if _plannable(problem):
        return (head, "Half-days can be planned, but no exact times fit them.")
    named = [
        f"Without the rule {name} ({setting.rule.title.lower()}), half-days can be planned."
        for name, setting in problem.rulebook.settings().items()
        if setting.hard and setting.tier is not Tier.PHYSICAL and _plannable(_without(problem, name))
    ]
    return (head, *(named or ["No single rule is to blame: at least two, or facts such as pins, clash."]))


def _without(problem: Problem, name: str) -> Problem:
    rules = {**problem.rulebook.rules, name: RuleSetting(enabled=False)}
    rulebook = problem.rulebook.model_copy(update={"rules": rules})
    return problem.model_copy(update={"rulebook": rulebook})


def _plannable(problem: Problem) -> bool:
    index = Index(problem)
    build = encode(index, candidates(index), exact=False)
    return small_solver(_DETERMINISTIC_LIMIT).solve(build.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
