"""Which column of a table goes into which column of a sheet, and what its words mean there."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.foreign_table.table import ForeignTable
from safeschedule.exchange.workbook.headings import plain
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.problem.reading.source import name_of, read_text
from safeschedule.problem.showing import did_you_mean, show

OPEN = "?"
"""What a proposal leaves to be filled in."""


@dataclass(frozen=True)
class TableMapping:
    """How a table becomes rows of a sheet.

    Parameters
    ----------
    columns
        The heading in the sheet by the table's heading; empty for a column that is left out.
    values
        By the table's heading, what each of its words becomes: a value, nothing (``""``), or values of
        several columns of the sheet.
    """

    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, Any]]

    def cells(self, heading: str, value: Any) -> Mapping[str, Any]:
        """Return what a cell of the table becomes, by the sheet's headings."""
        meant = self.meant(heading, value)
        target = self.columns.get(heading, "")
        if isinstance(meant, Mapping):
            return meant
        return {target: meant} if target and meant != "" else {}

    def fills_several(self, heading: str, value: Any) -> bool:
        """Return whether a cell of the table becomes values of several columns."""
        return isinstance(self.meant(heading, value), Mapping)

    def knows(self, heading: str, word: str) -> bool:
        """Return whether it says what a word of a column means."""
        return any(plain_word(own) == plain_word(word) for own in self.values.get(heading, ()))

    def meant(self, heading: str, value: Any) -> Any:
        """Return what a cell means, which is itself where nothing is said of it."""
        words = self.values.get(heading, {})
        if not isinstance(value, str):
            return value
        return next((own for word, own in words.items() if plain_word(word) == plain_word(value)), value)


def plain_word(text: str) -> str:
    """Return a word without what typing varies in."""
    return " ".join(text.split()).casefold()


def read_table_mapping(path: str | Path, table: ForeignTable, sheet: Sheet) -> TableMapping:
    """Return the mapping of a TOML file.

    Raises
    ------
    InputError
        With every fault: a heading that the table or the sheet does not have, a ``?`` that nobody filled in.
    """
    what = name_of(path, "mapping")
    try:
        data = tomllib.loads(read_text(path, "mapping"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(what, [Fault("not_toml", Path(path).name, "", f"TOML; {error}")]) from error
    return mapping_of(data, what, table, sheet)


def mapping_of(data: Mapping[str, Any], what: str, table: ForeignTable, sheet: Sheet) -> TableMapping:
    """Return the mapping of plain data: ``columns`` and ``values``, as a mapping file has them.

    Raises
    ------
    InputError
        As for `read_table_mapping`.
    """
    faults: list[Fault] = []
    known = {plain(heading): heading for field in sheet.fields for heading in field.headings}
    columns = _tables(data, "columns", faults)
    values = _tables(data, "values", faults)
    for name in data.keys() - {"columns", "values"}:
        faults.append(Fault("unknown_field", name, "", "columns or values"))
    for heading, target in columns.items():
        place = f"columns.{show(heading)}"
        if heading not in table.headings:
            expected = f"a heading of the table{did_you_mean(heading, table.headings)}"
            faults.append(Fault("unknown_column", place, show(heading), expected))
        _target(target, place, known, faults)
    for heading, words in values.items():
        for word, meant in words.items() if isinstance(words, dict) else ():
            place = f"values.{show(heading)}.{show(word)}"
            if isinstance(meant, dict):
                for target in meant:
                    _target(target, place, known, faults)
            if OPEN in ([meant] if not isinstance(meant, dict) else list(meant.values())):
                faults.append(Fault("open", place, OPEN, 'what it means, or "" to leave it out'))
    several = [meant for words in values.values() if isinstance(words, dict) for meant in words.values()]
    if not faults and not any(columns.values()) and not any(isinstance(meant, dict) for meant in several):
        faults.append(Fault("nothing_mapped", "columns", "", "a heading of the sheet for some column"))
    if faults:
        raise InputError(what, faults)
    return TableMapping(columns, values)


def _tables(data: Mapping[str, Any], name: str, faults: list[Fault]) -> dict[str, Any]:
    found = data.get(name, {})
    if not isinstance(found, dict):
        faults.append(Fault("wrong_type", name, show(found), f"a table [{name}]"))
        return {}
    return found


def _target(target: Any, place: str, known: Mapping[str, str], faults: list[Fault]) -> None:
    if target == "":
        return
    if target == OPEN or not isinstance(target, str) or plain(target) not in known:
        hint = did_you_mean(target, list(known.values())) if isinstance(target, str) else ""
        expected = f'a heading of the sheet{hint}, or "" to leave it out'
        faults.append(Fault("unknown_column", place, show(target), expected))
