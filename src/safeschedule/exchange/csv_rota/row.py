"""One row of a rota, cell by cell; every cell that cannot be read is noted."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from safeschedule.errors import Fault
from safeschedule.exchange.csv_rota import times
from safeschedule.exchange.csv_rota.cells import split, unguard

T = TypeVar("T")
_DAY = 24 * 60


class Row:
    """The cells of one row, by column.

    Parameters
    ----------
    file, line
        Where the row is; the header is line 1.
    cells
        The text of each cell.
    week_start
        The first date of the week.
    known
        The codes of the problem, by what they name.
    faults
        Takes what is wrong.
    """

    def __init__(
        self,
        file: str,
        line: int,
        cells: Mapping[str, str],
        week_start: date,
        known: Mapping[str, frozenset[str]],
        faults: list[Fault],
    ) -> None:
        self._place = f"{file} row {line}"
        self._cells, self._week_start, self._known, self._faults = cells, week_start, known, faults

    def _fault(self, code: str, column: str, expected: str, value: str | None = None) -> None:
        found = self.text(column) if value is None else value
        self._faults.append(Fault(code, f"{self._place} {column}", found[:40], expected))

    def _read(self, column: str, parse: Callable[[str], T]) -> T | None:
        text = self.text(column)
        try:
            return parse(text)
        except ValueError as error:
            self._fault("bad_value" if text else "missing_value", column, str(error))
            return None

    def text(self, column: str) -> str:
        """Return a cell's text, without the guard and without spaces around it."""
        return unguard(self._cells.get(column, "").strip(" ")).strip(" ")

    def free(self, column: str) -> str:
        """Return a cell's text as it is, without the guard."""
        return unguard(self._cells.get(column, ""))

    def choice(self, column: str, words: Sequence[str]) -> str:
        """Return a cell that holds one of `words`, or nothing."""
        text = self.text(column).casefold().replace("_", " ")
        for word in words:
            if text == word.replace("_", " "):
                return word
        self._fault("bad_value", column, f"one of {', '.join(str(word) for word in words)}")
        return ""

    def whole(self, column: str, least: int, most: int) -> int | None:
        """Return a whole number."""

        def number(text: str) -> int:
            if re.fullmatch(r"\d{1,5}", text, re.ASCII) and least <= int(text) <= most:
                return int(text)
            raise ValueError(f"a whole number from {least} to {most}")

        return self._read(column, number)

    def code(self, column: str, what: str = "") -> str | None:
        """Return a code of the problem."""
        text, name = self.text(column), what or column
        if text in self._known[name]:
            return text
        self._fault("unknown_code" if text else "missing_value", column, f"a {name} of the problem")
        return None

    def optional(self, column: str, what: str = "") -> str | None:
        """Return a code of the problem, or ``None`` for an empty cell."""
        return self.code(column, what) if self.text(column) else None

    def codes(self, column: str) -> tuple[str, ...]:
        """Return the codes of a cell, at least one."""
        codes = split(self.text(column))
        for code in codes:
            if code not in self._known[column]:
                self._fault(
                    "unknown_code", column, f"a {column} of the problem (several with | between)", code
                )
        if not codes:
            self._fault("missing_value", column, f"a {column} of the problem")
        return codes

    def identity(self) -> dict[str, Any]:
        """Return id and revision, as far as they are given."""
        code = self.text("id")
        if len(code) > 200:
            self._fault("bad_value", "id", "the id that was there, or nothing")
        revision = self.whole("revision", 0, 99_999) if self.text("revision") else 0
        return {"id": code[:200] or None, "revision": revision or 0}

    def rules(self) -> tuple[str, ...]:
        """Return the names of rules; a schedule from elsewhere may give names of its own."""
        names = split(self.text("rules"))
        for name in names:
            if len(name) > 80:
                self._fault("bad_value", "rules", "names of rules, with | between", name)
        return names

    def times(self) -> tuple[datetime | None, int]:
        """Return when it starts and how long it is; weekday, and end or minutes, may be left empty."""
        weekday = self._read("weekday", times.read_weekday) if self.text("weekday") else None
        day = self._read("date", lambda text: times.read_date(text, weekday, self._week_start))
        start = self._read("start", times.read_clock)
        minutes = self._minutes(start)
        if day is not None and weekday is not None and day.weekday() != weekday:
            self._fault("contradiction", "weekday", f"the weekday of {day}, or nothing")
        if day is None or start is None or minutes is None:
            return None, 0
        return times.moment(day, start), minutes

    def _minutes(self, start: int | None) -> int | None:
        given = self.whole("minutes", 1, _DAY) if self.text("minutes") else None
        if not self.text("end"):
            if not self.text("minutes"):
                self._fault("missing_value", "minutes", "minutes, or an end")
            return given
        end = self._read("end", times.read_clock)
        if end is None or start is None or (self.text("minutes") and given is None):
            return None
        if given is None and end > start:
            return end - start
        if given is None or (start + given - end) % _DAY:
            self._fault("contradiction", "end", "start and minutes added up, or nothing")
            return None
        return given
