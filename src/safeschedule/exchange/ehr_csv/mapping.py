"""What the export cannot say: hours, contracts, intensity, acuity, rooms; each with a default."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, ValidationError, field_validator

from safeschedule.errors import Fault
from safeschedule.problem.clock import Weekday, parse_clock
from safeschedule.problem.entity import Code, Entity, Exact
from safeschedule.problem.people import Flag
from safeschedule.problem.presets import PRESETS
from safeschedule.problem.rulebook import Rulebook
from safeschedule.problem.work import Intensity, Kind

_SPAN = re.compile(r"(\d{2}:\d{2})-(\d{2}:\d{2})")
_WEEK = ("mon", "tue", "wed", "thu", "fri")


def _span(text: str) -> str:
    match = _SPAN.fullmatch(text)
    if not match or parse_clock(match[1]) >= parse_clock(match[2]):
        raise ValueError('expected hours such as "08:00-17:00"')
    return text


Hours = dict[Weekday, tuple[Annotated[str, AfterValidator(_span)], ...]]
"""Working periods by weekday, such as ``{"mon": ["08:00-12:00", "13:00-17:00"]}``."""


def _office_hours() -> Hours:
    return {Weekday(day): ("08:00-17:00",) for day in _WEEK}


class VisitTypeMapping(Entity):
    """What a visit type means for the rules.

    Parameters
    ----------
    kind, intensity, trauma_processing, documentation_minutes, recovery_minutes
        As in a session type.
    room_kind
        The kind of room it needs in person; ``None``: no room is planned for it.
    priority
        Of its requests, 1 to 5.
    """

    kind: Kind = Kind.THERAPY
    intensity: Intensity = Intensity.MODERATE
    trauma_processing: bool = False
    documentation_minutes: int | None = Field(default=None, ge=0, le=480)
    recovery_minutes: int | None = Field(default=None, ge=0, le=240)
    room_kind: Code | None = "consulting"
    priority: int = Field(default=3, ge=1, le=5)


class ClinicianMapping(Entity):
    """What is to be known of one clinician; what is left out stays at the team's default."""

    role: Code | None = None
    fte: Exact | None = Field(default=None, ge=Decimal("0.05"), le=1)
    hours: Hours | None = None
    contracted_minutes: int | None = Field(default=None, ge=1, le=7 * 24 * 60)
    telehealth: bool = True
    is_supervisor: bool | None = None
    new_in_post: bool = False
    caseload_cap: Exact | None = None
    high_acuity_cap: int | None = Field(default=None, ge=0)
    daily_sessions: int | None = Field(default=None, ge=0)
    weekly_sessions: int | None = Field(default=None, ge=0)


class ClientMapping(Entity):
    """What is to be known of one client; what is left out stays as the export has it."""

    band: Code | None = None
    points: Exact | None = None
    flags: tuple[Flag, ...] = ()
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

    name: str = Field(default="EHR import", min_length=1, max_length=200)
    time_zone: str = "UTC"
    hours: Hours = Field(default_factory=_office_hours)
    full_time_minutes: int = Field(default=2400, ge=1, le=7 * 24 * 60)
    fte: Exact = Field(default=Decimal(1), ge=Decimal("0.05"), le=1)
    role: Code = "clinician"
    telehealth_locations: tuple[str, ...] = ("Telehealth",)
    rooms: dict[str, Annotated[int, Field(ge=0, le=500)]] = Field(default_factory=dict)
    visit_types: dict[str, VisitTypeMapping] = Field(default_factory=dict)
    band: Code = "moderate"
    program_bands: dict[str, Code] = Field(default_factory=lambda: {"MH-CR": "high", "SA-IOP": "high"})
    own_clinician_days: int = Field(default=92, ge=1, le=3650)
    history_weeks: int = Field(default=1, ge=0, le=8)
    keep_booked_times: bool = True
    round_minutes_up: bool = False
    rulebook: str = "default"
    clinicians: dict[Code, ClinicianMapping] = Field(default_factory=dict)
    clients: dict[Code, ClientMapping] = Field(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (OSError, ValueError, KeyError):
            raise ValueError('expected an IANA time zone such as "Europe/London"') from None
        return name

    @field_validator("rulebook")
    @classmethod
    def _preset(cls, name: str) -> str:
        if name != "default" and name not in PRESETS:
            raise ValueError(f"expected default or one of {', '.join(PRESETS)}")
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
    try:
        return Mapping.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except FileNotFoundError:
        faults.append(Fault("missing_file", path.name, "", "a mapping file"))
    except UnicodeDecodeError:
        faults.append(Fault("not_utf8", path.name, "", "text in UTF-8"))
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault("not_toml", path.name, "", f"TOML ({error})"))
    except ValidationError as error:
        faults.extend(_fault(path.name, entry) for entry in error.errors())
    return Mapping()


def _fault(file: str, entry: Any) -> Fault:
    place = f"{file} {'.'.join(str(part) for part in entry['loc'])}"
    expected = str(entry["msg"]).removeprefix("Value error, ").removeprefix("expected ")
    code = {"extra_forbidden": "unknown_field", "missing": "missing_value"}.get(entry["type"], "bad_value")
    return Fault(code, place, str(entry["input"])[:40], expected)
