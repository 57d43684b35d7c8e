"""Small weeks on which any solver can be tried, each with what is known of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safeschedule.catalogue import rules
from safeschedule.problem import Problem

_OFF = {"enabled": False}
_BARE = dict.fromkeys(("consultation", "coordination", "documentation", "supervision", "urgent_slots"), _OFF)
_SOFT = tuple(name for name, rule in rules().items() if not rule.hard)


@dataclass(frozen=True)
class KnownWeek:
    """A problem and what is known of it.

    Parameters
    ----------
    name
        What the week is about.
    lead
        What some schedule reaches in the strongest soft tier; ``None``: no schedule keeps the hard rules.
    """

    name: str
    problem: Problem
    lead: int | None


def known_weeks() -> tuple[KnownWeek, ...]:
    """Return the weeks: an ordinary one, then those that are easily forgotten."""
    full = [_period(day, "09:00", "17:00") for day in ("mon", "tue")]
    short = [_period("mon", "09:00", "12:00")]
    # Nothing is left for the consultation that every week needs.
    blocked = [
        {"kind": "documentation", "clinicians": ["S1"], "minutes": 480, "start": f"2026-10-0{day}T09:00"}
        for day in (5, 6)
    ]
    return (
        # Without the tier of urgent work, so that the strongest is that of all sessions.
        KnownWeek("ordinary", _pair(full, 3, rulebook={"rules": {"urgent_access": _OFF}}), 840),
        KnownWeek("too much work", _pair(short, 8, rulebook={"rules": _BARE}), 580),
        KnownWeek("no soft rules", _pair(full, 3, rulebook={"rules": dict.fromkeys(_SOFT, _OFF)}), 0),
        KnownWeek("nobody asks for anything", _pair(full, 0), 0),
        KnownWeek("impossible", _pair(full, 3, pinned_blocks=blocked), None),
    )


def _period(day: str, start: str, end: str) -> dict[str, Any]:
    return {"day": day, "start": start, "end": end}


def _pair(working: list[dict[str, Any]], requests: int, **more: Any) -> Problem:
    """Return a week of two clinicians who supervise each other, and requests of one session each."""
    given: dict[str, Any] = {
        "name": "known",
        "week_start": "2026-10-05",
        "grid": 30,
        "clinicians": [
            {"id": "S1", "working": working, "is_supervisor": True, "supervisor": "S2"},
            {"id": "S2", "working": working, "is_supervisor": True, "supervisor": "S1"},
        ],
        "clients": [{"id": f"K{n}", "clinician": ("S1", "S2")[n % 2]} for n in range(requests)],
        "session_types": [{"id": "therapy", "minutes": 60}],
        "requests": [
            {"id": f"R{n}", "client": f"K{n}", "session_type": "therapy", "priority": 1 + n % 5}
            for n in range(requests)
        ],
    }
    return Problem.model_validate(given | more)
