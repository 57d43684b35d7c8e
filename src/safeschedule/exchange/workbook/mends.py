"""Ways to mend what is wrong in a workbook: each is offered, and none is taken by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from safeschedule.exchange.workbook.edits import CellEdit, Mend, text_of
from safeschedule.exchange.workbook.found import Located, Spot
from safeschedule.exchange.workbook.gathering import Use
from safeschedule.exchange.workbook.headings import plain
from safeschedule.exchange.workbook.layout.declared import WEEK
from safeschedule.exchange.workbook.layout.sheets import OWNER, WHAT, Field
from safeschedule.exchange.workbook.layout.week import HABITS, HOURS, ORDERS
from safeschedule.exchange.workbook.meaning import clocks, dates
from safeschedule.problem.showing import meant_name, show

_USUAL = (
    "standing_outside_windows", "usual_times_elsewhere", "usual_times_overlap", "usual_times_share_a_room",
)  # fmt: skip
"""The warnings of usual times that contradict something."""


def with_mends(located: Located, uses: Mapping[str, Use]) -> Located:
    """Return a fault or a warning with the ways to mend it that are known."""
    found = tuple(dict.fromkeys(_mends(located, uses)))
    return replace(located, mends=found) if found else located


def _mends(located: Located, uses: Mapping[str, Use]) -> Iterator[Mend]:
    by_title = {use.grid.title: use for use in uses.values()}
    use = by_title.get(located.spot.sheet)
    if located.fault.code == "ambiguous":
        yield from _habits(located, uses)
    if use is None or not located.spot.row or use.sheet.title == WEEK:
        return
    if located.fault.code in _USUAL:
        for spot in (located.spot, *located.others):
            other = by_title.get(spot.sheet)
            if other is not None:
                yield from _of_usual_time(other, spot, located.fault.code)
        return
    field = _field(use, located.spot)
    if field is not None:
        yield from _of_cell(use, field, located)


def _habits(located: Located, uses: Mapping[str, Use]) -> Iterator[Mend]:
    """Yield what the sheet Week could say of dates or of hours."""
    order, afternoons = HABITS
    title = uses[WEEK].grid.title if WEEK in uses else WEEK
    for expected, habit, words in (
        (dates.AMBIGUOUS, order, ORDERS),
        (clocks.AMBIGUOUS, afternoons, HOURS),
    ):
        if expected in located.fault.expected:
            heading = habit.headings[0]
            for word in words:
                yield Mend(f"{heading}: {word}", (CellEdit(title, heading, "", word),))


def _of_cell(use: Use, field: Field, located: Located) -> Iterator[Mend]:
    """Yield what a cell could say: the name that is like the one that is not known, or nothing."""
    spot = located.spot
    said = text_of(use.grid.cell(spot.row, spot.column).value)
    if not said:
        return
    near = meant_name(located.fault.expected)
    if near is not None:
        wrong = next((word for word in _words(said) if show(word) == located.fault.value), said)
        put = near if wrong == said else said.replace(wrong, near)
        yield Mend(f"{show(wrong)} is {near}", (CellEdit(spot.sheet, spot.heading, said, put),))
    # What is asked for is not dropped: without it the rest of the row asks for nothing.
    if not field.needed and field.name not in (OWNER, WHAT) and not _asks(field):
        yield Mend(f"Leave {show(said)} out", (CellEdit(spot.sheet, spot.heading, said, ""),))


def _words(text: str) -> Iterator[str]:
    yield from (word.strip() for word in text.replace(";", ",").split(","))


def _of_usual_time(use: Use, spot: Spot, code: str) -> Iterator[Mend]:
    """Yield what the row of a request with a usual time could say instead."""
    field = _field(use, spot)
    if field is None or field.name != "standing":
        return
    who = _said(use, spot.row, "id") or f"row {spot.row}"
    yield Mend(f"{who} without the usual time", (_nothing(spot, field),))
    windows = next((own for own in use.sheet.fields if own.name == "windows"), None)
    if code == "standing_outside_windows" and windows is not None and use.columns.column(windows):
        yield Mend(f"{who} can come at any time", (_nothing(spot, windows),))
    every = _said(use, spot.row, "every", beside=field.beside)
    shared = code in ("usual_times_overlap", "usual_times_share_a_room")
    if field.beside and shared and every not in ("", "1"):
        asked = [own for own in use.sheet.fields if own.beside and use.columns.column(own)]
        yield Mend(f"{who} not in this week", tuple(_nothing(spot, own) for own in asked))


def _nothing(spot: Spot, field: Field) -> CellEdit:
    return CellEdit(spot.sheet, field.headings[0], "", "", spot.row)


def _said(use: Use, row: int, name: str, *, beside: bool = False) -> str:
    own = use.field(name, beside=beside)
    column = 0 if own is None else use.columns.column(own)
    return text_of(use.grid.cell(row, column).value) if column else ""


def _field(use: Use, spot: Spot) -> Field | None:
    return next(
        (own for own in use.sheet.fields if plain(spot.heading) in map(plain, own.headings)),
        None,
    )


def _asks(field: Field) -> bool:
    return field.beside and field.name == "session_type"
