"""Records: one JSON object a line, one line a solve, appended as they come."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Record = dict[str, Any]

KEYS = (
    "instance", "solver", "seconds", "time_to_first", "objective", "bound", "gap", "verified", "peak_mib",
)  # fmt: skip
"""What every record has, ``None`` where there is nothing to tell; more keys follow."""

LASTING = ("optimal", "feasible", "infeasible", "unknown")
"""How a solve can end that was carried through; runs that failed, or had no engine, are tried again."""


def key(record: Record) -> tuple[Any, ...]:
    """Return what makes two records the same measurement."""
    return tuple(
        record.get(name) for name in ("instance", "solver", "seed", "workers", "time_limit", "commit")
    )


def read(paths: Iterable[Path]) -> list[Record]:
    """Return the records of files, in order.

    A last line that was cut off, and lines that are not records, are passed over: what an interrupted run
    left behind must not stop the next.
    """
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and set(KEYS) <= record.keys():
                found.append(record)
    return found


def append(path: Path, record: Record) -> None:
    """Add a record at the end of a file, on a line of its own even when the last one was cut off."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(line(record).encode() + b"\n")


def line(record: Record) -> str:
    """Return a record as one line of JSON."""
    return json.dumps(record, allow_nan=False)


def latest(records: Iterable[Record]) -> list[Record]:
    """Return the newest record of each instance, solver, seed, workers and limit, whatever the commit."""
    found = {key(r)[:-1]: r for r in sorted(records, key=lambda r: str(r.get("when", "")))}
    return list(found.values())
