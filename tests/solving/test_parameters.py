"""The numbers that a search is tuned by: read from a file, kept in the result, and none of them idle."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest
from pydantic import BaseModel, ValidationError

import safeschedule
from docs import generate_parameters
from safeschedule import InputError, Problem, SearchParameters, solve
from tests.cli.conftest import run, tiny

SOURCES = Path(safeschedule.__file__).parent / "solving"
PARTS = {name: field.annotation for name, field in SearchParameters.model_fields.items()}


def test_page_tells_what_the_code_has() -> None:
    """If it fails, the page of the search parameters tells of others than there are."""
    assert generate_parameters.FILE.read_text(encoding="utf-8") == generate_parameters.page()


@pytest.mark.parametrize("part", PARTS)
def test_every_parameter_is_used_and_explained(part: str) -> None:
    """If it fails, a number can be set that nothing looks at, or that nobody understands."""
    kind = PARTS[part]
    assert isinstance(kind, type)
    assert issubclass(kind, BaseModel)
    used = {
        node.attr
        for path in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
    }
    assert set(kind.model_fields) <= used
    assert all(field.description for field in kind.model_fields.values())


def test_file_changes_what_it_names(tmp_path: Path) -> None:
    """If it fails, a file of parameters changes something else, or nothing."""
    path = tmp_path / "search.toml"
    path.write_text("[size]\npooled_from = 40\n", encoding="utf-8")
    assert SearchParameters.from_file(path).changed() == {"size": {"pooled_from": 40}}


def test_every_fault_of_a_file_is_told(tmp_path: Path) -> None:
    """If it fails, whoever mends a file of parameters learns of its faults one by one, or of none."""
    path = tmp_path / "search.toml"
    text = "[times]\nahead = 0\n[plan]\nshare = 1.5\n[improvment]\nlacking = 0.1\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        SearchParameters.from_file(path)
    assert {fault.place for fault in caught.value.faults} == {"times.ahead", "plan.share", "improvment"}


def test_nothing_impossible_is_taken() -> None:
    """If it fails, a search is told to take more than its whole limit."""
    with pytest.raises(ValidationError):
        SearchParameters.model_validate({"plan": {"share": 1.2}})


def test_result_names_what_was_changed() -> None:
    """If it fails, nobody can tell by a result that it was found with other parameters."""
    mine = SearchParameters.model_validate({"improvement": {"lacking": 0.8}})
    result = solve(Problem.from_dict(tiny()), parameters=mine, deterministic_limit=0.2, workers=1, seed=1)
    assert result.provenance.search_parameters == ("improvement.lacking = 0.8",)
    assert result.verified


def test_bad_file_ends_the_command(tmp_path: Path) -> None:
    """If it fails, a week is planned with other parameters than those that were asked for."""
    path = tmp_path / "search.toml"
    path.write_text("[times]\nahead = 0\n", encoding="utf-8")
    problem = tmp_path / "problem.json"
    problem.write_text(json.dumps(tiny()), encoding="utf-8")
    done = run("solve", problem, "-o", tmp_path / "schedule.json", "--parameters", path)
    assert done.returncode == 2
    assert "times.ahead" in done.stderr
    assert not (tmp_path / "schedule.json").exists()
