"""Free slots: each may be booked, no other start may, and what excludes each other is marked."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st

from safeschedule import Client, FreeSlots, free_slots
from safeschedule.catalogue import Tier, rules
from safeschedule.errors import InputError
from safeschedule.problem import BlockKind, Kind, Mode, Problem, RuleSetting, SessionType
from safeschedule.schedule import Appointment, Block, Schedule
from safeschedule.suggesting.free.result import FreeSlot, Why
from safeschedule.suggesting.moving import amended, buffer_minutes, buffers_beside
from safeschedule.testing.strategies.problems import sound_problems
from safeschedule.testing.strategies.schedules import schedules
from safeschedule.verifier import verify
from safeschedule.verifier.again import Standing
from safeschedule.verifier.nearby import Given
from tests.solving.weeks import team
from tests.suggesting.weeks import solved

FEW = settings(
    phases=[Phase.generate], max_examples=25, deadline=None, suppress_health_check=list(HealthCheck)
)
ALONE = sorted(name for name, rule in rules().items() if rule.tier is not Tier.PHYSICAL)


@st.composite
def weeks(draw: st.DrawFn) -> tuple[Problem, Schedule, str]:
    """Draw a week, planned somehow, with fewer rules than usual, and a type of session to book."""
    problem = draw(sound_problems(max_clinicians=2, max_days=2))
    off = draw(st.sets(st.sampled_from(ALONE), min_size=10))
    book = problem.rulebook.with_settings({name: RuleSetting(enabled=False) for name in off})
    problem = problem.model_copy(update={"rulebook": book})
    empty = Schedule(week_start=problem.week_start, time_zone=problem.time_zone)
    schedule = empty if draw(st.booleans()) else draw(schedules(problem))
    kinds = [
        kind
        for kind in problem.session_types
        if kind.smallest == kind.facilitators == 1
        and kind.kind is not Kind.GROUP
        and not kind.needs_attendants
    ]
    assume(kinds)
    return problem, schedule, draw(st.sampled_from(kinds)).id


@FEW
@given(weeks())
def test_each_slot_may_be_booked(week: tuple[Problem, Schedule, str]) -> None:
    """A caller would be given a time that breaks a rule."""
    found = free_slots(*week)
    was = Counter(verify(found.problem, week[1]).findings)
    for number in range(len(found.slots)):
        new = Counter(verify(found.problem, found.booked(number)).findings) - was
        assert not [finding for finding in new if finding.hard]


@FEW
@given(weeks())
def test_no_other_start_may_be_booked(week: tuple[Problem, Schedule, str]) -> None:
    """A caller would be sent away although there is time."""
    found = free_slots(*week)
    offered = {_key(slot.appointment) for slot in found.slots}
    standing = Standing(found.problem, week[1])
    for session in _anywhere(found):
        if _key(session) not in offered:
            assert not any(_keeps(standing, [session, *blocks]) for blocks in _brought(standing, session))


def _key(given: Appointment) -> tuple[object, ...]:
    return given.clinicians, given.start, given.mode, given.site


def _anywhere(found: FreeSlots) -> Iterator[Appointment]:
    """Yield a session at every start that working hours hold, in every way, place and room."""
    problem, kind = found.problem, found.problem.by_code.session_types[found.session_type]
    for person, day, minute in product(problem.clinicians, range(7), range(0, 1440, problem.session_grid)):
        date = problem.week_start + timedelta(days=day)
        inside = any(
            period.day == f"{date:%a}".lower()
            and period.start <= minute
            and minute + kind.minutes <= period.end
            for period in person.working
        )
        for mode, site, room in _places(problem, kind) if inside else ():
            yield Appointment(
                request=found.request,
                session_type=kind.id,
                clients=(found.client,),
                clinicians=(person.id,),
                start=datetime.combine(date, time(minute // 60, minute % 60)),
                minutes=kind.minutes,
                mode=mode,
                site=site,
                room=room,
            )


def _places(problem: Problem, kind: SessionType) -> Iterator[tuple[Mode, str | None, str | None]]:
    yield Mode.TELEHEALTH, None, None
    for site in [site.id for site in problem.sites] or [None]:
        rooms = [room.id for room in problem.rooms if room.site == site] if kind.room_kind else [None]
        yield from ((Mode.IN_PERSON, site, room) for room in rooms)


def _brought(standing: Standing, session: Appointment) -> Iterator[list[Block]]:
    """Yield what may come with a session, with documentation of any length after it."""
    beside = buffers_beside(session, *buffer_minutes(standing, session))
    reset = standing.week.settings["crisis_reset"]
    if standing.week.types[session.session_type].kind is Kind.CRISIS and reset.hard and reset.enabled:
        minutes = reset.whole("minutes")
        start = session.start - timedelta(minutes=minutes)
        beside.append(
            Block(kind=BlockKind.RESET, clinicians=session.clinicians, start=start, minutes=minutes)
        )
    end = max(each.start + timedelta(minutes=each.minutes) for each in (session, *beside))
    yield beside
    for minutes in range(standing.problem.grid, 91, standing.problem.grid):
        kind = BlockKind.DOCUMENTATION
        yield [*beside, Block(kind=kind, clinicians=session.clinicians, start=end, minutes=minutes)]


def _keeps(standing: Standing, come: list[Given]) -> bool:
    """Return whether something lies in free time and breaks no rule that is kept now."""
    (person,) = come[0].clinicians
    held: list[Any] = [*standing.nearby.of([("clinician", person)])]
    held += [meeting for meeting in standing.problem.meetings if person in meeting.clinicians]
    if any(_overlap(one, other) for one in come for other in held):
        return False
    return not standing.change(amended(standing.schedule, [], come)).breaks


def _overlap(one: Any, other: Any) -> bool:
    ends = [each.start + timedelta(minutes=each.minutes) for each in (one, other)]
    return bool(one.start < ends[1] and other.start < ends[0])


@FEW
@given(weeks(), st.randoms(use_true_random=False))
def test_what_excludes_each_other_is_marked(week: tuple[Problem, Schedule, str], pick: Any) -> None:
    """Two callers would be given times of which only one is left, or one would be sent away for nothing."""
    found = free_slots(*week)
    pairs = list(combinations(range(len(found.slots)), 2))
    twin = found.problem.clients[-1].model_copy(update={"id": "twin"})
    request = found.problem.requests[-1].model_copy(update={"id": "twin", "client": "twin"})
    problem = found.problem.model_copy(
        update={"clients": (*found.problem.clients, twin), "requests": (*found.problem.requests, request)}
    )
    standing = Standing(problem, week[1])
    for one, other in pick.sample(pairs, min(60, len(pairs))):
        both = found.slots[one], found.slots[other]
        assert (other in found.excluded_by(one)) != _both(standing, *both), both


def _both(standing: Standing, one: FreeSlot, other: FreeSlot) -> bool:
    """Return whether two slots may be booked for two clients, in some rooms."""
    if one.appointment.clinicians == other.appointment.clinicians and any(
        _overlap(a, b) for a, b in product((one.appointment, *one.blocks), (other.appointment, *other.blocks))
    ):
        return False
    rooms = [room.id for room in standing.problem.rooms]
    choices = [rooms if slot.appointment.room else [None] for slot in (one, other)]
    for first, second in product(*choices):
        a = one.appointment.model_copy(update={"room": first})
        b = other.appointment.model_copy(update={"room": second, "request": "twin", "clients": ("twin",)})
        if not standing.change(amended(standing.schedule, [], [a, *one.blocks, b, *other.blocks])).breaks:
            return True
    return False


def _bare(**changes: Any) -> tuple[Problem, Schedule]:
    """Give a week under the physical rules alone, with nothing planned."""
    problem = team(rulebook={"rules": {name: {"enabled": False} for name in ALONE}}, **changes)
    return problem, Schedule(week_start=problem.week_start, time_zone=problem.time_zone)


def test_a_morning_by_hand() -> None:
    """The starts would not be those that anybody can count: half past the hour, until an hour before noon."""
    day = [{"day": "mon", "start": "09:00", "end": "11:00"}]
    problem, schedule = _bare(clinicians=[{"id": "A", "working": day}], clients=[], requests=[], sites=[])
    found = free_slots(problem, schedule, "first", mode="telehealth")
    assert [f"{slot.appointment.start:%H:%M}" for slot in found.slots] == ["09:00", "09:30", "10:00"]
    # 09:00 and 10:00 go together; each of them and 09:30 do not.
    assert [found.excluded_by(number) for number in range(3)] == [(1,), (0, 2), (1,)]
    assert {each.why for each in found.exclusions} == {Why.TIME}
    assert "For a new client of the band moderate, no flags" in found.assumed


def test_notes_that_are_missing_already_need_not_be_made_up() -> None:
    """A caller would be sent away because the notes of an earlier session have no time."""
    case = json.loads((Path(__file__).parent / "notes_missing_already.json").read_text(encoding="utf-8"))
    problem, schedule = Problem.model_validate(case["problem"]), Schedule.model_validate(case["schedule"])
    found = free_slots(problem, schedule, case["session_type"])
    starts = {slot.appointment.start for slot in found.slots if slot.appointment.start.day == 9}
    # From 13:00 to 13:30 there is time for the notes of this session; from 13:15 on there is not.
    assert starts == {datetime(2026, 10, 9, 11, 30), datetime(2026, 10, 9, 11, 45)}


def test_the_last_room_is_told() -> None:
    """Two clinicians would be booked into one room."""
    day = [{"day": "mon", "start": "09:00", "end": "10:00"}]
    people = [{"id": "A", "working": day}, {"id": "B", "working": day}]
    room = [{"id": "only"}]
    bare = _bare(clinicians=people, clients=[], requests=[], sites=[], rooms=room)
    found = free_slots(*bare, "talk", mode="in_person")
    assert [(each.slots, each.why) for each in found.exclusions] == [((0, 1), Why.ROOM)]


def test_points_of_a_new_client_count() -> None:
    """Somebody at the cap would be given another client."""
    problem, schedule = _bare()
    points = RuleSetting(enabled=True, parameters={"points": {"default": "4"}})
    problem = problem.model_copy(
        update={"rulebook": problem.rulebook.with_settings({"caseload_cap": points})}
    )
    light = free_slots(problem, schedule, "talk", client=Client(id="light", points=0))
    heavy = free_slots(problem, schedule, "talk", client=Client(id="heavy", points=4))
    assert {slot.appointment.clinicians for slot in light.slots} == {("S1",), ("S2",), ("C3",)}
    assert not heavy.slots
    assert heavy.against["caseload_cap"] > 0


def test_a_known_client_has_an_own_request_served() -> None:
    """The session that is left out would stay left out, beside a second one."""
    problem, schedule = solved()
    gone = next(a for a in schedule.appointments if a.group is None)
    left = schedule.model_copy(
        update={"appointments": tuple(a for a in schedule.appointments if a is not gone)}
    )
    found = free_slots(problem, left, gone.session_type, client=gone.clients[0])
    assert found.request == gone.request
    assert not found.exclusions
    assert _key(gone) in {_key(slot.appointment) for slot in found.slots}


def test_everything_is_listed_whoever_else_is_asked() -> None:
    """Asking for one clinician alone would give other slots than asking for all."""
    problem, schedule = solved()
    kind = "counselling_45"
    every = free_slots(problem, schedule, kind)
    for person in problem.clinicians:
        own = free_slots(problem, schedule, kind, clinicians=[person.id])
        assert own.slots == tuple(s for s in every.slots if s.appointment.clinicians == (person.id,))
    assert FreeSlots.from_dict(every.to_dict()) == every
    assert len(str(every).splitlines()) > len(every.slots)


def test_a_stop_is_heard() -> None:
    """A booking page that is closed would leave the search running."""
    stop = threading.Event()
    stop.set()
    found = free_slots(*solved(), "counselling_45", stop=stop)
    assert (found.slots, found.stopped) == ((), True)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"session_type": "tolk"}, "unknown_reference"),
        ({"client": "P0"}, "unknown_reference"),
        ({"client": Client(id="P1")}, "duplicate_id"),
        ({"client": Client(id="new", band="none")}, "unknown_reference"),
        ({"client": 7}, "wrong_type"),
        ({"mode": "letter"}, "unknown_value"),
        ({"clinicians": ["S9"]}, "unknown_reference"),
        ({"clinicians": "S1"}, "wrong_type"),
        ({"session_type": "group"}, "cannot_book_alone"),
    ],
)
def test_what_makes_no_sense_is_refused(asked: dict[str, Any], code: str) -> None:
    """A slip of the pen would be an empty list, which looks like a full week."""
    problem, schedule = _bare()
    group = problem.session_types[0].model_copy(update={"id": "group", "smallest": 2, "largest": 4})
    problem = problem.model_copy(update={"session_types": (*problem.session_types, group)})
    with pytest.raises(InputError) as told:
        free_slots(problem, schedule, **{"session_type": "talk", **asked})
    assert [fault.code for fault in told.value.faults] == [code]
