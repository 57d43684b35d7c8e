"""Candidates and models are not made to their end when nobody wants them any more."""

from __future__ import annotations

import pytest

from safeschedule.model.candidates import candidates
from safeschedule.model.encode import encode
from safeschedule.model.index import Index
from safeschedule.model.interrupting import InterruptedWorkError
from safeschedule.solving.relaxation.linear_program import linear_of
from tests.solving.weeks import crowded


class After:
    """Says that it is time to end from the n-th question on."""

    def __init__(self, questions: int) -> None:
        self.left = questions
        self.late = 0

    def __call__(self) -> bool:
        self.left -= 1
        self.late += self.left < 0
        return self.left < 0


@pytest.mark.parametrize("exact", [True, False])
def test_a_model_is_not_built_to_its_end(exact: bool) -> None:
    """If it fails, a stop is not heard until all rules are posted, which takes minutes in odd weeks."""
    index = Index(crowded())
    rows = candidates(index)
    count = After(10**9)
    encode(index.until(count), rows, exact=exact)
    asked = 10**9 - count.left
    assert asked > len(index.settings)
    for questions in (0, asked // 2, asked - 1):
        over = After(questions)
        with pytest.raises(InterruptedWorkError):
            encode(index.until(over), rows, exact=exact)
        # It ends at the first "yes", not at the next rule's.
        assert over.late == 1


def test_candidates_are_not_made_to_their_end() -> None:
    """If it fails, thousands of requests or groups are gone through before a stop is heard."""
    index = Index(crowded())
    count = After(10**9)
    candidates(index.until(count))
    asked = 10**9 - count.left
    assert asked > len(index.requests)
    over = After(asked // 2)
    with pytest.raises(InterruptedWorkError):
        candidates(index.until(over))
    assert over.late == 1


def test_work_on_what_is_kept_goes_on() -> None:
    """If it fails, the schedule that there was at a stop cannot be looked at any more."""
    index = Index(crowded(), over=lambda: True)
    rows = candidates(index.patient)
    assert encode(index.patient, rows).row_vars
    with pytest.raises(InterruptedWorkError):
        encode(index, rows)


def test_a_system_is_not_translated_to_its_end() -> None:
    """If it fails, the plan layer of a large team is handed over to HiGHS long after the end."""
    late: list[bool] = []
    index = Index(crowded(), over=lambda: bool(late))
    build = encode(index, candidates(index), exact=False)
    late.append(True)
    with pytest.raises(InterruptedWorkError):
        linear_of(build.model)
