"""Hashes of problems and rulebooks."""

from __future__ import annotations

import json
from typing import Any

from safeschedule.problem import Problem, problem_from_text, problem_hash, rulebook_hash


def test_hash_does_not_depend_on_layout_but_on_content(week: dict[str, Any]) -> None:
    """A reformatted file would look like another problem, or a changed one like the same."""
    problem = Problem.model_validate(week)
    shuffled = json.dumps(dict(reversed(week.items())), indent=3)
    assert problem_hash(problem_from_text(shuffled)) == problem_hash(problem)
    assert len(problem_hash(problem)) == 64
    week["session_types"][0]["minutes"] = 45
    assert problem_hash(Problem.model_validate(week)) != problem_hash(problem)


def test_closures_change_the_hash_only_where_there_are_some(week: dict[str, Any]) -> None:
    """Every schedule of before would count as one of another problem, or a new closure go unnoticed."""
    problem = Problem.model_validate(week)
    assert problem_hash(Problem.model_validate(week | {"closures": []})) == problem_hash(problem)
    shut = Problem.model_validate(week | {"closures": [{"date": "2026-10-07"}]})
    assert problem_hash(shut) != problem_hash(problem)
    assert Problem.from_dict(shut.to_dict()) == shut


def test_what_is_at_its_default_and_the_version_do_not_count(week: dict[str, Any]) -> None:
    """Each new field of a later release would make every schedule one of another problem."""
    problem = Problem.model_validate(week)
    written_out = problem_from_text(json.dumps(problem.model_dump(mode="json")))
    assert problem_hash(written_out) == problem_hash(problem)
    assert problem_hash(problem.with_changes(schema_version="1")) == problem_hash(problem)
    assert problem_hash(problem.with_changes(grid=5 if problem.grid != 5 else 10)) != problem_hash(problem)


def test_rulebook_hash_is_its_own(week: dict[str, Any]) -> None:
    """A changed rulebook would go unnoticed in the provenance."""
    problem = Problem.model_validate(week)
    other = Problem.model_validate(week | {"rulebook": {"midday": "12:00"}})
    assert rulebook_hash(problem.rulebook) != rulebook_hash(other.rulebook)
