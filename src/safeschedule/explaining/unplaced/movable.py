"""Which blocks a clinician may move alone, so that nobody else minds."""

from __future__ import annotations

from safeschedule.problem import Problem
from safeschedule.problem.fixed import OWN
from safeschedule.schedule import Block
from safeschedule.verifier.nearby import Given


def movable(problem: Problem, given: Given) -> bool:
    """Return whether something is a clinician's own block, of a kind that may move, and not pinned."""
    if not isinstance(given, Block) or given.kind not in OWN:
        return False
    if len(given.clinicians) != 1 or given.supervisor is not None:
        return False
    return not any(
        (pin.kind, pin.start, pin.minutes, pin.clinicians)
        == (given.kind, given.start, given.minutes, given.clinicians)
        for pin in problem.pinned_blocks
    )
