"""What the methods of problems, schedules, accounts and results call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from safeschedule.exchange.frames.declared import OUTCOME
from safeschedule.exchange.frames.flattening import columns_of
from safeschedule.exchange.frames.layout import tables
from safeschedule.exchange.frames.native import columns_in, frames_of
from safeschedule.exchange.frames.outcome import account_columns, result_columns, week_columns
from safeschedule.exchange.frames.reading import problem_of_columns
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_kind
from safeschedule.result import Result
from safeschedule.schedule import Schedule
from safeschedule.schedule.fitting import require_fitting
from safeschedule.verifier.finding import Verification


def problem_from_frames(frames: Mapping[str, Any], fields: Mapping[str, Any]) -> Problem:
    """Return the problem of frames; see `Problem.from_frames`."""
    call = "Problem.from_frames"
    require_kind(call, "frames", frames, Mapping, "a mapping from names to frames")
    return problem_of_columns(columns_in(frames, call), fields)


def problem_frames(problem: Problem, backend: str) -> dict[str, Any]:
    """Return the frames of a problem; see `Problem.frames`."""
    return frames_of(columns_of(problem), tables(), backend, "Problem.frames")


def schedule_frames(schedule: Schedule, problem: Problem, backend: str) -> dict[str, Any]:
    """Return the frames of a schedule; see `Schedule.frames`."""
    require_fitting(problem, schedule)
    return frames_of(week_columns(problem, schedule), OUTCOME, backend, "Schedule.frames")


def account_frames(account: Verification, problem: Problem, backend: str) -> dict[str, Any]:
    """Return the frames of a verifier's account; see `Verification.frames`."""
    require_kind("Verification.frames", "problem", problem, Problem)
    return frames_of(account_columns(problem, account), OUTCOME, backend, "Verification.frames")


def result_frames(result: Result, problem: Problem, backend: str) -> dict[str, Any]:
    """Return the frames of a result; see `Result.frames`."""
    require_kind("Result.frames", "problem", problem, Problem)
    if result.schedule is not None:
        require_fitting(problem, result.schedule)
    return frames_of(result_columns(problem, result), OUTCOME, backend, "Result.frames")
