"""What of a week is pinned."""

from __future__ import annotations

from safeschedule.problem.problem import Problem

PINS = ("pinned_appointments", "pinned_groups", "pinned_blocks")
"""The problem's lists of pins, by name."""


def unpinned(problem: Problem) -> Problem:
    """Return a problem without its pins."""
    return problem.model_copy(update=dict.fromkeys(PINS, ()))
