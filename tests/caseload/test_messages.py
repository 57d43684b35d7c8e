"""The message queue, and that it agrees with the rule: who can answer in time, does."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeschedule.caseload.messages import MessageQueue, message_queue, with_owners
from safeschedule.errors import ArgumentError
from safeschedule.exchange.csv_rota import csv_from_text, rota_csv
from safeschedule.exchange.ics.calendars import calendars
from safeschedule.problem import Problem
from safeschedule.problem.faults import find
from safeschedule.reports.html import rota_html
from safeschedule.rolling import next_week
from safeschedule.schedule import Schedule
from safeschedule.verifier import verify
from tests.caseload.team import HOURS, client, problem

MONDAY = datetime(2026, 10, 5)


def task(code: str, minutes: int, by: str, who: str = "K1", **changes: Any) -> dict[str, Any]:
    """Give a message about a client."""
    return {"id": code, "client": who, "minutes": minutes, "respond_by": by} | changes


def block(start: str, minutes: int = 30, **changes: Any) -> dict[str, Any]:
    """Give a coordination block of C1."""
    return {"kind": "coordination", "clinicians": ["C1"], "start": start, "minutes": minutes} | changes


def asked(tasks: list[dict[str, Any]], blocks: list[dict[str, Any]]) -> tuple[Problem, Schedule]:
    """Give a team with tasks, and a schedule of blocks alone."""
    team = problem(client("K1"), client("W", clinician=None), tasks=tasks)
    return team, Schedule.model_validate({"week_start": "2026-10-05", "blocks": blocks})


def test_what_is_due_first_is_answered_first_and_the_rest_goes_on() -> None:
    """A letter of Friday would be written while a call of Tuesday waits."""
    found = message_queue(
        *asked(
            [task("LATER", 20, "2026-10-09T17:00"), task("FIRST", 20, "2026-10-06T17:00")],
            [block("2026-10-07T11:00"), block("2026-10-06T11:00")],
        )
    )
    parts = [[(part.task, part.minutes, part.ends) for part in held.parts] for held in found.blocks]
    assert parts == [[("FIRST", 20, True), ("LATER", 10, False)], [("LATER", 10, True)]]
    assert [held.free for held in found.blocks] == [0, 20]
    assert found.left == ()
    assert MessageQueue.from_dict(found.to_dict()) == found


def test_what_has_no_place_is_told_with_the_reason() -> None:
    """A message would be lost between two lists."""
    found = message_queue(
        *asked(
            [
                task("SHORT", 50, "2026-10-06T17:00"),
                task("NOBODY", 5, "2026-10-06T17:00", "W"),
                task("NEXT", 5, "2026-10-14T17:00"),
            ],
            [block("2026-10-06T11:00")],
        )
    )
    assert {each.task: (each.missing, each.waits) for each in found.left} == {
        "SHORT": (20, False),
        "NOBODY": (5, False),
        "NEXT": (5, True),
    }


minutes = st.integers(0, 10 * 1440).map(lambda number: MONDAY + timedelta(minutes=5 * (number // 5)))


@given(
    st.lists(st.tuples(st.integers(1, 60), minutes, st.none() | minutes), max_size=5),
    st.lists(st.tuples(st.integers(0, 4), st.integers(32, 66), st.integers(1, 6)), max_size=4),
)
def test_the_queue_answers_all_in_time_where_the_rule_is_kept(
    wanted: list[tuple[int, datetime, datetime | None]], held: list[tuple[int, int, int]]
) -> None:
    """The verifier would call a week sound in which a message cannot be answered, or the other way round."""
    tasks = [
        task(f"T{n}", length, f"{by:%Y-%m-%dT%H:%M}", received=None if since is None else min(since, by))
        for n, (length, by, since) in enumerate(wanted)
    ]
    taken: set[int] = set()
    blocks = []
    for day, quarter, length in held:
        steps = {day * 96 + quarter + step for step in range(length)}
        if not steps & taken:
            taken |= steps
            start = MONDAY + timedelta(days=day, minutes=15 * quarter)
            blocks.append(block(f"{start:%Y-%m-%dT%H:%M}", 15 * length))
    team, schedule = asked(tasks, blocks)
    assert not find(team)
    broken = [each for each in verify(team, schedule).findings if each.rule == "response_time"]
    left = [each for each in message_queue(team, schedule).left if not each.waits]
    assert bool(broken) is bool(left)
    # Whoever takes the first answer first may lose more minutes than must be lost, never fewer.
    assert sum(each.amount for each in broken) <= sum(each.missing for each in left)


def test_a_calendar_tells_the_list_of_a_block() -> None:
    """Whoever opens the block would not know what to do in it."""
    team, schedule = asked([task("T1", 20, "2026-10-06T17:00")], [block("2026-10-06T11:00")])
    text = b"".join(calendars(team, schedule).values()).decode()
    assert "T1 (K1): 20 minutes" in text.replace("\r\n ", "")


def test_what_is_not_answered_comes_again_next_week() -> None:
    """A message would be forgotten with the week."""
    team, schedule = asked(
        [task("DONE", 10, "2026-10-06T17:00"), task("OPEN", 30, "2026-10-06T17:00")],
        [block("2026-10-06T11:00")],
    )
    assert [(each.id, each.minutes) for each in next_week(team, schedule).tasks] == [("OPEN", 10)]


def test_a_task_is_received_before_it_is_answered_and_of_known_people() -> None:
    """A misspelt client's message would be nobody's."""
    team = problem(
        client("K1"),
        tasks=[
            task("T1", 5, "2026-10-06T17:00", received="2026-10-07T09:00"),
            task("T1", 5, "2026-10-06T17:00", "X"),
        ],
    )
    assert {fault.code for fault in find(team)} == {"out_of_order", "duplicate_id", "unknown_reference"}


def two(
    tasks: list[dict[str, Any]], blocks: list[dict[str, Any]], **changes: Any
) -> tuple[Problem, Schedule]:
    """Give clients of C1 and of nobody, with tasks, and a schedule of blocks alone."""
    given = {"clients": [client("K1"), client("W", clinician=None)], "tasks": tasks}
    return problem(**given | changes), Schedule.model_validate({"week_start": "2026-10-05", "blocks": blocks})


def test_an_owner_is_proposed_who_has_room_beside_all_that_is_there() -> None:
    """A message about somebody who waits would lie with nobody, or push another one past its time."""
    late = "2026-10-06T17:00"
    blocks = [block("2026-10-06T11:00"), block("2026-10-06T11:00", clinicians=["C2"])]
    team, schedule = two(
        [task("OWN", 25, late), task("N1", 15, late, "W"), task("N2", 15, late, "W")], blocks
    )
    found = message_queue(team, schedule)
    assert [(each.task, each.clinician, each.free) for each in found.proposed] == [
        ("N1", "C2", 15),
        ("N2", "C2", 0),
    ]
    assert {each.task for each in found.left} == {"N1", "N2"}  # nobody has accepted it yet
    after = message_queue(with_owners(team, found), schedule)
    assert (after.left, after.proposed) == ((), ())
    assert not [f for f in verify(with_owners(team, found), schedule).findings if f.rule == "response_time"]
    assert MessageQueue.from_dict(found.to_dict()) == found


def test_nobody_is_proposed_who_lacks_the_language_or_the_time() -> None:
    """A call would go to somebody who cannot speak with the client, or who is full."""
    late, blocks = "2026-10-06T17:00", [block("2026-10-06T11:00")]
    wanted = [{"id": "R", "client": "W", "session_type": "talk", "skills": ["sign"]}]
    assert message_queue(*two([task("N1", 15, late, "W")], blocks, requests=wanted)).proposed == ()
    assert message_queue(*two([task("N1", 45, late, "W")], blocks)).proposed == ()
    assert message_queue(*two([task("N1", 15, "2026-10-06T11:15", "W")], blocks)).proposed == ()
    able = [{"id": "C1", "working": HOURS, "is_supervisor": True, "skills": ["sign"]}]
    both = message_queue(*two([task("N1", 15, late, "W")], blocks, requests=wanted, clinicians=able))
    assert [each.clinician for each in both.proposed] == ["C1"]


def test_proposals_of_another_problem_are_refused() -> None:
    """Somebody would get a task that is a colleague's."""
    late, blocks = "2026-10-06T17:00", [block("2026-10-06T11:00")]
    team, schedule = two([task("N1", 15, late, "W")], blocks)
    queue = message_queue(team, schedule)
    with pytest.raises(ArgumentError):
        with_owners(with_owners(team, queue), queue)


@given(
    st.lists(st.tuples(st.integers(1, 40), minutes, st.sampled_from(["K1", "W"])), max_size=5),
    st.lists(st.tuples(st.sampled_from(["C1", "C2"]), st.integers(0, 4), st.integers(1, 4)), max_size=4),
)
def test_what_is_accepted_is_answered_in_time_and_nothing_else_is_lost(
    wanted: list[tuple[int, datetime, str]], held: list[tuple[str, int, int]]
) -> None:
    """A proposal would make a promise of today into one that is broken."""
    tasks = [task(f"T{n}", length, f"{by:%Y-%m-%dT%H:%M}", who) for n, (length, by, who) in enumerate(wanted)]
    once = {(who, day): length for who, day, length in held}
    blocks = [
        block(f"{MONDAY + timedelta(days=day, hours=11):%Y-%m-%dT%H:%M}", 15 * length, clinicians=[who])
        for (who, day), length in once.items()
    ]
    team, schedule = two(tasks, blocks)
    before = message_queue(team, schedule)
    after = message_queue(with_owners(team, before), schedule)
    accepted = {each.task for each in before.proposed}
    assert not accepted & {each.task for each in after.left}
    left = {each.task: each.missing for each in before.left if each.task not in accepted}
    assert sum(each.missing for each in after.left) == sum(left.values())


def test_the_page_and_the_table_show_the_list_of_a_block() -> None:
    """Whoever works from the page or the table would not see what is to be answered."""
    late, blocks = "2026-10-06T17:00", [block("2026-10-06T11:00", minutes=60)]
    team, schedule = two([task("T1", 20, late), task("N1", 15, late, "W")], blocks)
    page = rota_html(team, schedule, verify(team, schedule))
    assert "message T1 (K1): 20 minutes, by Tuesday 6 October, 17:00" in page
    assert "N1 (W) is nobody&#39;s: C1 could answer it" in page
    table = rota_csv(team, schedule).decode("utf-8-sig")
    assert "message T1 (K1): 20 minutes" in table
    assert csv_from_text(team, table).blocks == schedule.blocks
    quiet, week = two([], blocks)
    assert 'id="messages"' not in rota_html(quiet, week, verify(quiet, week))
    assert "messages" not in rota_csv(quiet, week).decode("utf-8-sig")
