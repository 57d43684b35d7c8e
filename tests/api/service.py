"""A small scheduling service: problems come in as JSON, work is done by a pool of processes.

It is checked by mypy and pyright in their strict modes, and run, by ``test_service.py``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing import get_context
from typing import Any, TypeVar

from safeschedule import (
    DisagreementError,
    InputError,
    Problem,
    Replan,
    Result,
    Schedule,
    SickCall,
    Suggestions,
    check_move,
    problem_hash,
    replan,
    solve,
    suggest,
    verify,
)

Json = dict[str, Any]
T = TypeVar("T")


@dataclass(frozen=True)
class Reply:
    """What a client of the service gets: a status as in HTTP, and an object."""

    status: int
    body: Json


def _solve(problem: Problem, limit: float) -> Result:
    return solve(problem, deterministic_limit=limit, workers=1)


def _replan(problem: Problem, schedule: Schedule, call: SickCall, limit: float) -> Replan:
    return replan(problem, schedule, [call], deterministic_limit=limit)


def _suggest(problem: Problem, schedule: Schedule, request: str) -> Suggestions:
    return suggest(problem, schedule, request, 3)


@dataclass
class Service:
    """Weeks by the hash of their problem, and the pool that works on them."""

    pool: ProcessPoolExecutor
    limit: float = 0.5
    problems: dict[str, Problem] = field(default_factory=dict[str, Problem])
    schedules: dict[str, Schedule] = field(default_factory=dict[str, Schedule])

    def post_problem(self, text: str) -> Reply:
        """Take a problem, plan it, and keep its week."""

        def work() -> Reply:
            problem = Problem.from_dict(json.loads(text))
            key = problem_hash(problem)
            result = self._wait(self.pool.submit(_solve, problem, self.limit))
            if result.schedule is None:
                return Reply(409, {"explanation": list(result.explanation)})
            assert verify(problem, result.schedule).compliant
            self.problems[key], self.schedules[key] = problem, result.schedule
            return Reply(201, {"week": key, "result": result.to_dict(brief=True)})

        return self._answered(work)

    def get_slots(self, week: str, request: str) -> Reply:
        """Suggest slots for one more session of a request."""

        def work() -> Reply:
            future = self.pool.submit(_suggest, self.problems[week], self.schedules[week], request)
            return Reply(200, self._wait(future).to_dict(brief=True))

        return self._answered(work)

    def get_move(self, week: str, request: str, to: datetime) -> Reply:
        """Say what a move would break or cost; quick enough to be done here."""

        def work() -> Reply:
            check = check_move(self.problems[week], self.schedules[week], request, to=to)
            return Reply(200 if check.allowed else 409, check.to_dict(brief=True))

        return self._answered(work)

    def post_sick_call(self, week: str, clinician: str, start: datetime, end: datetime) -> Reply:
        """Plan the week again without somebody, and keep it under its new hash."""

        def work() -> Reply:
            call = SickCall(clinician=clinician, start=start, end=end)
            problem, schedule = self.problems[week], self.schedules[week]
            found = self._wait(self.pool.submit(_replan, problem, schedule, call, self.limit))
            if found.schedule is None:
                return Reply(409, {"notes": list(found.notes)})
            key = problem_hash(found.problem)
            self.problems[key], self.schedules[key] = found.problem, found.schedule
            tell = [notice.code for notice in found.tell]
            return Reply(200, {"week": key, "moved": len(found.moved), "tell": tell})

        return self._answered(work)

    def _wait(self, future: Future[T]) -> T:
        return future.result(timeout=300)

    def _answered(self, work: Callable[[], Reply]) -> Reply:
        try:
            return work()
        except json.JSONDecodeError as error:
            return Reply(400, {"faults": [{"code": "not_json", "place": f"line {error.lineno}"}]})
        except InputError as error:  # of the problem, or of arguments: every fault with its code
            return Reply(422, {"faults": [fault.to_dict() for fault in error.faults]})
        except DisagreementError as error:
            return Reply(500, {"account": list(error.account)})
        except KeyError:
            return Reply(404, {"faults": [{"code": "unknown_week", "place": "week"}]})


def main(text: str) -> Reply:
    """Plan one problem."""
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        return Service(pool).post_problem(text)
