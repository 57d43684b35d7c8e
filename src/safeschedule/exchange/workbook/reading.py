"""A problem from a workbook as people fill it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.workbook.checking import LACKING, checked, hardly_meant
from safeschedule.exchange.workbook.entries import codes_on, gather_belongings, gather_entries, join
from safeschedule.exchange.workbook.found import Located, Note, Spot, note_lines
from safeschedule.exchange.workbook.gathering import Gathered, Use, data_rows
from safeschedule.exchange.workbook.grids import Grid, grids_of
from safeschedule.exchange.workbook.grids.grid import letters
from safeschedule.exchange.workbook.headings import find_columns, plain
from safeschedule.exchange.workbook.layout.declared import README, RULES, SHEET_NAMES, WEEK
from safeschedule.exchange.workbook.layout.rules import sheet as rules_sheet
from safeschedule.exchange.workbook.layout.sheets import sheets
from safeschedule.exchange.workbook.layout.week import WEEK_SHEET
from safeschedule.exchange.workbook.meaning import Habits
from safeschedule.exchange.workbook.mends import with_mends
from safeschedule.exchange.workbook.settings import gather_rules, gather_week
from safeschedule.exchange.workbook.settling import settle_sites
from safeschedule.folding import ranges
from safeschedule.problem import Problem
from safeschedule.problem.kinds import require_path
from safeschedule.problem.reading.source import name_of
from safeschedule.problem.showing import show


@dataclass(frozen=True)
class WorkbookReading:
    """What was read from a workbook.

    Parameters
    ----------
    name
        What was read, in a few words.
    problem
        The problem; ``None`` when there are faults.
    faults
        Every fault with its cell, in the order of the sheets.
    notes
        The cells that were read in another way than they say.
    aside
        Sheets and columns that were not read, in sentences.
    warnings
        What is hardly meant in a problem without faults, with its cell.
    """

    name: str
    problem: Problem | None
    faults: tuple[Located, ...] = ()
    notes: tuple[Note, ...] = ()
    aside: tuple[str, ...] = ()
    warnings: tuple[Located, ...] = ()

    def lines(self) -> list[str]:
        """Return what was interpreted and what was left, in sentences."""
        return [*note_lines(self.notes), *self.aside]

    def require(self) -> Problem:
        """Return the problem.

        Raises
        ------
        InputError
            There are faults; with all of them.
        """
        if self.problem is None:
            raise InputError(self.name, [located.fault for located in self.faults])
        return self.problem


def read_workbook(path: str | Path) -> Problem:
    """Return the problem of a workbook (XLSX or ODS) as people fill it in.

    What is read in another way than it is written is told by `workbook_problem`.

    Raises
    ------
    InputError
        With every fault, by sheet, row and column; or the file cannot be read, or openpyxl is not installed.

    Examples
    --------
    >>> from safeschedule import read_workbook, write_workbook
    >>> write_workbook(problem, folder / "week.xlsx")
    >>> read_workbook(folder / "week.xlsx").name == problem.name
    True
    """
    return workbook_problem(path).require()


def workbook_problem(path: str | Path) -> WorkbookReading:
    """Return what a workbook says: the problem or its faults, and how cells were interpreted.

    Raises
    ------
    InputError
        The file cannot be read at all, or the library for it is not installed.

    Examples
    --------
    >>> from safeschedule.exchange.workbook import workbook_problem, write_workbook
    >>> write_workbook(problem, folder / "told.xlsx")
    >>> workbook_problem(folder / "told.xlsx").lines()
    []
    """
    require_path("workbook_problem", "path", path)
    grids = grids_of(path)
    got = Gathered()
    uses = _uses(got, grids)
    if not uses:
        return _foreign(path, grids)
    _gather(got, uses)
    order = {grid.title: number for number, grid in enumerate(grids)}
    problem, faults = checked(got, uses)
    told = sorted(faults, key=lambda each: (order.get(each.spot.sheet, -1), each.spot.row, each.spot.column))
    odd = () if problem is None else hardly_meant(got, uses, problem)
    return WorkbookReading(
        name_of(path, "workbook"),
        problem,
        tuple(with_mends(each, uses) for each in told),
        tuple(got.notes),
        tuple(got.aside),
        tuple(with_mends(each, uses) for each in odd),
    )


def _foreign(path: str | Path, grids: Sequence[Grid]) -> WorkbookReading:
    """Return that a workbook has none of the sheets: it is a list or a rota of another program."""
    titles = ", ".join(show(grid.title)[1:-1] for grid in grids[:5]) + (", ..." if len(grids) > 5 else "")
    expected = (
        "a team's workbook, as workbook new makes it: lists from elsewhere go into one by import table, "
        "and a rota that export xlsx wrote is read by verify and import rota"
    )
    spot = Spot("the workbook")
    fault = Fault("missing_sheet", str(spot), f"the sheets {titles}" if titles else "no sheets", expected)
    return WorkbookReading(name_of(path, "workbook"), None, (Located(fault, spot),))


def codes_and_habits(path: str | Path) -> tuple[dict[str, frozenset[str]], Habits]:
    """Return the codes on each sheet of a workbook that may be half filled in, and its ways of writing.

    Raises
    ------
    InputError
        The file cannot be read at all.
    """
    got = Gathered()
    uses = _uses(got, grids_of(path))
    if WEEK in uses:
        gather_week(got, uses[WEEK])
    return {title: codes_on(use) for title, use in uses.items() if use.columns.row}, got.habits


def _uses(got: Gathered, grids: Sequence[Grid]) -> dict[str, Use]:
    """Return the sheets of the layout that are in a file, by title."""
    known = {plain(sheet.title): sheet for sheet in (*sheets(), WEEK_SHEET, rules_sheet())}
    known |= {plain(word): known[plain(title)] for word, title in SHEET_NAMES.items()}
    found: dict[str, Use] = {}
    for grid in grids:
        sheet = known.get(plain(grid.title))
        if sheet is None or sheet.title in found:
            if plain(grid.title) != plain(README) and grid.rows:
                got.aside.append(f"The sheet {grid.title} is not read.")
            continue
        use = Use(sheet, grid, find_columns(sheet, grid))
        if not use.columns.row:
            if grid.rows:
                some = ", ".join(own.headings[0] for own in sheet.fields[:4])
                got.fault("missing_heading", Spot(grid.title), "", f"a row of headings such as {some}")
                found[sheet.title] = use
            continue
        found[sheet.title] = use
        _look_at_columns(got, use)
    return found


def _look_at_columns(got: Gathered, use: Use) -> None:
    """Tell of columns that are not known, came twice, or lack."""
    row = use.columns.row
    for column, again in use.columns.double.items():
        got.fault("double_column", Spot(use.grid.title, row, column, again), "", "each heading once")
    rows = list(data_rows(use))
    last = max((len(use.grid.rows[number]) for number in rows), default=0)
    taken = {*use.columns.of.values(), *use.columns.double}
    for column in range(1, last + 1):
        if column not in taken and any(not use.grid.cell(number, column).blank for number in rows):
            heading = use.columns.unknown.get(column)
            told = f'"{heading}"' if heading else "without a heading"
            got.aside.append(f"{use.grid.title}: the column {letters(column)} {told} is not read.")
    for own in use.sheet.fields if rows else ():
        lacking = own.needed and not use.columns.column(own)
        if lacking:
            got.fault(
                "missing_column",
                Spot(use.grid.title, row),
                "",
                f"a column {own.headings[0]}",
                f"{LACKING}{own.name}",
            )
    hidden = sorted(use.grid.hidden.intersection(rows))
    if hidden:
        got.aside.append(f"{use.grid.title}: hidden rows are read like all others: {ranges(hidden)}.")


def _gather(got: Gathered, uses: dict[str, Use]) -> None:
    if WEEK in uses:
        gather_week(got, uses[WEEK])
    got.codes = {title: codes_on(use) for title, use in uses.items() if use.columns.row}
    known = [uses[sheet.title] for sheet in sheets() if sheet.title in uses]
    for use in known:
        if not use.sheet.plan.owner:
            gather_entries(got, use)
    join(got)
    for use in known:
        if use.sheet.plan.owner:
            gather_belongings(got, use)
    settle_sites(got)
    if RULES in uses:
        gather_rules(got, uses[RULES])
    if not any(each in uses for each in ("Team",)):
        got.fault("missing_sheet", Spot("the workbook"), "", "a sheet Team", "clinicians")
