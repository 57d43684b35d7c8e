"""The week that is imported, and what the visits say about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.ehr_csv.export import EhrExport
from safeschedule.exchange.ehr_csv.mapping import Mapping
from safeschedule.exchange.ehr_csv.records import Visit


@dataclass(frozen=True)
class ImportedWeek:
    """The week from a Monday to its Sunday, and its planned visits in the order of the export."""

    monday: date
    planned: tuple[Visit, ...]

    @property
    def sunday(self) -> date:
        """The last date."""
        return self.monday + timedelta(days=6)

    def holds(self, day: date) -> bool:
        """Whether a date is in the week."""
        return self.monday <= day <= self.sunday


def monday_of(day: date) -> date:
    """Return the Monday of the week in which `day` lies."""
    return day - timedelta(days=day.weekday())


def choose(export: EhrExport, day: date) -> ImportedWeek:
    """Return the week of `day` with its planned visits.

    Raises
    ------
    InputError
        The week has none; the message names the nearest week that has.
    """
    monday = monday_of(day)
    planned = [visit for visit in export.visits if visit.visit_status == "SCHEDULED"]
    week = ImportedWeek(monday, tuple(v for v in planned if monday_of(v.scheduled_start.date()) == monday))
    if week.planned:
        return week
    others = {monday_of(visit.scheduled_start.date()) for visit in planned}
    # Of two weeks equally near, the later one: plans lie ahead.
    nearest = min(others, key=lambda other: (abs(other - monday), other < monday), default=None)
    way_out = "visits with visit_status SCHEDULED"
    if nearest is not None:
        way_out += f" in this week; the nearest week with planned visits begins on {nearest}"
    raise InputError("EHR export", [Fault("no_planned_visits", Visit.file, f"week of {monday}", way_out)])


def completed_before(export: EhrExport, monday: date) -> list[Visit]:
    """Return the completed visits before the week, oldest first."""
    past = [v for v in export.visits if v.visit_status == "COMPLETED" and v.began.date() < monday]
    return sorted(past, key=lambda v: (v.began, v.visit_id))


def own_clinicians(export: EhrExport, week: ImportedWeek, mapping: Mapping) -> dict[str, str]:
    """Return each client's own clinician.

    It is who completed most visits with the client in the days that the mapping names; among equals the
    one who did so last. Without such visits it is who is booked first in the week. The mapping may name
    another.
    """
    since = week.monday - timedelta(days=mapping.own_clinician_days)
    own: dict[str, str] = {}
    for visit in sorted(week.planned, key=lambda v: (v.scheduled_start, v.visit_id)):
        own.setdefault(visit.individual_id, visit.employee_id)
    seen: dict[str, Counter[str]] = {}
    for visit in reversed(completed_before(export, week.monday)):
        if visit.began.date() >= since:
            seen.setdefault(visit.individual_id, Counter())[visit.employee_id] += 1
    # most_common keeps the order of first insertion among equals, and the newest came first.
    own.update({client: counts.most_common(1)[0][0] for client, counts in seen.items()})
    own.update({client: entry.clinician for client, entry in mapping.clients.items() if entry.clinician})
    return own
