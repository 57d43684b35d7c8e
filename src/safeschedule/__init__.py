"""SafeSchedule: weekly schedules for mental-health teams in which safe working is built in."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeschedule.errors import DisagreementError, Fault, InputError, SafeScheduleError
    from safeschedule.pipeline import solve
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.result import Result
    from safeschedule.schedule import Schedule
    from safeschedule.suggesting import Desk, MoveCheck, Suggestions, check_move, suggest, suggest_moves
    from safeschedule.verifier import Finding, Verification, verify

__version__ = "0.1.0"

__all__ = [
    "Desk",
    "DisagreementError",
    "Fault",
    "Finding",
    "InputError",
    "MoveCheck",
    "Problem",
    "Result",
    "Rulebook",
    "SafeScheduleError",
    "Schedule",
    "Suggestions",
    "Verification",
    "check_move",
    "solve",
    "suggest",
    "suggest_moves",
    "verify",
]

_HOMES = {
    "Desk": "suggesting",
    "DisagreementError": "errors",
    "Fault": "errors",
    "Finding": "verifier",
    "InputError": "errors",
    "MoveCheck": "suggesting",
    "Problem": "problem",
    "Result": "result",
    "Rulebook": "problem",
    "SafeScheduleError": "errors",
    "Schedule": "schedule",
    "Suggestions": "suggesting",
    "Verification": "verifier",
    "check_move": "suggesting",
    "solve": "pipeline",
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
