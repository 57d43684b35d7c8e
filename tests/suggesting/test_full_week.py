"""A full week in which one block or appointment after the other changes."""

from collections import Counter
from datetime import datetime, time, timedelta
from random import Random

import pytest

from safeschedule.problem import BlockKind, Incident, Problem
from safeschedule.samples import generate
from safeschedule.schedule import Block, Schedule
from safeschedule.verifier import verify
from safeschedule.verifier.again import Standing
from tests.suggesting.weeks import solved

LATER = timedelta(minutes=30)


@pytest.mark.parametrize("what", ["appointments", "blocks"])
@pytest.mark.slow
def test_whatever_changes_is_judged_as_in_the_whole_week(what: str) -> None:
    """A team's rule would be judged on a part of the team, in which the rest is missing."""
    problem, schedule = solved()
    _assert_exact(problem, schedule, what)


@pytest.mark.slow
def test_blocks_of_a_large_team_are_judged_as_in_the_whole_week() -> None:
    """In a small team everybody is near; in a large one those who are not would be forgotten."""
    problem, draw = generate(17, 3), Random(1)
    incident = Incident(
        id="I1",
        happened=datetime.combine(problem.week_start, time(8)),
        clinicians=tuple(c.id for c in problem.clinicians),
    )
    problem = problem.model_copy(update={"incidents": (incident,)})
    blocks = tuple(_block(problem, draw) for _ in range(250))
    week = Schedule(problem=problem.name, week_start=problem.week_start, time_zone=problem.time_zone)
    _assert_exact(problem, week.model_copy(update={"blocks": blocks}), "blocks")


def _block(problem: Problem, draw: Random) -> Block:
    """Draw a block of a kind that counts for the team, where and with whom it may well count."""
    people = draw.sample([c.id for c in problem.clinicians], 17)
    kind = draw.choice(["urgent_slot", "cover", "consultation", "supervision", "debrief", "case_review"])
    several = {"consultation": 5, "case_review": 15}.get(kind, 1)
    leads = [c.id for c in problem.clinicians if c.is_supervisor]
    start = datetime.combine(problem.week_start, time(draw.choice([9, 10, 14, 15])))
    return Block(
        kind=BlockKind(kind),
        clinicians=tuple(people[:several]),
        supervisor=None if kind in ("urgent_slot", "cover") else draw.choice(leads),
        start=start + timedelta(days=draw.randrange(5)),
        minutes=60,
    )


def _assert_exact(problem: Problem, schedule: Schedule, what: str) -> None:
    was, standing = verify(problem, schedule), Standing(problem, schedule)
    every = getattr(schedule, what)
    kinds = Counter[str]()
    for given in every:
        kind = given.kind if isinstance(given, Block) else given.session_type
        kinds[kind] += 1
        if kinds[kind] > 4:
            continue
        others = tuple(other for other in every if other is not given)
        later = given.model_copy(update={"start": given.start + LATER})
        for now in (others, (*others, later), (*every, later)):
            other = schedule.model_copy(update={what: now})
            found, change = verify(problem, other), standing.change(other)
            assert Counter(change.new) == Counter(found.findings) - Counter(was.findings)
            assert Counter(change.gone) == Counter(was.findings) - Counter(found.findings)
            assert change.after == found.penalties
