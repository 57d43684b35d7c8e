"""What else is wrong in a file whose shape is wrong, told without false alarms.

Entries with a fault of shape are taken out, and the rest is looked at. Only faults that cannot come from
the taking out are told, and places count as in the file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from safeschedule.errors import Fault
from safeschedule.problem.faults import find
from safeschedule.problem.problem import Problem
from safeschedule.problem.showing import show

_TOLD = frozenset(
    {
        "duplicate_id",
        "end_not_after_start",
        "latest_before_earliest",
        "own_supervisor",
        "overlapping_periods",
        "unknown_parameter",
        "unknown_reference",
        "unknown_rule",
        "unknown_time_zone",
    }
)

_REFERRED_TO = frozenset(
    {"attendants", "bands", "clients", "clinicians", "requests", "rooms", "session_types", "sites"}
)
_ENTRY = re.compile(r"^(history\.appointments|[a-z_]+)\[(\d+)\]")
_RULE = re.compile(r"^rulebook\.rules\.([^.\[]+)")


def faults_of_the_rest(data: Any, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Return the faults between the entries that have none of their own.

    Parameters
    ----------
    data
        The file as plain data.
    faults
        The faults of shape.
    """
    if not isinstance(data, dict) or any(fault.code == "wrong_version" for fault in faults):
        return ()
    pruned, kept, gone = _pruned(data, faults)
    silent = {"unknown_reference"} if gone is None else set()
    try:
        problem = Problem.model_validate(pruned)
    except (ValidationError, TypeError, ValueError):
        return ()  # something that everything rests on, such as the week's start
    told = (f for f in find(problem) if f.code in _TOLD - silent and f.value not in (gone or ()))
    return tuple(replace(fault, place=_as_in_file(fault.place, kept)) for fault in told)


def _pruned(
    data: dict[str, Any], faults: Sequence[Fault]
) -> tuple[dict[str, Any], dict[str, list[int]], set[str] | None]:
    """Return the data without broken entries, the numbers of those kept, and the codes that went.

    The codes are ``None`` when they cannot all be known.
    """
    broken: dict[str, set[int]] = {}
    pruned, whole = dict(data), False
    stand_ins: dict[str, Any] = {
        "week_start": "2026-10-05",
        "clinicians": [],
    }  # none of what is told rests on them
    for fault in faults:
        entry, rule = _ENTRY.match(fault.place), _RULE.match(fault.place)
        if entry:
            broken.setdefault(entry[1], set()).add(int(entry[2]))
        elif rule and isinstance(pruned.get("rulebook"), dict):
            book = pruned["rulebook"]
            rest = {name: own for name, own in dict(book.get("rules", {})).items() if name != rule[1]}
            pruned["rulebook"] = {**book, "rules": rest}
        else:
            name = fault.place.split(".")[0].split("[")[0]
            whole |= name in _REFERRED_TO
            pruned.pop(name, None)
            pruned.update({name: stand_ins[name]} if name in stand_ins else {})
    kept: dict[str, list[int]] = {}
    gone: list[str | None] = []
    for name, numbers in broken.items():
        kept[name], removed = _take_out(pruned, name, numbers)
        if name in _REFERRED_TO:
            gone += [_code(entry) for entry in removed]
    codes = {code for code in gone if code is not None}
    return pruned, kept, None if whole or None in gone else codes


def _take_out(pruned: dict[str, Any], name: str, numbers: set[int]) -> tuple[list[int], list[Any]]:
    """Take entries out of a list; return the numbers of those kept, and the entries taken."""
    nested = name == "history.appointments"
    holder = dict(pruned.get("history", {})) if nested else pruned
    key = name.rpartition(".")[2]
    entries = holder.get(key, [])
    kept = [n for n in range(len(entries)) if n not in numbers]
    holder[key] = [entries[n] for n in kept]
    if nested:
        pruned["history"] = holder
    return kept, [entries[n] for n in sorted(numbers) if n < len(entries)]


def _code(entry: Any) -> str | None:
    code = entry.get("id") if isinstance(entry, dict) else None
    return show(code) if isinstance(code, str) else None


def _as_in_file(place: str, kept: dict[str, list[int]]) -> str:
    entry = _ENTRY.match(place)
    if entry is None or entry[1] not in kept:
        return place
    return f"{entry[1]}[{kept[entry[1]][int(entry[2])]}]{place[entry.end() :]}"
