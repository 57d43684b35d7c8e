"""A problem from the columns of its frames."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import BaseModel

from safeschedule.errors import Fault, InputError
from safeschedule.exchange.frames.entries import gathered
from safeschedule.exchange.frames.flattening import Columns
from safeschedule.exchange.frames.gathering import FrameReading, place_of
from safeschedule.exchange.frames.layout import PARAMETERS, PROBLEM, tables
from safeschedule.exchange.structure.judging import judged, origin_of, with_places
from safeschedule.problem import Problem
from safeschedule.problem.base import require_fields
from safeschedule.problem.cutting import cut


def problem_of_columns(
    given: Mapping[str, Columns], fields: Mapping[str, Any] | None = None, what: str = "frames"
) -> Problem:
    """Return the problem of frames.

    Parameters
    ----------
    given
        The columns of each frame.
    fields
        Fields of the problem that are given beside the frames.
    what
        What is read, for the error's first line.

    Raises
    ------
    InputError
        With every fault of every frame.
    """
    got = gathered(given)
    _add(got, fields or {})
    faults = list(cut(iter(got.faults)))
    problem, found = judged(got.data, got.told if faults else None)
    if problem is None or faults:
        raise InputError(what, [*faults, *_located(got, found, fields or {})])
    return problem


def _add(got: FrameReading, fields: Mapping[str, Any]) -> None:
    require_fields(Problem, fields, "Problem.from_frames")
    for name, value in fields.items():
        if name in got.data:
            got.fault("contradiction", name, "", "this as an argument or in the frames, not both")
        got.data[name] = _plain(value)


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_plain(entry) for entry in value]
    return value


def _located(got: FrameReading, faults: Sequence[Fault], fields: Mapping[str, Any]) -> Iterator[Fault]:
    def where(place: str) -> str:
        return place if re.split(r"[.\[]", place)[0] in fields else _where(got, place)

    for fault in faults:
        yield replace(fault, place=where(fault.place), expected=with_places(fault.expected, where))


def _where(got: FrameReading, place: str) -> str:
    """Return the cell, the row or the frame of a place in the problem."""
    known = origin_of(got.origins, place)
    if known is None:
        return _frame_of(place)
    origin, head, rest = known
    table = origin.table
    if table.name in (PROBLEM, PARAMETERS) or (table.of_codes and not rest):
        # The entry is a single cell.
        name = next((own.name for own in table.columns if own.field == head), table.columns[-1].name)
    else:
        own = table.column(re.sub(r"\[\d+\]", "", rest))
        name = rest if own is None else own.name
    return place_of(table, origin.row, name)


def _frame_of(place: str) -> str:
    once = tables()[PROBLEM].column(place)
    return place if once is None else f"{PROBLEM}, {once.name}"
