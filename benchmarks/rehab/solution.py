"""A schedule in the form that the benchmark's checker reads, and how good it is."""

from __future__ import annotations

from collections import defaultdict
from math import floor
from typing import TYPE_CHECKING, Any

from benchmarks.rehab.problem import MATERIALS, WEEK_START
from benchmarks.rehab.reading import Instance
from safeschedule.problem.clock import minutes_after

if TYPE_CHECKING:
    from safeschedule.result import Result
    from safeschedule.schedule import Appointment, Schedule

_LEFT_OUT = 4
"""What a session that is not given costs; a day of delay costs 1, and there are none."""


def figures(instance: Instance, result: Result) -> dict[str, Any]:
    """Return value and bound as the benchmark counts (less is better), gap, seconds and status.

    The bound is one of the problem: for patients who come on their earliest day, and with no more sessions of
    a group than a problem may have.
    """
    value = bound = None
    if result.schedule is not None:
        value = _LEFT_OUT * (instance.wanted - result.placed)
        bound = _LEFT_OUT * (instance.wanted - floor(sum(tier.bound for tier in result.tiers) + 1e-6))
    return {
        "instance": instance.name,
        "status": str(result.status),
        "value": value,
        "bound": bound,
        "gap": None if value is None or bound is None else (value - bound) / max(1, value),
        "given": result.placed,
        "seconds": {phase: round(seconds, 2) for phase, seconds in result.seconds.items()},
    }


def sentence(told: dict[str, Any]) -> str:
    """Return the figures as a line for people."""
    if told["value"] is None:
        return f"{told['instance']}: {told['status']}, {told['seconds']['total']:.1f} s"
    return (
        f"{told['instance']}: {told['status']}, value {told['value']}, bound {told['bound']}, "
        f"gap {100 * told['gap']:.2f} %, {told['given']} sessions, {told['seconds']['total']:.1f} s"
    )


def solution(instance: Instance, schedule: Schedule) -> dict[str, Any]:
    """Return admissions and appointments by the instance's numbers."""
    materials = _materials(instance, schedule)
    return {
        "admit": {str(patient.number): patient.earliest for patient in instance.patients.values()},
        "appointments": [
            {
                "patients": [int(client) for client in appointment.clients],
                "treatment": int(appointment.session_type),
                "day": (appointment.start.date() - WEEK_START).days,
                "hour": appointment.start.strftime("%H:%M"),
                "resources": [
                    *map(int, appointment.clinicians),
                    *([] if appointment.room is None else [int(appointment.room)]),
                    *materials[position],
                ],
            }
            for position, appointment in enumerate(schedule.appointments)
        ],
    }


def _materials(instance: Instance, schedule: Schedule) -> dict[int, list[int]]:
    """Return pieces of material by appointment, in the order of time: the first of each sort that is free."""
    free_from: dict[int, int] = defaultdict(int)
    found: dict[int, list[int]] = defaultdict(list)
    for position, appointment in sorted(enumerate(schedule.appointments), key=lambda entry: entry[1].start):
        start = minutes_after(WEEK_START, appointment.start)
        for pieces in _fitting(instance, appointment):
            # As many as go on at once are there, so one is free.
            piece = next(number for number in pieces if free_from[number] <= start)
            free_from[piece] = start + appointment.minutes
            found[position].append(piece)
    return found


def _fitting(instance: Instance, appointment: Appointment) -> list[list[int]]:
    """Return the pieces of each sort of material that an appointment needs."""
    needs = instance.treatments[int(appointment.session_type)].needs
    return [
        [piece.number for piece in instance.resources.values() if group in piece.groups]
        for group in needs
        if group in MATERIALS
    ]
