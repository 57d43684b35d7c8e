"""Runs the benchmark: made-up teams, one process a solve, JSON lines and a table; see README.md.

python benchmarks/run.py --sizes 5 10 20 --seeds 1 2 3 --time-limit 60 --solvers safeschedule flat
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results")
SOLVERS = ("safeschedule", "flat")
GRACE = 300.0
"""Seconds beyond the time limit after which a process is ended and recorded as failed."""

Record = dict[str, Any]


def main(arguments: list[str] | None = None) -> int:
    """Run what is asked for, and print the table."""
    asked = _parser().parse_args(arguments)
    if asked.one:
        sys.stdout.write(json.dumps(_one(asked)))
        return 0
    asked.output.parent.mkdir(parents=True, exist_ok=True)
    records = []
    with asked.output.open("w", encoding="utf-8") as file:
        for record in _runs(asked):
            records.append(record)
            file.write(json.dumps(record) + "\n")
            file.flush()
    sys.stdout.write(table(records))
    return 0 if all(record.get("verified") for record in records) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Benchmark of SafeSchedule and its peers.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5, 10, 20], help="clinicians")
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3], help="of the generator")
    parser.add_argument("--repeats", type=int, default=1, help="solves of each week, with seeds 0, 1, ...")
    parser.add_argument("--time-limit", type=float, default=60.0, help="seconds a solve")
    parser.add_argument("--workers", type=int, default=8)
    parser.add_argument("--profile", default="community", help="of the generator")
    parser.add_argument("--solvers", nargs="+", choices=SOLVERS, default=["safeschedule"])
    parser.add_argument("--output", type=Path, default=RESULTS / "latest.jsonl")
    parser.add_argument("--one", choices=SOLVERS, help=argparse.SUPPRESS)
    return parser


def _runs(asked: argparse.Namespace) -> Iterable[Record]:
    for size in asked.sizes:
        for seed in asked.seeds:
            for repeat in range(asked.repeats):
                for solver in asked.solvers:
                    yield _in_process(asked, solver, size, seed, repeat)


def _in_process(asked: argparse.Namespace, solver: str, size: int, seed: int, repeat: int) -> Record:
    """Return the record of one solve in a process of its own, so that memory and caches are its own."""
    head = {"solver": solver, "size": size, "seed": seed, "repeat": repeat, "profile": asked.profile}
    head |= {"time_limit": asked.time_limit, "workers": asked.workers}
    command = [sys.executable, __file__, "--one", solver, "--sizes", size, "--seeds", seed]
    command += ["--repeats", repeat, "--time-limit", asked.time_limit, "--workers", asked.workers]
    command += ["--profile", asked.profile]
    try:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=True,
            timeout=asked.time_limit + GRACE,
        )
    except subprocess.TimeoutExpired:
        return head | {"status": "failed", "fault": "ran far beyond its time limit", "verified": False}
    except subprocess.CalledProcessError as fault:
        return head | {"status": "failed", "fault": fault.stderr[-2000:], "verified": False}
    return head | json.loads(done.stdout)


def _one(asked: argparse.Namespace) -> Record:
    from safeschedule.problem import problem_hash
    from safeschedule.samples import generate

    problem = generate(asked.sizes[0], asked.seeds[0], profile=asked.profile)
    began = time.monotonic()
    options = {"time_limit": asked.time_limit, "seed": asked.repeats, "workers": asked.workers}
    if asked.one == "flat":
        from peers.flat import solve_flat

        record = solve_flat(problem, **options)
    else:
        record = _own(problem, options)
    return record | {
        "wall_seconds": time.monotonic() - began,
        "sessions": sum(request.count for request in problem.requests),
        "problem_hash": problem_hash(problem),
        "peak_mib": _peak_mib(),
        **_surroundings(),
    }


def _own(problem: Any, options: dict[str, Any]) -> Record:
    from safeschedule import solve, verify

    told: list[Any] = []
    result = solve(problem, on_progress=told.append, **options)
    first = next((p.seconds for p in told if p.best is not None), None)
    sessions = next((p.seconds for p in told if p.best is not None and p.best > 0), None)
    found = result.as_dict()
    compliant = result.schedule is not None and verify(problem, result.schedule).compliant
    return {
        "status": found["status"],
        "tiers": [
            {key: tier[key] for key in ("tier", "objective", "bound", "gap")} for tier in found["tiers"]
        ],
        "seconds": found["seconds"],
        "first_schedule": first,
        "first_sessions": sessions,
        "placed": found["placed"],
        "verified": compliant,
    }


def _peak_mib() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # Kibibytes everywhere but on macOS, where it is bytes.
    return used / (1024 if sys.platform != "darwin" else 1024**2)


def _surroundings() -> Record:
    import ortools

    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "python": platform.python_version(),
        "ortools": ortools.__version__,
    }


# The table.


def total(record: Record, key: str) -> float | None:
    """Return the sum of a figure over the tiers, or ``None`` when a tier lacks it."""
    parts = [tier[key] for tier in record.get("tiers", ())]
    return None if not parts or None in parts else float(sum(parts))


def table(records: list[Record]) -> str:
    """Return medians with lowest and highest values in brackets, as a Markdown table."""
    groups: dict[tuple[int, str], list[Record]] = defaultdict(list)
    for record in records:
        groups[record["size"], record["solver"]].append(record)
    head = (
        "clinicians", "solver", "runs", "verified", "optimal", "objective", "leading tier's gap %",
        "seconds", "first schedule s", "MiB", "objective to safeschedule's",
    )  # fmt: skip
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    for (size, solver), members in sorted(
        groups.items(), key=lambda item: (item[0][0], SOLVERS.index(item[0][1]))
    ):
        own = groups.get((size, SOLVERS[0]), [])
        cells = (
            str(size),
            solver,
            str(len(members)),
            str(sum(bool(r.get("verified")) for r in members)),
            str(sum(r["status"] == "optimal" for r in members)),
            _spread([total(r, "objective") for r in members], "{:.0f}"),
            _spread([_leading_gap(r) for r in members], "{:.3f}"),
            _spread([r.get("wall_seconds") for r in members], "{:.1f}"),
            _spread([r.get("first_schedule") for r in members], "{:.1f}"),
            _spread([r.get("peak_mib") for r in members], "{:.0f}"),
            _spread(_ratios(members, own), "{:.4f}"),
        )
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _leading_gap(record: Record) -> float | None:
    tiers = record.get("tiers") or [{"gap": None}]
    return None if tiers[0]["gap"] is None else 100 * tiers[0]["gap"]


def _ratios(members: list[Record], own: list[Record]) -> list[float | None]:
    """Return each record's objective as a ratio of the own solver's on the same week and repeat."""
    mine = {(r["seed"], r["repeat"]): total(r, "objective") for r in own}
    pairs = [(total(r, "objective"), mine.get((r["seed"], r["repeat"]))) for r in members]
    return [None if a is None or not b else a / b for a, b in pairs]


def _spread(values: list[float | None], form: str) -> str:
    known = [value for value in values if value is not None]
    if not known:
        return "–"
    middle, low, high = (form.format(v) for v in (statistics.median(known), min(known), max(known)))
    missing = f", {len(values) - len(known)} without" if len(known) < len(values) else ""
    return f"{middle}{missing}" if low == high else f"{middle} ({low}–{high}{missing})"


if __name__ == "__main__":
    sys.exit(main())
