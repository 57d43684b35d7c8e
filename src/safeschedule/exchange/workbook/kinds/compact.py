"""Small entities as text in one cell: windows, slots, needs; what has no words of its own as JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from safeschedule.exchange.workbook.kinds.kind import Around, Cell, CellKind, Out
from safeschedule.exchange.workbook.kinds.texts import ListKind, Single, code_of
from safeschedule.exchange.workbook.meaning import Meant, UnreadError
from safeschedule.exchange.workbook.meaning.windows import EXPECTED, SLOT_EXPECTED, read_slots, read_windows

_NEED = re.compile(r"(?P<count>\d{1,2})\s*x\s+(?P<skill>.+)", re.DOTALL)
PERIODS = 'hours such as "mon 09:00-17:00, tue-thu 9-5 @ north"'
JSON = "json: "
"""What begins a cell whose value is written as JSON, because nothing else says it exactly."""


@dataclass(frozen=True)
class CompactKind(Single):
    """Small entities in one cell.

    Parameters
    ----------
    expected
        What goes in.
    one
        The text of one.
    several
        The entities of a text.
    single
        Whether the field holds one and not a list.
    """

    expected: str
    one: Callable[[Any], str]
    several: Callable[[str, Around], Meant]
    single: bool = False

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the entities with commas between."""
        entries = [value] if self.single else value
        return (", ".join(map(self.one, entries)) or None,)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the entities."""
        value = cells[0].value
        if not isinstance(value, str):
            raise UnreadError(self.expected, "wrong_type")
        meant = self.several(value, around)
        if not meant.literal:
            around.told.append((0, ", ".join(map(self.one, meant.value)) or "any time"))
        if not self.single:
            return meant.value
        if len(meant.value) != 1:
            raise UnreadError("one only")
        return meant.value[0]


def _window(value: Any) -> str:
    return f"{value['day']} {value['start']}-{value['end']}"


def _period(value: Any) -> str:
    remote = " telehealth" if value.get("telehealth_only") else ""
    return _window(value) + (f" @ {value['site']}" if value.get("site") else "") + remote


def _periods(text: str, around: Around) -> Meant:
    """Return working periods: windows, of which each may say its site."""
    found: list[dict[str, Any]] = []
    literal = True
    for item in re.split(r"[;\n,]|\s/\s", text):
        words, _, site = (part.strip() for part in item.partition("@"))
        if not words:
            continue
        meant = read_windows(words, around.habits)
        literal &= meant.literal
        found += [{**each, **({"site": site} if site else {})} for each in meant.value]
    if not found:
        raise UnreadError(PERIODS)
    return Meant(found, literal)


def _slot(value: Any) -> str:
    return f"{value['day']} {value['start']}"


def _need(value: Any) -> str:
    return f"{value.get('count', 1)} x {ListKind().write([value['skill']])[0]}"


def _needs(text: str, around: Around) -> Meant:
    found = []
    for item in ListKind().read([Cell(text)], around):
        match = _NEED.fullmatch(item)
        found.append({"skill": match["skill"], "count": int(match["count"])} if match else {"skill": item})
    return Meant(found)


COMPACT: dict[str, CompactKind] = {
    "Window": CompactKind(EXPECTED, _window, lambda text, around: read_windows(text, around.habits)),
    "WorkingPeriod": CompactKind(PERIODS, _period, _periods),
    "Slot": CompactKind(SLOT_EXPECTED, _slot, lambda text, around: read_slots(text, around.habits)),
    "AttendantNeed": CompactKind("skills such as interpreter:fa, or 2 x chaperone", _need, _needs),
}
"""How the small entities are written, by the name of their model; others are written as JSON."""


@dataclass(frozen=True)
class JsonKind(Single):
    """What has no words of its own."""

    expected: str = "JSON, as in a problem file"

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the value as JSON."""
        return (JSON + json.dumps(value, ensure_ascii=False),)

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the value of the JSON."""
        return _parsed(code_of(cells[0], around))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text.removeprefix(JSON))
    except (ValueError, RecursionError):
        raise UnreadError("JSON, as in a problem file") from None


@dataclass(frozen=True)
class ExactKind:
    """Another kind, of which every value comes back exactly: what would not is written as JSON.

    Parameters
    ----------
    kind
        The other kind.
    default
        What a blank cell stands for.
    """

    kind: CellKind
    default: Any = None

    @property
    def headings(self) -> tuple[str, ...]:
        """Those of the kind."""
        return self.kind.headings

    @property
    def expected(self) -> str:
        """What the kind expects."""
        return self.kind.expected

    @property
    def styles(self) -> tuple[str, ...]:
        """Those of the kind."""
        return self.kind.styles

    @property
    def choices(self) -> tuple[str, ...]:
        """Those of the kind."""
        return self.kind.choices

    def write(self, value: Any) -> tuple[Out, ...]:
        """Return the cells of a value; blank cells for what they stand for."""
        blank = (None,) * len(self.headings)
        if value is None or value == []:
            return blank if value == self.default or (value == [] and not self.default) else self._json(value)
        if value is False and self.default is False:
            return blank
        cells = self.kind.write(value)
        text = cells[0]
        # Only text can be misread; dates, times and numbers are written as what they are.
        if isinstance(text, str) and not (isinstance(self.kind, JsonKind)):
            around = Around()
            try:
                same = (
                    not text.startswith(JSON)
                    and self.kind.read([Cell(each) for each in cells], around) == value
                )
            except UnreadError:
                same = False
            if not same or not text.strip():
                return self._json(value)
        return cells

    def _json(self, value: Any) -> tuple[Out, ...]:
        return (JsonKind().write(value)[0], *(None for _ in self.headings[1:]))

    def read(self, cells: Sequence[Cell], around: Around) -> Any:
        """Return the value of the cells."""
        first = cells[0].value
        if isinstance(first, str) and first.startswith(JSON):
            return _parsed(first)
        return self.kind.read(cells, around)
