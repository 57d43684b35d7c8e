"""Encoder of ``even_days``: a date's sessions beyond those of the clinician's lightest date."""

from __future__ import annotations

from collections import Counter

from safeschedule.model.build import Build
from safeschedule.model.need import Need
from safeschedule.model.rows import groups
from safeschedule.model.variables import Var, top
from safeschedule.problem import Setting

NEEDS = (Need.PEOPLE,)


def post(build: Build, setting: Setting) -> None:
    """Bound the lightest date of each clinician from above by every date, and charge what lies beyond."""
    held: dict[int, dict[int, list[Var]]] = {}
    for (clinician, day), members in groups(build.plan.clinician, build.plan_day, where=build.plan.is_work):
        if clinician in build.scope:
            held.setdefault(clinician, {})[day] = [build.plan_vars[m] for m in members]
    for clinician, days in held.items():
        _even(build, setting, [days.get(day, []) for day in _compared(build, setting, clinician)])


def _even(build: Build, setting: Setting, days: list[list[Var]]) -> None:
    slack = setting.whole("slack")
    reach = [sum(top(v) for v in variables) for variables in days]
    if len(days) < 2 or max(reach) <= slack:
        return
    # The smaller, the dearer: whoever minimises has it at the fewest sessions of a date.
    fewest = build.model.new_int_var(0, min(reach), "")
    for variables in days:
        build.model.add(fewest <= sum(variables))
    for variables in days:
        build.limit(setting, [*variables, fewest], slack, [1] * len(variables) + [-1])


def _compared(build: Build, setting: Setting, clinician: int) -> list[int]:
    """Return the dates on which working time free of leave is long enough."""
    minutes: Counter[int] = Counter()
    for start, end in build.index.free[clinician]:
        minutes[build.index.shifts[clinician].day(start)] += end - start
    return [day for day, total in minutes.items() if day >= 0 and total >= setting.whole("full")]
