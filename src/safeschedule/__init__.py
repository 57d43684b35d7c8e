"""SafeSchedule: weekly schedules for mental-health teams in which safe working is built in."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeschedule.catalogue import CustomRule
    from safeschedule.errors import (
        DisagreementError,
        Fault,
        InputError,
        MissedPlacementError,
        SafeScheduleError,
    )
    from safeschedule.explaining.capacity_exception import CapacityException
    from safeschedule.explaining.no_schedule import NoSchedule, explain_no_schedule
    from safeschedule.explaining.unplaced.answers import Explanation, LeftOutAccount, WayIn
    from safeschedule.explaining.unplaced.explain import explain_left_out
    from safeschedule.pipeline import solve
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.replanning import Replan, apply_changes, replan
    from safeschedule.result import Result
    from safeschedule.schedule import Schedule
    from safeschedule.stressing import Stress, stress
    from safeschedule.suggesting import Desk, MoveCheck, Suggestions, check_move, suggest, suggest_moves
    from safeschedule.verifier import Finding, Verification, verify

__version__ = "0.1.0"

__all__ = [
    "CapacityException",
    "CustomRule",
    "Desk",
    "DisagreementError",
    "Explanation",
    "Fault",
    "Finding",
    "InputError",
    "LeftOutAccount",
    "MissedPlacementError",
    "MoveCheck",
    "NoSchedule",
    "Problem",
    "Replan",
    "Result",
    "Rulebook",
    "SafeScheduleError",
    "Schedule",
    "Stress",
    "Suggestions",
    "Verification",
    "WayIn",
    "apply_changes",
    "check_move",
    "explain_left_out",
    "explain_no_schedule",
    "replan",
    "solve",
    "stress",
    "suggest",
    "suggest_moves",
    "verify",
]

_HOMES = {
    "CapacityException": "explaining.capacity_exception",
    "CustomRule": "catalogue",
    "Desk": "suggesting",
    "DisagreementError": "errors",
    "Explanation": "explaining.unplaced.answers",
    "Fault": "errors",
    "Finding": "verifier",
    "InputError": "errors",
    "LeftOutAccount": "explaining.unplaced.answers",
    "MissedPlacementError": "errors",
    "MoveCheck": "suggesting",
    "NoSchedule": "explaining.no_schedule",
    "Problem": "problem",
    "Replan": "replanning",
    "Result": "result",
    "Rulebook": "problem",
    "SafeScheduleError": "errors",
    "Schedule": "schedule",
    "Stress": "stressing",
    "Suggestions": "suggesting",
    "Verification": "verifier",
    "WayIn": "explaining.unplaced.answers",
    "apply_changes": "replanning",
    "check_move": "suggesting",
    "explain_left_out": "explaining.unplaced.explain",
    "explain_no_schedule": "explaining.no_schedule",
    "replan": "replanning",
    "solve": "pipeline",
    "stress": "stressing",
    "suggest": "suggesting",
    "suggest_moves": "suggesting",
    "verify": "verifier",
}

logging.getLogger(__name__).addHandler(logging.NullHandler())


def __getattr__(name: str) -> Any:
    # Loaded on first use, so that verifying needs no solver installed.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])
