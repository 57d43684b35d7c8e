"""Check of the rule ``rolling_exposure``: high-intensity time over any five working days."""

from __future__ import annotations

from collections.abc import Iterator

from safeschedule.problem import Intensity, Setting
from safeschedule.verifier import wording
from safeschedule.verifier.absences import Absences
from safeschedule.verifier.finding import Finding
from safeschedule.verifier.reach import NEAR
from safeschedule.verifier.report import report
from safeschedule.verifier.slots import Slots
from safeschedule.verifier.week import Week

REACH = NEAR

_DATES = 5
_EARLIEST = -7


def check(week: Week, setting: Setting) -> Iterator[Finding]:
    """Yield each regular date up to which five working days have too much high-intensity time."""
    most = setting.whole("minutes")
    exposure, before = _exposure(week), _past(week)
    for clinician in week.clinicians:
        absences = Absences(week, clinician)
        for day in filter(absences.is_regular, range(len(week.dates))):
            first = _first(absences, day)
            found, past = (
                sum(m for start, m in spans.get(clinician, ()) if first <= absences.of(start) <= day)
                for spans in (exposure, before)
            )
            left = max(0, most - past)
            if found > left:
                sentence = (
                    f"{clinician} has {wording.count(found + past, 'minute')} of high-intensity sessions in "
                    f"five working days, up to {week.day_name(day)}; at most {most} are allowed."
                )
                when, limit = week.beginning(day), f"{left} minutes this week"
                yield report(setting, [clinician], when, f"{found} minutes", limit, sentence, found - left)


def _first(absences: Absences, day: int) -> int:
    regular = [date for date in range(_EARLIEST, day + 1) if absences.is_regular(date)]
    return regular[-_DATES] if len(regular) >= _DATES else _EARLIEST


def _exposure(week: Week) -> dict[str, list[tuple[int, int]]]:
    """Return starts and minutes of the week's high-intensity time by clinician."""
    found: dict[str, list[tuple[int, int]]] = {}
    for session in week.sessions:
        for clinician in session.clinicians if session.high else ():
            found.setdefault(clinician, []).append((session.start, session.minutes))
    for block in week.blocks if Slots(week).high else ():
        for clinician in block.clinicians if block.kind == "urgent_slot" else ():
            found.setdefault(clinician, []).append((block.start, block.minutes))
    return found


def _past(week: Week) -> dict[str, list[tuple[int, int]]]:
    """Return starts and minutes of the history's high-intensity time by clinician."""
    # What starts together is a group with an entry for each client.
    longest: dict[tuple[str, int], int] = {}
    for past in week.problem.history.appointments:
        if past.intensity is Intensity.HIGH:
            key = past.clinician, week.minute(past.start)
            longest[key] = max(past.minutes, longest.get(key, 0))
    found: dict[str, list[tuple[int, int]]] = {}
    for (clinician, start), minutes in longest.items():
        found.setdefault(clinician, []).append((start, minutes))
    return found
