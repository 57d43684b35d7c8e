"""What happens when a process ends while HiGHS still runs in a thread that was left to itself."""

from __future__ import annotations

import subprocess
import sys

import pytest

LEFT = """
import random
from ortools.sat.python import cp_model
from safeschedule.solving.relaxation import highs
from safeschedule.solving.relaxation.mip import Programme

# Market split (Cornuejols and Dawande, 1998): small, and out of reach for branch and bound.
draw, model = random.Random(1), cp_model.CpModel()
items = [model.new_bool_var("") for _ in range(50)]
short = []
for _ in range(6):
    weights = [draw.randrange(100) for _ in items]
    more, less = (model.new_int_var(0, 10_000, "") for _ in "+-")
    model.add(sum(w * i for w, i in zip(weights, items)) + more - less == sum(weights) // 2)
    short += [more, less]
looks = iter(range(10**9))
programme = Programme(model, lambda: next(looks) > 10)
answer = programme.solve([(-1.0, v.index) for v in short], seconds=2.0)
assert answer.values is None
assert highs.running()
"""
COMMAND = """
import sys
from safeschedule import cli
cli.app = lambda: sys.exit(1)
cli.main()
"""


@pytest.mark.parametrize(("script", "status"), [(LEFT, 0), (LEFT + COMMAND, 1)])
def test_a_process_ends_with_its_own_status(script: str, status: int) -> None:
    """A week would be written, and whoever called told that the command was killed (134)."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (status, "")
