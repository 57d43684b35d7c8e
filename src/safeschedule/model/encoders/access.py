"""Encoder of ``access``: sessions left out cost their value."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.rows import groups
from safeschedule.problem import Setting

HELPERS = ("value_of",)


def value_of(index: Index, setting: Setting, request: int) -> int:
    """Return the value of one session of a request."""
    return _values(index, setting)[request]


def _values(index: Index, setting: Setting) -> list[int]:
    def each() -> list[int]:
        return [_value(index, setting, request) for request in range(len(index.requests))]

    return index.once("access", each, setting)


def _value(index: Index, setting: Setting, request: int) -> int:
    asked = index.requests[request]
    client = index.clients[index.client_number[asked.client]]
    band, today = index.bands[client.band], index.problem.week_start
    value = setting.whole("priority") * asked.priority + setting.whole("band") * band.rank
    if client.waiting_since is not None:
        weeks = max(0, (today - client.waiting_since) // timedelta(weeks=1))
        value += setting.whole("waiting") * min(weeks, setting.whole("waiting_weeks"))
    if client.last_contact is not None:
        late = today - client.last_contact - timedelta(days=band.contact_days)
        weeks = max(0, late // timedelta(weeks=1))
        value += setting.whole("overdue") * min(weeks, setting.whole("overdue_weeks"))
    return value


def post(build: Build, setting: Setting) -> None:
    """Charge each session's value less what placing it earns."""
    plan, index = build.plan, build.index
    values = _values(index, setting)
    offered = {request: members for (request,), members in groups(plan.request, where=plan.is_visit)}
    if setting.hard:
        for request in offered if build.partial else range(len(values)):
            placed = [build.plan_vars[m] for m in offered.get(request, ())]
            build.model.add(sum(placed) >= (int(index.counts[request]) if values[request] else 0))
        return
    build.constants[setting.rule.id] += int(index.counts[: len(values)] @ np.array(values, dtype=np.int64))
    for request, members in offered.items():
        build.amounts[setting.rule.id] += [(-values[request], build.plan_vars[m]) for m in members]
