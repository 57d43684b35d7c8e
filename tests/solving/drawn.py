"""Small problems most of which have a schedule, and rulebooks with rules made soft."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import strategies as st

from safeschedule.catalogue import Tier, rules
from safeschedule.problem import Problem, RuleSetting
from safeschedule.testing.strategies import sound_problems

DEMANDING = (
    "case_review",
    "consultation",
    "coordination",
    "debrief",
    "response_reserve",
    "supervision",
    "urgent_slots",
)
"""Rules that ask for blocks even in an empty week, which the short days of drawn weeks seldom hold."""

SOFTENABLE = tuple(name for name, rule in rules().items() if rule.tier is not Tier.PHYSICAL)


def with_rules(problem: Problem, changes: Mapping[str, Mapping[str, Any]]) -> Problem:
    """Return the problem with some choices of its rulebook changed, by rule."""
    own = problem.rulebook.rules
    changed = {
        name: own.get(name, RuleSetting()).model_copy(update=dict(change)) for name, change in changes.items()
    }
    return problem.with_settings(changed)


def softened(problem: Problem, names: Collection[str]) -> Problem:
    """Return the problem with some rules soft."""
    return with_rules(problem, {name: {"hard": False} for name in names})


def without(problem: Problem, *names: str) -> Problem:
    """Return the problem with some rules off."""
    return with_rules(problem, {name: {"enabled": False} for name in names})


@st.composite
def easy_problems(
    draw: st.DrawFn, *, max_clinicians: int = 3, max_sessions: int = 5, max_days: int = 4
) -> Problem:
    """Draw a sound problem; in nine of ten the demanding rules are soft, so that most have a schedule."""
    drawn = sound_problems(max_clinicians=max_clinicians, max_sessions=max_sessions, max_days=max_days)
    problem = draw(drawn)
    return problem if draw(st.integers(0, 9)) == 9 else softened(problem, DEMANDING)
