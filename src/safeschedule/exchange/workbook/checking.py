"""What is wrong with what was gathered, as faults of cells."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from safeschedule.errors import Fault
from safeschedule.exchange.structure.judging import judged, origin_of, with_places
from safeschedule.exchange.workbook.found import Located, Spot
from safeschedule.exchange.workbook.gathering import Gathered, Use
from safeschedule.exchange.workbook.layout.declared import WEEK
from safeschedule.exchange.workbook.layout.sheets import WHAT
from safeschedule.exchange.workbook.layout.week import settings
from safeschedule.problem import Problem, warnings
from safeschedule.problem.naming import named

LACKING = "!"
"""What begins the path of a fault about a column that is not there."""


def checked(got: Gathered, uses: Mapping[str, Use]) -> tuple[Problem | None, list[Located]]:
    """Return the problem that was gathered, or every fault of its cells and between them."""
    told = {located.path for located in got.faults if located.path} if got.faults else None
    # Of a row whose list is not known nobody can say what it would have named.
    whole = not any(located.spot.heading.casefold() == WHAT for located in got.faults)
    problem, found = judged(got.data, told, whole=whole)
    return problem, [*_named(got, got.faults), *_located(got, uses, found)]


def hardly_meant(got: Gathered, uses: Mapping[str, Use], problem: Problem) -> Iterator[Located]:
    """Yield what is hardly meant in a problem without faults, with its cells."""
    yield from _located(got, uses, warnings.find(problem))


def _named(got: Gathered, faults: Sequence[Located]) -> Iterator[Located]:
    """Yield faults of cells with the codes of their entries."""
    for each in faults:
        (fault,) = named(got.data, [replace(each.fault, place=each.path)]) if each.path else (each.fault,)
        yield replace(each, fault=replace(each.fault, of=fault.of))


def _located(got: Gathered, uses: Mapping[str, Use], faults: Iterable[Fault]) -> Iterator[Located]:
    """Yield faults of the problem, or warnings, as those of its cells."""
    lacking = {(each.spot.sheet, each.path) for each in got.faults if each.path.startswith(LACKING)}
    for fault in faults:
        spot, name = _spot(got, uses, fault.place)
        if fault.code == "missing_field" and (spot.sheet, LACKING + name) in lacking:
            continue
        others: list[Spot] = []

        def told(other: str, others: list[Spot] = others) -> str:
            others.append(_spot(got, uses, other)[0])
            return str(others[-1])

        expected = with_places(fault.expected, told)
        yield Located(replace(fault, place=str(spot), expected=expected), spot, fault.place, tuple(others))


def _spot(got: Gathered, uses: Mapping[str, Use], place: str) -> tuple[Spot, str]:
    """Return the cell of a place in the problem, and the field."""
    known = origin_of(got.origins, place)
    if known is not None:
        origin, head, rest = known
        name = origin.field or re.split(r"[.\[]", rest)[0]
        own = origin.use.field(name, beside=origin.beside) or origin.use.field(name)
        spot = origin.use.spot(origin.row, own)
        # A row of the sheet Week is called by its setting, not by the column of the values.
        heading = next((each.headings[0] for each in settings() if each.name == head), spot.heading)
        return replace(spot, heading=heading), name
    for use in uses.values():
        if any(place.startswith(table.entries.path) for table in use.sheet.tables):
            return Spot(use.grid.title), ""
    title = uses[WEEK].grid.title if WEEK in uses else f"the sheet {WEEK}"
    row = next((f" {own.headings[0]}" for own in settings() if own.name == place), "")
    return Spot(title, heading=row.strip() or place), place
