"""The public strategies: what they draw is of one piece, and varied."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample

from safeschedule.problem import BlockKind, Group, Mode, Problem
from safeschedule.problem.clock import Weekday
from safeschedule.schedule import Block, Schedule
from safeschedule.testing.strategies import block_lengths, problems, rulebooks, schedules

T = TypeVar("T")

QUICK = settings(
    max_examples=2000, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
)


@given(st.data())
def test_schedules_are_of_one_piece(data: st.DataObject) -> None:
    """The agreement test would compare accounts of schedules that no model can hold."""
    problem = data.draw(problems())
    schedule = data.draw(schedules(problem))
    count_sessions(problem, schedule)
    check_groups(problem, schedule)
    grid, people = problem.grid, {person.id for person in problem.clinicians}
    minutes = {entry.id: entry.minutes for entry in problem.session_types}
    for appointment in schedule.appointments:
        assert appointment.minutes == minutes[appointment.session_type]
    for activity in (*schedule.appointments, *schedule.blocks):
        start = activity.start.hour * 60 + activity.start.minute
        assert start % grid == 0
        assert activity.minutes % grid == 0
        day = (activity.start.date() - problem.week_start).days
        assert 0 <= day <= 6
        # Over midnight lies only what is in a working period that goes on.
        assert start + activity.minutes <= 1440 or nights(problem, activity.start.date(), activity.clinicians)
        assert set(activity.clinicians) <= people
    sites = {site.id for site in problem.sites}
    assert {block.site for block in schedule.blocks if block.kind is BlockKind.TRAVEL} <= {*sites, None}
    assert not any(block.site for block in schedule.blocks if block.kind is not BlockKind.TRAVEL)


def nights(problem: Problem, date: date, people: Sequence[str]) -> bool:
    """Return whether all of these work at the midnight that ends a date."""
    evening, morning = Weekday.of(date), Weekday.of(date + timedelta(days=1))
    at_work = {
        person.id
        for person in problem.clinicians
        if any(p.day is evening and p.end == 1440 for p in person.working)
        and any(p.day is morning and p.start == 0 for p in person.working)
    }
    return set(people) <= at_work


def count_sessions(problem: Problem, schedule: Schedule) -> None:
    """Each session is placed once or left out; visits to a group lie in sessions of this group."""
    asking = {(r.group, r.client): r.id for r in problem.requests if r.group is not None}
    placed = Counter(a.request for a in schedule.appointments if a.group is None)
    visits = [(a.group, client) for a in schedule.appointments if a.group for client in a.clients]
    placed.update(asking[visit] for visit in visits)
    missing = Counter({entry.request: entry.sessions for entry in schedule.left_out})
    assert placed + missing == Counter({request.id: request.count for request in problem.requests})


def check_groups(problem: Problem, schedule: Schedule) -> None:
    """No group has more sessions than it may; nobody is in one of them twice."""
    groups = {group.id: group for group in problem.groups}
    sessions = [appointment for appointment in schedule.appointments if appointment.group is not None]
    for appointment in sessions:
        assert appointment.request is None
        assert appointment.session_type == groups[appointment.group].session_type
        assert len(set(appointment.clients)) == len(appointment.clients)
        assert len(set(appointment.clinicians)) == len(appointment.clinicians)
    held = Counter(appointment.group for appointment in sessions)
    assert all(count <= groups[code].sessions for code, count in held.items())


def missing_from(drawn: st.SearchStrategy[T], wanted: Mapping[str, Callable[[T], object]]) -> set[str]:
    """Give the names of the cases that no example is; the same examples serve for all of them."""
    missing = set(wanted)

    def complete(example: T) -> bool:
        missing.difference_update([name for name in missing if wanted[name](example)])
        return not missing

    with contextlib.suppress(NoSuchExample):
        find(drawn, complete, settings=QUICK)
    return missing


def both_ways(problem: Problem) -> bool:
    minutes = {(way.origin, way.destination): way.minutes for way in problem.travel}
    return any(minutes.get((b, a), other) != other for (a, b), other in minutes.items())


def touching(problem: Problem) -> bool:
    spans = [(leave.start, leave.end) for person in problem.clinicians for leave in person.leave]
    return any(end == start for _, end in spans for start, _ in spans)


def starts_twice(problem: Problem) -> bool:
    starts = Counter((past.clinician, past.start) for past in problem.history.appointments)
    return max(starts.values(), default=0) > 1


def day_of(problem: Problem, moment: date) -> int:
    return (date(moment.year, moment.month, moment.day) - problem.week_start).days


def leave_days(problem: Problem) -> list[tuple[int, int]]:
    leave = [leave for person in problem.clinicians for leave in person.leave]
    return [(day_of(problem, span.start), day_of(problem, span.end)) for span in leave]


VARIED: dict[str, Callable[[Problem], object]] = {
    "a team": lambda p: len(p.clinicians) == 3 and len(p.requests) >= 3,
    "pinned appointments": lambda p: p.pinned_appointments,
    "pinned groups": lambda p: p.pinned_groups,
    "pinned blocks": lambda p: p.pinned_blocks,
    "pinned travel": lambda p: any(block.site for block in p.pinned_blocks),
    "leave": lambda p: any(person.leave for person in p.clinicians),
    "leave before and after": lambda p: any(a < 0 and b > 7 for a, b in leave_days(p)),
    "leave next week": lambda p: any(a >= 7 for a, _ in leave_days(p)),
    "leave last week": lambda p: any(b <= 0 for _, b in leave_days(p)),
    "touching leave": touching,
    "cover": lambda p: any(person.cover for person in p.clinicians),
    "two of a team": lambda p: max(Counter(t for c in p.clinicians for t in c.teams).values(), default=0) > 1,
    "contracts": lambda p: any(person.contracted_minutes for person in p.clinicians),
    "no recovery": lambda p: any(entry.recovery_minutes == 0 for entry in p.session_types),
    "standing times": lambda p: any(request.standing for request in p.requests),
    "short windows": lambda p: any(w.end - w.start < 60 for client in p.clients for w in client.windows),
    "a Thursday first": lambda p: p.week_start.weekday() != 0,
    "history": lambda p: p.history.appointments,
    "one start twice": starts_twice,
    "incidents before": lambda p: any(day_of(p, i.happened) < 0 for i in p.incidents),
    "incidents in the week": lambda p: any(day_of(p, i.happened) >= 0 for i in p.incidents),
    "debriefed": lambda p: any(i.debriefed and i.followed_up for i in p.incidents),
    "a rulebook": lambda p: p.rulebook.rules,
    "three sites": lambda p: len(p.sites) == 3 and len(p.travel) >= 3,
    "no travel": lambda p: len(p.sites) == 2 and not p.travel,
    "both ways": both_ways,
    "no time between sites": lambda p: any(way.minutes == 0 for way in p.travel),
    "rooms of two kinds": lambda p: any(room.also and room.seats != 4 for room in p.rooms),
    "equipment": lambda p: p.equipment and any(entry.equipment for entry in p.session_types),
    "an open group": lambda p: any(g.open and not set(_askers(p, g)) <= set(g.members) for g in p.groups),
    "a closed group": lambda p: any(not g.open and len(_askers(p, g)) > 1 for g in p.groups),
    "two groups": lambda p: len(p.groups) == 2,
    "slots": lambda p: any(group.slots for group in p.groups),
    "named facilitators": lambda p: any(group.facilitators for group in p.groups),
    "a group by telehealth": lambda p: any(group.mode is Mode.TELEHEALTH for group in p.groups),
    "a group at a site": lambda p: any(group.site for group in p.groups),
    "two facilitators": lambda p: any(entry.facilitators == 2 for entry in p.session_types),
    "an intense group": lambda p: any(t.largest > 1 and t.intensity == "high" for t in p.session_types),
    "several visits": lambda p: any(request.group and request.count > 1 for request in p.requests),
    "reviews": lambda p: any(entry.kind == "review" for entry in p.session_types),
    "volatile clients": lambda p: any("volatile" in client.flags for client in p.clients),
    "reviews due": lambda p: any(client.next_review for client in p.clients),
    "day programmes": lambda p: any(client.daily_least and client.daily_sessions for client in p.clients),
    "five dates": lambda p: any(client.five_day_sessions is not None for client in p.clients),
}


def _askers(problem: Problem, group: Group) -> list[str]:
    return [request.client for request in problem.requests if request.group == group.id]


def test_problems_are_varied() -> None:
    """A rule would never meet the case that breaks it."""
    assert not missing_from(problems(), VARIED)


@given(problems())
def test_ways_are_stated_between_all_sites_or_none(problem: Problem) -> None:
    """A clinician could not get from one site to another at all."""
    pairs = {frozenset((way.origin, way.destination)) for way in problem.travel}
    count = len(problem.sites)
    assert len(pairs) in (0, count * (count - 1) // 2)


@given(problems())
def test_requests_for_groups_say_what_the_group_says(problem: Problem) -> None:
    """Nobody could tell whether the request or the group decides."""
    groups = {group.id: group for group in problem.groups}
    asked = [request for request in problem.requests if request.group is not None]
    assert len({(request.group, request.client) for request in asked}) == len(asked)
    for request in asked:
        group = groups[request.group]
        assert request.session_type == group.session_type
        assert (request.clinician, request.site, request.standing, request.skills) == (None, None, None, ())
        assert group.open or request.client in group.members


VARIED_SCHEDULES: dict[str, Callable[[Schedule], object]] = {
    "a group": lambda s: any(a.group and len(a.clients) > 1 for a in s.appointments),
    "a group of one": lambda s: any(a.group and len(a.clients) == 1 for a in s.appointments),
    "two facilitators": lambda s: any(len(a.clinicians) == 2 for a in s.appointments),
    "three facilitators": lambda s: any(len(a.clinicians) == 3 for a in s.appointments),
    "two sessions of a group": lambda s: max(_sessions_of_groups(s).values(), default=0) > 1,
    "travel to a site": lambda s: any(b.kind is BlockKind.TRAVEL and b.site for b in s.blocks),
    "travel to nowhere": lambda s: any(b.kind is BlockKind.TRAVEL and not b.site for b in s.blocks),
    "a review of three": lambda s: any(_is_joint(b, BlockKind.CASE_REVIEW, 2) for b in s.blocks),
    "a debrief": lambda s: any(_is_joint(b, BlockKind.DEBRIEF, 1) for b in s.blocks),
    "a debrief of two": lambda s: any(_is_joint(b, BlockKind.DEBRIEF, 2) for b in s.blocks),
    "rooms": lambda s: any(a.room for a in s.appointments),
}


def _sessions_of_groups(schedule: Schedule) -> Counter[str]:
    return Counter(a.group for a in schedule.appointments if a.group is not None)


def _is_joint(block: Block, kind: BlockKind, least: int) -> bool:
    return block.kind is kind and block.supervisor is not None and len(block.clinicians) >= least


@pytest.mark.slow
def test_schedules_are_varied() -> None:
    """A rule would be kept by all that is drawn, or broken by all of it."""
    assert not missing_from(problems().flatmap(schedules), VARIED_SCHEDULES)


@pytest.mark.parametrize("kind", BlockKind)
def test_schedules_have_every_kind_of_block(kind: BlockKind) -> None:
    """A rule about a kind of block would be tested without any."""
    drawn = problems().flatmap(schedules)
    assert find(drawn, lambda schedule: any(b.kind is kind for b in schedule.blocks), settings=QUICK)


@given(problems())
def test_block_lengths_lie_on_the_grid(problem: Problem) -> None:
    """Blocks would be drawn that no grid can hold."""
    for lengths in block_lengths(problem).values():
        assert lengths
        assert all(minutes > 0 and minutes % problem.grid == 0 for minutes in lengths)


@given(rulebooks(["breaks"]))
def test_only_the_named_rules_vary(book: object) -> None:
    """A test of one rule would vary all the others with it."""
    assert set(book.rules) <= {"breaks"}  # type: ignore[attr-defined]
