"""What is wrong with what was gathered, as faults of cells."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from safeschedule.errors import Fault
from safeschedule.exchange.workbook.found import Located, Spot
from safeschedule.exchange.workbook.gathering import Gathered, Use
from safeschedule.exchange.workbook.layout.declared import WEEK
from safeschedule.exchange.workbook.layout.sheets import WHAT
from safeschedule.exchange.workbook.layout.week import settings
from safeschedule.problem import Problem
from safeschedule.problem.faults import find
from safeschedule.problem.naming import named
from safeschedule.problem.reading.pruning import faults_of_the_rest
from safeschedule.problem.reading.translating import validate

_PLACE = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)*\[\d+\](?:\.[a-z_]+(?:\[\d+\])?)*")
"""A place in a problem, as faults name another entry."""

LACKING = "!"
"""What begins the path of a fault about a column that is not there."""


def checked(got: Gathered, uses: Mapping[str, Use]) -> tuple[Problem | None, list[Located]]:
    """Return the problem that was gathered, or every fault of its cells and between them."""
    problem, shape = validate(Problem, json.dumps(got.data), got.data)
    if problem is not None and not got.faults:
        found = find(problem)
        return (None, list(_located(got, uses, found))) if found else (problem, [])
    # A cell that cannot be read lacks in the data: only what cannot come of that is told beside it.
    rest: Sequence[Fault] = named(got.data, faults_of_the_rest(got.data, shape))
    if any(located.spot.heading.casefold() == WHAT for located in got.faults):
        rest = [fault for fault in rest if fault.code != "unknown_reference"]
    told = {located.path for located in got.faults if located.path}
    untold = [fault for fault in shape if not _is_told(fault.place, told)]
    return None, [*_named(got, got.faults), *_located(got, uses, [*named(got.data, untold), *rest])]


def _is_told(place: str, told: set[str]) -> bool:
    return any(place == path or place.startswith((f"{path}.", f"{path}[")) for path in told)


def _named(got: Gathered, faults: Sequence[Located]) -> Iterator[Located]:
    """Yield faults of cells with the codes of their entries."""
    for each in faults:
        (fault,) = named(got.data, [replace(each.fault, place=each.path)]) if each.path else (each.fault,)
        yield replace(each, fault=replace(each.fault, of=fault.of))


def _located(got: Gathered, uses: Mapping[str, Use], faults: Iterable[Fault]) -> Iterator[Located]:
    """Yield faults of the problem as faults of its cells."""
    lacking = {(each.spot.sheet, each.path) for each in got.faults if each.path.startswith(LACKING)}
    for fault in faults:
        spot, name = _spot(got, uses, fault.place)
        if fault.code == "missing_field" and (spot.sheet, LACKING + name) in lacking:
            continue
        expected = _PLACE.sub(lambda match: str(_spot(got, uses, match[0])[0]), fault.expected)
        yield Located(replace(fault, place=str(spot), expected=expected), spot, fault.place)


def _spot(got: Gathered, uses: Mapping[str, Use], place: str) -> tuple[Spot, str]:
    """Return the cell of a place in the problem, and the field."""
    head = place
    while head:
        origin = got.origins.get(head)
        if origin is not None:
            name = origin.field or re.split(r"[.\[]", place[len(head) :].lstrip("."))[0]
            own = origin.use.field(name, beside=origin.beside) or origin.use.field(name)
            spot = origin.use.spot(origin.row, own)
            # A row of the sheet Week is called by its setting, not by the column of the values.
            heading = next((each.headings[0] for each in settings() if each.name == head), spot.heading)
            return replace(spot, heading=heading), name
        head = head[: max(head.rfind("."), head.rfind("["), 0)]
    for use in uses.values():
        if any(place.startswith(table.entries.path) for table in use.sheet.tables):
            return Spot(use.grid.title), ""
    title = uses[WEEK].grid.title if WEEK in uses else f"the sheet {WEEK}"
    row = next((f" {own.headings[0]}" for own in settings() if own.name == place), "")
    return Spot(title, heading=row.strip() or place), place
