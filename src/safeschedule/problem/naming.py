"""The codes of the entries in which faults are: "request R014" says more than ``requests[13]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from safeschedule.errors import Fault
from safeschedule.problem.showing import show

_ENTRY = re.compile(r"^([a-z_]+)\[(\d+)\]")
_ONE = {
    "clinicians": "clinician",
    "clients": "client",
    "session_types": "session type",
    "requests": "request",
    "upcoming": "request",
    "bands": "band",
    "sites": "site",
    "rooms": "room",
    "equipment": "equipment",
    "attendants": "attendant",
    "groups": "group",
    "meetings": "meeting",
    "incidents": "incident",
    "tasks": "task",
}


def named(problem: Any, faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Return faults of a problem (or of its file as plain data) with the codes of their entries."""
    return tuple(fault if fault.of else replace(fault, of=_name(problem, fault.place)) for fault in faults)


def _name(problem: Any, place: str) -> str:
    match = _ENTRY.match(place)
    if match is None or match[1] not in _ONE:
        return ""
    entries = _part(problem, match[1])
    number = int(match[2])
    entry = entries[number] if isinstance(entries, list | tuple) and number < len(entries) else None
    code = _part(entry, "id")
    return f"{_ONE[match[1]]} {show(code)[1:-1]}" if isinstance(code, str) and code else ""


def _part(holder: Any, name: str) -> Any:
    return holder.get(name) if isinstance(holder, Mapping) else getattr(holder, name, None)
