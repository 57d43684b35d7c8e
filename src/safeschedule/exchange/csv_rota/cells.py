"""Cells that a spreadsheet neither runs nor alters, and that turn back into exactly what they were.

A cell that begins with ``=``, ``+``, ``-``, ``@``, a tab or a line break can run as a formula. One that
looks like a number, a date or a truth value is rewritten on saving: ``086091`` loses its zero. Both get an
apostrophe before them, and so does a cell that begins with an apostrophe; reading takes one away. The same
is done after each separator inside a cell, where a program that splits at other characters would see a
cell begin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_BORDER = r'(^|[;,\t\r\n"])'
_RISKY = re.compile(_BORDER + r"(?=[=+\-@\t\r\n'＝＋－＠])")  # noqa: RUF001 - spreadsheets take the wide ones too
_GUARD = re.compile(_BORDER + "'")
_ALTERED = re.compile(
    r"[\d.,:/\\%\s()eE$€£+-]*\d[\d.,:/\\%\s()eE$€£+-]*|true|false|wahr|falsch", re.IGNORECASE
)
_MONTHS = (
    r"jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|"
    r"aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?"
)  # fmt: skip
# A month by name and digits, with nothing else but signs between: MAR1 is a date, "Mayer 2" a name.
_MONTH = re.compile(rf"(?=.*\d)[\d\s.,:/-]*({_MONTHS})[\d\s.,:/-]*", re.IGNORECASE)


def guard(text: str) -> str:
    """Return `text` as a cell that is taken for nothing but text."""
    safe = _RISKY.sub(r"\1'", text)
    altered = _ALTERED.fullmatch(text) or _MONTH.fullmatch(text)
    return f"'{safe}" if altered and safe[:1] != "'" else safe


def unguard(cell: str) -> str:
    """Return the text that `guard` made the cell of."""
    return _GUARD.sub(r"\1", cell)


def join(codes: Iterable[str]) -> str:
    """Return several codes as one text, parted by `` | ``."""
    return " | ".join(code.replace("\\", "\\\\").replace("|", "\\|") for code in codes)


def split(text: str) -> tuple[str, ...]:
    """Return the codes that `join` made the text of; spaces around them do not count."""
    parts = re.findall(r"(?:\\.|[^|\\])+", text, re.DOTALL)
    return tuple(re.sub(r"\\(.)", r"\1", part.strip(), flags=re.DOTALL) for part in parts if part.strip())
