from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from safeschedule import Problem
from safeschedule.samples import PROFILES, generate
from safeschedule.testing.strategies.problems import sound_problems
from tests.exchange.frames.ways import WAYS, Way, through
from tests.support.codes import coded_problems

for _name in ("narwhals", "pandas", "polars", "pyarrow"):
    pytest.importorskip(_name)

SETTINGS = settings(deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@settings(SETTINGS, max_examples=200)
@given(sound_problems(max_clinicians=4, max_sessions=6, max_days=6))
def test_drawn_problems_come_back(tmp_path: Path, way: Way, problem: Problem) -> None:
    """Otherwise a study would be of another week than the one that was given."""
    assert way(problem, tmp_path) == problem


@pytest.mark.slow
@pytest.mark.parametrize("profile", sorted(PROFILES))
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_generated_team_comes_back(tmp_path: Path, way: Way, profile: str) -> None:
    """Otherwise what drawn problems do not have, such as nights, would be lost."""
    problem = generate(5, seed=3, profile=profile, features=("all",))
    assert way(problem, tmp_path) == problem


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@settings(SETTINGS, max_examples=30)
@given(coded_problems)
def test_codes_of_every_sort_come_back(tmp_path: Path, way: Way, problem: Problem) -> None:
    """Otherwise 0042 would come back as 42, or a cell would be run by a spreadsheet."""
    assert way(problem, tmp_path) == problem


@pytest.mark.parametrize("backend", ["pandas", "polars", "pyarrow"])
@pytest.mark.parametrize("form", ["parquet", "csv"])
def test_files_are_read_by_each_library(tmp_path: Path, form: str, backend: str) -> None:
    """Otherwise what one colleague has written another could not read."""
    problem = generate(2, seed=1)
    assert through(form, backend)(problem, tmp_path) == problem
