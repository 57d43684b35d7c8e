"""What is wrong with a problem that was gathered from tables, told without false alarms."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping
from typing import Any, TypeVar

from safeschedule.errors import Fault
from safeschedule.problem import Problem
from safeschedule.problem.faults import find
from safeschedule.problem.naming import named
from safeschedule.problem.reading.pruning import faults_of_the_rest
from safeschedule.problem.reading.translating import validate

O = TypeVar("O")  # noqa: E741 - an origin

_PLACE = re.compile(r"\b[a-z_]+(?:\.[a-z_]+)*\[\d+\](?:\.[a-z_]+(?:\[\d+\])?)*")
"""A place in a problem, as faults name another entry."""


def judged(
    data: Mapping[str, Any], told: Collection[str] | None = None, *, whole: bool = True
) -> tuple[Problem | None, tuple[Fault, ...]]:
    """Return the problem that was gathered, or its faults, with their places in the data.

    Parameters
    ----------
    data
        The problem as plain data.
    told
        The places of cells that could not be read, and whose faults are told already: they lack in the data.
        Then only what cannot come of that is told. ``None``: all could be read.
    whole
        Whether every row is in the data, so that what is named and not there is a fault.
    """
    problem, shape = validate(Problem, json.dumps(data), data)
    if problem is not None and told is None:
        found = find(problem)
        return (None, found) if found else (problem, ())
    rest = named(data, faults_of_the_rest(data, shape))
    if not whole:
        rest = tuple(fault for fault in rest if fault.code != "unknown_reference")
    untold = [fault for fault in shape if not is_told(fault.place, told or ())]
    return None, (*named(data, untold), *rest)


def is_told(place: str, told: Collection[str]) -> bool:
    """Return whether a place lies in one of some others."""
    return any(place == path or place.startswith((f"{path}.", f"{path}[")) for path in told)


def origin_of(origins: Mapping[str, O], place: str) -> tuple[O, str, str] | None:
    """Return where the innermost entry around a place comes from, its path, and the rest of the place.

    Parameters
    ----------
    origins
        Where entries come from, by their paths.
    place
        Such as ``clients[3].windows[0].start``.
    """
    head = place
    while head:
        if head in origins:
            return origins[head], head, place[len(head) :].lstrip(".")
        head = head[: max(head.rfind("."), head.rfind("["), 0)]
    return None


def with_places(text: str, where: Callable[[str], str]) -> str:
    """Return a text with each place of another entry said as tables say it."""
    return _PLACE.sub(lambda match: where(match[0]), text)
