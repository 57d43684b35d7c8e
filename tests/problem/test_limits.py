"""The limits of every number, list and parameter, from both sides.

The table is written by hand and on purpose says again what the types say: a limit that a library loses (as
pydantic 2.12 lost those that a field gives beside its type's) would be missing in both otherwise.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, get_args

import pytest
from pydantic import BaseModel, ValidationError

from safeschedule.catalogue import Parameter, rules
from safeschedule.errors import InputError
from safeschedule.exchange.ehr_csv import Mapping
from safeschedule.exchange.ehr_csv.mapping import ClientMapping, ClinicianMapping, VisitTypeMapping
from safeschedule.problem import (
    AcuityBand,
    Attendant,
    AttendantNeed,
    Client,
    Clinician,
    Group,
    Meeting,
    MessageTask,
    PastAppointment,
    PinnedBlock,
    Problem,
    Request,
    Room,
    Rulebook,
    RuleSetting,
    SessionType,
    Travel,
    WatchedIndicator,
    problem_from_text,
)
from safeschedule.replanning.changes import Changes
from safeschedule.schedule import Appointment, Block, LeftOut, Schedule
from safeschedule.schedule.provenance import ScheduleProvenance

DAY, WEEK = 1440, 10080

LIMITS: dict[tuple[type[BaseModel], str], tuple[float, float]] = {
    (AcuityBand, "rank"): (1, 9),
    (AcuityBand, "points"): (0, 1000),
    (AcuityBand, "contact_days"): (1, 365),
    (AcuityBand, "review_days"): (1, 730),
    (Clinician, "fte"): (0.05, 1),
    (Clinician, "contracted_minutes"): (1, WEEK),
    (Clinician, "caseload_cap"): (0, 100_000),
    (Clinician, "high_acuity_cap"): (0, 10_000),
    (Clinician, "daily_sessions"): (0, 288),
    (Clinician, "weekly_sessions"): (0, 2016),
    (Clinician, "target_sessions"): (0, 2016),
    (Attendant, "weekly_minutes"): (0, WEEK),
    (AttendantNeed, "count"): (1, 10),
    (Client, "points"): (0, 1000),
    (Client, "days_between"): (0, 6),
    (Client, "daily_sessions"): (1, 40),
    (Client, "daily_least"): (0, 40),
    (Client, "five_day_sessions"): (0, 200),
    (Client, "attendance"): (0, 1),
    (SessionType, "minutes"): (1, DAY),
    (SessionType, "documentation_minutes"): (0, 480),
    (SessionType, "recovery_minutes"): (0, 240),
    (SessionType, "preparation_minutes"): (0, 240),
    (SessionType, "attendance"): (0, 1),
    (Request, "daily_sessions"): (1, 40),
    (Request, "days_between"): (0, 6),
    (SessionType, "smallest"): (1, 200),
    (SessionType, "largest"): (1, 200),
    (SessionType, "facilitators"): (1, 2),
    (Request, "count"): (1, 40),
    (Request, "priority"): (1, 5),
    (Request, "every"): (1, 52),
    (Group, "sessions"): (1, 200),
    (Room, "seats"): (1, 1000),
    (Travel, "minutes"): (0, 600),
    (Meeting, "minutes"): (1, DAY),
    (MessageTask, "minutes"): (1, DAY),
    (PinnedBlock, "minutes"): (1, DAY),
    (PastAppointment, "minutes"): (1, DAY),
    (RuleSetting, "weight"): (0, 100_000),
    (Appointment, "minutes"): (1, DAY),
    (Block, "minutes"): (1, DAY),
    (LeftOut, "sessions"): (1, 200),
    (Appointment, "revision"): (0, 99_999),
    (Block, "revision"): (0, 99_999),
    (ScheduleProvenance, "seed"): (0, 2**31 - 1),
    (ScheduleProvenance, "workers"): (1, 100_000),
    (ScheduleProvenance, "time_limit"): (0, 1e12),
    (ScheduleProvenance, "deterministic_limit"): (0, 1e12),
    (ScheduleProvenance, "gap"): (-1, 1e12),
    (VisitTypeMapping, "documentation_minutes"): (0, 480),
    (VisitTypeMapping, "recovery_minutes"): (0, 240),
    (VisitTypeMapping, "preparation_minutes"): (0, 240),
    (VisitTypeMapping, "priority"): (1, 5),
    (ClinicianMapping, "fte"): (0.05, 1),
    (ClinicianMapping, "contracted_minutes"): (1, WEEK),
    (ClinicianMapping, "caseload_cap"): (0, 100_000),
    (ClinicianMapping, "high_acuity_cap"): (0, 10_000),
    (ClinicianMapping, "daily_sessions"): (0, 288),
    (ClinicianMapping, "weekly_sessions"): (0, 2016),
    (ClientMapping, "points"): (0, 1000),
    (Mapping, "full_time_minutes"): (1, WEEK),
    (Mapping, "fte"): (0.05, 1),
    (Mapping, "own_clinician_days"): (1, 3650),
    (WatchedIndicator, "most"): (0, 1000),
    (WatchedIndicator, "least"): (0, 1000),
    (WatchedIndicator, "weeks"): (1, 52),
    (Rulebook, "warning_review_days"): (0, 60),
    (Mapping, "history_weeks"): (0, 8),
}

HUGE = 10**30


def models(kind: Any) -> Iterator[type[BaseModel]]:
    """Yield the entities inside an annotation, and those inside their fields."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
        for field in kind.model_fields.values():
            yield from models(field.annotation)
    for inner in get_args(kind):
        yield from models(inner)


ENTITIES = dict.fromkeys(entity for root in (Problem, Schedule, Changes, Mapping) for entity in models(root))


def parts(kind: Any) -> set[Any]:
    return {kind}.union(*(parts(inner) for inner in get_args(kind)))


def errors(entity: type[BaseModel], field: str, text: str) -> set[str]:
    """Return what is found wrong in one field; what is missing beside it does not matter."""
    try:
        entity.model_validate_json(f'{{"{field}": {text}}}', strict=True)
    except ValidationError as error:
        return {e["type"] for e in error.errors() if e["loc"][:1] == (field,)}
    return set()


def test_every_number_of_every_file_stands_in_the_table() -> None:
    """A new field could come without limits, or lose them, and nobody would notice."""
    numbers = {
        (entity, name)
        for entity in ENTITIES
        for name, field in entity.model_fields.items()
        if parts(field.annotation) & {int, float, Decimal}
        and field.annotation.__class__.__name__ != "_LiteralGenericAlias"
        and not name.startswith(("start", "end", "midday"))
    }
    assert numbers - {(RuleSetting, "parameters"), (Mapping, "rooms")} == LIMITS.keys()


@pytest.mark.parametrize(("entity", "field"), LIMITS)
def test_a_number_is_taken_up_to_its_limits_and_refused_beyond(entity: type[BaseModel], field: str) -> None:
    """A full-time equivalent of 8 would multiply a cap by 8, one of 0 divide by it; 10^30 overflows."""
    least, most = LIMITS[entity, field]
    step = 0.01 if entity.model_fields[field].annotation in (Decimal, Decimal | None) else 1
    for value in (least, most):
        assert not errors(entity, field, json.dumps(value))
    below, above = round(least - step, 2), round(most + step, 2)
    for text in (json.dumps(below), json.dumps(above), str(HUGE), str(-HUGE), "1e400", "1.5e30"):
        assert errors(entity, field, text), text
    if least > 0:
        assert all(errors(entity, field, text) for text in ("0", "-0", "-0.0", "1e-999"))
    for text in ('"1"', '"0.8"', "true", "[1]", "NaN", "Infinity"):
        assert errors(entity, field, text), text


def test_every_list_is_bounded() -> None:
    """A list of millions of entries would fill the memory before anybody says no."""
    for entity in ENTITIES:
        for name, field in entity.model_fields.items():
            kinds = {getattr(kind, "__origin__", None) for kind in parts(field.annotation)}
            if kinds & {tuple, list, dict} and name != "hours":  # by weekday
                assert any(hasattr(m, "max_length") for m in field.metadata) or entity is Changes, (
                    entity,
                    name,
                )


def judged(rule: str, parameter: str, value: Any) -> set[str]:
    """Return the codes of what is found wrong with a parameter's value."""
    rulebook = {"rules": {rule: {"parameters": {parameter: value}}}}
    hours = [{"day": "mon", "start": "09:00", "end": "17:00"}]
    week = {"week_start": "2026-10-05", "clinicians": [{"id": "C1", "working": hours}], "rulebook": rulebook}
    place = f"rulebook.rules.{rule}.parameters.{parameter}"
    try:
        problem_from_text(json.dumps(week))
    except InputError as error:
        return {fault.code for fault in error.faults if fault.place.startswith(place)}
    return set()


NUMBERS = [
    (rule.id, parameter) for rule in rules().values() for parameter in rule.parameters if parameter.bounded
]


@pytest.mark.parametrize(("rule", "parameter"), NUMBERS, ids=lambda x: x if isinstance(x, str) else x.name)
def test_a_parameter_is_taken_up_to_its_limits_and_refused_beyond(rule: str, parameter: Parameter) -> None:
    """A rule would ask for 600 minutes of consultation, which nobody has, and so exempt everybody."""

    def put(number: Any) -> Any:
        return {"default": number} if isinstance(parameter.default, dict) else number

    assert not isinstance(parameter.default, bool)
    assert parameter.least <= parameter.largest < 10**6
    for number in (parameter.least, parameter.largest):
        assert not judged(rule, parameter.name, put(number)), number
    for number in (parameter.least - 1, parameter.largest + 1, HUGE, -HUGE, "many", True, [1]):
        assert judged(rule, parameter.name, put(number)), number


@pytest.mark.parametrize(
    "rule", ["consultation", "supervision", "debrief", "case_review", "cover", "urgent_slots"]
)
def test_no_protected_block_can_be_asked_for_that_is_longer_than_half_a_day(rule: str) -> None:
    """Nobody has time for it, and the rule lets off who has no time: 600 for 60 would go through."""
    minutes = [parameter for parameter in rules()[rule].parameters if parameter.unit == "minutes"]
    assert minutes
    assert all(parameter.largest <= 240 for parameter in minutes)
