"""The agreement finds the faults that it is there to find, also those that a lucky order would hide."""

from __future__ import annotations

from typing import Any

import pytest

from safeschedule.model.build import Build
from safeschedule.model.candidates import candidates
from safeschedule.model.index import Index
from safeschedule.testing import RuleError, check_rule
from tests.solving.weeks import team
from tests.support import own_rules


def test_a_right_encoder_passes() -> None:
    """If it fails, nobody can show that a rule of their own is right."""
    check_rule(own_rules.rule(amounts=own_rules.amounts), weeks=40)


@pytest.mark.parametrize("post", [own_rules.of_heads, own_rules.of_last])
def test_one_row_of_an_entry_taken_for_all(post: Any) -> None:
    """If it fails, an encoder may prove false bounds, and every test passes."""
    with pytest.raises(RuleError, match="differ"):
        check_rule(own_rules.rule(post=post), weeks=40)


def test_weeks_that_say_nothing_of_a_rule() -> None:
    """If it fails, a rule that no drawn week breaks counts as tried."""
    with pytest.raises(RuleError, match="None of 1 weeks"):
        check_rule(own_rules.rule(amounts=own_rules.amounts), weeks=1)


@pytest.mark.parametrize("column", ["start", "end", "day", "mode", "site"])
def test_a_plan_entry_has_no_time_or_place(column: str) -> None:
    """If it fails, an encoder can read what is true of one row of the entry alone."""
    index = Index(team())
    build = Build(index, candidates(index))
    assert hasattr(build.rows, column)
    with pytest.raises(AttributeError):
        getattr(build.plan, column)
