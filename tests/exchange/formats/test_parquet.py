from __future__ import annotations

from pathlib import Path

import pytest

from safeschedule.exchange.formats.parquet import FORMAT
from safeschedule.exchange.problem_file import read_problem_file
from safeschedule.samples import generate
from tests.exchange.frames.ways import as_format

for _name in ("narwhals", "pyarrow"):
    pytest.importorskip(_name)


def test_round_trip(tmp_path: Path) -> None:
    """Otherwise a folder of frames would be another problem for a command than the file that it came from."""
    problem = generate(3, seed=2, features=("all",))
    assert as_format(FORMAT)(problem, tmp_path) == problem
    assert read_problem_file(tmp_path) == (problem, ())
