"""A mapping proposed from a table's headings and words, for people to look over."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from safeschedule.exchange.foreign_table.mapping import OPEN, TableMapping, plain_word
from safeschedule.exchange.foreign_table.spelling import apart, by_day
from safeschedule.exchange.foreign_table.table import ForeignTable
from safeschedule.exchange.workbook.headings import plain
from safeschedule.exchange.workbook.kinds import Around, Cell
from safeschedule.exchange.workbook.kinds.texts import match_word
from safeschedule.exchange.workbook.layout.sheets import Field, Sheet
from safeschedule.exchange.workbook.meaning import Habits, UnreadError

_NOTHING = re.compile(r"[-–—./?]+|n\s?/?\s?a|none|nil", re.IGNORECASE)
"""What people write where there is nothing to write."""

_FEW = 25
"""Different words of a column that are listed so that somebody can look them over."""

_TWICE = {"Sessions": 2, "Every (weeks)": 1, "Usual slot": ""}
"""Only a request of one session has a usual time."""

_KNOWN: dict[str, Mapping[str, Any]] = {
    "band": {"mod": "moderate", "mod.": "moderate", "med": "moderate", "v high": "very_high"},
    "every": {
        "weekly": 1, "every week": 1, "fortnightly": 2, "every 2 wks": 2, "every 2 weeks": 2, "monthly": 4,
        "2x wk": _TWICE, "twice a week": _TWICE,
    },
    "flags": {"safety plan": "safety_planning", "crisis plan": "crisis_risk", "emdr": "trauma_processing",
              "school liaison": "coordination", "court report": "coordination"},
}  # fmt: skip
"""What common words mean, by field; each is proposed, and none is taken without having been seen."""


def proposal(table: ForeignTable, sheet: Sheet, known: Mapping[str, frozenset[str]], habits: Habits) -> str:
    """Return a mapping file (TOML) as it is proposed; ``?`` is left to be filled in.

    Parameters
    ----------
    table, sheet
        What goes where.
    known
        The codes of a workbook, by sheet.
    habits
        Its ways of writing.
    """
    found = proposed(table, sheet, known, habits)
    lines = [
        f"# How {table.name} becomes rows of the sheet {sheet.title}. Look over each line: it is a proposal.",
        f'# "" leaves something out; {OPEN} has to be filled in.',
        "",
        "[columns]",
        *(f"{_key(heading)} = {json.dumps(target, ensure_ascii=False)}"
          for heading, target in found.columns.items()),
    ]  # fmt: skip
    for heading, words in found.values.items():
        lines += ["", f"[values.{_key(heading)}]"]
        lines += [f"{_key(word)} = {_value(meant)}" for word, meant in words.items()]
    return "\n".join(lines) + "\n"


def proposed(
    table: ForeignTable,
    sheet: Sheet,
    known: Mapping[str, frozenset[str]],
    habits: Habits,
    columns: Mapping[str, str] | None = None,
) -> TableMapping:
    """Return a mapping as it is proposed, in which ``?`` stands for what is to be filled in.

    Parameters
    ----------
    table, sheet, known, habits
        As for `proposal`.
    columns
        Where columns go, when that is known already; ``None``: by their headings.
    """
    by_heading = dict(_columns(table, sheet)) if columns is None else {h: t for h, t in columns.items() if t}
    fields = {heading: field for field in sheet.fields for heading in field.headings}
    values = {
        heading: words
        for heading, target in by_heading.items()
        if target in fields and (words := dict(_words(table, heading, fields[target], known, habits)))
    }
    return TableMapping({each: by_heading.get(each, "") for each in table.headings if each}, values)


def _columns(table: ForeignTable, sheet: Sheet) -> Iterator[tuple[str, str]]:
    """Yield the heading of the sheet for each heading of the table that is known."""
    titles = {plain(heading): heading for field in sheet.fields for heading in field.headings}
    aliases = {plain(alias): field.headings[0] for field in reversed(sheet.fields) for alias in field.aliases}
    taken: set[str] = set()
    for names in (titles, aliases):
        for heading in table.headings:
            target = names.get(plain(heading)) if heading else None
            if target is not None and target not in taken:
                taken.add(target)
                yield heading, target


def _words(
    table: ForeignTable, heading: str, field: Field, known: Mapping[str, frozenset[str]], habits: Habits
) -> Iterator[tuple[str, Any]]:
    """Yield the words of a column that cannot be read as they are, or should be looked over."""
    place = table.column(heading)
    found: dict[str, str] = {}
    for _, row in table.rows:
        value = row[place] if place < len(row) else None
        if isinstance(value, str) and value:
            found.setdefault(plain_word(value), value)
    codes = frozenset().union(*(known.get(title, frozenset()) for title in field.refers))
    listed = [] if field.name == "id" else list(found.values())
    for word in listed:
        common = _KNOWN.get(field.name, {}).get(plain_word(word))
        if common is not None:
            yield word, common
        elif _NOTHING.fullmatch(word):
            yield word, ""
        elif field.refers and codes:
            if word not in codes:
                yield word, match_word(word, sorted(codes)) or by_day(word, field, codes) or OPEN
        elif several := apart(word, field, listed):
            yield word, several
        elif not _reads(word, field, habits):
            yield word, OPEN
        elif (
            (field.refers or field.many or field.name in ("role", "kind"))
            and len(found) <= _FEW
            and not field.kind.choices
        ):
            yield word, word


def _reads(word: str, field: Field, habits: Habits) -> bool:
    if len(field.headings) > 1:
        return True
    try:
        field.kind.read([Cell(word)], Around(habits))
    except UnreadError:
        return False
    return True


def _key(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _value(meant: Any) -> str:
    if isinstance(meant, dict):
        return "{ " + ", ".join(f"{_key(key)} = {_value(own)}" for key, own in meant.items()) + " }"
    return json.dumps(meant, ensure_ascii=False)
