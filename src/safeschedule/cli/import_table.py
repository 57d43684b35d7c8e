"""``safeschedule import table``: a table from elsewhere goes into a sheet of a workbook."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safeschedule.cli.console import console
from safeschedule.cli.outputs import Overwrite, check_apart, check_file, writing
from safeschedule.reports.words import count

if TYPE_CHECKING:
    from safeschedule.exchange.workbook.layout.sheets import Sheet


def table(
    source: Annotated[Path, typer.Argument(metavar="TABLE", help="CSV, XLSX or ODS.")],
    sheet_name: Annotated[
        str, typer.Option("--as", metavar="SHEET", help="The sheet of the workbook, such as clients or team.")
    ],
    into: Annotated[
        Path, typer.Option(metavar="TEAM.xlsx", help="The workbook to which its rows are added.")
    ],
    sheet: Annotated[
        str | None, typer.Option(metavar="NAME", help="Which sheet of a TABLE that has several.")
    ] = None,
    propose: Annotated[
        Path | None, typer.Option(metavar="MAP.toml", help="Write a mapping to look over, and nothing else.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option("--map", metavar="MAP.toml", help="The mapping that was looked over.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="NEW.xlsx", help="Where the workbook goes.")
    ] = None,
    overwrite: Overwrite = False,
) -> None:
    """Add the rows of a table from elsewhere, such as a client list, to a sheet of a workbook.

    First --propose MAP.toml; look over what it says; then --map MAP.toml -o NEW.xlsx.
    """
    from safeschedule.exchange.foreign_table import filled, proposal, read_table, read_table_mapping
    from safeschedule.exchange.workbook.reading import codes_and_habits

    if (propose is None) == (mapping is None):
        raise typer.BadParameter("either --propose, or --map with -o")
    if mapping is not None and output is None:
        raise typer.BadParameter("--map needs -o, where the workbook goes")
    written = propose or output
    assert written is not None
    check_apart([written], [source, into, mapping])
    check_file(str(written))
    found, target = read_table(source, sheet), _target(sheet_name)
    to = console()
    for note in found.notes:
        to.print(note, soft_wrap=True)
    if propose is not None:
        text = proposal(found, target, *codes_and_habits(into))
        writing(lambda files: files.write(propose, text.encode()), overwrite=overwrite)
        to.print(_proposed(text))
    else:
        assert mapping is not None
        data, rows = filled(into, target, found, read_table_mapping(mapping, found, target))
        writing(lambda files: files.write(written, data), overwrite=overwrite)
        to.print(f"{rows} rows added to the sheet {target.title}.")
    to.print(f"Written: {written}", soft_wrap=True)


def _proposed(text: str) -> str:
    """Return how much of a mapping is there, and what is left to somebody."""
    from safeschedule.exchange.foreign_table.mapping import OPEN

    data = tomllib.loads(text)
    placed = sum(target != "" for target in data["columns"].values())
    words = sum(meant == OPEN for own in data.get("values", {}).values() for meant in own.values())
    asked = f" {count(words, 'word')} to be filled in ({OPEN})." if words else ""
    return f"{placed} of {count(len(data['columns']), 'column')} have a place; say where others go.{asked}"


def _target(name: str) -> Sheet:
    from safeschedule.exchange.workbook.headings import plain
    from safeschedule.exchange.workbook.layout.sheets import sheets

    found = next((sheet for sheet in sheets() if plain(sheet.title) == plain(name)), None)
    if found is None:
        titles = ", ".join(sheet.title for sheet in sheets())
        raise typer.BadParameter(f"--as: expected one of {titles}")
    return found
