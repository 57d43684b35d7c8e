"""What several people hold together: joint blocks, and sessions of groups."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
from ortools.sat.python import cp_model

from safeschedule.model.index import Ints
from safeschedule.model.rows import Role, Rows, groups

Vars = list[cp_model.IntVar]


def post_blocks(model: cp_model.CpModel, rows: Rows, variables: Vars, when: Ints) -> None:
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


def group_sessions(items: Ints, rows: Rows, when: Ints) -> list[GroupSession]:
    """Return the sessions of groups that rows can make up, in the order of group, time, people and place.

    `when` is the start or the half-day of each row; in half-days, modes and sites are taken together.
    """
    members = np.flatnonzero(rows.in_group)
    if not len(members):
        return []
    part = rows.take(members)
    first = np.where(part.role == Role.CO, part.partner, part.clinician)
    exact = when is rows.start
    place = (part.mode, part.site) if exact else ()
    found = []
    for (item, *_), numbers in groups(items[part.request], when[members], first, *place):
        session = GroupSession(item)
        kinds = {Role.LEAD: session.leads, Role.CO: session.others, Role.SEAT: session.seats}
        for number in numbers:
            kinds[Role(part.role[number])].append(int(members[number]))
        found.append(session)
    return found


def post_groups(model: cp_model.CpModel, items: Ints, rows: Rows, variables: Vars, when: Ints) -> None:
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
