"""The benchmark runs, and its table says what its records say."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import safeschedule

FILE = Path(__file__).parents[2] / "benchmarks" / "run.py"
SOURCE = Path(safeschedule.__file__).parents[1]


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmarks_run", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_tiny_run(tmp_path: Path) -> None:
    """If it fails, the benchmark cannot be run, or records a schedule that was not verified."""
    output = tmp_path / "results" / "tiny.jsonl"
    arguments = ["--sizes", "4", "--seeds", "1", "--time-limit", "6", "--workers", "2"]
    done = subprocess.run(
        [sys.executable, str(FILE), *arguments, "--solvers", "safeschedule", "flat", "--output", str(output)],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        timeout=500,
        check=False,
    )
    records = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert [r["solver"] for r in records] == ["safeschedule", "flat"], done.stderr
    assert len({r["problem_hash"] for r in records}) == 1
    for record in records:
        assert record["status"] in ("optimal", "feasible", "unknown"), record
        assert record["peak_mib"] > 1
        assert record["verified"] == (record["status"] != "unknown")
    assert records[0]["verified"], records[0]
    assert records[0]["first_schedule"] <= records[0]["seconds"]["total"]
    assert (done.returncode == 0) == all(r["verified"] for r in records)
    assert len(done.stdout.splitlines()) == 4


def record(solver: str, seed: int, objective: int | None, **more: object) -> dict[str, object]:
    """Return a record of the runner with one tier, or a failed one."""
    tiers = (
        [] if objective is None else [{"tier": "service", "objective": objective, "bound": 100, "gap": 0.5}]
    )
    status = "failed" if objective is None else "feasible"
    return {"solver": solver, "size": 5, "seed": seed, "repeat": 0, "status": status, "tiers": tiers, **more}


def test_table(runner: ModuleType) -> None:
    """If it fails, the table shows other medians or ratios than the records, or hides a run that failed."""
    records = [record("safeschedule", s, 10 * s, verified=True, wall_seconds=float(s)) for s in (1, 2, 3)]
    records += [record("flat", 1, 5, verified=True), record("flat", 2, None, verified=False)]
    own, flat = [
        [cell.strip() for cell in line.split("|")] for line in runner.table(records).splitlines()[2:]
    ]
    assert own[1:7] == ["5", "safeschedule", "3", "3", "0", "20 (10–30)"]
    assert own[8] == "2.0 (1.0–3.0)"
    assert own[11] == "1.0000"
    assert flat[1:7] == ["5", "flat", "2", "1", "0", "5, 1 without"]
    assert flat[11] == "0.5000, 1 without"
