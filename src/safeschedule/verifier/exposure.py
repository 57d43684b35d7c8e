"""High-intensity time by clinician, of the week and of the history, and which dates count together."""

from __future__ import annotations

from safeschedule.problem import Intensity
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

Spans = dict[str, list[tuple[int, int]]]
"""Starts and minutes by clinician."""

_DATES = 5
_EARLIEST = -7


def first_counted(absences: Absences, day: int) -> int:
    """Return the first date that counts with `day`: that of the fourth regular working day before it."""
    regular = [date for date in range(_EARLIEST, day + 1) if absences.is_regular(date)]
    return regular[-_DATES] if len(regular) >= _DATES else _EARLIEST


def exposure(week: Week) -> Spans:
    """Return starts and minutes of the week's high-intensity time by clinician."""
    found: Spans = {}
    for session in week.sessions:
        for clinician in session.clinicians if session.high else ():
            found.setdefault(clinician, []).append((session.start, session.minutes))
    for block in week.blocks if Slots(week).high else ():
        for clinician in block.clinicians if block.kind == "urgent_slot" else ():
            found.setdefault(clinician, []).append((block.start, block.minutes))
    return found


def past_exposure(week: Week) -> Spans:
    """Return starts and minutes of the history's high-intensity time by clinician."""
    # What starts together is a group with an entry for each client.
    longest: dict[tuple[str, int], int] = {}
    for past in week.problem.history.appointments:
        if past.intensity is Intensity.HIGH:
            key = past.clinician, week.minute(past.start)
            longest[key] = max(past.minutes, longest.get(key, 0))
    found: Spans = {}
    for (clinician, start), minutes in longest.items():
        found.setdefault(clinician, []).append((start, minutes))
    return found
