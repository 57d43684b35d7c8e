"""Adjoining blocks of one kind are one block in what is returned; what is pinned stays as it is."""

from __future__ import annotations

from typing import Any

from safeschedule import Problem
from safeschedule.model.extract import extract
from safeschedule.model.index import Index
from safeschedule.model.joining import joined
from safeschedule.model.represent import represent
from safeschedule.schedule import Schedule

HEAD = {"week_start": "2026-10-05", "time_zone": "UTC"}


def block(kind: str, who: str, start: str, minutes: int) -> dict[str, Any]:
    """Return a block on Monday."""
    return {"kind": kind, "clinicians": [who], "start": f"2026-10-05T{start}", "minutes": minutes}


def spans(*blocks: dict[str, Any], pinned: tuple[dict[str, Any], ...] = ()) -> list[tuple[str, str, int]]:
    """Return clinician, start and minutes of blocks of two clinicians, once what adjoins is one."""
    halves = [("09:00", "12:00"), ("12:00", "17:00")]
    working = [{"day": "mon", "start": start, "end": end} for start, end in halves]
    given = {
        "name": "week",
        **HEAD,
        "clinicians": [{"id": code, "working": working} for code in ("C1", "C2")],
        "pinned_blocks": pinned,
    }
    index = Index(Problem.model_validate(given))
    schedule = Schedule.model_validate({"problem": "week", **HEAD, "blocks": blocks})
    found = extract(index, joined(index, represent(index, schedule))).blocks
    return [(each.clinicians[0], f"{each.start:%H:%M}", each.minutes) for each in found]


def test_adjoining_documentation_is_one_block() -> None:
    """If it fails, a diary has two or three short blocks where somebody writes without a break."""
    parts = [block("documentation", "C1", start, 15) for start in ("09:00", "09:15", "09:30", "10:00")]
    assert spans(*parts) == [("C1", "09:00", 45), ("C1", "10:00", 15)]


def test_what_only_looks_alike_stays_apart() -> None:
    """If it fails, blocks of two people, kinds or working periods become one, or slots that are counted."""
    parts = [
        block("documentation", "C1", "11:30", 30),
        block("documentation", "C1", "12:00", 30),
        block("documentation", "C2", "12:30", 30),
        block("coordination", "C2", "13:00", 30),
        block("coordination", "C2", "13:30", 30),
    ]
    assert [minutes for _, _, minutes in spans(*parts)] == [30] * 5


def test_what_is_pinned_stays_as_it_is() -> None:
    """If it fails, a pin is not kept, because its block became part of a longer one."""
    parts = [block("documentation", "C1", start, 15) for start in ("09:00", "09:15", "09:30")]
    assert [minutes for _, _, minutes in spans(*parts, pinned=(parts[1],))] == [15] * 3
