"""Every session that a group could have: by whom it is led, when and where, and who could come."""

from __future__ import annotations

import numpy as np

from safeschedule.model.index import Index, Ints
from safeschedule.model.placing import placed_rows, places, session_starts
from safeschedule.model.rows import Role, Rows
from safeschedule.problem import Clinician, Group, Intensity, Kind, SessionType
from safeschedule.problem.clock import DAY


def facilitators_due(index: Index, kind: SessionType) -> int:
    """Return how many clinicians a session of a type has, as the rule group_size says where it is on."""
    setting = index.settings.get("group_size")
    intense = kind.kind is Kind.GROUP and kind.intensity is Intensity.HIGH
    if setting is None or not intense:
        return kind.facilitators
    return max(kind.facilitators, setting.whole("high"))


def group_parts(index: Index) -> list[Rows]:
    """Return the rows of all groups for which somebody asks."""
    askers: dict[str, list[int]] = {}
    for number, request in enumerate(index.requests):
        if request.group is not None:
            askers.setdefault(request.group, []).append(number)
    return [
        part
        for number, group in enumerate(index.groups)
        if group.id in askers
        for part in _parts(index, len(index.requests) + number, group, askers[group.id])
    ]


def _parts(index: Index, item: int, group: Group, askers: list[int]) -> list[Rows]:
    kind = index.types[group.session_type]
    others = facilitators_due(index, kind) - 1
    people = [n for n, person in enumerate(index.clinicians) if _may_lead(group, kind, person)]
    parts = []
    for position, lead in enumerate(people):
        index.ask()
        joining = people[position + 1 :] if others else []
        if len(joining) < others:
            continue
        starts = _starts(index, group, lead)
        for mode, site, there in places(index, group, lead, starts):
            when, place = starts[there], {"minutes": kind.minutes, "mode": mode, "site": site}
            parts.append(placed_rows(when, request=item, clinician=lead, role=Role.LEAD, **place))
            for other in joining:
                both = np.intersect1d(when, session_starts(index, kind.minutes, other))
                parts.append(
                    placed_rows(both, request=item, clinician=other, partner=lead, role=Role.CO, **place)
                )
            parts += [
                placed_rows(when, request=asker, clinician=lead, role=Role.SEAT, **place) for asker in askers
            ]
    return parts


def _may_lead(group: Group, kind: SessionType, person: Clinician) -> bool:
    named = not group.facilitators or person.id in group.facilitators
    return named and set(kind.skills) <= set(person.skills)


def _starts(index: Index, group: Group, clinician: int) -> Ints:
    starts = session_starts(index, index.types[group.session_type].minutes, clinician)
    if not group.slots:
        return starts
    first = index.problem.week_start.weekday()
    slots = [(slot.day.number - first) % 7 * DAY + slot.start for slot in group.slots]
    found: Ints = np.intersect1d(starts, slots)
    return found
