"""Runs jobs one after the other, each in a process of its own; what is finished already is not run again."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import records
from benchmarks.job import Job
from benchmarks.machine import ROOT, surroundings
from benchmarks.memory import tree_mib
from benchmarks.records import LASTING, Record

GRACE = 120.0
"""Seconds beyond twice the time limit after which a process is ended and recorded as failed."""
_STEP = 0.1


def run(jobs: Iterable[Job], output: Path | None = None) -> Iterator[Record]:
    """Yield the record of each job; append it to a file, and take from there what it has already.

    Parameters
    ----------
    jobs
        What to measure, in this order.
    output
        JSON lines; ``None``: nothing is kept.
    """
    around = surroundings()
    done = {} if output is None else _done(output)
    for job in jobs:
        fields = job.as_record() | around
        record = done.get(records.key(fields))
        if record is None:
            record = fields | _in_process(job) | {"when": datetime.now(UTC).isoformat(timespec="seconds")}
            if output is not None:
                records.append(output, record)
        yield record


def _done(output: Path) -> dict[tuple[object, ...], Record]:
    return {records.key(r): r for r in records.read([output]) if r.get("status") in LASTING}


def _in_process(job: Job) -> Record:
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "record.json")
        command = [sys.executable, "-m", "benchmarks.measure", json.dumps(asdict(job)), str(output)]
        with Path(folder, "errors.txt").open("wb+") as errors:
            # A process group of its own: an interrupt reaches the runner alone, which then ends the group.
            process = subprocess.Popen(
                command, cwd=ROOT, stdout=errors, stderr=errors, start_new_session=True, env=_environment()
            )
            try:
                peak = _watch(process, 2 * job.time_limit + GRACE)
            finally:
                _end(process)
            errors.seek(0)
            said = errors.read().decode(errors="replace").strip()
        if peak is None:
            return {"status": "failed", "fault": f"still running after {2 * job.time_limit + GRACE:g} s"}
        if process.returncode or not output.exists():
            return {"status": "failed", "fault": said[-2000:] or f"ended with {process.returncode}"}
        record: Record = json.loads(output.read_text(encoding="utf-8"))
    record["peak_mib"] = max(peak, record["peak_mib"] or 0.0) or None
    return record


def _watch(process: subprocess.Popen[bytes], limit: float) -> float | None:
    """Return the peak memory of a process and its children once it ends, or ``None`` when it is too late."""
    began, peak = time.monotonic(), 0.0
    while time.monotonic() - began < limit:
        peak = max(peak, tree_mib(process.pid))
        try:
            process.wait(_STEP)
        except subprocess.TimeoutExpired:
            continue
        return round(peak, 1)
    return None


def _end(process: subprocess.Popen[bytes]) -> None:
    """End what is left of a process group."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _environment() -> dict[str, str]:
    # The children import the same packages as we do, installed or not.
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
