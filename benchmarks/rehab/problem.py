"""An instance as a week's problem: therapists are clinicians, patients clients, treatments session types."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from math import ceil, floor
from typing import Literal

from benchmarks.rehab.reading import Instance, Patient, ReadingError, Resource, Treatment
from safeschedule.catalogue import Tier, rules
from safeschedule.problem import (
    Client,
    Clinician,
    Equipment,
    Group,
    Kind,
    Problem,
    Request,
    Room,
    Rulebook,
    RuleSetting,
    SessionType,
    Weekday,
    Window,
    WorkingPeriod,
)

WEEK_START = date(2026, 1, 5)
"""A Monday; which one, says nothing."""

STAFF, ROOMS, MATERIALS = range(5), range(5, 9), range(9, 12)
"""Numbers of the resource groups."""

KEPT = ("access", "client_spacing", "group_size")
"""The rules that the benchmark knows as well, beside the physical ones; every other is off."""

_GRIDS: tuple[Literal[5, 10, 15, 20, 30], ...] = (30, 20, 15, 10, 5)
_MOST_SESSIONS = 200
_MOST_ASKED = 40


def problem_of(instance: Instance) -> Problem:
    """Return the week as a problem in which each session is worth 1.

    Patients come on their earliest day (a delay of 0, as in every optimum that is known). The grid is the
    widest that the slot length and every treatment are multiples of, so files of 30-minute slots are
    planned on 15 minutes: their blocked times stand here as they are written.

    Raises
    ------
    ReadingError
        The instance asks for what a problem cannot say.
    """
    if instance.days != len(Weekday) or instance.even_width != 5:
        raise ReadingError("only seven days, and limits of five dates in a row, can be planned.")
    largest = max(treatment.most for treatment in instance.treatments.values())
    staff = [r for r in instance.resources.values() if set(r.groups) <= set(STAFF)]
    rooms = [r for r in instance.resources.values() if set(r.groups) <= set(ROOMS)]
    materials = [r for r in instance.resources.values() if set(r.groups) <= set(MATERIALS)]
    if len(staff) + len(rooms) + len(materials) != len(instance.resources):
        raise ReadingError("a resource belongs to groups of more than one sort.")
    if any(r.blocked for r in (*rooms, *materials)) or any(len(r.groups) != 1 for r in materials):
        raise ReadingError("blocked rooms, and materials of several groups, cannot be planned.")
    return Problem(
        name=instance.name,
        week_start=WEEK_START,
        grid=_grid(instance),
        clinicians=tuple(_clinician(instance, resource) for resource in staff),
        clients=tuple(_client(instance, p) for p in instance.patients.values() if _dates(instance, p)),
        session_types=tuple(_session_type(instance, t) for t in instance.treatments.values()),
        requests=tuple(r for patient in instance.patients.values() for r in _requests(instance, patient)),
        rooms=tuple(_room(instance, resource, seats=largest + 1) for resource in rooms),
        equipment=tuple(Equipment(id=str(r.number), kind=instance.groups[r.groups[0]]) for r in materials),
        groups=tuple(_group(instance, t) for t in instance.treatments.values() if t.most > 1),
        rulebook=_rulebook(),
    )


def _grid(instance: Instance) -> Literal[5, 10, 15, 20, 30]:
    lengths = (instance.slot, *(treatment.minutes for treatment in instance.treatments.values()))
    for grid in _GRIDS:
        if not any(length % grid for length in lengths):
            return grid
    raise ReadingError("treatments are of no multiple of five minutes.")


def _clinician(instance: Instance, therapist: Resource) -> Clinician:
    return Clinician(
        id=str(therapist.number),
        skills=tuple(instance.groups[group] for group in therapist.groups),
        working=tuple(
            period for day in range(instance.days) for period in _periods(instance, therapist, day)
        ),
    )


def _periods(instance: Instance, therapist: Resource, day: int) -> Iterator[WorkingPeriod]:
    """Yield what the blocked times leave of a day."""
    away = sorted((b.start, b.end) for b in therapist.blocked if b.on(day))
    edges = [(0, instance.opens), *away, (instance.closes, instance.closes)]
    free_from = instance.opens
    for (_, end), (start, _) in pairwise(edges):
        free_from = max(free_from, end)
        if free_from < min(start, instance.closes):
            yield WorkingPeriod(day=_weekday(day), start=free_from, end=min(start, instance.closes))


def _weekday(day: int) -> Weekday:
    return Weekday.of(WEEK_START + timedelta(days=day))


def _room(instance: Instance, room: Resource, seats: int) -> Room:
    kind, *also = (instance.groups[group] for group in room.groups)
    return Room(id=str(room.number), kind=kind, also=tuple(also), seats=seats)


def _session_type(instance: Instance, treatment: Treatment) -> SessionType:
    staff, rooms, materials = (
        [group for group in treatment.needs if group in sort] for sort in (STAFF, ROOMS, MATERIALS)
    )
    known = len(staff) == 1 and len(rooms) <= 1
    if (
        not known
        or len(treatment.needs) != 1 + len(rooms) + len(materials)
        or set(treatment.needs.values()) != {1}
    ):
        raise ReadingError(
            f"{treatment.name} needs {treatment.needs}; what can be planned is one therapist of one group, "
            "one room or none, and single pieces of material."
        )
    return SessionType(
        id=str(treatment.number),
        minutes=treatment.minutes,
        kind=Kind.GROUP if treatment.most > 1 else Kind.THERAPY,
        room_kind=instance.groups[rooms[0]] if rooms else None,
        equipment=tuple(instance.groups[group] for group in materials),
        skills=(instance.groups[staff[0]],),
        smallest=treatment.least,
        largest=treatment.most,
    )


def _group(instance: Instance, treatment: Treatment) -> Group:
    asked = sum(_count(instance, p, treatment.number) for p in instance.patients.values())
    sessions = max(1, min(_MOST_SESSIONS, asked // treatment.least))
    return Group(id=str(treatment.number), session_type=str(treatment.number), open=True, sessions=sessions)


def _client(instance: Instance, patient: Patient) -> Client:
    mean = sum(patient.wanted.values()) / patient.stay
    return Client(
        id=str(patient.number),
        windows=tuple(
            Window(day=_weekday(day), start=instance.opens, end=instance.closes)
            for day in _dates(instance, patient)
        ),
        days_between=0,
        daily_sessions=_most_daily(instance, patient),
        daily_least=floor(mean * instance.daily_lower),
        comes_daily=True,
        five_day_sessions=ceil(mean * instance.even_width * instance.even_upper),
    )


def _dates(instance: Instance, patient: Patient) -> range:
    return range(patient.earliest, min(instance.days, patient.earliest + patient.stay))


def _most_daily(instance: Instance, patient: Patient) -> int:
    return ceil(sum(patient.wanted.values()) / patient.stay * instance.daily_upper)


def _requests(instance: Instance, patient: Patient) -> Iterator[Request]:
    for number in patient.wanted:
        if count := _count(instance, patient, number):
            yield Request(
                id=f"{patient.number}/{number}",
                client=str(patient.number),
                session_type=str(number),
                group=str(number) if instance.treatments[number].most > 1 else None,
                count=count,
                priority=1,
            )


def _count(instance: Instance, patient: Patient, treatment: int) -> int:
    """Return how many sessions of what a patient wants the week can hold."""
    held = len(_dates(instance, patient)) * _most_daily(instance, patient)
    count = min(patient.wanted.get(treatment, 0), held)
    if count > _MOST_ASKED:
        raise ReadingError(f"{patient.name} wants {count} sessions of treatment {treatment} in a week.")
    return count


def _rulebook() -> Rulebook:
    settings = {
        name: RuleSetting(enabled=rule.tier is Tier.PHYSICAL or name in KEPT)
        for name, rule in rules().items()
    }
    # The benchmark spreads a patient's sessions, not those of each treatment.
    settings["client_spacing"] = RuleSetting(parameters={"course": _MOST_ASKED})
    settings["access"] = RuleSetting(parameters={"priority": 1, "band": 0, "per": 0})
    return Rulebook(name="rehab", rules=settings)
