"""Encoder of ``session_limits``: sessions a day and a week."""

from __future__ import annotations

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.rows import groups
from safeschedule.model.slots import slots_of
from safeschedule.problem import Setting


def post(build: Build, setting: Setting) -> None:
    """Post the daily and weekly limits of each clinician."""
    plan, index = build.plan, build.index
    counts = np.append(np.where(index.of_kind("group"), setting.whole("group"), 1), 0)[plan.request]
    slots = slots_of(plan)
    counts[slots] = 1
    counted = plan.is_work | slots
    daily = groups(plan.clinician, build.plan_day, where=counted)
    for (clinician, _), members in daily:
        own = index.clinicians[clinician].daily_sessions
        most = setting.whole("day") if own is None else own
        build.limit(setting, [build.plan_vars[m] for m in members], most, counts[members].tolist())
    for (clinician,), members in groups(plan.clinician, where=counted):
        person = index.clinicians[clinician]
        most = (
            int(setting.whole("week") * person.fte)
            if person.weekly_sessions is None
            else person.weekly_sessions
        )
        build.limit(setting, [build.plan_vars[m] for m in members], most, counts[members].tolist())
