"""Encoder of ``debrief``: a debrief after a critical incident, and its follow-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from safeschedule.model.absences import Span, free_on, worked_on
from safeschedule.model.build import Build
from safeschedule.model.index import Index
from safeschedule.model.need import Need
from safeschedule.model.proposal import Proposal
from safeschedule.model.rows import Role
from safeschedule.model.spans import DAYS
from safeschedule.model.together import openings
from safeschedule.problem import BlockKind, Incident, Setting
from safeschedule.problem.clock import DAY
from safeschedule.problem.faults.view import merged

HELPERS = ("dues", "leads_of")
NEEDS = (Need.PEOPLE,)

# Dates after an incident among which the working dates are looked for.
_AHEAD = 28


@dataclass(frozen=True)
class DueDebrief:
    """A debrief or follow-up of a clinician that has to be held in the week.

    Parameters
    ----------
    minutes
        Its least length.
    span
        The minutes of the week in which it has to start.
    """

    clinician: int
    minutes: int
    span: Span


def dues(index: Index, setting: Setting) -> list[DueDebrief]:
    """Return what is due until a date of the week and can be held, one for each incident and clinician."""
    return index.once("debriefs", lambda: list(_dues(index, setting)), setting)


def _dues(index: Index, setting: Setting) -> Iterator[DueDebrief]:
    for incident in index.problem.incidents:
        for code in dict.fromkeys(incident.clinicians):
            clinician = index.clinician_number[code]
            if code not in incident.debriefed:
                yield from _first(index, setting, incident, clinician)
            if code not in incident.followed_up:
                day = index.shifts[clinician].day(index.minute(incident.happened))
                begin, until = day + setting.whole("follow_from"), day + setting.whole("follow_to")
                yield from _held(index, clinician, setting.whole("follow_minutes"), begin * DAY, until)


def _first(index: Index, setting: Setting, incident: Incident, clinician: int) -> Iterator[DueDebrief]:
    moment = index.minute(incident.happened)
    day = index.shifts[clinician].day(moment)
    dates = range(day + 1, day + 1 + _AHEAD)
    at_work = [day for day in dates if free_on(index, clinician, day)][: setting.whole("days")]
    if at_work:
        yield from _held(index, clinician, setting.whole("minutes"), moment, at_work[-1])


def _held(index: Index, clinician: int, minutes: int, begin: int, until: int) -> Iterator[DueDebrief]:
    """Yield what is due from a minute to the end of a date, unless it may wait or cannot be held."""
    ends = [end for _, end in worked_on(index, clinician, until)]
    span = max(begin, 0), max([(until + 1) * DAY, *ends])
    if not 0 <= until < DAYS:
        return
    there = openings(index, minutes, passed=True)
    together = np.flatnonzero(there[clinician] & there[leads_of(index, clinician)].any(axis=0)) * index.grid
    if ((together >= span[0]) & (together < span[1])).any():
        yield DueDebrief(clinician, minutes, span)


def leads_of(index: Index, clinician: int) -> list[int]:
    """Return who may hold a debrief of a clinician."""
    return [n for n, other in enumerate(index.clinicians) if other.is_supervisor and n != clinician]


def propose(index: Index, setting: Setting) -> Iterator[Proposal]:
    """Offer blocks with each supervisor in the time in which something is due; no row is offered twice."""
    guests: dict[tuple[int, int], list[Span]] = defaultdict(list)
    hosts: dict[tuple[int, int], list[Span]] = defaultdict(list)
    for due in dues(index, setting):
        length = index.up(due.minutes)
        guests[length, due.clinician].append(due.span)
        for lead in leads_of(index, due.clinician):
            hosts[length, lead].append(due.span)
    for (length, lead), spans in sorted(hosts.items()):
        for span in merged(spans):
            yield Proposal(BlockKind.DEBRIEF, length, lead, role=Role.HOST, span=span)
    for (length, clinician), spans in sorted(guests.items()):
        for span in merged(spans):
            for lead in leads_of(index, clinician):
                yield Proposal(BlockKind.DEBRIEF, length, clinician, lead, Role.ATTEND, span=span)


def post(build: Build, setting: Setting) -> None:
    """Post one block with a supervisor for each debrief and follow-up that is due."""
    index, rows = build.index, build.rows
    due_here = [due for due in dues(index, setting) if due.clinician in build.scope]
    if not due_here:
        return
    leads = np.array([c.is_supervisor for c in index.clinicians], dtype=bool)
    held = rows.of_block(BlockKind.DEBRIEF) & (rows.role == Role.ATTEND)
    held &= (rows.partner >= 0) & leads[rows.partner] & (rows.partner != rows.clinician)
    for due in due_here:
        low, high = due.span
        mine = held & (rows.clinician == due.clinician) & (rows.minutes >= due.minutes)
        mine &= (rows.start >= low) & (rows.start < high)
        build.require(setting, build.at_least(mine), 1)
