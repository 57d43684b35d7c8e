"""The benchmark runs, resumes and reports; its stored weeks are those of the generator."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
from itertools import islice
from pathlib import Path

import pytest

import safeschedule
from benchmarks import losses, manifest, settings
from benchmarks.instances import ChoiceError, choose, stored
from benchmarks.records import KEYS
from safeschedule import solve
from safeschedule.problem import problem_from_text, problem_hash

ROOT = Path(__file__).parents[2]
SOURCE = Path(safeschedule.__file__).parents[1]
SMALL = [instance for instance in stored() if instance.family.clinicians <= 20]


def benchmarks(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "benchmarks", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


@pytest.mark.slow
def test_runs_are_recorded_resumed_and_reported(tmp_path: Path) -> None:
    """Nobody could run the benchmark, or a run that is finished would be made again, or its report fail."""
    output, page = tmp_path / "runs.jsonl", tmp_path / "page"
    asked = ("run", "clinic-5", "--instance", "1", "--time-limit", "1", "--json", "--output", output)
    done = benchmarks(*asked)
    (record,) = map(json.loads, done.stdout.splitlines())
    assert set(KEYS) <= record.keys(), done.stderr
    assert record["status"] in ("optimal", "feasible", "unknown"), record
    assert record["verified"] == (record["objective"] is not None)
    assert done.returncode == (0 if record["verified"] else 1)
    assert record["peak_mib"] > 1
    with output.open("a") as file:
        file.write('{"instance": "clinic-5-1", "sol')
    assert [json.loads(line) for line in benchmarks(*asked).stdout.splitlines()] == [record]
    greedy = benchmarks("run", "clinic-5-1", "--solver", "greedy", "--output", output)
    assert greedy.returncode == 0, greedy.stdout + greedy.stderr
    assert benchmarks("report", output, "--output", page).returncode == 0
    assert "| clinic-5 | greedy |" in (page / "index.md").read_text(encoding="utf-8")


def test_interrupt_keeps_what_is_finished(tmp_path: Path) -> None:
    """Ctrl-C would lose finished runs, or leave a solver running that nobody waits for."""
    output = tmp_path / "runs.jsonl"
    asked = ["run", "clinic-10", "--solver", "greedy", "--json", "--output", str(output)]
    with subprocess.Popen(
        [sys.executable, "-m", "benchmarks", *asked],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(SOURCE)},
        stdout=subprocess.PIPE,
        # Where a test runner ignores interrupts its children would, too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as running:
        assert running.stdout is not None
        first = running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.stdout.read() == b""
    assert running.returncode == 130
    assert output.read_bytes() == first


def test_stored_results_can_be_reported(tmp_path: Path) -> None:
    """The documentation's tables could not be made again from the results that are kept."""
    done = benchmarks("report", "--output", tmp_path)
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_losses_split_the_whole_gap() -> None:
    """A decision would be told to lose what it does not: the parts would not add up to the gap."""
    (instance,) = choose(["clinic-5-1"])
    week = solve(instance.problem(), deterministic_limit=1.0, workers=1).schedule
    lines = list(losses.run(instance, week, seconds=1.0, week_seconds=0.0))
    assert all(line["lost"] >= 0 for line in lines)
    assert sum(line["lost"] for line in lines) == lines[0]["worth"] - lines[-1]["worth"]
    assert len(losses.table(lines).splitlines()) == 2 + len(lines)


@pytest.mark.slow
def test_settings_are_measured() -> None:
    """The table of settings in the documentation could not be made again, or would compare other weeks."""
    lines = list(islice(settings.run(choose(["clinic-5-1"])[0], parts=1, limit=30.0), 2))
    best, other = lines
    assert [line["setting"] for line in lines] == list(settings.VARIANTS)[:2]
    assert best["proven"] == 1
    assert other["value"] <= best["value"]
    assert other["value"] == best["value"] or not other["proven"]


def test_list_names_every_instance() -> None:
    """A stored instance could not be found out about."""
    shown = benchmarks("list").stdout.split()
    assert [instance.name for instance in stored() if instance.name not in shown] == []


def test_all_faults_are_named_at_once() -> None:
    """Somebody would mend a command line fault by fault."""
    with pytest.raises(ChoiceError) as caught:
        choose(["clinic-7", "clinic-5", "nothing"], 9, [4])
    assert len(caught.value.faults) == 4
    assert benchmarks("run", "clinic-7").returncode == 2


@pytest.mark.parametrize("instance", SMALL, ids=lambda instance: instance.name)
def test_stored_weeks_are_the_generators(instance: object) -> None:
    """Stored and fresh weeks would not be of one kind; `python -m benchmarks generate` writes them again."""
    content, entry = manifest.describe(instance)
    assert gzip.decompress(instance.path.read_bytes()) == content
    assert manifest.read()[instance.name] | {"best": None} == entry


def test_every_stored_week_is_the_manifests() -> None:
    """Figures would be told of another week than the one that was measured."""
    entries = manifest.read()
    assert list(entries) == [instance.name for instance in stored()]
    for instance in (i for i in stored() if 20 < i.family.clinicians <= 50):
        problem = problem_from_text(gzip.decompress(instance.path.read_bytes()).decode())
        assert problem_hash(problem) == entries[instance.name]["hash"]
