"""A rota workbook that people may have changed, back as a schedule, and what they have changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.changes import change_sentences
from safeschedule.exchange.csv_rota.cells import guard
from safeschedule.exchange.csv_rota.columns import COLUMNS
from safeschedule.exchange.csv_rota.reading import look_at_header, schedule_of_rows
from safeschedule.exchange.rota_workbook.pages import ROTA, WRITTEN
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.kinds.kind import Around, Cell
from safeschedule.exchange.workbook.kinds.texts import code_of
from safeschedule.exchange.workbook.meaning import Habits, UnreadError
from safeschedule.exchange.workbook.meaning.clocks import read_clock
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_kind, require_path
from safeschedule.problem.showing import show
from safeschedule.schedule import Schedule

_TIMES = ("start", "end")


def read_rota(problem: Problem, path: str | Path) -> Schedule:
    """Return the schedule of a rota workbook; only its sheet Rota is read.

    Parameters
    ----------
    problem
        The week that the rota is for; its codes are the only ones known.
    path
        The workbook (XLSX or ODS), as `write_rota` makes it and people change it.

    Raises
    ------
    InputError
        With every fault, by row and column; or the file cannot be read, or openpyxl is not installed.

    Examples
    --------
    >>> from safeschedule import read_rota, write_rota
    >>> write_rota(problem, schedule, folder / "again.xlsx")
    >>> len(read_rota(problem, folder / "again.xlsx").appointments)
    6
    """
    return _schedule(problem, _grids(problem, path), ROTA)


def rota_changes(problem: Problem, path: str | Path) -> list[str]:
    """Return what was changed in a rota workbook since it was written, in sentences.

    Raises
    ------
    InputError
        As for `read_rota`.

    Examples
    --------
    >>> from safeschedule import rota_changes, write_rota
    >>> write_rota(problem, schedule, folder / "same.xlsx")
    >>> rota_changes(problem, folder / "same.xlsx")
    []
    """
    grids = _grids(problem, path)
    now = _schedule(problem, grids, ROTA)
    if WRITTEN not in grids:
        return [
            "What was changed in this workbook cannot be told: it does not say any more how it was written."
        ]
    return list(change_sentences(_schedule(problem, grids, WRITTEN), now))


def _grids(problem: Problem, path: str | Path) -> dict[str, Grid]:
    require_kind("read_rota", "problem", problem, Problem)
    require_path("read_rota", "path", path)
    grids = {grid.title: grid for grid in grids_of(path)}
    if ROTA not in grids:
        fault = Fault("missing_sheet", Path(path).name, "", f"a sheet {ROTA}, as export xlsx writes it")
        raise InputError("rota", [fault])
    return grids


def _schedule(problem: Problem, grids: dict[str, Grid], title: str) -> Schedule:
    faults: list[Fault] = []
    rows = list(_rows(grids[title], faults))
    try:
        return schedule_of_rows(problem, rows, title, faults)
    except InputError as error:
        # A cell that cannot be read is empty for whoever reads the row: its first fault says why.
        first = {fault.place: fault for fault in reversed(error.faults)}
        raise InputError(error.what, [f for f in error.faults if first[f.place] is f]) from None


def _rows(grid: Grid, faults: list[Fault]) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows as texts, as the table of a CSV file has them."""
    first = min(grid.rows, default=1)
    header = [str(cell.value or "").strip().casefold() for cell in grid.rows.get(first, ())]
    if not look_at_header(header, f"{grid.title} row {first}", faults):
        return
    for number, cells in grid.rows.items():
        if number > first and not all(cell.blank for cell in cells):
            yield (
                number,
                {
                    name: _text(cell, name, f"{grid.title} row {number} {name}", faults)
                    for name, cell in zip(header, cells, strict=False)
                    if name in COLUMNS
                },
            )


def _text(cell: Cell, name: str, place: str, faults: list[Fault]) -> str:
    if cell.blank:
        return ""
    if cell.wrong:
        faults.append(Fault("bad_value", place, cell.wrong, "a value"))
        return ""
    value = cell.value
    if name == "date" and isinstance(value, date):
        return value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    try:
        if name in _TIMES:
            # What could be morning or afternoon is refused, and 9 is nine.
            return str(read_clock(value, Habits()).value)
        text = value if isinstance(value, str) else code_of(cell, Around())
    except UnreadError as error:
        faults.append(
            Fault(error.code, place, show(value if isinstance(value, str) else str(value)), error.expected)
        )
        return ""
    return text if name == "date" else guard(text)
