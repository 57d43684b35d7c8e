"""The week and the time zone of a file: what its header says, or what whoever reads it says."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from safeschedule.exchange.fhir.look import FhirContext, Plain, ResourceReader
from safeschedule.exchange.fhir.reading.naming import HEADER, list_of
from safeschedule.exchange.fhir.reading.opening import Resource
from safeschedule.exchange.fhir.terms import tagged
from safeschedule.exchange.fhir.told import FhirNotes
from safeschedule.problem import Problem
from safeschedule.problem.clock import FIRST_DATE, LAST_DATE, parse_day, zone_exists
from safeschedule.schedule import Schedule

_MODELS: dict[str, type[BaseModel]] = {"problem": Problem, "schedule": Schedule}
_NO_WEEK = date(2026, 10, 5)
"""Stands for a week that is not known, so that all other faults can be told."""

_TIMED = ("Appointment", "Slot")


def headers(resources: Sequence[Resource], told: FhirNotes) -> dict[str, Plain]:
    """Return what the headers of problem and schedule say."""
    found: dict[str, Plain] = {}
    for resource in resources:
        if list_of(resource.data) != HEADER:
            continue
        own = tagged(resource.data)
        if own in found:
            told.fault("duplicate_id", resource.place, own, "one header of a problem and one of a schedule")
        look = ResourceReader(
            resource.data, resource.place, FhirContext(_NO_WEEK, ZoneInfo("UTC"), told=told)
        )
        found.setdefault(own, {}).update(look.own(_MODELS[own], resource.data))
    return found


def around(
    found: dict[str, Plain],
    resources: Sequence[Resource],
    week: date | None,
    time_zone: str | None,
    told: FhirNotes,
) -> FhirContext:
    """Return week and time zone, and noted faults where they are not known.

    Parameters
    ----------
    found
        What the headers say.
    resources
        All resources of the file.
    week
        Any date of the week, for files that do not say it.
    time_zone
        For files that do not say it.
    told
        Where faults go.
    """
    said = {**found.get("schedule", {}), **found.get("problem", {})}
    return FhirContext(_week(said, week, told), _zone(said, resources, time_zone, told), told=told)


def _week(said: Plain, week: date | None, told: FhirNotes) -> date:
    if "week_start" in said:
        try:
            first = parse_day(said["week_start"])
        except Exception:
            return _NO_WEEK
        if week is not None and not first <= week < first + timedelta(days=7):
            told.fault(
                "other_week", "week", str(week), f"a date of the week that the file is of, from {first}"
            )
        return first
    if week is None:
        told.fault(
            "missing_argument", "week", None, "a date of the week to plan, which FHIR does not say: --week"
        )
        return _NO_WEEK
    if not FIRST_DATE + timedelta(days=7) <= week <= LAST_DATE - timedelta(days=14):
        told.fault("out_of_range", "week", str(week), "a date of our time")
        return _NO_WEEK
    return week - timedelta(days=week.weekday())


def _zone(said: Plain, resources: Sequence[Resource], time_zone: str | None, told: FhirNotes) -> ZoneInfo:
    name = said.get("time_zone")
    if isinstance(name, str):
        if time_zone is not None and time_zone != name:
            told.fault("other_time_zone", "time_zone", time_zone, f"{name}, as the file says")
    elif time_zone is not None:
        name = time_zone
    else:
        timed = any(each.type in _TIMED or each.data.get("notAvailable") for each in resources)
        if timed:
            expected = "the time zone of the team, which FHIR does not say: --time-zone Europe/London"
            told.fault("missing_argument", "time_zone", None, expected)
        else:
            told.note("time_zone", "nobody says it: read as UTC")
        name = "UTC"
    if not zone_exists(name):
        if "time_zone" not in said:
            told.fault("unknown_time_zone", "time_zone", name, "an IANA time zone such as Europe/London")
        return ZoneInfo("UTC")
    return ZoneInfo(name)
