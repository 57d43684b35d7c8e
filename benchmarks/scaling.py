"""What a search would do with more processors: how much of its work has to wait for one of them.

There need be no such machine: the work is counted as time of processors, whoever has them.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from benchmarks.instances import Instance

Line = dict[str, Any]


def run(instance: Instance, workers: int, deterministic_limit: float) -> Line:
    """Return how the work of one solve is shared between the search and its worker processes.

    Parameters
    ----------
    instance
        The week.
    workers
        Worker processes, as on a machine with so many processors.
    deterministic_limit
        Of the solve: the work is the same then however long the processors take.
    """
    from safeschedule import SearchParameters, solve
    from safeschedule.solving.parameters import ProcessParameters
    from safeschedule.solving.search import context, matheuristic

    with (
        _processors(workers, context, matheuristic),
        _timed_parts(context) as parts,
        _timed_engines() as engines,
    ):
        began, helped = time.process_time(), _of_helpers()
        found = solve(
            instance.problem(),
            deterministic_limit=deterministic_limit,
            time_limit=None,
            workers=workers,
            parameters=SearchParameters(processes=ProcessParameters(from_clinicians=1, seconds=0.01)),
        )
        own, helpers = time.process_time() - began, _of_helpers() - helped
    return {
        "instance": instance.name,
        "workers": workers,
        "gap": found.gap,
        "own_seconds": own,
        "own_seconds_of_parts": sum(parts),
        "helpers_seconds": helpers,
        "engines_seconds": sum(engines),
        "serial_share_of_parts": sum(parts) / (sum(parts) + helpers),
        "locked_share": (own - sum(engines)) / (own + helpers),
    }


def _of_helpers() -> float:
    """Return the time that processes of this one used, as far as they have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _processors(count: int, *modules: Any) -> Iterator[None]:
    """Have the search believe in so many processors."""
    before = [module.processors for module in modules]
    for module in modules:
        module.processors = lambda: count
    try:
        yield
    finally:
        for module, own in zip(modules, before, strict=True):
            module.processors = own


@contextmanager
def _timed_parts(module: Any) -> Iterator[list[float]]:
    """Note what the search itself uses while parts are solved."""
    found, stream = list[float](), module.stream

    def timed(*arguments: Any) -> Any:
        began = time.process_time()
        try:
            return stream(*arguments)
        finally:
            found.append(time.process_time() - began)

    module.stream = timed
    try:
        yield found
    finally:
        module.stream = stream


@contextmanager
def _timed_engines() -> Iterator[list[float]]:
    """Note what CP-SAT and HiGHS use in the search itself: they need no lock."""
    import highspy
    from ortools.sat.python import cp_model

    found, places = list[float](), ((cp_model.CpSolver, "solve"), (highspy.Highs, "run"))
    before = [getattr(kind, name) for kind, name in places]

    def timed(run: Any) -> Any:
        def timing(*arguments: Any, **options: Any) -> Any:
            began = time.thread_time()
            try:
                return run(*arguments, **options)
            finally:
                found.append(time.thread_time() - began)

        return timing

    for (kind, name), run in zip(places, before, strict=True):
        setattr(kind, name, timed(run))
    try:
        yield found
    finally:
        for (kind, name), run in zip(places, before, strict=True):
            setattr(kind, name, run)


def table(lines: list[Line]) -> str:
    """Return the lines as a table."""
    head = (
        "| workers | search, s | of that engines | between parts | worker processes, s "
        "| serial share of parts | needs the lock | gap |"
    )
    rows = [
        f"| {line['workers']} | {line['own_seconds']:.1f} | {line['engines_seconds']:.1f} "
        f"| {line['own_seconds_of_parts']:.1f} | {line['helpers_seconds']:.1f} "
        f"| {line['serial_share_of_parts']:.1%} | {line['locked_share']:.1%} | {line['gap']:.2%} |"
        for line in lines
    ]
    return "\n".join([head, "|---" * 8 + "|", *rows])
