"""Micro-benchmarks: what the parts of a solve cost, and how that grows with the team."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from benchmarks.families import FAMILIES
from benchmarks.instances import Instance

SMALL = 10
"""Clinicians of the smaller team: growth is told against it."""

Line = dict[str, Any]


def run(size: int, repeats: int) -> list[Line]:
    """Return a line for each part and size: median, lowest and highest seconds, and growth by clinician.

    Parameters
    ----------
    size
        Clinicians of the larger team.
    repeats
        Measurements of each part; one more is made before them and not counted.
    """
    sizes = sorted({SMALL, size})
    found = [
        _line("import safeschedule", None, lambda: _import("safeschedule"), repeats),
        _line("import all that solves", None, lambda: _import("safeschedule.pipeline"), repeats),
    ]
    parts = {clinicians: _parts(clinicians) for clinicians in sizes}
    for name in parts[SMALL]:
        lines = [_line(name, clinicians, parts[clinicians][name], repeats) for clinicians in sizes]
        for line in lines[1:]:
            # 1 would be a cost in proportion to the team.
            line["growth"] = line["median"] / lines[0]["median"] * SMALL / line["clinicians"]
        found += lines
    return found


def _parts(clinicians: int) -> dict[str, Callable[[], object]]:
    from benchmarks.peers.greedy import Greedy
    from safeschedule import verify
    from safeschedule.model.candidates import candidates
    from safeschedule.model.encode import encode
    from safeschedule.model.index import Index
    from safeschedule.problem import problem_from_text
    from safeschedule.solving.backend import Limits

    family = FAMILIES.get(f"clinic-{clinicians}")
    if family is None:
        from benchmarks.instances import ChoiceError

        raise ChoiceError([f"There is no family of {clinicians} clinicians."])
    problem = Instance(family, 1).problem()
    text = problem.model_dump_json()
    index = Index(problem)
    rows = candidates(index)
    schedule = Greedy().solve(problem, Limits(time_limit=None)).schedule
    assert schedule is not None
    return {
        "read the problem": lambda: problem_from_text(text),
        "candidates": lambda: candidates(Index(problem)),
        "encode half-days": lambda: encode(index, rows, exact=False),
        "encode everything": lambda: encode(index, rows),
        "verify": lambda: verify(problem, schedule),
    }


def _import(module: str) -> None:
    subprocess.run([sys.executable, "-c", f"import {module}"], check=True)


def _line(name: str, clinicians: int | None, part: Callable[[], object], repeats: int) -> Line:
    seconds = []
    for _ in range(repeats + 1):
        began = time.perf_counter()
        part()
        seconds.append(time.perf_counter() - began)
    # The first fills caches.
    counted = seconds[1:]
    spread = {"median": statistics.median(counted), "lowest": min(counted), "highest": max(counted)}
    return {"part": name, "clinicians": clinicians, "repeats": repeats, **spread, "growth": None}


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table, in milliseconds."""
    head = "| part | clinicians | median ms | lowest–highest ms | growth by clinician |"
    rows = [
        f"| {line['part']} | {line['clinicians'] or '–'} | {1000 * line['median']:.1f} | "
        f"{1000 * line['lowest']:.1f}–{1000 * line['highest']:.1f} | "
        + ("– |" if line["growth"] is None else f"{line['growth']:.2f} |")
        for line in lines
    ]
    return "\n".join([head, "|---|---|---|---|---|", *rows])
