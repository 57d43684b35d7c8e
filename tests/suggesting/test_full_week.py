"""A full week in which one block or appointment after the other changes."""

from collections import Counter
from datetime import timedelta

import pytest

from safeschedule.schedule import Block
from safeschedule.verifier import verify
from safeschedule.verifier.again import Standing
from tests.suggesting.weeks import solved

LATER = timedelta(minutes=30)


@pytest.mark.parametrize("what", ["appointments", "blocks"])
def test_whatever_changes_is_judged_as_in_the_whole_week(what: str) -> None:
    """A team's rule would be judged on a part of the team, in which the rest is missing."""
    problem, schedule = solved()
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
