"""Plots of records, as SVG files that stay the same while the records do."""

from __future__ import annotations

import math
import statistics
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure

from benchmarks.families import FAMILIES
from benchmarks.records import Record
from benchmarks.tables import family_of, grouped, known_bounds

_FLOOR = 1e-5
"""Smallest gap that is drawn, as a fraction: a logarithmic axis has no 0."""


def draw(found: Sequence[Record], folder: Path) -> list[Path]:
    """Write all plots for which there are records; return their files."""
    if not any(record["verified"] for record in found):
        return []
    written = [_save(_gap_over_time(found), folder / "gap-over-time.svg")]
    for name, title, value in (
        ("time-over-size.svg", "seconds to the family's target gap", _time_to_target(found)),
        ("memory-over-size.svg", "peak memory, MiB", lambda record: record["peak_mib"]),
    ):
        if figure := _over_size(found, title, value):
            written.append(_save(figure, folder / name))
    return written


def _save(figure: Figure, path: Path) -> Path:
    # Without date and random identifiers, so that a plot changes only when the records do.
    with mpl.rc_context({"svg.hashsalt": "benchmarks"}):
        figure.savefig(path, format="svg", metadata={"Date": None})
    return path


def _gap_over_time(found: Sequence[Record]) -> Figure:
    """Draw for each family how far each solver was from the best bound known, a line for each run."""
    bounds = known_bounds(found)
    families = list(dict.fromkeys(family for family, _, _ in grouped(found)))
    columns = min(3, len(families))
    rows = math.ceil(len(families) / columns)
    figure = Figure(figsize=(4.2 * columns, 3.2 * rows), layout="constrained")
    colours = _colours(found)
    axes = figure.subplots(rows, columns, squeeze=False).flatten()
    for axis, family in zip(axes, families, strict=False):
        axis.set(title=family, xlabel="seconds", ylabel="gap %", xscale="log", yscale="log")
        for record in (r for r in found if family_of(r) == family and r["verified"]):
            bound = bounds[record["instance"]]
            points = [
                (max(at, 0.01), 100 * max(_FLOOR, (bound - best) / abs(best)))
                for at, best, _ in record["trace"]
                if bound is not None and best is not None and best > 0
            ]
            if points:
                # With a mark, because a solver that tells nothing on the way has one point alone.
                axis.step(
                    *zip(*points, strict=True), where="post", color=colours[record["solver"]], marker="."
                )
    for axis in axes[len(families) :]:
        axis.set_visible(False)
    figure.legend(handles=_handles(colours), loc="outside lower center", ncols=2 * columns)
    return figure


def _over_size(found: Sequence[Record], title: str, value: Callable[[Record], float | None]) -> Figure | None:
    """Draw the median of a figure against the number of clinicians; ``None`` without any point."""
    series: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for record in found:
        family = family_of(record)
        if not record["verified"] or not family.startswith("clinic-") or family not in FAMILIES:
            continue
        if (one := value(record)) is not None:
            series[record["solver"]][FAMILIES[family].clinicians].append(one)
    if not series:
        return None
    figure = Figure(figsize=(6, 4), layout="constrained")
    axis = figure.subplots()
    axis.set(xlabel="clinicians", ylabel=title, xscale="log", yscale="log")
    colours = _colours(found)
    for solver, sizes in series.items():
        points = sorted((size, statistics.median(values)) for size, values in sizes.items())
        axis.plot(*zip(*points, strict=True), marker="o", color=colours[solver], label=solver)
    axis.legend()
    return figure


def _time_to_target(found: Sequence[Record]) -> Callable[[Record], float | None]:
    bounds = known_bounds(found)

    def value(record: Record) -> float | None:
        """Return the first time from which on the gap to the best bound known was the family's target."""
        from benchmarks.compare import lasting_time

        target = FAMILIES[family_of(record)].gap
        bound = bounds[record["instance"]]
        return None if target is None or bound is None else lasting_time(record, bound / (1 + target))

    return value


def _colours(found: Sequence[Record]) -> dict[str, str]:
    return {solver: f"C{n}" for n, solver in enumerate(dict.fromkeys(s for _, _, s in grouped(found)))}


def _handles(colours: dict[str, str]) -> list[Any]:
    from matplotlib.lines import Line2D

    return [Line2D([], [], color=colour, label=solver) for solver, colour in colours.items()]
