"""What the export cannot say: hours, contracts, intensity, acuity, rooms; each with a default."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, StrictBool, field_validator

from safeschedule.errors import Fault
from safeschedule.problem.clock import Weekday, Zone, parse_clock
from safeschedule.problem.entity import (
    LONG,
    LONGEST,
    SHORT,
    CapOrNone,
    Code,
    Entity,
    Fte,
    FteOrNone,
    Name,
    PointsOrNone,
    refusal,
)
from safeschedule.problem.people import Flag
from safeschedule.problem.presets import PRESETS
from safeschedule.problem.reading.source import text_or_fault
from safeschedule.problem.reading.toml_text import entity_from_toml
from safeschedule.problem.rulebook import Rulebook
from safeschedule.problem.taking import usual
from safeschedule.problem.work import Intensity, Kind

_SPAN = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")
_WEEK = ("mon", "tue", "wed", "thu", "fri")


def _span(text: str) -> str:
    match = _SPAN.fullmatch(text)
    if not match or parse_clock(match[1]) >= parse_clock(match[2]):
        raise refusal("bad_value", 'hours such as "08:00-17:00"')
    return text


Hours = dict[Weekday, Annotated[tuple[Annotated[str, AfterValidator(_span)], ...], Field(max_length=SHORT)]]
"""Working periods by weekday, such as ``{"mon": ["08:00-12:00", "13:00-17:00"]}``."""


def _office_hours() -> Hours:
    return {Weekday(day): ("08:00-17:00",) for day in _WEEK}


class VisitTypeMapping(Entity):
    """What a visit type means for the rules.

    Parameters
    ----------
    kind, intensity, trauma_processing, documentation_minutes, recovery_minutes, preparation_minutes
        As in a session type.
    room_kind
        The kind of room it needs in person; ``None``: no room is planned for it.
    priority
        Of its requests, 1 to 5.
    """

    kind: Kind = Kind.THERAPY
    intensity: Intensity = Intensity.MODERATE
    trauma_processing: StrictBool = False
    documentation_minutes: int | None = Field(default=None, ge=0, le=480, strict=True)
    recovery_minutes: int | None = Field(default=None, ge=0, le=240, strict=True)
    preparation_minutes: int | None = Field(default=None, ge=0, le=240, strict=True)
    room_kind: Code | None = "consulting"
    priority: int = Field(default=3, ge=1, le=5, strict=True)


class ClinicianMapping(Entity):
    """What is to be known of one clinician; what is left out stays at the team's default."""

    role: Code | None = None
    fte: FteOrNone = usual(None)
    hours: Hours | None = None
    contracted_minutes: int | None = Field(default=None, ge=1, le=7 * 24 * 60, strict=True)
    telehealth: StrictBool = True
    is_supervisor: StrictBool | None = None
    new_in_post: StrictBool = False
    caseload_cap: CapOrNone = usual(None)
    high_acuity_cap: int | None = Field(default=None, ge=0, le=10_000, strict=True)
    daily_sessions: int | None = Field(default=None, ge=0, le=288, strict=True)
    weekly_sessions: int | None = Field(default=None, ge=0, le=2_016, strict=True)


class ClientMapping(Entity):
    """What is to be known of one client; what is left out stays as the export has it."""

    band: Code | None = None
    points: PointsOrNone = usual(None)
    flags: tuple[Flag, ...] = Field(default=(), max_length=SHORT)
    clinician: Code | None = None


VISIT_TYPES = {
    "individual therapy": VisitTypeMapping(),
    "case management": VisitTypeMapping(kind=Kind.CASE_MANAGEMENT, intensity=Intensity.LOW),
    "medication management": VisitTypeMapping(kind=Kind.MEDICATION, intensity=Intensity.LOW),
    "crisis intervention": VisitTypeMapping(kind=Kind.CRISIS, intensity=Intensity.HIGH, priority=5),
    "group therapy": VisitTypeMapping(kind=Kind.GROUP),
    "assessment": VisitTypeMapping(kind=Kind.ASSESSMENT),
    "intake": VisitTypeMapping(kind=Kind.INTAKE),
}
"""Visit types that are known by their description, in small letters. The intensities are assumptions."""


class Mapping(Entity):
    """What the export cannot say; every field has a default.

    Parameters
    ----------
    name
        The problem's name.
    time_zone
        IANA zone of the export's local times.
    hours
        The team's working hours, by weekday.
    full_time_minutes
        Weekly minutes of a contract at FTE 1.
    fte, role
        Of clinicians without an entry of their own.
    telehealth_locations
        Names of locations that stand for telehealth.
    rooms
        Rooms by location name; locations left out have as many as there are clinicians.
    visit_types
        By description, in addition to the known ones or instead of them.
    band, program_bands
        The acuity band of clients, and that of clients of a programme, by programme code.
    own_clinician_days
        How many days of completed visits decide who a client's own clinician is.
    history_weeks
        How many weeks of completed visits become the problem's history.
    keep_booked_times
        Whether the booked times are wanted (as standing times) where they lie inside the hours.
    round_minutes_up
        Whether durations off a 5-minute grid are rounded up to it; otherwise they are faults.
    rulebook
        ``default``, or the name of a preset.
    clinicians, clients
        What is to be known of single people, by id.
    """

    name: Name = "EHR import"
    time_zone: Zone = "UTC"
    hours: Hours = Field(default_factory=_office_hours)
    full_time_minutes: int = Field(default=2400, ge=1, le=7 * 24 * 60, strict=True)
    fte: Fte = usual(Decimal(1))
    role: Code = "clinician"
    telehealth_locations: tuple[Name, ...] = Field(default=("Telehealth",), max_length=LONG)
    rooms: dict[Name, Annotated[int, Field(ge=0, le=500, strict=True)]] = Field(
        default_factory=dict, max_length=LONG
    )
    visit_types: dict[Name, VisitTypeMapping] = Field(default_factory=dict, max_length=LONG)
    band: Code = "moderate"
    program_bands: dict[Name, Code] = Field(
        default_factory=lambda: {"MH-CR": "high", "SA-IOP": "high"}, max_length=LONG
    )
    own_clinician_days: int = Field(default=92, ge=1, le=3650, strict=True)
    history_weeks: int = Field(default=1, ge=0, le=8, strict=True)
    keep_booked_times: StrictBool = True
    round_minutes_up: StrictBool = False
    rulebook: Name = "default"
    clinicians: dict[Code, ClinicianMapping] = Field(default_factory=dict, max_length=10 * LONG)
    clients: dict[Code, ClientMapping] = Field(default_factory=dict, max_length=LONGEST)

    @field_validator("rulebook")
    @classmethod
    def _preset(cls, name: str) -> str:
        if name != "default" and name not in PRESETS:
            raise refusal("unknown_value", f"default or one of {', '.join(PRESETS)}")
        return name

    def visit_type(self, description: str) -> VisitTypeMapping | None:
        """Return what a visit type means, or ``None`` when nobody has said."""
        own = {name.casefold(): entry for name, entry in self.visit_types.items()}
        return (VISIT_TYPES | own).get(description.casefold())

    def book(self) -> Rulebook:
        """Return the rulebook."""
        return PRESETS[self.rulebook] if self.rulebook in PRESETS else Rulebook()


def read_mapping(path: Path, faults: list[Fault]) -> Mapping:
    """Return the mapping of a TOML file; what is wrong with it goes into `faults`."""
    text = text_or_fault(path)
    if isinstance(text, Fault):
        faults.append(text)
        return Mapping()
    mapping, found = entity_from_toml(Mapping, text)
    faults += [replace(fault, place=f"{path.name} {fault.place}") for fault in found]
    return mapping or Mapping()
