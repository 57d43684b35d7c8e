"""Weeks to ask about: a solved small team, and what two whole verifications say of two schedules."""

from __future__ import annotations

from collections import Counter
from functools import cache

from safeschedule import solve
from safeschedule.problem import Problem
from safeschedule.samples import generate
from safeschedule.schedule import Schedule
from safeschedule.suggesting import Effects
from safeschedule.verifier import verify


@cache
def solved(clinicians: int = 4, seed: int = 1) -> tuple[Problem, Schedule]:
    """Give a made-up team and a good schedule of its week."""
    problem = generate(clinicians, seed)
    schedule = solve(problem, deterministic_limit=0.3, workers=1).schedule
    assert schedule is not None
    return problem, schedule


def assert_exact(problem: Problem, before: Schedule, after: Schedule, effects: Effects) -> None:
    """Hold effects against two whole verifications."""
    was, now = verify(problem, before), verify(problem, after)
    new, gone = Counter(now.findings) - Counter(was.findings), Counter(was.findings) - Counter(now.findings)
    assert (Counter(effects.new), Counter(effects.gone)) == (new, gone)
    assert Counter(effects.breaks) == Counter({f: n for f, n in new.items() if f.hard})
    assert Counter(effects.mends) == Counter({f: n for f, n in gone.items() if f.hard})
    assert {cost.rule: cost.before for cost in effects.costs} == was.penalties
    assert {cost.rule: cost.after for cost in effects.costs} == now.penalties
    tiers = {name: setting.tier.value for name, setting in problem.rulebook.settings().items()}
    for tier, gain in effects.gains.items():
        rules = [rule for rule in was.penalties if tiers[rule] == tier]
        assert gain == sum(was.penalties[rule] - now.penalties[rule] for rule in rules)
