"""What a problem has by its codes, its closed dates, and its rules set otherwise."""

from __future__ import annotations

import gc
import weakref
from datetime import date, timedelta

import pytest

from safeschedule import Closure, Problem, RuleSetting
from safeschedule.catalogue import Trait, rules
from safeschedule.errors import ArgumentError
from safeschedule.samples import sample

LISTS = (
    *("clinicians", "clients", "attendants", "bands", "session_types"),
    *("requests", "groups", "sites", "rooms"),
)


def test_everything_is_found_by_its_code() -> None:
    """Otherwise something of the problem is not found, or something else is found for it."""
    problem = sample()
    for name in LISTS:
        entities = getattr(problem, name)
        assert list(getattr(problem.by_code, name).values()) == list(entities)
        assert all(getattr(problem.by_code, name)[entity.id] is entity for entity in entities)


def test_a_changed_problem_is_looked_up_anew() -> None:
    """Otherwise a copy of a problem has the people of the first one."""
    problem = sample()
    first = problem.clinicians[0].id
    assert first in problem.by_code.clinicians
    assert first not in problem.model_copy(update={"clinicians": problem.clinicians[1:]}).by_code.clinicians


def test_a_lookup_keeps_no_problem() -> None:
    """Otherwise each problem that was ever looked at stays in memory for good."""
    problem = sample().model_copy(update={"name": "short-lived"})
    assert problem.by_code.clinicians
    gone = weakref.ref(problem)
    del problem
    gc.collect()
    assert gone() is None


def test_closed_dates_are_those_of_any_week() -> None:
    """Otherwise a closure counts on another date, or one of a later week is lost."""
    problem = sample()
    days = (0, 9)
    closures = tuple(Closure(date=problem.week_start + timedelta(days=day)) for day in days)
    problem = problem.model_copy(update={"closures": closures})
    assert problem.closed_days == set(days)
    assert all(isinstance(day, date) for day in problem.closed_dates)
    assert problem.closed_dates == {closure.date for closure in closures}


def test_settings_of_some_rules_leave_the_others() -> None:
    """Otherwise to set one rule otherwise takes back what the rulebook says of another."""
    problem = sample().with_settings({"cover": RuleSetting(enabled=False)})
    changed = problem.with_settings({"breaks": RuleSetting(hard=False)})
    assert not changed.rulebook.setting("cover").enabled
    assert not changed.rulebook.setting("breaks").hard
    assert changed.rulebook.midday == problem.rulebook.midday
    assert problem.rulebook.setting("breaks").hard


@pytest.mark.parametrize("given", [None, ["cover"], {"cover": {"enabled": False}}])
def test_settings_of_another_kind_are_refused(given: object) -> None:
    """Otherwise what was to turn a rule off is lost without a word."""
    with pytest.raises(ArgumentError) as caught:
        sample().with_settings(given)  # type: ignore[arg-type]
    assert [fault.code for fault in caught.value.faults] == ["wrong_type"]


@pytest.mark.parametrize("trait", Trait)
def test_each_trait_is_of_some_rules_and_not_of_all(trait: Trait) -> None:
    """Otherwise a trait says nothing, and what builds on it looks at everything or at nothing."""
    named = Problem(week_start="2026-10-05", clinicians=()).rulebook.rules_with(trait)
    assert 0 < len(named) < len(rules()) / 2
    assert all(trait in rules()[name].traits for name in named)
