"""Every preset plans a team of its kind."""

from __future__ import annotations

import pytest

from safeschedule import solve, verify
from safeschedule.problem import PRESETS
from safeschedule.samples import generate

TEAMS = {
    "community": (4, 1),
    "trauma": (4, 2),
    "training": (4, 1),
    "crisis": (8, 2),
    "iop": (4, 1),
    "solo": (1, 1),
}
"""Clinicians and seed of the profile of that name."""

QUICK = {"community", "crisis"}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.slow) for name in PRESETS]
)
def test_a_preset_plans_its_team(name: str) -> None:
    """A rulebook would be offered to a kind of team that cannot be planned by it."""
    problem = generate(*TEAMS[name], profile=name)
    assert problem.rulebook == PRESETS[name]
    result = solve(problem, deterministic_limit=0.5, workers=1)
    assert result.schedule is not None, result.explanation
    assert verify(problem, result.schedule).compliant
    # These teams are asked for about what fits.
    assert result.placed > sum(request.count for request in problem.requests) / 2
