"""Instance files: sections of lines with ``;`` between their fields, read whole or refused."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

_SECTION = re.compile(r"\[(?:DATA: )?(\w+)\]")
_PART = re.compile(r"(day|hours?|minutes)\s*=\s*(\d+)")
_MOMENT = r"DayHour\(([^)]*)\)"
_BLOCKED = re.compile(rf"\({_MOMENT},\s*{_MOMENT},\s*(\d+|None)\)")
_PAIR = re.compile(r"(\d+)\s*:\s*(\d+)")


class ReadingError(ValueError):
    """An instance says something that is not understood; nothing is read then."""


@dataclass(frozen=True)
class Blocked:
    """Minutes of a day that are not free, first on `day`, then each `every` days (0: never again)."""

    day: int
    start: int
    end: int
    every: int

    def on(self, day: int) -> bool:
        """Whether it is there on a day."""
        later = day - self.day
        return later == 0 or (later > 0 and self.every > 0 and later % self.every == 0)


@dataclass(frozen=True)
class Resource:
    """A therapist, a room or a piece of material, with the groups to which it belongs."""

    number: int
    groups: tuple[int, ...]
    name: str
    blocked: tuple[Blocked, ...]


@dataclass(frozen=True)
class Treatment:
    """What patients are given: participants, minutes, and how many resources of which groups."""

    number: int
    least: int
    most: int
    name: str
    minutes: int
    needs: dict[int, int]


@dataclass(frozen=True)
class Patient:
    """Sessions wanted by treatment in a stay of so many days; admission from `earliest`, before `before`."""

    number: int
    name: str
    wanted: dict[int, int]
    stay: int
    earliest: int
    before: int


_Entry = TypeVar("_Entry", Resource, Treatment, Patient)


@dataclass(frozen=True)
class Instance:
    """A file.

    Parameters
    ----------
    days
        That are planned.
    opens, closes
        Minutes of each day between which there is treatment.
    slot
        Minutes of the file's grid.
    daily_lower, daily_upper, even_upper, even_width
        Limits of a patient's sessions, as multiples of the mean over the stay: on a date, and in so many
        dates in a row.
    groups
        Names of the resource groups.
    """

    name: str
    days: int
    opens: int
    closes: int
    slot: int
    daily_lower: float
    daily_upper: float
    even_upper: float
    even_width: int
    groups: dict[int, str]
    resources: dict[int, Resource]
    treatments: dict[int, Treatment]
    patients: dict[int, Patient]

    @property
    def wanted(self) -> int:
        """Sessions that all patients together want in their whole stays."""
        return sum(sum(patient.wanted.values()) for patient in self.patients.values())


def read(path: Path) -> Instance:
    """Return an instance file's content.

    Raises
    ------
    ReadingError
        Something in it is not understood, or means what is not supported.
    """
    try:
        return _instance(path.stem, _sections(path.read_text(encoding="utf-8")))
    except ReadingError as error:
        raise ReadingError(f"{path.name}: {error}") from None
    except (KeyError, IndexError, ValueError) as error:
        raise ReadingError(f"{path.name} is no instance of the form that is known ({error!r}).") from error


def _sections(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        told = line.split("#")[0].strip()
        if head := _SECTION.match(told):
            lines = found.setdefault(head[1], [])
        elif told:
            lines.append(told)
    return found


def _instance(name: str, sections: dict[str, list[str]]) -> Instance:
    said = {
        key.strip(): value.strip() for key, value in (line.split(":", 1) for line in sections["INSTANCE"])
    }
    patients = _by_number(_patient(_fields(line, 8)) for line in sections["PATIENTS"])
    if int(said["num_beds"]) < len(patients):
        raise ReadingError("there are fewer beds than patients; beds are not planned.")
    if said["conflict_groups"] != "[]" or int(said["day_start"]) != 0:
        raise ReadingError("conflict groups, and weeks that do not start on day 0, are not planned.")
    return Instance(
        name=name,
        days=int(said["horizon_length"]),
        opens=round(60 * float(said["workday_start"])),
        closes=round(60 * float(said["workday_end"])),
        slot=_minutes(said["time_slot_length"]),
        daily_lower=float(said["daily_scheduling_lower"]),
        daily_upper=float(said["daily_scheduling_upper"]),
        even_upper=float(said["even_scheduling_upper"]),
        even_width=int(said["even_scheduling_width"]),
        groups={int(f[0]): f[1] for f in (_fields(line, 2) for line in sections["RESOURCE_GROUPS"])},
        resources=_by_number(_resource(_fields(line, 4)) for line in sections["RESOURCES"]),
        treatments=_by_number(_treatment(_fields(line, 6)) for line in sections["TREATMENTS"]),
        patients=patients,
    )


def _fields(line: str, count: int) -> list[str]:
    fields = [field.strip() for field in line.split(";")]
    if len(fields) != count:
        raise ReadingError(f"{count} fields were expected in: {line}")
    return fields


def _by_number(entries: Iterable[_Entry]) -> dict[int, _Entry]:
    """Return entries by number; of lines with the same number the last counts, as it does for the checker."""
    return {entry.number: entry for entry in entries}


def _resource(fields: list[str]) -> Resource:
    groups = tuple(int(group) for group in fields[1].strip("[]").split(","))
    found = _BLOCKED.findall(fields[3])
    if len(found) != fields[3].count("DayHour") / 2:
        raise ReadingError(f"blocked times are not understood: {fields[3]}")
    return Resource(int(fields[0]), groups, fields[2], tuple(_blocked(*times) for times in found))


def _blocked(start: str, end: str, every: str) -> Blocked:
    (first, begins), (last, ends) = _moment(start), _moment(end)
    if first != last:
        raise ReadingError(f"a blocked time from one day to another: {start} to {end}")
    return Blocked(first, begins, ends, 0 if every == "None" else int(every))


def _treatment(fields: list[str]) -> Treatment:
    number, least, most = map(int, fields[:3])
    return Treatment(number, least, most, fields[3], _minutes(fields[4]), _counts(fields[5]))


def _patient(fields: list[str]) -> Patient:
    if fields[6] != "False" or fields[7] != "[]":
        raise ReadingError(f"patients who were there before are not planned: {'; '.join(fields)}")
    earliest, before = (_moment(field)[0] for field in fields[4:6])
    return Patient(int(fields[0]), fields[1], _counts(fields[2]), int(fields[3]), earliest, before)


def _counts(text: str) -> dict[int, int]:
    return {int(key): int(count) for key, count in _PAIR.findall(text)}


def _moment(text: str) -> tuple[int, int]:
    """Return the day, and the minute of the day."""
    parts = {unit: int(number) for unit, number in _PART.findall(text)}
    return parts.get("day", 0), _minutes(text)


def _minutes(text: str) -> int:
    parts = {unit.rstrip("s"): int(number) for unit, number in _PART.findall(text)}
    return 60 * parts.get("hour", 0) + parts.get("minute", 0)
