"""What several people hold together: joint blocks, and sessions of groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Ints
from safeschedule.model.rows import Columns, Role, Rows, groups

Vars = list[cp_model.IntVar]


def post_blocks(model: cp_model.CpModel, rows: Columns, variables: Vars, when: Ints) -> None:
    """Post that a clinician attends only what is hosted then, and that nobody hosts an empty block.

    A seat without a partner is with whoever hosts then; only relaxations have such seats.
    """
    joint = rows.role == Role.ATTEND
    attend = dict(groups(rows.kind, rows.minutes, when, rows.partner, where=joint))
    hosts = rows.role == Role.HOST
    host = dict(groups(rows.kind, rows.minutes, when, rows.clinician, where=hosts))
    events = dict(groups(rows.kind, rows.minutes, when, where=hosts))
    for key in attend.keys() | host.keys():
        *event, who = key
        guests = [variables[m] for m in attend.get(key, ())]
        held = [variables[m] for m in (events.get(tuple(event), ()) if who < 0 else host.get(key, ()))]
        for guest in guests:
            # A plan variable may count several blocks; then the bound is the number it may reach.
            model.add(guest <= cp_model.LinearExpr.sum(held))
        if who >= 0:
            guests += [variables[m] for m in attend.get((*event, -1), ())]
            for one in held:
                model.add(one <= cp_model.LinearExpr.sum(guests))


@dataclass
class GroupSession:
    """The rows of a group's sessions at one time (or in one half-day) with one first facilitator.

    Parameters
    ----------
    item
        The group's number among the requests.
    leads, others, seats
        Row numbers of the first facilitator, of other ones and of clients.
    """

    item: int
    leads: list[int] = field(default_factory=list)
    others: list[int] = field(default_factory=list)
    seats: list[int] = field(default_factory=list)


def group_sessions(items: Ints, rows: Columns, when: Ints) -> list[GroupSession]:
    """Return the sessions of groups that rows can make up, in the order of group, time, people and place.

    `when` is the start of each row, or the half-day of each plan entry; of entries, modes and sites are
    taken together.
    """
    members = np.flatnonzero(rows.in_group)
    if not len(members):
        return []
    role = rows.role[members]
    first = np.where(role == Role.CO, rows.partner[members], rows.clinician[members])
    place = (rows.mode[members], rows.site[members]) if isinstance(rows, Rows) else ()
    found = []
    for (item, *_), numbers in groups(items[rows.request[members]], when[members], first, *place):
        session = GroupSession(item)
        kinds = {Role.LEAD: session.leads, Role.CO: session.others, Role.SEAT: session.seats}
        for number in numbers:
            kinds[Role(role[number])].append(int(members[number]))
        found.append(session)
    return found


def post_groups(model: cp_model.CpModel, items: Ints, rows: Columns, variables: Vars, when: Ints) -> None:
    """Post that facilitators and clients come only to a session that is led, and that no session is empty."""
    total = cp_model.LinearExpr.sum
    for session in group_sessions(items, rows, when):
        leads = [variables[m] for m in session.leads]
        joining: dict[tuple[int, int], Vars] = defaultdict(list)
        for m in (*session.others, *session.seats):
            joining[int(rows.clinician[m]), int(rows.request[m])].append(variables[m])
        for held in joining.values():
            model.add(total(held) <= total(leads))
        if leads:
            model.add(total(leads) <= total([variables[m] for m in session.seats]))
