"""Hypothesis strategies: small problems in which everything conflicts, and any schedule over a problem."""

from __future__ import annotations

from safeschedule.testing.strategies.lengths import block_lengths
from safeschedule.testing.strategies.problems import problems, sound_problems
from safeschedule.testing.strategies.rulebooks import rulebooks
from safeschedule.testing.strategies.schedules import schedules

__all__ = ["block_lengths", "problems", "rulebooks", "schedules", "sound_problems"]
