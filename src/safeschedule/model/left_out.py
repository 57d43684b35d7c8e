"""What rules about sessions left out have in common."""

from __future__ import annotations

from safeschedule.model.build import Build
from safeschedule.model.index import Ints
from safeschedule.model.rows import groups
from safeschedule.problem import Setting


def charge_left_out(build: Build, setting: Setting, values: Ints) -> None:
    """Charge each session's value less what placing it earns; hard: place all that have one.

    `values` are by request, of one session.
    """
    plan, index = build.plan, build.index
    offered = {request: members for (request,), members in groups(plan.request, where=plan.is_visit)}
    if setting.hard:
        for request in offered if build.partial else range(len(values)):
            placed = [build.plan_vars[m] for m in offered.get(request, ())]
            build.model.add(sum(placed) >= (int(index.counts[request]) if values[request] else 0))
        return
    build.constants[setting.rule.id] += int(index.counts[: len(values)] @ values)
    for request, members in offered.items():
        if values[request]:
            earned = -int(values[request])
            build.amounts[setting.rule.id] += [(earned, build.plan_vars[m]) for m in members]
