"""How a table becomes rows, as a form: columns to choose, and what words mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from safeschedule import InputError
from safeschedule.exchange.foreign_table import OPEN, ForeignTable, TableMapping, mapping_of, proposed
from safeschedule.exchange.workbook.headings import plain
from safeschedule.exchange.workbook.layout.sheets import Sheet
from safeschedule.exchange.workbook.meaning import Habits

MOST_WORDS = 60
"""Words of one column that are asked about one by one; the others go with a choice for the column."""

EACH, LEAVE, KEEP = "each", "leave", "keep"
"""What is done with words of a column that cannot be read and are not answered."""

_WHOLE = re.compile(r"[1-9][0-9]{0,5}|0")


def shown(meant: Any) -> str:
    """Return what a word means as the form has it: several columns as ``Role = x; New in post = yes``."""
    if isinstance(meant, Mapping):
        return "; ".join(f"{heading} = {value}" for heading, value in meant.items())
    return str(meant)


def said(text: str, sheet: Sheet) -> Any:
    """Return what somebody typed for a word."""
    known = {plain(heading): heading for field in sheet.fields for heading in field.headings}
    pieces = [piece.partition("=") for piece in text.split(";") if piece.strip()]
    if pieces and all(sign and plain(name) in known for name, sign, _ in pieces):
        return {known[plain(name)]: _value(value) for name, _, value in pieces}
    return _value(text)


def _value(text: str) -> Any:
    text = text.strip()
    return int(text) if _WHOLE.fullmatch(text) else text


def begun(
    table: ForeignTable,
    sheet: Sheet,
    codes: Mapping[str, frozenset[str]],
    habits: Habits,
    before: Any,
) -> TableMapping:
    """Return the mapping that is proposed: by the headings, and by what was said of such a table before.

    Parameters
    ----------
    before
        The mapping of a table with the same headings that came earlier, as it was kept; ``None``: none did.
    """
    if before is None:
        return proposed(table, sheet, codes, habits)
    found = proposed(table, sheet, codes, habits, before["columns"])
    earlier = TableMapping(before["columns"], before["values"])
    values = {
        heading: {
            word: earlier.meant(heading, word) if earlier.knows(heading, word) else meant
            for word, meant in words.items()
        }
        for heading, words in found.values.items()
    }
    return TableMapping(found.columns, values)


def answered(
    form: Mapping[str, str],
    table: ForeignTable,
    sheet: Sheet,
    codes: Mapping[str, frozenset[str]],
    habits: Habits,
) -> tuple[TableMapping, bool]:
    """Return the mapping that a form says, and whether it asks for more: a column has another place now.

    Parameters
    ----------
    form
        ``c0`` is where the first column goes; ``b0`` where it went when its words were shown; ``k0.1`` and
        ``w0.1`` a word of it and what it means; ``o0`` what is done with words that are not answered.
    """
    columns = {heading: form.get(f"c{i}", "") for i, heading in enumerate(table.headings) if heading}
    answers: dict[str, dict[str, Any]] = {}
    for name, word in form.items():
        if name.startswith("k") and f"w{name[1:]}" in form:
            number = name[1:].partition(".")[0]
            if number.isdigit() and int(number) < len(table.headings):
                heading = table.headings[int(number)]
                answers.setdefault(heading, {})[word] = said(form[f"w{name[1:]}"], sheet)
    asked = proposed(table, sheet, codes, habits, columns)
    given = TableMapping(columns, answers)
    values: dict[str, dict[str, Any]] = {}
    more = False
    for i, heading in enumerate(table.headings):
        if not columns.get(heading):
            continue
        own = dict(answers.get(heading, {})) if form.get(f"b{i}") == columns[heading] else {}
        for word, meant in asked.values.get(heading, {}).items():
            if form.get(f"b{i}") != columns[heading]:
                own[word], more = meant, True
            elif not given.knows(heading, word):
                own[word] = meant
        rest = form.get(f"o{i}", EACH)
        if rest in (LEAVE, KEEP):
            own = {word: (("" if rest == LEAVE else word) if m == OPEN else m) for word, m in own.items()}
        if own:
            values[heading] = own
    return TableMapping(columns, values), more


def faults(mapping: TableMapping, table: ForeignTable, sheet: Sheet) -> list[str]:
    """Return what is wrong with a mapping, in sentences."""
    data = {"columns": mapping.columns, "values": mapping.values}
    try:
        mapping_of(data, table.name, table, sheet)
    except InputError as error:
        return [f"{fault.place}: expected {fault.expected}" for fault in error.faults]
    return []
