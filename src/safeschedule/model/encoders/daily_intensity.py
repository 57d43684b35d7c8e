"""Encoder of ``daily_intensity``: high-intensity sessions a day."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.rows import groups
from safeschedule.model.slots import intense_slots
from safeschedule.problem import Setting


def post(build: Build, setting: Setting) -> None:
    """Post the daily limit of each clinician."""
    plan = build.plan
    high = plan.of_requests(build.index.request_high) | intense_slots(build.index, plan)
    for _, members in groups(plan.clinician, build.plan_day, where=high):
        build.limit(setting, [build.plan_vars[m] for m in members], setting.whole("most"))
