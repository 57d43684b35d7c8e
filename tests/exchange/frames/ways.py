"""The ways of a problem into frames and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from safeschedule import Problem, read_frames, write_frames
from safeschedule.exchange.formats.csv_folder import FORMAT as CSV_FOLDER
from safeschedule.exchange.formats.format import Export, Format
from safeschedule.exchange.formats.parquet import FORMAT as PARQUET
from safeschedule.exchange.writing import Files
from safeschedule.schedule import Schedule

Way = Callable[[Problem, Path], Problem]


def by(backend: str) -> Way:
    """Return the way through frames of a library."""
    return lambda problem, _: Problem.from_frames(problem.frames(backend))


def through(form: str, backend: str) -> Way:
    """Return the way through files that a library reads."""

    def way(problem: Problem, folder: Path) -> Problem:
        write_frames(problem.frames("polars"), folder, form)
        return Problem.from_frames(read_frames(folder, backend))

    return way


def as_format(entry: Format) -> Way:
    """Return the way of the commands export and import."""

    def way(problem: Problem, folder: Path) -> Problem:
        empty = Schedule(week_start=problem.week_start, time_zone=problem.time_zone, problem=problem.name)
        assert entry.writes is not None
        assert entry.imports is not None
        with Files() as files:
            entry.writes.write(Export(problem, empty, folder, None, files))
        return entry.imports.read(folder).problem

    return way


WAYS = {
    "pandas": by("pandas"),
    "polars": by("polars"),
    "arrow": by("pyarrow"),
    "parquet": as_format(PARQUET),
    "csv": as_format(CSV_FOLDER),
}
