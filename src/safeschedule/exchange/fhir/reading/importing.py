"""FHIR as a problem, and as the week as it is booked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from safeschedule.arguments import Arguments
from safeschedule.exchange.fhir.model import require
from safeschedule.exchange.fhir.reading.bookings import book
from safeschedule.exchange.fhir.reading.checking import checked_problem, checked_schedule
from safeschedule.exchange.fhir.reading.completing import complete
from safeschedule.exchange.fhir.reading.gathered import FhirGathered
from safeschedule.exchange.fhir.reading.naming import BOOKED, SLOTS, index, list_of
from safeschedule.exchange.fhir.reading.opening import WHAT, Resource, Source, resources_of
from safeschedule.exchange.fhir.reading.resources import gather
from safeschedule.exchange.fhir.reading.settings import around, headers
from safeschedule.exchange.fhir.reading.slots import take
from safeschedule.exchange.fhir.reading.valid import is_valid
from safeschedule.exchange.fhir.told import FhirNotes
from safeschedule.exchange.fhir.writing import around_of
from safeschedule.problem import Problem
from safeschedule.problem.clock import DAY
from safeschedule.problem.kinds import require_kind
from safeschedule.problem.reading.source import name_of
from safeschedule.problem.showing import did_you_mean
from safeschedule.returned import Returned
from safeschedule.schedule import Schedule, stated


@dataclass(frozen=True)
class FhirWeek(Returned):
    """What was read of FHIR resources.

    Parameters
    ----------
    problem
        It has no faults.
    schedule
        The week as it is booked; ``None`` where no appointments were read.
    notes
        What was read in another way than it is written, and what was left out, in plain sentences.
    """

    problem: Problem
    schedule: Schedule | None
    notes: tuple[str, ...]

    _in_files: ClassVar[tuple[str, ...]] = ("problem", "schedule")

    def __str__(self) -> str:
        people, asked = len(self.problem.clinicians), len(self.problem.requests)
        head = f"Week of {self.problem.week_start}: {people} clinicians, {asked} requests."
        return "\n".join([head, *self.notes])


def import_fhir(
    source: Source,
    week: date | None = None,
    time_zone: str | None = None,
    minutes: int | None = None,
    supervisors: Collection[str] = (),
) -> FhirWeek:
    """Read FHIR R4 resources: a week to plan, and the same week as it is booked.

    Codes are all that is taken of people: names, dates of birth and texts are not read. What a problem of
    `fhir_problem` needs beside the file is nothing; other programs' files need the week, and mostly the rest.

    Parameters
    ----------
    source
        A file (a Bundle, one resource, or NDJSON), a folder of such files, an open text file, or a Bundle as
        plain data.
    week
        Any date of the week, for files that do not say it; the week begins on its Monday.
    time_zone
        The IANA time zone of the team, for files that do not say it.
    minutes
        How long sessions last of which the file does not say it.
    supervisors
        The codes of who supervises, for files that do not say it.

    Raises
    ------
    ArgumentError
        An argument is of another kind.
    InputError
        With every fault of the file, and its place, or fhir.resources is not installed.

    Examples
    --------
    >>> from safeschedule import fhir_problem, import_fhir
    >>> import_fhir(fhir_problem(problem)).problem == problem
    True
    """
    _require_source("import_fhir", source)
    looked = Arguments("import_fhir").date("week", week).text("time_zone", time_zone, needed=False)
    if minutes is not None:
        looked.whole("minutes", minutes, 1, DAY)
    looked.codes("supervisors", supervisors).done()
    told = FhirNotes()
    got = _gathered(source, week, time_zone, minutes, None, told)
    _supervise(got, supervisors)
    problem = checked_problem(got, _name(source))
    schedule = checked_schedule(got, _name(source)) if got.has_schedule else None
    if schedule is not None and "schedule" not in got.headers:
        named_so = schedule.model_copy(update={"problem": problem.name})
        schedule = stated("import fhir", problem, named_so)
    return FhirWeek(problem, schedule, tuple(told.lines()))


def read_fhir_schedule(problem: Problem, source: Source) -> Schedule:
    """Return the schedule of FHIR R4 resources: those of `fhir_schedule`, or another program's Appointments.

    Parameters
    ----------
    problem
        The week that it is for.
    source
        As of `import_fhir`.

    Raises
    ------
    InputError
        With every fault of the file, and its place, or fhir.resources is not installed.

    Examples
    --------
    >>> from safeschedule import fhir_schedule, read_fhir_schedule
    >>> read_fhir_schedule(problem, fhir_schedule(problem, schedule)) == schedule
    True
    """
    return read_week_and_notes(problem, source)[0]


def read_week_and_notes(problem: Problem, source: Source) -> tuple[Schedule, list[str]]:
    """Return the schedule of FHIR resources, and what was read otherwise than it is written."""
    require_kind("read_fhir_schedule", "problem", problem, Problem)
    _require_source("read_fhir_schedule", source)
    told = FhirNotes()
    got = _gathered(source, None, None, None, problem, told)
    return checked_schedule(got, _name(source)), told.lines()


def _require_source(call: str, source: object) -> None:
    if not callable(getattr(source, "read", None)):
        expected = "the name of a file or folder, an open text file, or a Bundle as plain data"
        require_kind(call, "source", source, (str, Path, Mapping), expected)


def _name(source: Source) -> str:
    return name_of(source, WHAT) if isinstance(source, str | Path) else WHAT


def _gathered(
    source: Source,
    week: date | None,
    time_zone: str | None,
    minutes: int | None,
    problem: Problem | None,
    told: FhirNotes,
) -> FhirGathered:
    """Return what a file says; of a schedule alone, with what its problem says."""
    require(WHAT)
    resources = resources_of(source, told)
    sound = [each for each in resources if not list_of(each.data) or is_valid(each, told)]
    found = headers(sound, told)
    if problem is None:
        own = around(found, sound, week, time_zone, told)
    else:
        own = around_of(problem)
        own.told = told
    index(sound, own.codes, told)
    got = FhirGathered(own, headers=found, minutes=minutes)
    _gather(got, sound, foreign="problem" not in found, problem=problem)
    return got


def _gather(
    got: FhirGathered, resources: Sequence[Resource], *, foreign: bool, problem: Problem | None
) -> None:
    rest = gather(got, resources)
    book(got, rest.get(BOOKED, ()), problem=problem is None)
    if problem is not None:
        for look in rest.get(SLOTS, ()):
            look.note("", "of a schedule, Slots of other programs are not read")
        return
    take(got, rest.get(SLOTS, ()))
    if foreign:
        complete(got)


def _supervise(got: FhirGathered, supervisors: Collection[str]) -> None:
    for code in supervisors:
        if code in got.people:
            got.people[code]["is_supervisor"] = True
        else:
            expected = f"a Practitioner of the file{did_you_mean(code, got.people)}"
            got.around.told.fault("unknown_reference", "supervisors", code, expected)
