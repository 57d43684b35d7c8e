"""What forbids a client a place in a group's sessions, in any week and as the week stands."""

from __future__ import annotations

from safeschedule.explaining.unplaced.facts import OVERLAP, Facts, alone, covering
from safeschedule.explaining.unplaced.ground import Ground
from safeschedule.explaining.unplaced.told import Reason, sentence, taken_lines
from safeschedule.explaining.unplaced.words import listing, title
from safeschedule.model.index import Bools, Index
from safeschedule.model.rows import Role, groups
from safeschedule.schedule import LeftOutKind
from safeschedule.workspace.openings import group_rows

_AVAILABILITY = "client_availability"


def against_group(index: Index, request: int) -> Reason | None:
    """Return the rules that forbid the client every place in any week, or ``None``."""
    group = index.groups[index.items[request] - len(index.requests)]
    kind = index.types[group.session_type]
    asking = [r for r in index.requests if r.group == group.id]
    if "group_size" in index.settings and len(asking) < kind.smallest:
        said = f"The group {group.id} needs {kind.smallest} clients, and {len(asking)} ask for it this week."
        return Reason(LeftOutKind.IMPOSSIBLE, ("group_size",), said)
    rows = group_rows(index, request)
    seats = rows.take(rows.role == Role.SEAT)
    if not (seats.request == request).any():
        said = f"Nobody who may lead the group {group.id} is at work for {kind.minutes} minutes then."
        return Reason(LeftOutKind.IMPOSSIBLE, ("working_hours",), said)
    forbids: dict[str, Bools] = {name: amounts > 0 for name, amounts in alone(index, seats)}
    mine = seats.request == request
    rules = covering(forbids, mine)
    if rules is not None:
        if rules == (_AVAILABILITY,):
            said = f"The times asked for and those at which the group {group.id} may be held do not meet."
        else:
            said = f"In no week can it be in the group {group.id}: {'; '.join(map(title, rules))}."
        return Reason(LeftOutKind.IMPOSSIBLE, rules, said)
    if _AVAILABILITY not in forbids or "group_size" not in index.settings:
        return None
    allowed = ~forbids[_AVAILABILITY]
    most = 0
    for _, members in groups(seats.start, seats.clinician, where=allowed):
        together = set(seats.request[members].tolist())
        most = max(most, len(together) if request in together else 0)
    if most >= kind.smallest:
        return None
    clients = listing(list(dict.fromkeys(r.client for r in asking))) if len(asking) <= 4 else "its clients"
    said = (
        f"The times of {clients} do not meet for {kind.minutes} minutes when the group {group.id} may be, "
        f"and it needs {kind.smallest} clients."
    )
    return Reason(LeftOutKind.IMPOSSIBLE, (_AVAILABILITY, "group_size"), said)


def group_as_it_stands(ground: Ground, request: int) -> Reason | None:
    """Return what is fixed at all times of a group that is not held yet, or ``None``.

    The client or the first facilitator is taken then; of a group that is held, the clients may join.
    """
    asked = ground.index.requests[request]
    if any(given.group == asked.group for given in ground.schedule.appointments):
        return None
    rows = group_rows(ground.index, request)
    facts = Facts(ground, request, rows=rows.take((rows.role == Role.SEAT) & (rows.request == request)))
    if not len(facts.rows) or not facts.taken.all():
        return None
    lines = taken_lines(ground.index, facts, request, facts.taken)
    return sentence(LeftOutKind.BLOCKED, f"in the group {asked.group}", (OVERLAP,), lines)
