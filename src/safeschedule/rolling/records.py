"""What the files of a roll's folder say beside problems and schedules."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from safeschedule.errors import InputError
from safeschedule.problem import problem_hash
from safeschedule.problem.reading.parsing import parse_json
from safeschedule.problem.reading.source import read_text
from safeschedule.rolling.caseload import RollCaseload
from safeschedule.rolling.course import PlannedWeek

_LARGEST_FIGURE = 1e15


def told(week: PlannedWeek, schedule: str) -> dict[str, Any]:
    """Return how a week was found; `schedule` is the hash of what was."""
    result = week.result
    assert result is not None
    return {
        "status": str(result.status),
        "objective": result.objective,
        "bound": result.bound,
        "gap": week.row.gap,
        "seconds": round(result.seconds["total"], 2),
        "placed": result.placed,
        "explanation": list(result.explanation),
        "provenance": asdict(result.provenance),
        "problem": problem_hash(week.problem),
        "asked": problem_hash(week.problem if week.asked is None else week.asked),
        "schedule": schedule,
    }


def mark(caseload: RollCaseload) -> str:
    """Return a hash of what a roll goes by, but for its ledger, which grows."""
    plain = replace(caseload, ledger=()).to_dict()
    return hash_of(json.dumps(plain, sort_keys=True).encode())


def record_of(folder: Path) -> dict[str, Any]:
    """Return how a week was found; nothing where that is not there any more."""
    try:
        found = read_json(folder / "result.json")
    except (InputError, OSError):
        return {}
    return found if isinstance(found, dict) else {}


def figures(folder: Path, record: dict[str, Any]) -> dict[str, float | None]:
    """Return gap and seconds of a week's solve, as far as they hold of the schedule that is there."""
    try:
        same = record["schedule"] == hash_of((folder / "schedule.json").read_bytes())
        return {"gap": _number(record["gap"]) if same else None, "seconds": _number(record["seconds"])}
    except (OSError, KeyError, TypeError):
        return {}


def as_json(plain: dict[str, Any]) -> bytes:
    """Return plain data as a file's text."""
    return (json.dumps(plain, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode()


def hash_of(data: bytes) -> str:
    """Return the SHA-256 of a file's text."""
    return hashlib.sha256(data).hexdigest()


def read_json(path: Path) -> Any:
    """Return what a roll wrote; anything else is refused as any other file is."""
    return parse_json(read_text(path, path.name), path.name)


def _number(value: Any) -> float | None:
    """Return a figure; none where there is something that is no figure."""
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > _LARGEST_FIGURE:
        return None
    return float(value)
