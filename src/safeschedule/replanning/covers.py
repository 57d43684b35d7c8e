"""What covers take of clinicians who are away, as the rule ``continuity`` says."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from safeschedule.model.stand_ins import CoverState, bound_to, is_urgent, standing
from safeschedule.problem import Problem
from safeschedule.replanning.changes import Change, SickCall
from safeschedule.replanning.situation import Situation
from safeschedule.schedule import Schedule


def covered(where: Situation, old: Schedule, new: Schedule, left: Collection[str]) -> Iterator[str]:
    """Yield what covers take by the rule continuity, and what they cannot take either."""
    index = where.index
    setting = index.settings.get("continuity")
    takers = {a.request: a.clinicians for a in new.appointments if a not in old.appointments}
    if setting is None:
        return
    for number, request in enumerate(index.requests):
        bound = -1 if request.group is not None else bound_to(index, number)
        if bound < 0 or not (request.id in takers or request.id in left):
            continue
        person, people = index.clinicians[bound], takers.get(request.id, ())
        if person.cover is None or standing(index, setting, number) is not CoverState.COVERED:
            continue
        if person.cover in people:
            yield f"{person.cover} takes {request.id} as cover: {person.id} is away."
        elif request.id in left:
            yield f"{person.cover}, the cover of {person.id}, has no place for {request.id} either."


def stand_ins(
    problem: Problem, where: Situation, changes: Sequence[Change], left: Sequence[int]
) -> Iterator[tuple[str, str]]:
    """Yield requests and the cover who may be named for them: those of which no session stays with others."""
    ill = {c.clinician for c in changes if isinstance(c, SickCall)}
    setting = where.index.settings.get("continuity")
    cover = {c.id: c.cover for c in problem.clinicians if c.id in ill and c.cover is not None}
    own = {client.id: client.clinician for client in problem.clients}
    for number in left:
        request = where.index.requests[number]
        bound = request.clinician or own[request.client]
        if setting is not None and not is_urgent(where.index, setting, number):
            continue
        if request.group is None and bound in cover and where.demand[number] == request.count:
            yield request.id, cover[bound]
