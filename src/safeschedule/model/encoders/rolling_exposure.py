"""Encoder of ``rolling_exposure``: high-intensity minutes over any five working days."""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from safeschedule.model.absences import worked_on
from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.rows import groups
from safeschedule.model.slots import intense_slots
from safeschedule.model.spans import DAYS
from safeschedule.problem import Intensity, Setting

HELPERS = ("spans_of", "past_minutes")
NEEDS = (Need.PEOPLE,)

_DATES = 5


def spans_of(index: Index, clinician: int) -> list[tuple[int, int]]:
    """Return (first, last) of the dates looked at for each regular date of the week."""
    regular = [day for day in range(DAYS) if worked_on(index, clinician, day)]
    found = []
    for last in regular:
        back = [day for day in range(last, -DAYS - 1, -1) if day % DAYS in regular]
        found.append((back[_DATES - 1] if len(back) >= _DATES else -DAYS, last))
    return found


def past_minutes(index: Index) -> dict[int, dict[int, int]]:
    """Return the high-intensity minutes of the history by clinician and date."""
    longest: dict[tuple[int, int], int] = defaultdict(int)
    for past in index.problem.history.appointments:
        if past.intensity is Intensity.HIGH:
            # Appointments of one clinician with one start are one group.
            key = index.clinician_number[past.clinician], index.minute(past.start)
            longest[key] = max(longest[key], past.minutes)
    found: dict[int, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for (clinician, start), minutes in longest.items():
        found[clinician][index.shifts[clinician].day(start)] += minutes
    return found


def post(build: Build, setting: Setting) -> None:
    """Post the limit of each clinician and regular date."""
    index, plan = build.index, build.plan
    past = index.once("past minutes", lambda: past_minutes(index))
    high = plan.of_requests(index.request_high) | intense_slots(index, plan)
    held = {clinician: members for (clinician,), members in groups(plan.clinician, where=high)}
    nothing = np.zeros(0, dtype=np.int64)
    for clinician in build.people:
        mine, before = held.get(clinician, nothing), past.get(clinician, {})
        if not len(mine):
            continue
        for first, last in spans_of(index, clinician):
            inside = mine[(build.plan_day[mine] >= first) & (build.plan_day[mine] <= last)]
            gone = sum(minutes for day, minutes in before.items() if first <= day <= last)
            variables = [build.plan_vars[m] for m in inside]
            left = max(0, setting.whole("minutes") - gone)
            build.limit(setting, variables, left, plan.minutes[inside].tolist())
