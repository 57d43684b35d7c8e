from __future__ import annotations

import pytest

from safeschedule.problem import Problem
from safeschedule.samples import sample
from safeschedule.schedule import Schedule
from safeschedule.verifier import Verification, verify
from tests.exchange.support import packed


@pytest.fixture(scope="session")
def week() -> tuple[Problem, Schedule, Verification]:
    problem = sample()
    schedule = packed(problem)
    return problem, schedule, verify(problem, schedule)
