"""Measures of access and engagement: how soon clients are seen, and whether they come."""

from __future__ import annotations

from datetime import timedelta

from safeschedule.actuals import Actuals, Attendance
from safeschedule.caseload.measures.definition import Area, Count, Counting, Definition
from safeschedule.caseload.measures.record import TeamRecord

SOON = 28
"""Days within which the English talking therapies count first and second treatments."""

_BOOKED = (Attendance.ATTENDED, Attendance.NO_SHOW, Attendance.CANCELLED_LATE)
_EXPECTED = (Attendance.ATTENDED, Attendance.NO_SHOW)


def _waits(week: Actuals) -> list[int] | None:
    if week.first_contacts is None:
        return None
    return [(c.on - c.referred).days for c in week.first_contacts if c.referred is not None]


def _wait(_: TeamRecord, week: Actuals) -> Count | None:
    waits = _waits(week)
    return None if waits is None else (sum(waits), len(waits))


def _seen_soon(_: TeamRecord, week: Actuals) -> Count | None:
    waits = _waits(week)
    return None if waits is None else (sum(wait <= SOON for wait in waits), len(waits))


def _second_soon(record: TeamRecord, week: Actuals) -> Count | None:
    if week.first_contacts is None:
        return None
    told = [first for first in week.first_contacts if record.covers(first.on, SOON)]
    soon = 0
    for first in told:
        second = record.first_attended_after(first.client, first.on + timedelta(days=1))
        soon += second is not None and (second - first.on).days <= SOON
    return soon, len(told)


def _after_flag(record: TeamRecord, week: Actuals) -> Count | None:
    if week.flags is None or week.visits is None:
        return None
    found = [(flag.on, record.first_attended_after(flag.client, flag.on)) for flag in week.flags]
    waits = [(day - on).days for on, day in found if day is not None]
    return sum(waits), len(waits)


def _share_of(outcome: Attendance, among: tuple[Attendance, ...]) -> Counting:
    def count(record: TeamRecord, week: Actuals) -> Count | None:
        visits = record.visits(week)
        if visits is None:
            return None
        told = [visit for visit in visits if visit.outcome in among]
        return sum(visit.outcome is outcome for visit in told), len(told)

    return count


def _discharged(record: TeamRecord, week: Actuals) -> Count | None:
    return None if week.discharges is None else (len(week.discharges), record.clients)


DEFINITIONS = (
    Definition(
        "wait_first_contact",
        Area.ACCESS,
        "Wait for the first contact",
        "days from referral to first contact, together",
        "first contacts of the week whose referral is dated",
        "days",
        "TC, CS",
        _wait,
        personal=False,
    ),
    Definition(
        "first_contact_28",
        Area.ACCESS,
        "First contact within 28 days",
        "those of them at most 28 days after the referral",
        "first contacts of the week whose referral is dated",
        "share",
        "TC; 28 days as in NHS Talking Therapies",
        _seen_soon,
        personal=False,
    ),
    Definition(
        "second_contact_28",
        Area.ACCESS,
        "Second contact within 28 days",
        "those of them with another visit that took place at most 28 days later",
        "first contacts of the week after which visits are recorded for 28 days",
        "share",
        "TC; 28 days as in NHS Talking Therapies",
        _second_soon,
        personal=False,
    ),
    Definition(
        "contact_after_flag",
        Area.ACCESS,
        "First contact after a risk flag",
        "days from the flag to the client's next visit that took place, together",
        "flags of the week after which there was such a visit",
        "days",
        "AB",
        _after_flag,
        personal=False,
    ),
    Definition(
        "attendance",
        Area.ENGAGEMENT,
        "Attendance",
        "visits that took place",
        "visits that took place, were missed or were cancelled late",
        "share",
        "TC, CS",
        _share_of(Attendance.ATTENDED, _BOOKED),
    ),
    Definition(
        "no_show",
        Area.ENGAGEMENT,
        "No-shows",
        "visits that were missed",
        "visits that took place or were missed",
        "share",
        "TC, CS",
        _share_of(Attendance.NO_SHOW, _EXPECTED),
    ),
    Definition(
        "turnover_of_clients",
        Area.ENGAGEMENT,
        "Turnover of clients",
        "discharges of the week",
        "clients on the caseloads today",
        "share",
        "CS",
        _discharged,
        personal=False,
    ),
)
