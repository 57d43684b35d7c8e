"""What has to hold of every explanation, asked of an oracle that the explanation did not use."""

from __future__ import annotations

import threading

from safeschedule import Problem
from safeschedule.explaining.clashes.condition import Condition
from safeschedule.explaining.clashes.oracle import Oracle, Way
from safeschedule.solving.budget import Budget


def oracle(problem: Problem) -> Oracle:
    """Return an oracle that nothing was asked yet, of another seed."""
    return Oracle(problem, Budget(None, 200.0, threading.Event()), seed=11)


def check_core(problem: Problem, core: tuple[Condition, ...]) -> None:
    """Assert that a core clashes, by either way, that each of its members is needed, and none is made up.

    With all facts of the week its rules clash, too: none of them asks only because a fact was left aside.
    """
    judge = oracle(problem)
    facts = [c for c in judge.everything if c.kind != "rule"]
    assert judge.possible([*facts, *(c for c in core if c.kind == "rule")]) is False
    assert [judge.possible(core, way=way) for way in Way] == [False, False]
    for member in core:
        assert judge.witness([c for c in core if c != member]) is not None, member
