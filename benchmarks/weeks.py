"""Solved weeks as a clinical lead reads them: the measures of `benchmarks.lead`, and a table of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.instances import Instance
from benchmarks.lead import figures
from benchmarks.solved import solved

Line = dict[str, Any]

_COLUMNS: Mapping[str, tuple[str, str]] = {
    "instance": ("week", ""),
    "placed": ("placed", ""),
    "expected": ("expected to take place", ""),
    "documentation_before_work": ("notes before work", "%"),
    "sessions_without_documentation_after": ("no notes after", "%"),
    "longest_without_pause": ("longest without pause", "min"),
    "longest_without_meal": ("longest without meal", "min"),
    "days_apart_median": ("days apart", ""),
    "days_apart_most": ("at most", ""),
    "rooms_changed": ("rooms changed", "%"),
    "urgent_slots": ("urgent slots", ""),
    "urgent_slots_of_one": ("of one person", "%"),
    "urgent_half_days": ("in half-days", ""),
    "urgent_slots_without_room": ("without a room", ""),
}


def run(instances: Iterable[Instance], limit: float | None, seed: int) -> Iterator[Line]:
    """Yield the measures of each week as it is solved; those of weeks without a schedule say so.

    Parameters
    ----------
    instances
        The weeks.
    limit
        Seconds for each; ``None``: its family's.
    seed
        Of the search.
    """
    for instance in instances:
        problem = instance.problem()
        line, schedule = solved(instance, problem, limit, seed)
        yield line if schedule is None else line | figures(problem, schedule)


def measured(problem_file: Path, schedules: Iterable[Path]) -> Iterator[Line]:
    """Yield the measures of schedules of one problem, each under its file's name."""
    from safeschedule import read_problem, read_schedule
    from safeschedule.schedule.serving import served

    problem = read_problem(problem_file)
    asked = sum(request.count for request in problem.requests)
    for path in schedules:
        schedule = read_schedule(path)
        line: Line = {"instance": path.stem, "placed": served(problem, schedule).total(), "asked": asked}
        yield line | figures(problem, schedule)


def table(lines: Iterable[Line]) -> str:
    """Return the lines as Markdown: the measures of each week, then what was placed by kind."""
    found = [line for line in lines if "placed" in line]
    head = [f"{words}, {unit}" if unit else words for words, unit in _COLUMNS.values()]
    rows = [[_cell(line[name], unit) for name, (_, unit) in _COLUMNS.items()] for line in found]
    kinds = [
        [line["instance"], *(_shares(line[f"placed_by_{kind}"]) for kind in ("intensity", "band", "length"))]
        for line in found
    ]
    shares = ["week", "placed by intensity, %", "by band, %", "by length in minutes, %"]
    return f"{_markdown(head, rows)}\n\n{_markdown(shares, kinds)}"


def _cell(value: Any, unit: str) -> str:
    return f"{100 * value:.1f}" if unit == "%" else f"{value:g}" if isinstance(value, float) else str(value)


def _shares(shares: Mapping[str, float]) -> str:
    return ", ".join(f"{name} {100 * share:.0f}" for name, share in shares.items())


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
