"""Problem and schedule of what was read, or every fault with its place in the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.fhir.reading.gathered import FhirGathered
from safeschedule.exchange.fhir.reading.locating import located
from safeschedule.problem import Problem
from safeschedule.problem.faults import find
from safeschedule.problem.naming import named
from safeschedule.problem.reading.pruning import faults_of_the_rest
from safeschedule.problem.reading.translating import validate
from safeschedule.schedule import Schedule

_OF_WHAT_LACKS = ("missing_field", "unknown_reference")
"""Faults of the data that may only come of what could not be read, which is told already."""

_FEW = 5
_WAYS_OUT = {
    "no_supervisor": "--supervisors says who is one",
    "session_too_long": "--minutes says how long sessions are of which the file does not say it",
}


def checked_problem(got: FhirGathered, what: str) -> Problem:
    """Return the problem, or raise every fault of the file and of what was read of it."""
    data, own = got.problem(), got.around.told.faults
    problem, shape = validate(Problem, json.dumps(data), data)
    if problem is not None and not own:
        found: Sequence[Fault] = [_explained(got, fault) for fault in find(problem)]
    else:
        found = named(data, [*shape, *faults_of_the_rest(data, shape)])
        if own:
            # What could not be read lacks: that is told once.
            found = [fault for fault in found if fault.code not in _OF_WHAT_LACKS]
    if own or found or problem is None:
        raise InputError(what, [*own, *located(got, found)])
    return problem


def _explained(got: FhirGathered, fault: Fault) -> Fault:
    """Return a fault of the whole with what stands behind it: FHIR leaves more unsaid than a problem may."""
    if fault.code == "empty_team":
        why = "; ".join(got.around.told.lines()[:_FEW])
        return replace(fault, expected=f"{fault.expected}; of this file: {why or 'nothing was read'}")
    hint = _WAYS_OUT.get(fault.code)
    return fault if hint is None else replace(fault, expected=f"{fault.expected}; {hint}")


def checked_schedule(got: FhirGathered, what: str) -> Schedule:
    """Return the schedule, or raise every fault of the file and of what was read of it."""
    data: dict[str, Any] = got.schedule()
    schedule, shape = validate(Schedule, json.dumps(data), data)
    own = got.around.told.faults
    if own:
        shape = tuple(fault for fault in shape if fault.code not in _OF_WHAT_LACKS)
    if schedule is None or own:
        raise InputError(what, [*own, *located(got, shape)])
    return schedule
