"""Whether limits are kept: ``solve`` under short ones, and how soon it ends when it is told to stop.

One solve is measured in a process of its own: ``python -m benchmarks.limits CASE SECONDS [STOP]``.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from benchmarks.instances import named
from benchmarks.machine import ROOT
from benchmarks.shapes import SHAPES

if TYPE_CHECKING:
    from safeschedule import Problem
    from safeschedule.solving.progress import Progress

Line = dict[str, Any]

SIZES = (10, 30, 60, 100)
LIMITS = (1.0, 2.0, 5.0, 10.0, 20.0)
SHAPE_LIMITS = (5.0,)
STOPS = (0.5, 3.0, 10.0)
"""Seconds after the start at which a solve without a near limit is told to stop."""

_GRACE = 600.0
_FAR = 3600.0


def allowed(limit: float) -> float:
    """Return the seconds that a solve may take in all on a machine that is not busy."""
    return 1.1 * limit + 1.0


def run(sizes: Sequence[int], limits: Sequence[float], *, shapes: bool, stops: bool) -> Iterator[Line]:
    """Yield a line for each solve.

    Parameters
    ----------
    sizes
        Clinicians.
    limits
        Seconds, for each size.
    shapes
        Whether also to solve `benchmarks.shapes`.
    stops
        Whether also to stop solves that have an hour.
    """
    cases = [f"clinic-{size}" for size in sizes]
    yield from (_apart(case, limit) for case in cases for limit in limits)
    if shapes:
        yield from (_apart(shape, limit) for shape in SHAPES for limit in SHAPE_LIMITS)
    if stops:
        yield from (_apart(case, _FAR, after) for case in cases for after in STOPS)


def _apart(case: str, limit: float, stop: float | None = None) -> Line:
    """Measure one solve in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.limits", case, str(limit)]
    command += [] if stop is None else [str(stop)]
    line: Line = {"case": case, "limit": limit, "stopped_after": stop}
    seconds = (limit if stop is None else stop) + _GRACE
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=seconds, check=False
        )
    except subprocess.TimeoutExpired:
        return line | {"status": "failed", "fault": f"still running after {seconds:g} s", "kept": False}
    if done.returncode:
        return line | {"status": "failed", "fault": done.stderr.strip()[-500:], "kept": False}
    return judged(line | json.loads(done.stdout.splitlines()[-1]))


def judged(line: Line) -> Line:
    """Return a line with how late the solve was, and whether that is allowed.

    After a stop a second is; a limit is kept to a tenth and a second.
    """
    stopped = line["stopped_after"]
    late = line["wall"] - (line["limit"] if stopped is None else stopped)
    kept = late <= 1.0 if stopped is not None else line["wall"] <= allowed(line["limit"])
    return line | {"late": round(late, 2), "kept": kept}


def measure(case: str, limit: float, stop_after: float | None = None) -> Line:
    """Solve a case here; return wall-clock and processor seconds, the longest silence, and what came out."""
    from safeschedule import solve

    # Loaded before the clock starts: a library is loaded once, not with each week.
    for module in ("ortools.sat.python.cp_model", "ortools.math_opt.python.mathopt", "safeschedule.pipeline"):
        importlib.import_module(module)
    problem = week(case)
    stop, told = threading.Event(), list[float]()

    def hear(_: Progress) -> None:
        told.append(time.perf_counter())

    timer = None if stop_after is None else threading.Timer(stop_after, stop.set)
    began, cpu = time.perf_counter(), time.process_time()
    if timer is not None:
        timer.start()
    result = solve(problem, time_limit=limit, on_progress=hear, stop=stop)
    ended = time.perf_counter()
    if timer is not None:
        timer.cancel()
    moments = [began, *told, ended]
    return {
        "wall": round(ended - began, 2),
        "cpu": round(time.process_time() - cpu, 2),
        "silence": round(max(b - a for a, b in pairwise(moments)), 2),
        "status": str(result.status),
        "ended": None if result.ended is None else str(result.ended),
        "placed": result.placed,
        "asked": sum(request.count for request in problem.requests),
        "most": result.most_sessions,
        "gap": result.gap if result.gap is not None and result.gap < float("inf") else None,
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "words": list(result.explanation),
    }


def week(case: str) -> Problem:
    """Return the week of a shape, of the first stored instance of a family, or one drawn of that size."""
    if case in SHAPES:
        return SHAPES[case]()
    family, _, size = case.partition("-")
    if family == "clinic" and size == "60":
        from safeschedule.samples import generate

        return generate(60, 1)
    return named(case)[0].problem()


def table(lines: Iterable[Line]) -> str:
    """Return the lines as a Markdown table."""
    head = (
        "| week | limit s | stop s | wall s | late s | CPU s | silence s | ended by | placed | gap | kept |"
    )
    return "\n".join([head, "|---" * 11 + "|", *map(_row, lines)])


def _row(line: Line) -> str:
    stop = "–" if line["stopped_after"] is None else f"{line['stopped_after']:g}"
    kept = "yes" if line["kept"] else "**no**"
    first = f"| {line['case']} | {line['limit']:g} | {stop} |"
    if "wall" not in line:
        return (
            f"{first}{' – |' * 6} {line['fault'].splitlines()[-1] if line['fault'] else 'failed'} | {kept} |"
        )
    gap = "–" if line["gap"] is None else f"{100 * line['gap']:.1f} %"
    return (
        f"{first} {line['wall']:.1f} | {line['late']:.1f} | {line['cpu']:.1f} | {line['silence']:.1f} | "
        f"{line['ended']} | {line['placed']} of {line['asked']} | {gap} | {kept} |"
    )


if __name__ == "__main__":
    name, seconds, *rest = sys.argv[1:]
    print(json.dumps(measure(name, float(seconds), float(rest[0]) if rest else None)), flush=True)
