"""Made-up weeks with a cause that makes them impossible, planted on purpose."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import cycle, islice
from types import MappingProxyType
from typing import Any

from safeschedule.explaining.clashes.condition import Condition
from safeschedule.problem import (
    Client,
    Clinician,
    Group,
    Leave,
    Meeting,
    PinnedAppointment,
    PinnedBlock,
    PinnedGroup,
    Problem,
    Request,
    RuleSetting,
    SessionType,
    WorkingPeriod,
)
from safeschedule.problem.faults import require_sound
from safeschedule.samples import generate


@dataclass(frozen=True)
class Planted:
    """A week with planted causes.

    Parameters
    ----------
    problem
        The week.
    causes
        Of each cause, what has to be in one core: kind and beginning of the key.
    """

    problem: Problem
    causes: tuple[tuple[tuple[object, ...], ...], ...]

    def found_in(self, core: tuple[Condition, ...], cause: int = 0) -> bool:
        """Return whether a core has all of a cause."""
        keys = [(c.kind, *c.key) for c in core]
        return all(any(key[: len(wanted)] == wanted for key in keys) for wanted in self.causes[cause])


Plant = Callable[[Problem, int], Planted]


def with_clinician(problem: Problem, code: str, **update: Any) -> Problem:
    """Return the problem with one clinician changed."""
    people = tuple(c.model_copy(update=update) if c.id == code else c for c in problem.clinicians)
    return problem.model_copy(update={"clinicians": people})


def day(problem: Problem, number: int, minute: int) -> datetime:
    """Return a minute of one of the week's dates."""
    return datetime.combine(problem.week_start, datetime.min.time()) + timedelta(days=number, minutes=minute)


def whole_week(problem: Problem) -> Leave:
    """Return leave for all of the week."""
    return Leave(start=day(problem, 0, 0), end=day(problem, 7, 0))


def lead_of(problem: Problem) -> str:
    """Return a supervisor of the team."""
    return next(c.id for c in problem.clinicians if c.is_supervisor)


def others(problem: Problem, number: int, count: int = 1) -> list[Clinician]:
    """Return clinicians who supervise nobody and are never away, beginning with some number."""
    people = [c for c in problem.clinicians if not c.is_supervisor and not c.leave]
    return list(islice(cycle(people), number % len(people), number % len(people) + count))


def within(problem: Problem, person: Clinician) -> datetime:
    """Return an hour after the beginning of somebody's longest working period."""
    period = max(person.working, key=lambda p: p.end - p.start)
    return day(problem, period.day.number, period.start + 60)


def working_at(problem: Problem, number: int, start: datetime) -> list[Clinician]:
    """Return two of those clinicians who work for an hour from a moment."""
    minute = start.hour * 60 + start.minute
    there = {
        c.id
        for c in problem.clinicians
        for p in c.working
        if p.day.number == start.weekday() and p.start <= minute and minute + 60 <= p.end
    }
    people = others(problem, number, len(problem.clinicians))
    return [c for c in {c.id: c for c in people}.values() if c.id in there][:2]


def pinned(
    problem: Problem, people: list[Clinician], start: datetime, kind: str = "cbt_60", **request: Any
) -> Problem:
    """Return the problem with a pinned session of a client of each clinician at one time."""
    new = {f"X{len(problem.clients) + n}": person for n, person in enumerate(people)}
    clients = tuple(Client(id=code, band="low", clinician=person.id) for code, person in new.items())
    requests = tuple(
        Request(id=f"R-{code}", client=code, session_type=kind, priority=3, **request) for code in new
    )
    pins = tuple(
        PinnedAppointment(request=f"R-{code}", clinician=person.id, start=start)
        for code, person in new.items()
    )
    return problem.model_copy(
        update={
            "clients": (*problem.clients, *clients),
            "requests": (*problem.requests, *requests),
            "pinned_appointments": (*problem.pinned_appointments, *pins),
        }
    )


def last_pin(problem: Problem) -> tuple[object, ...]:
    """Return kind and key of the newest pinned appointment."""
    return ("pin", "pinned_appointments", len(problem.pinned_appointments) - 1)


def no_supervisor_hour(problem: Problem, number: int) -> Planted:
    """A session is pinned in the middle of the two hours in which somebody new meets the named supervisor."""
    lead, (new, second) = lead_of(problem), others(problem, number, 2)
    spans = [p for c in problem.clinicians if c.id in (lead, new.id) for p in c.working if p.day.number == 0]
    first, end = max(p.start for p in spans), min(p.end for p in spans)
    assert end - first >= 120, "no two hours together on Monday"
    away = (
        Leave(start=day(problem, 0, 0), end=day(problem, 0, first)),
        Leave(start=day(problem, 0, first + 120), end=day(problem, 1, 0)),
    )
    rest = Leave(start=day(problem, 1, 0), end=day(problem, 7, 0))
    free = problem.model_copy(update={"meetings": tuple(m for m in problem.meetings if m.start.weekday())})
    held = with_clinician(free, lead, leave=(rest,))
    held = with_clinician(held, second.id, is_supervisor=True)
    held = with_clinician(held, new.id, new_in_post=True, supervisor=lead, leave=away)
    # The two hours hold no review besides what somebody new with a heavy caseload needs.
    held = held.with_settings({"case_review": RuleSetting(enabled=False)})
    held = pinned(held, [new], day(problem, 0, first + 30))
    return Planted(held, ((("rule", "supervision", new.id), ("leave", lead), last_pin(held)),))


def no_room(problem: Problem, number: int) -> Planted:
    """A pinned session needs a kind of room of which there is none."""
    person = others(problem, number)[0]
    rooms = tuple(r for r in problem.rooms if r.kind != "family" and "family" not in r.also)
    start = within(problem, person)
    held = pinned(problem.model_copy(update={"rooms": rooms}), [person], start, "family_60")
    return Planted(held, ((("rule", "room_capacity"), last_pin(held)),))


def one_room_for_two(problem: Problem, number: int) -> Planted:
    """Two pinned sessions need the only room of their kind at the same time."""
    start = day(problem, 3, 14 * 60)
    people = working_at(problem, number, start)
    rooms = tuple(r for r in problem.rooms if r.kind != "family" and "family" not in r.also)
    one = next(r for r in problem.rooms if r.kind == "family").model_copy(
        update={"site": people[0].working[0].site}
    )
    held = pinned(problem.model_copy(update={"rooms": (*rooms, one)}), people, start, "family_60")
    count = len(held.pinned_appointments)
    pins = [("pin", "pinned_appointments", count - 2), ("pin", "pinned_appointments", count - 1)]
    return Planted(held, ((("rule", "room_capacity"), *pins),))


def cap_below_the_panel(problem: Problem, number: int) -> Planted:
    """A new client is pinned with somebody whose caseload is above the cap already."""
    person = others(problem, number)[0]
    full = with_clinician(problem, person.id, caseload_cap=Decimal("0.5"))
    held = pinned(full, [person], within(problem, person))
    newcomer = held.clients[-1].model_copy(update={"clinician": None})
    held = held.model_copy(update={"clients": (*held.clients[:-1], newcomer)})
    return Planted(held, ((("rule", "caseload_cap"), last_pin(held)),))


def qualification_nobody_has(problem: Problem, number: int) -> Planted:
    """A pinned session needs a skill that nobody has."""
    person = others(problem, number)[0]
    held = pinned(problem, [person], within(problem, person), skills=("unheard-of",))
    return Planted(held, ((("rule", "qualification"), last_pin(held)),))


def no_recovery(problem: Problem, number: int) -> Planted:
    """A session is pinned to the very end of another with trauma processing."""
    person = others(problem, number)[0]
    start = within(problem, person)
    held = pinned(problem, [person], start, "prolonged_exposure_90")
    held = pinned(held, [person], start + timedelta(minutes=90))
    count = len(held.pinned_appointments)
    pins = [("pin", "pinned_appointments", count - 2), ("pin", "pinned_appointments", count - 1)]
    return Planted(held, ((("rule", "recovery_buffer"), *pins),))


def limit_below_the_pins(problem: Problem, number: int) -> Planted:
    """Somebody may see nobody in a day, and has a pinned session."""
    person = others(problem, number)[0]
    full = with_clinician(problem, person.id, daily_sessions=0)
    held = pinned(full, [person], within(problem, person))
    return Planted(held, ((("rule", "session_limits"), last_pin(held)),))


def meeting_takes_the_only_hours(problem: Problem, number: int) -> Planted:
    """Somebody works one morning, and is in a meeting all of it."""
    person = others(problem, number)[0]
    period = WorkingPeriod(day="thu", start="09:00", end="13:00", site=person.working[0].site)
    meeting = Meeting(id="all-morning", start=day(problem, 3, 540), minutes=240, clinicians=(person.id,))
    free = tuple(
        m.model_copy(update={"clinicians": tuple(c for c in m.clinicians if c != person.id)})
        for m in problem.meetings
    )
    held = with_clinician(problem, person.id, working=(period,), new_in_post=False, contracted_minutes=None)
    held = held.model_copy(update={"meetings": (*(m for m in free if m.clinicians), meeting)})
    wanted = (("rule",), ("meeting", len(held.meetings) - 1, person.id))
    return Planted(held, (wanted,))


def client_cannot_come(problem: Problem, number: int) -> Planted:
    """A session is pinned to a time at which the client cannot come."""
    person = others(problem, number)[0]
    held = pinned(problem, [person], within(problem, person))
    window = {"day": "mon", "start": "07:00", "end": "08:00"}
    client = Client.model_validate(held.clients[-1].model_dump() | {"windows": [window]})
    held = held.model_copy(update={"clients": (*held.clients[:-1], client)})
    return Planted(held, ((("times", "client", client.id), last_pin(held)),))


def too_many_intense_sessions(problem: Problem, number: int) -> Planted:
    """Five high-intensity sessions are pinned on one date."""
    person = others(problem, number)[0]
    long = tuple(
        WorkingPeriod(day=d, start="08:00", end="19:00", site=person.working[0].site)
        for d in ("mon", "tue", "wed", "thu", "fri")
    )
    held = with_clinician(problem, person.id, working=long, contracted_minutes=None)
    for hour in (8, 10, 13, 15, 17):
        held = pinned(held, [person], day(problem, 1, 60 * hour + 30), "high_risk_60")
    count = len(held.pinned_appointments)
    pins = [("pin", "pinned_appointments", n) for n in range(count - 5, count)]
    return Planted(held, ((("rule", "daily_intensity"), *pins),))


def no_time_for_documentation(problem: Problem, number: int) -> Planted:
    """Somebody works two hours of a week and has pinned sessions in all of them."""
    person = others(problem, number)[0]
    period = WorkingPeriod(day="thu", start="09:00", end="11:00", site=person.working[0].site)
    free = tuple(
        m.model_copy(update={"clinicians": tuple(c for c in m.clinicians if c != person.id)})
        for m in problem.meetings
    )
    held = problem.model_copy(update={"meetings": tuple(m for m in free if m.clinicians)})
    held = with_clinician(held, person.id, working=(period,), new_in_post=False, contracted_minutes=None)
    for hour in (9, 10):
        held = pinned(held, [person], day(problem, 3, 60 * hour))
    return Planted(held, ((("hours", person.id), ("rule",)),))


def pinned_through_lunch(problem: Problem, number: int) -> Planted:
    """Two groups, and supervision between them, are pinned through all the time of the meal break."""
    lead, person = lead_of(problem), others(problem, number)[0]
    days = tuple(
        WorkingPeriod(day=d, start="09:00", end="17:00", site=person.working[0].site)
        for d in ("mon", "tue", "wed", "thu", "fri")
    )
    held = problem
    for code in (lead, person.id):
        held = with_clinician(held, code, working=days, contracted_minutes=None, leave=())
    held = held.model_copy(update={"meetings": tuple(m for m in held.meetings if m.start.weekday() != 1)})
    kind = SessionType(id="midday_group", minutes=90, kind="group", smallest=3, largest=8)
    codes = [f"G{n}" for n in range(6)]
    groups = [
        Group(id=f"midday-{n}", session_type=kind.id, members=tuple(codes[3 * n : 3 * n + 3])) for n in (0, 1)
    ]
    pins = [
        PinnedGroup(group=one.id, clinicians=(person.id,), start=day(held, 1, minute), clients=one.members)
        for one, minute in zip(groups, (11 * 60, 13 * 60), strict=True)
    ]
    between = PinnedBlock(
        kind="supervision", clinicians=(person.id,), supervisor=lead, start=day(held, 1, 750), minutes=30
    )
    asking = [
        Request(id=f"R-{code}", client=code, session_type=kind.id, group=group.id, priority=3)
        for group in groups
        for code in group.members
    ]
    clients = [Client(id=code, band="low", clinician=person.id) for code in codes]
    held = held.model_copy(
        update={
            "session_types": (*held.session_types, kind),
            "clients": (*held.clients, *clients),
            "groups": (*held.groups, *groups),
            "requests": (*held.requests, *asking),
            "pinned_groups": (*held.pinned_groups, *pins),
            "pinned_blocks": (*held.pinned_blocks, between),
        }
    )
    count = len(held.pinned_groups)
    wanted = [("pin", "pinned_groups", count - 2), ("pin", "pinned_groups", count - 1)]
    return Planted(held, ((("rule", "breaks", person.id), *wanted, ("pin", "pinned_blocks", 0)),))


CAUSES: Mapping[str, Plant] = MappingProxyType(
    {
        plant.__name__: plant
        for plant in (
            no_supervisor_hour,
            no_room,
            one_room_for_two,
            cap_below_the_panel,
            qualification_nobody_has,
            no_recovery,
            limit_below_the_pins,
            meeting_takes_the_only_hours,
            client_cannot_come,
            too_many_intense_sessions,
            pinned_through_lunch,
            no_time_for_documentation,
        )
    }
)


def planted(name: str, seed: int) -> Planted:
    """Return a made-up week of four to nine clinicians with one cause."""
    found = CAUSES[name](generate(4 + seed % 6, seed), seed)
    require_sound(found.problem)
    return found


def planted_twice(first: str, second: str, seed: int) -> Planted:
    """Return a made-up week with two causes, of different clinicians."""
    one = CAUSES[first](generate(6 + seed % 4, seed), 0)
    two = CAUSES[second](one.problem, 1)
    require_sound(two.problem)
    return Planted(two.problem, (*one.causes, *two.causes))
