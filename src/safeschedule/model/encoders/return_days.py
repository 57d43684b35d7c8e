"""Encoder of ``return_days``: fewer and lighter sessions on the first days back from a long leave."""

from __future__ import annotations

import numpy as np

from safeschedule.model.absences import Span, free_on, long_leaves
from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.rows import groups
from safeschedule.model.slots import intense_slots, slots_of
from safeschedule.model.spans import DAYS
from safeschedule.problem import Setting

HELPERS = ("first_days",)
NEEDS = (Need.PEOPLE,)

# Dates from a leave's end on among which the first days back are looked for.
_AHEAD = 14


def first_days(index: Index, setting: Setting) -> dict[int, list[int]]:
    """Return the dates of the week that are among the first days back, by clinician."""

    def make() -> dict[int, list[int]]:
        found = {c: _first_days(index, setting, c) for c, leave in enumerate(index.leave) if leave}
        return {clinician: days for clinician, days in found.items() if days}

    return index.once("return_days", make, setting)


def _first_days(index: Index, setting: Setting, clinician: int) -> list[int]:
    leaves = long_leaves(index, clinician, setting.whole("length"))
    days = {day for leave in leaves for day in _days_after(index, clinician, leave, setting.whole("days"))}
    return sorted(day for day in days if 0 <= day < DAYS)


def _days_after(index: Index, clinician: int, leave: Span, days: int) -> list[int]:
    end, found = leave[1], list[int]()
    first = index.shifts[clinician].day(end)
    for day in range(first, first + _AHEAD):
        if len(found) < days and any(b > end for _, b in free_on(index, clinician, day)):
            found.append(day)
    return found


def post(build: Build, setting: Setting) -> None:
    """Post the limits of each first day back."""
    index, plan = build.index, build.plan
    back = {c: days for c, days in first_days(index, setting).items() if c in build.scope}
    if not back:
        return
    # The parameters of session_limits hold whether or not that rule is on.
    limits = index.problem.rulebook.setting("session_limits")
    counts = np.append(np.where(index.of_kind("group"), limits.whole("group"), 1), 0)[plan.request]
    slots = slots_of(plan)
    counts[slots] = 1
    held = dict(groups(plan.clinician, build.plan_day, where=plan.is_work | slots))
    high = plan.of_requests(index.request_high) | intense_slots(index, plan)
    kinds = (
        (high, setting.whole("high")),
        (plan.of_requests(index.of_kind("intake")), setting.whole("intakes")),
    )
    for clinician, days in back.items():
        own = index.clinicians[clinician].daily_sessions
        most = limits.whole("day") if own is None else own
        light = max(1, int(setting.exact("share") * most))
        for day in days:
            if (clinician, day) in held:
                members = held[clinician, day]
                build.limit(setting, [build.plan_vars[m] for m in members], light, counts[members].tolist())
                for kind, allowed in kinds:
                    build.limit(setting, [build.plan_vars[m] for m in members if kind[m]], allowed)
