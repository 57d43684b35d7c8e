"""Where a schedule stands after changes: what of it stays possible, what is displaced, what is new."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np

from safeschedule.caseload.urgency import urgent_requests
from safeschedule.model.adopting import adopt
from safeschedule.model.attendant_names import assign_attendants
from safeschedule.model.attending import needing as needing_rows
from safeschedule.model.attending import needs_of
from safeschedule.model.candidates import candidates, suiting
from safeschedule.model.extract import attendants_before
from safeschedule.model.index import Bools, Index, Ints
from safeschedule.model.interrupting import Over, never
from safeschedule.model.registry import encoder_of
from safeschedule.model.rows import Role, Rows
from safeschedule.model.session_value import value_of
from safeschedule.problem import BlockKind, Problem
from safeschedule.replanning.changes import (
    CancelledSession,
    Change,
    ChangedHours,
    LostRoom,
    NewRequest,
    RiskFlag,
    SickCall,
)
from safeschedule.replanning.faults import cancelled_in
from safeschedule.schedule import Appointment, Schedule
from safeschedule.solving.neighbourhood import in_full_rooms


@dataclass
class Situation:
    """A schedule against the changed problem.

    Parameters
    ----------
    index
        The changed problem.
    base
        The schedule less what was called off.
    freeze
        The minute of the week before which everything stays.
    demand
        By request and group: the sessions to place, displaced or new.
    avoid
        Items, starts and ends of what somebody has called off, and does not want to come to any more.
    clinicians, clients
        Numbers of those whom the changes themselves hit.
    displaced
        Item and start of each session that cannot stay.
    asked
        Numbers of the clinicians for whom new protected time may be due.
    named
        Numbers of the clinicians of whom the changes speak themselves.
    """

    index: Index
    base: Schedule
    freeze: int
    demand: Counter[int] = field(default_factory=Counter)
    avoid: set[tuple[int, int, int]] = field(default_factory=set)
    clinicians: set[int] = field(default_factory=set)
    clients: set[int] = field(default_factory=set)
    displaced: list[tuple[int, int]] = field(default_factory=list)
    past: list[Appointment] = field(default_factory=list)
    asked: set[int] = field(default_factory=set)
    named: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        codes = urgent_requests(self.index.problem)
        self.urgent: Bools = np.array([r.id in codes for r in self.index.requests] + [False], dtype=bool)
        setting = self.index.problem.rulebook.setting("access")
        self.values = [value_of(self.index, setting, n) for n in range(len(self.index.requests))]

    def table(self, movers: Sequence[int] = ()) -> Table:
        """Return all rows that may be chosen: of what is to be placed, of blocks, and of movers' sessions."""
        offered = np.zeros((len(self.index.requests), len(self.index.clinicians)), dtype=bool)
        wanted = [n for n in self.demand if n < len(offered)]
        suits = suiting(self.index)
        offered[wanted] = suits[wanted]
        moving = np.zeros(len(self.index.counts) + 1, dtype=bool)
        for appointment in self.base.appointments if movers else ():
            here = {self.index.clinician_number[code] for code in appointment.clinicians} & set(movers)
            if here and appointment.group is None and self.index.minute(appointment.start) >= self.freeze:
                number = self.index.request_number[appointment.request or ""]
                moving[number] = number not in self.demand
        numbers = np.flatnonzero(moving)
        offered[numbers] = suits[numbers]
        adopted = adopt(self.index, self.base, candidates(self.index, offered))
        gone = gone_rows(self.index, adopted.rows, adopted.chosen, self.displaced)
        return Table(adopted.rows, adopted.chosen, gone, moving)


@dataclass(frozen=True)
class Table:
    """Rows with what is so far.

    Parameters
    ----------
    rows
        What may be chosen.
    chosen
        What the schedule has.
    gone
        What of it is impossible now.
    moving
        By request: whether its sessions may move.
    """

    rows: Rows
    chosen: Bools
    gone: Bools
    moving: Bools

    @property
    def kept(self) -> Bools:
        """What the schedule has and can keep."""
        return self.chosen & ~self.gone


def of_item(index: Index, rows: Rows, item: int) -> Bools:
    """Return the rows of a request, or all those of a group."""
    codes = rows.request if item < len(index.requests) else np.append(index.items, -1)[rows.request]
    found: Bools = codes == item
    return found


def gone_rows(index: Index, rows: Rows, chosen: Bools, displaced: Sequence[tuple[int, int]]) -> Bools:
    """Return the chosen rows that a hard rule forbids by themselves, and what falls with them."""
    numbers = np.flatnonzero(chosen)
    part = rows.take(numbers)
    bad = np.zeros(len(part), dtype=bool)
    for setting in index.settings.values():
        encoder = encoder_of(setting)
        if setting.hard and encoder.amounts is not None:
            bad |= encoder.amounts(index, setting, part) > 0
    for item, start in displaced:
        bad |= of_item(index, part, item) & (part.start == start)
    bad = _with_company(index, part, bad)
    found = np.zeros(len(rows), dtype=bool)
    found[numbers[bad]] = True
    return found


def _with_company(index: Index, part: Rows, bad: Bools) -> Bools:
    """Return what is impossible with what cannot be without it: guests without host, a group's session."""
    items = np.append(index.items, -1)[part.request]
    lead = np.where((part.role == Role.ATTEND) | (part.role == Role.CO), part.partner, part.clinician)
    events: dict[tuple[int, ...], list[int]] = {}
    joint = np.isin(part.role, [Role.ATTEND, Role.HOST, Role.LEAD, Role.CO, Role.SEAT])
    for n in np.flatnonzero(joint).tolist():
        key = (int(items[n]), int(part.kind[n]), int(lead[n]), int(part.start[n]), int(part.minutes[n]))
        events.setdefault(key, []).append(n)
    found = bad.copy()
    for (item, *_), members in events.items():
        here = np.array(members)
        if item >= 0:
            seats = here[part.role[here] == Role.SEAT]
            least = index.request_types[item].smallest
            if found[here[part.role[here] != Role.SEAT]].any() or int((~found[seats]).sum()) < least:
                found[here] = True
        elif (
            found[here[part.role[here] == Role.HOST]].any()
            or not (~found[here[part.role[here] == Role.ATTEND]]).any()
        ):
            found[here] = True
    return found


def situation(
    before: Problem,
    problem: Problem,
    schedule: Schedule,
    changes: Sequence[Change],
    freeze: datetime | None,
    over: Over = never,
) -> Situation:
    """Return where a schedule stands when a problem has become another by changes.

    Models of it are made until it is `over` (see `Index`).

    Raises
    ------
    ValueError
        The schedule has something that no plan says; the message names it.
    """
    index = Index(problem, over=over)
    called_off = [(c, cancelled_in(before, schedule, c)) for c in changes if isinstance(c, CancelledSession)]
    base = schedule
    for change, appointment in called_off:
        if appointment is not None:
            base = _without(base, before, change, appointment)
    found = Situation(index, base, 0 if freeze is None else max(0, index.minute(freeze)))
    for change, appointment in called_off:
        if appointment is not None:
            _call_off(found, change, appointment)
    # Whoever is not as before is hit, even if no change names them: a stand-in is their new supervisor, say.
    known = before.by_code.clinicians
    others = {n for n, c in enumerate(index.clinicians) if known.get(c.id) != c}
    found.clinicians |= others
    found.asked |= others
    for any_change in changes:
        _hit_by(found, any_change)
    _displace(found, [c for c in changes if isinstance(c, LostRoom)])
    return found


def _without(
    schedule: Schedule, problem: Problem, change: CancelledSession, appointment: Appointment
) -> Schedule:
    others = tuple(a for a in schedule.appointments if a != appointment)
    if appointment.group is not None and change.request is not None:
        client = problem.by_code.requests[change.request].client
        left = tuple(code for code in appointment.clients if code != client)
        if left:
            others = (*others, appointment.model_copy(update={"clients": left}))
    return schedule.model_copy(update={"appointments": others})


def _call_off(found: Situation, change: CancelledSession, appointment: Appointment) -> None:
    index = found.index
    found.clinicians |= {index.clinician_number[code] for code in appointment.clinicians}
    found.clients |= {index.client_number[code] for code in appointment.clients}
    if not change.rebook:
        return
    if change.request is not None:
        item = index.request_number[change.request]
        found.demand[item] += 1
    else:
        item = len(index.requests) + index.group_number[change.group or ""]
        _demand_group(found, item, appointment.clients)
    start = index.minute(appointment.start)
    found.avoid.add((item, start, start + appointment.minutes))


def _demand_group(found: Situation, item: int, clients: Sequence[str]) -> None:
    index = found.index
    found.demand[item] += 1
    for number, request in enumerate(index.requests):
        if index.items[number] == item and request.client in clients:
            found.demand[number] += 1


def _hit_by(found: Situation, change: Change) -> None:
    index = found.index
    if isinstance(change, SickCall | ChangedHours):
        found.clinicians.add(index.clinician_number[change.clinician])
        found.named.add(index.clinician_number[change.clinician])
        found.asked.add(index.clinician_number[change.clinician])
        cover = index.clinicians[index.clinician_number[change.clinician]].cover
        stand_in = change.supervisor if isinstance(change, SickCall) else None
        found.asked |= {index.clinician_number[c] for c in (cover, stand_in) if c is not None}
    elif isinstance(change, NewRequest):
        number = index.request_number[change.request.id]
        found.demand[number] += change.request.count
        found.clients.add(index.client_number[change.request.client])
    elif isinstance(change, RiskFlag):
        client = index.clients[index.client_number[change.client]]
        if client.clinician is not None:
            found.clinicians.add(index.clinician_number[client.clinician])
            found.named.add(index.clinician_number[client.clinician])
            found.asked.add(index.clinician_number[client.clinician])


def _displace(found: Situation, lost: Sequence[LostRoom]) -> None:
    """Book what cannot stay as demand, and whom it concerns as hit."""
    index = found.index
    table = found.table()
    found.displaced += _without_rooms(found, table, lost)
    found.displaced += _without_attendants(found, table)
    gone = gone_rows(index, table.rows, table.chosen, found.displaced)
    part = table.rows.take(gone)
    found.past += [a for a in found.base.appointments if _is_past(found, part, a)]
    ahead = part.take(part.start >= found.freeze)
    counted = ahead.take((ahead.request >= 0) & (ahead.role != Role.CO))
    found.demand.update(counted.request.tolist())
    found.clinicians |= set(part.clinician[part.role != Role.SEAT].tolist())
    found.clinicians |= set(part.partner[part.role == Role.PAIR].tolist())
    found.asked |= set(part.clinician[part.is_block].tolist())
    found.asked |= set(part.partner[part.role == Role.PAIR].tolist())
    found.clients |= set(index.request_client[counted.request].tolist()) - {-1}


def _is_past(found: Situation, part: Rows, appointment: Appointment) -> bool:
    start = found.index.minute(appointment.start)
    if start >= found.freeze:
        return False
    number = found.index.request_number.get(appointment.request or "", -1)
    return bool(((part.request == number) & (part.start == start)).any())


def _without_rooms(found: Situation, table: Table, lost: Sequence[LostRoom]) -> list[tuple[int, int]]:
    """Return the sessions that were in a lost room, at times at which the other rooms are full."""
    index = found.index
    if not lost or "room_capacity" not in index.settings:
        return []
    numbers = np.flatnonzero(table.kept)
    part = table.rows.take(numbers)
    short = part.take(in_full_rooms(index, part, 0) & part.is_appointment & (part.start >= found.freeze))
    where = {(a.group or a.request or "", index.minute(a.start)): a.room for a in found.base.appointments}
    rooms = {change.room for change in lost}
    codes = [*index.request_number, *index.group_number]
    pairs = list(zip(short.request.tolist(), short.start.tolist(), strict=True))
    inside = [(item, start) for item, start in pairs if where.get((codes[item], start)) in rooms]
    # Without room names, whoever is there at the time may have to leave.
    return inside or pairs


def _without_attendants(found: Situation, table: Table) -> list[tuple[int, int]]:
    """Return the sessions ahead whose attendants cannot all be had, whoever attends the others."""
    index = found.index
    part = table.rows.take(np.flatnonzero(table.kept))
    needing = np.flatnonzero(needing_rows(index, part))
    if not len(needing):
        return []
    attended = part.take(needing)
    given = assign_attendants(index, attended, attendants_before(index, attended, found.base))
    short = []
    for number, (request, start) in enumerate(
        zip(attended.request.tolist(), attended.start.tolist(), strict=True)
    ):
        due = sum(needs_of(index)[request].values())
        if len(given.get(number, ())) < due and start >= found.freeze:
            short.append((request, start))
    return short


def takers(table: Table, items: Sequence[int], freeze: int) -> list[int]:
    """Return the clinicians who could have some sessions, those with the most openings first."""
    rows = table.rows
    could = np.isin(rows.request, list(items)) & (rows.request >= 0) & (rows.start >= freeze) & ~table.chosen
    people, openings = np.unique(rows.clinician[could], return_counts=True)
    order: Ints = np.lexsort((people, -openings))
    return [int(n) for n in people[order]]


def holders(where: Situation, table: Table) -> list[int]:
    """Return who could hold an urgent slot in place of one that is lost, with least in its way first.

    What is in the way are sessions and blocks of theirs that stay. A slot on the same date replaces the lost
    one.
    """
    rows = table.rows
    slots = rows.of_block(BlockKind.URGENT_SLOT) & (rows.role == Role.SOLO)
    days = np.unique(rows.day[slots & table.gone])
    could = slots & ~table.chosen & (rows.start >= where.freeze) & np.isin(rows.day, days)
    could &= ~np.isin(rows.clinician, rows.clinician[slots & table.kept])
    stay = rows.take(np.flatnonzero(table.kept & np.isin(rows.day, days)))
    worth = np.append(where.values, [0] * (len(where.index.counts) + 1 - len(where.values)))[stay.request]
    best: dict[int, tuple[int, int]] = {}
    for n in np.flatnonzero(could).tolist():
        who = int(rows.clinician[n])
        met = (stay.clinician == who) & (stay.start < rows.end[n]) & (rows.start[n] < stay.end)
        cost = (int(worth[met].sum()), int(met.sum()))
        best[who] = min(cost, best.get(who, cost))
    return sorted(best, key=lambda who: (best[who], who))
