"""The frames of a study's results."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.layout import FrameTable
from safeschedule.exchange.frames.native import frames_of
from safeschedule.study.declared import FRAMES
from safeschedule.study.runs import StudyRun

Row = dict[str, Any]


def writer() -> str:
    """Return the library that writes and reads Parquet here."""
    return "pyarrow" if find_spec("pyarrow") or not find_spec("polars") else "polars"


def frame_of(table: FrameTable, rows: Sequence[Mapping[str, Any]], backend: str, call: str) -> Any:
    """Return one frame of rows."""
    return frames_of({table.name: _columns(table, rows)}, {table.name: table}, backend, call)[table.name]


def run_frames(runs: Sequence[StudyRun], backend: str) -> dict[str, Any]:
    """Return every frame of runs, by name."""
    return frames_of(run_columns(runs), FRAMES, backend, "StudyResults.frames")


def run_columns(runs: Sequence[StudyRun]) -> dict[str, Columns]:
    """Return the columns of every frame of runs, by name; no library is needed."""
    rows: dict[str, list[Row]] = {
        "runs": [_run(run) for run in runs],
        "rules": [row for run in runs for row in _rules(run)],
        "tiers": [row for run in runs for row in _tiers(run)],
        "skills": [row for run in runs for row in _skills(run)],
        "timings": [{**_which(run), "seconds": run.seconds} for run in runs],
    }
    return {name: _columns(FRAMES[name], own) for name, own in rows.items()}


def _columns(table: FrameTable, rows: Sequence[Mapping[str, Any]]) -> Columns:
    return {column.name: [row.get(column.name) for row in rows] for column in table.columns}


def _which(run: StudyRun) -> Row:
    return {"problem": run.problem, "scenario": run.scenario, "seed": run.seed}


def _run(run: StudyRun) -> Row:
    return {
        **_which(run),
        "status": str(run.status),
        "ended": run.ended,
        **run.figures,
        "faults": "; ".join(map(str, run.faults)) or None,
        "notes": "; ".join(run.notes) or None,
        "problem_hash": run.problem_hash or None,
        "key": run.key or None,
    }


def _rules(run: StudyRun) -> Iterator[Row]:
    for rule, amount in run.rules.items():
        yield {**_which(run), "rule": rule, "amount": amount}


def _tiers(run: StudyRun) -> Iterator[Row]:
    for tier in run.tiers:
        yield {**_which(run), "tier": tier.tier, "objective": tier.objective, "bound": tier.bound}


def _skills(run: StudyRun) -> Iterator[Row]:
    for skill, (asked, placed, waiting, seen) in run.skills.items():
        yield {
            **_which(run),
            "skill": skill,
            "asked": asked,
            "placed": placed,
            "waiting": waiting,
            "new_seen": seen,
        }
