"""SafeSchedule: weekly schedules for mental-health teams in which safe working is built in."""

from __future__ import annotations

import logging
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from safeschedule.errors import DisagreementError, Fault, InputError, SafeScheduleError
    from safeschedule.pipeline import solve
    from safeschedule.problem import Problem, Rulebook
    from safeschedule.replanning import Replan, apply_changes, replan
    from safeschedule.result import Result
    from safeschedule.schedule import Schedule
    from safeschedule.verifier import Finding, Verification, verify

__version__ = "0.1.0"

__all__ = [
    "DisagreementError",
    "Fault",
    "Finding",
    "InputError",
    "Problem",
    "Replan",
    "Result",
    "Rulebook",
    "SafeScheduleError",
    "Schedule",
    "Verification",
    "apply_changes",
    "replan",
    "solve",
    "verify",
]

_HOMES = {
    "DisagreementError": "errors",
    "Fault": "errors",
    "Finding": "verifier",
    "InputError": "errors",
    "Problem": "problem",
    "Replan": "replanning",
    "Result": "result",
    "Rulebook": "problem",
    "SafeScheduleError": "errors",
    "Schedule": "schedule",
    "Verification": "verifier",
    "apply_changes": "replanning",
    "replan": "replanning",
    "solve": "pipeline",
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
