"""Why an explanation failed, in plain sentences: which step, and what refused what.

When the time was up or somebody stopped the search, that is the reason, and no step is blamed.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.oracle import Oracle, Shown

_NO_ANSWER = "The solver ended without an answer, although there was time left."


def not_answered(oracle: Oracle) -> list[str]:
    """Return why a question has no answer."""
    return [] if oracle.budget.over else [_NO_ANSWER]


def only_in_part(core: Sequence[Condition]) -> list[str]:
    """Return that rules clash with some facts, but not with all of them."""
    return [f"What was found clashes only where other facts of the week are left aside: {_listed(core)}"]


def second_proof(oracle: Oracle, core: Sequence[Condition], answer: bool | None) -> list[str]:
    """Return that a second configuration of the solver does not say that a core is impossible."""
    if oracle.budget.over:
        return []
    why = _NO_ANSWER if answer is None else "It calls possible what the first calls impossible: a fault."
    return [f"The second proof, by another configuration of the solver, failed. {why} Found: {_listed(core)}"]


def not_shown(oracle: Oracle, core: Sequence[Condition], member: Condition, shown: Shown) -> list[str]:
    """Return that nothing shows that a core is possible without a member."""
    if shown.objections:
        finding = shown.objections[0]
        why = f"The verifier refuses the schedule that was to show it ({finding.rule}): {finding.sentence}"
    elif oracle.budget.over:
        return []
    else:
        why = _NO_ANSWER
    rest = [condition for condition in core if condition != member]
    return [
        f"Something was found, but it was not shown that its other parts can hold together: {_listed(rest)} "
        f"{why} What was found has one more part: {member.sentence}"
    ]


def _listed(core: Sequence[Condition]) -> str:
    return " ".join(condition.sentence for condition in core)
