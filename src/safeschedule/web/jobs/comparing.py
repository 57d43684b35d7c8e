"""Whether a week is better than another: the rules first, then tier after tier. Equal is not better."""

from __future__ import annotations

from safeschedule import Problem, Verification
from safeschedule.judging import objectives


def worth(problem: Problem, account: Verification) -> tuple[int, ...]:
    """Return what a week is worth: few broken hard rules, then each tier's objective, strongest first."""
    broken = sum(finding.amount for finding in account.findings if finding.hard)
    return (-broken, *(sum(parts.values()) for _, parts, _ in objectives(problem, account)))
